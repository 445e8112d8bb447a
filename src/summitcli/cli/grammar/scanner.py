"""The parser of command lines, which needs only the table of commands.

Running a command, showing its help, reporting a mistake and completion all use its result. It reads a line
as Typer does, which a property test checks: global options may come before the command; short options may be
combined and followed by a value, as in ``-qn5``; after ``--``, no word is an option; the word after an option
that needs a value is the value, even if it begins with ``-``. Parsing continues after a mistake, so that
``--help`` and ``--lang`` later on the line still work.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitcli.cli.grammar.commands import (
    COMMANDS,
    COMMON,
    HELP,
    NUMBER,
    TYPER_ONLY,
    VERSION,
    Parameter,
    common,
    find,
)
from summitcli.lazy_typing import Any, NamedTuple

_HELP_OPTIONS = ((COMMON, "lang"), (COMMON, "color"))
"""The keys (see :data:`Values`) of the global options that apply to the help."""

NO_COMMAND = "no command"
NO_OPTION = "no option"
NO_VALUE = "no value"
"""The kind of problem: an option lacks its value."""
UNWANTED_VALUE = "unwanted value"
NO_NUMBER = "no number"
MISSING = "missing"
"""The kind of problem: a required argument is missing."""
UNEXPECTED = "unexpected"
"""The kind of problem: there are more arguments than the command takes."""
NOT_FOR_SUBCOMMAND = "not for subcommand"
"""The kind of problem: an option was given before a subcommand that does not have it."""

_GROUPS = frozenset({"", *(words.rpartition(" ")[0] for words in COMMANDS)})
"""The words that call a group of subcommands, such as ``agenda``; an empty text stands for ``summit``."""

Values = dict[tuple[str, str], Any]
"""The values on a command line, by bundle (group of options) and name, such as ``("filters", "day")``.

The bundle is empty for a command's own parameters, as in ``("", "ids")``.
"""


class Problem(NamedTuple):
    """A mistake on a command line.

    Args:
        kind: the kind of mistake: one of the constants of this module, such as :data:`NO_VALUE`.
        command: the words that name the command, such as ``agenda show``.
        text: what is wrong, depending on ``kind``: the unknown command; the flag of the option, such as
            ``--day``; or the value that should be a number.
        parameter: the option or argument with the mistake, if there is one.
        words: the unexpected arguments, or the words after an unknown command.
        before: the argument before the unexpected ones.
    """

    kind: str
    command: str
    text: str = ""
    parameter: Parameter | None = None
    words: tuple[str, ...] = ()
    before: str = ""


class Scan(NamedTuple):
    """The result of parsing a command line.

    Args:
        command: the words that call the command, such as ``agenda show``; without an unknown last word.
        values: the values of the command's parameters that could be read.
        problem: the first mistake, which is the one that Typer reports.
        help: whether help on an existing command is asked for.
        version: whether the version is asked for.
        typer: whether Typer must parse the line, because the command takes a value that only Typer can read,
            such as a path.
    """

    command: str
    values: Values
    problem: Problem | None
    help: bool
    version: bool
    typer: bool

    def common(self, name: str) -> Any:
        """Return the value of the global option ``name``, or None if it is not given."""
        return self.values.get((COMMON, name))

    def help_values(self) -> Values:
        """Return the values for the command ``help``, which runs instead if the line has ``--help``."""
        asked: Values = {("", "words"): tuple(self.command.split())} if self.command else {}
        return {**asked, **{key: self.values[key] for key in _HELP_OPTIONS if key in self.values}}


class Place(NamedTuple):
    """The meaning of the unfinished word at the end of a command line, for completion.

    Args:
        parameter: the option or argument whose value the word is; None if it is no value.
        text: the typed part of the value or name.
        before: the part of the word before ``text``, such as ``--day=``.
        command: whether the word is the name of a command.
        option: whether the word is the name of an option.
    """

    parameter: Parameter | None = None
    text: str = ""
    before: str = ""
    command: bool = False
    option: bool = False


def scan(words: Sequence[str]) -> Scan:
    """Parse a command line; mistakes are in the result, not raised."""
    scanner = Scanner()
    for word in words:
        scanner.take(word)
    return scanner.finish()


class Scanner:
    """A parser that reads a command line word by word."""

    def __init__(self) -> None:
        self.problem: Problem | None = None
        self._help = self._version = self._lost = False
        self._common = common()
        self._inherited: Values = {}
        """The values of options given before the current command: for ``agenda --name x show``, the name."""
        self._earlier: list[tuple[Parameter, list[str]]] = []
        """The options given before the current command, each with its values as typed."""
        self._rest: list[str] = []
        """The words after an unknown command."""
        self._enter("")

    def _enter(self, words: str) -> None:
        self.words = words
        self._parameters = find(words).parameters()
        every = (*self._parameters, *self._common, HELP, *(() if words else (VERSION,)))
        self.options = {flag: parameter for parameter in every for flag in parameter.flags}
        """The options that the current command accepts, by each of their flags."""
        self.arguments = [parameter for parameter in self._parameters if not parameter.flags]
        self.is_group = words in _GROUPS
        self.given: dict[Parameter, list[str]] = {}
        """The options given, with their values as typed, in the order in which each was first given."""
        self.typed: list[str] = []
        """The words that are arguments of the command."""
        self._pending: tuple[Parameter, str] | None = None
        """The option whose value must come next, and the flag as typed; None if no value is due."""
        self._ended = False
        """True after ``--``: no further word is an option."""

    def take(self, word: str) -> None:
        """Read ``word``, the next word of the command line."""
        if self._lost:
            self._rest.append(word)
        if self._pending is not None:
            self._give(self._pending[0], word)
            self._pending = None
        elif not self._ended and word.startswith("-") and word != "-":
            if word == "--":
                self._ended = True
            elif word.startswith("--"):
                self._long(word)
            else:
                self._short(word)
        elif self._lost:
            pass
        elif self.is_group:
            self._descend(word)
        else:
            self.typed.append(word)

    def next_argument(self) -> Parameter | None:
        """Return the argument whose value the next word is, or None if the command takes no more.

        A repeatable argument at the end takes all further words.
        """
        if len(self.typed) < len(self.arguments):
            return self.arguments[len(self.typed)]
        return self.arguments[-1] if self.arguments and self.arguments[-1].repeated else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the values typed for an option or argument, including values typed before the command."""
        options = (*self._earlier, *self.given.items())
        found = tuple(text for option, texts in options if option.name == name for text in texts)
        arguments = iter(self.typed)
        for argument in self.arguments:
            texts = list(arguments) if argument.repeated else [next(arguments, None)]
            if argument.name == name:
                found += tuple(text for text in texts if text is not None)
        return found

    @property
    def is_readable(self) -> bool:
        """Return whether the line has no mistake so far and can still become valid."""
        too_many = len(self.typed) > len(self.arguments) and self.next_argument() is None
        return self.problem is None and not too_many

    def place(self, word: str) -> Place:
        """Return the meaning of ``word``, the unfinished word at the end of the line, to complete it.

        It can be the name of a command or an option, or the value of an option or argument.
        """
        if self._pending is not None:
            return Place(self._pending[0], word)
        if not self._ended and word.startswith("-"):
            parameter, before, text = self._attached(word)
            return Place(option=True, text=word) if parameter is None else Place(parameter, text, before)
        if self.is_group:
            return Place(command=True, text=word)
        argument = self.next_argument()
        if argument is not None:
            return Place(argument, word)
        return Place() if word or self._ended else Place(option=True, text="--")

    def finish(self) -> Scan:
        """Return the result of parsing, after all words of the line were taken."""
        self._close()
        values = self._inherit()
        if self.problem is not None and self.problem.kind == NO_COMMAND:
            self.problem = self.problem._replace(words=tuple(self._rest))
        typer = any(parameter.kind == TYPER_ONLY for parameter in self._parameters)
        return Scan(self.words, values, self.problem, self._help, self._version, typer)

    def _attached(self, word: str) -> tuple[Parameter | None, str, str]:
        """Split a word such as ``--day=1`` into the option, the part before the value, and the value.

        ``--day=1`` gives the option, ``--day=`` and ``1``. The option is None if the word contains no value.
        """
        if word.startswith("--"):
            flag, equals, value = word.partition("=")
            parameter = self.options.get(flag) if equals else None
            return (
                (parameter, flag + equals, value) if parameter and parameter.takes_value else (None, "", "")
            )
        for place, letter in enumerate(word[1:], 2):
            parameter = self.options.get(f"-{letter}")
            if parameter is None or (parameter.takes_value and place == len(word)):
                break
            if parameter.takes_value:
                return parameter, word[:place], word[place:]
        return None, "", ""

    def _long(self, word: str) -> None:
        flag, equals, value = word.partition("=")
        parameter = self.options.get(flag)
        if parameter is None:
            self._note(Problem(NO_OPTION, self.words, flag))
        elif not parameter.takes_value:
            if equals:
                self._note(Problem(UNWANTED_VALUE, self.words, flag, parameter))
            else:
                self._give(parameter, "")
        elif equals:
            self._give(parameter, value)
        else:
            self._pending = parameter, flag

    def _short(self, word: str) -> None:
        """Read combined short options, such as ``-qn5``; the last one may be followed by its value."""
        for place, letter in enumerate(word[1:], 2):
            flag = f"-{letter}"
            parameter = self.options.get(flag)
            if parameter is None:
                return self._note(Problem(NO_OPTION, self.words, flag))
            if parameter.takes_value:
                if place < len(word):
                    self._give(parameter, word[place:])
                else:
                    self._pending = parameter, flag
                return None
            self._give(parameter, "")
        return None

    def _give(self, parameter: Parameter, value: str) -> None:
        self.given.setdefault(parameter, []).append(value)
        if parameter is HELP and not self._lost:
            self._help = True

    def _note(self, problem: Problem) -> None:
        if self.problem is None:
            self.problem = problem

    def _descend(self, word: str) -> None:
        """Continue with the subcommand ``word`` of the current group; if there is none, note the mistake."""
        self._close()
        words = f"{self.words} {word}".lstrip()
        if words not in COMMANDS:
            self._note(Problem(NO_COMMAND, self.words, word))
            self._lost = True
            return
        self._inherited = self._inherit()
        self._earlier += self.given.items()
        self._enter(words)

    def _close(self) -> None:
        """Convert what was typed for the current command to values, such as ``5`` to 5, and note mistakes.

        Options come first, then arguments, as in Typer.
        """
        if self._pending is not None:
            parameter, flag = self._pending
            self._note(Problem(NO_VALUE, self.words, flag, parameter))
            self._pending = None
        self._version = self._version or (VERSION in self.given and self.problem is None)
        self._values: Values = {}
        for parameter, texts in self.given.items():
            if parameter not in (HELP, VERSION):
                self._read(parameter, texts)
        left = list(self.typed)
        for parameter in self.arguments:
            texts, left = (left, []) if parameter.repeated else (left[:1], left[1:])
            if texts:
                self._read(parameter, texts)
            elif parameter.required:
                self._note(Problem(MISSING, self.words, parameter=parameter))
        if left:
            before = self.typed[-len(left) - 1] if len(left) < len(self.typed) else ""
            self._note(Problem(UNEXPECTED, self.words, words=tuple(left), before=before))

    def _read(self, parameter: Parameter, texts: Sequence[str]) -> None:
        if parameter.repeated:
            self._values[parameter.key] = tuple(texts)
        elif parameter.kind == NUMBER:
            try:
                self._values[parameter.key] = int(texts[-1])
            except ValueError:
                self._note(Problem(NO_NUMBER, self.words, texts[-1], parameter))
        else:
            self._values[parameter.key] = texts[-1] if parameter.takes_value else True

    def _inherit(self) -> Values:
        """Return the values of the current command, including those typed before its last word.

        In ``agenda --name x show``, the command ``show`` gets the name.
        """
        if not self._inherited:
            return self._values
        keys = {parameter.name: parameter.key for parameter in (*self._parameters, *self._common)}
        inherited: Values = {}
        for key, value in self._inherited.items():
            if key[1] in keys:
                inherited[keys[key[1]]] = value
            else:
                flag = next(option.flags[-1] for option, _texts in self._earlier if option.name == key[1])
                self._note(Problem(NOT_FOR_SUBCOMMAND, self.words, flag))
        return {**inherited, **self._values}
