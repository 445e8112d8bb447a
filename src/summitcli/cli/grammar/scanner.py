"""A command line, read from the table of commands alone.

There is this one scanner. What a line asks for, whether it asks for help, what is wrong with it and what may
come next are views of what it finds. It reads as Typer does (a property test holds that): options of every
command may stand before it, short ones may be written together and with their value, ``--`` ends the options
of the command in whose place it stands, and the value of an option is the next word whatever that is. It
goes on after a problem, so that help can still be asked for, and in the language that the line names.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitcli.cli.grammar.commands import (
    COMMANDS,
    COMMON,
    HELP,
    NUMBER,
    OTHER,
    VERSION,
    Parameter,
    common,
    find,
)
from summitcli.lazy_typing import Any, NamedTuple

_OF_HELP = ((COMMON, "lang"), (COMMON, "color"))
"""The options that change what help looks like."""

NO_COMMAND = "no command"
NO_OPTION = "no option"
NO_VALUE = "no value"
"""An option that needs a value has none."""
UNWANTED_VALUE = "unwanted value"
NO_NUMBER = "no number"
MISSING = "missing"
"""A required argument is not there."""
TOO_MUCH = "too much"
NOT_HANDED_DOWN = "not handed down"
"""An option before a subcommand is none of that command's."""

_GROUPS = frozenset({"", *(words.rpartition(" ")[0] for words in COMMANDS)})
"""What calls the commands that others stand below; empty for the program."""

Values = dict[tuple[str, str], Any]
"""What was read, by the name of the bundle (empty where there is none) and of the parameter."""


class Problem(NamedTuple):
    """What is wrong with a line.

    Args:
        kind: one of the constants of this module.
        command: the words that call the command which it is about.
        text: what was typed: a command's name, a flag, the value that is no number.
        parameter: the option or argument that it is about, where there is one.
        words: the words that are too many.
        before: the argument that stands before those.
    """

    kind: str
    command: str
    text: str = ""
    parameter: Parameter | None = None
    words: tuple[str, ...] = ()
    before: str = ""


class Scan(NamedTuple):
    """What a whole command line says.

    Args:
        command: the words that call the command, as far as there is one.
        values: what is given, as far as it can be read.
        problem: the first thing that is wrong, as Typer would find it.
        help: help is asked for where an option may stand, of a command that there is.
        version: the version is asked for.
        typer: the command takes what only Typer can read, so that it is to read the line.
    """

    command: str
    values: Values
    problem: Problem | None
    help: bool
    version: bool
    typer: bool

    def common(self, name: str) -> Any:
        """Return the value of an option that every command takes, or None."""
        return self.values.get((COMMON, name))

    def about_help(self) -> Values:
        """Return what the command ``help`` is asked by a line that asks for help on another command."""
        asked: Values = {("", "words"): tuple(self.command.split())} if self.command else {}
        return {**asked, **{key: self.values[key] for key in _OF_HELP if key in self.values}}


class Place(NamedTuple):
    """Where the unfinished word of a line stands.

    Args:
        parameter: the one whose value it is; None for the name of a command or option, or where nothing can
            stand.
        text: what is typed of the value or name.
        before: the part of the word that stands before that, such as ``--day=``.
        command: whether it is the name of a command.
        option: whether it is the name of an option.
    """

    parameter: Parameter | None = None
    text: str = ""
    before: str = ""
    command: bool = False
    option: bool = False


def scan(words: Sequence[str]) -> Scan:
    """Return what the command line ``words`` says; it never fails."""
    scanner = Scanner()
    for word in words:
        scanner.take(word)
    return scanner.finish()


class Scanner:
    """A command line that is read word by word."""

    def __init__(self) -> None:
        self.problem: Problem | None = None
        self._help = self._version = self._lost = False
        self._common = common()
        self._handed: Values = {}
        """What was given before the command that is being read, in the keys of the group."""
        self._earlier: list[tuple[Parameter, list[str]]] = []
        """The options that gave it, with their values as typed."""
        self._enter("")

    def _enter(self, words: str) -> None:
        self.words = words
        self._parameters = find(words).parameters()
        every = (*self._parameters, *self._common, HELP, *(() if words else (VERSION,)))
        self.options = {flag: parameter for parameter in every for flag in parameter.flags}
        """Every option that may stand here, by each of its flags."""
        self.arguments = [parameter for parameter in self._parameters if not parameter.flags]
        self.is_group = words in _GROUPS
        self.given: dict[Parameter, list[str]] = {}
        """The options that were given, with their values as typed, in the order of their first mention."""
        self.typed: list[str] = []
        """The words that are arguments."""
        self._waiting: tuple[Parameter, str] | None = None
        """The option whose value comes next, and how it was named."""
        self._ended = False
        """No options follow."""

    def take(self, word: str) -> None:
        """Read the next word."""
        if self._waiting is not None:
            self._give(self._waiting[0], word)
            self._waiting = None
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
        """Return the argument that the next word is; the last one again where that may be repeated."""
        if len(self.typed) < len(self.arguments):
            return self.arguments[len(self.typed)]
        return self.arguments[-1] if self.arguments and self.arguments[-1].repeated else None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return what was typed so far for the option or argument of that name, also before the command."""
        found = tuple(text for one, texts in self._earlier if one.name == name for text in texts)
        found += tuple(text for one, texts in self.given.items() if one.name == name for text in texts)
        arguments = iter(self.typed)
        for argument in self.arguments:
            texts = list(arguments) if argument.repeated else [next(arguments, None)]
            if argument.name == name:
                found += tuple(text for text in texts if text is not None)
        return found

    @property
    def is_readable(self) -> bool:
        """Return whether there is nothing wrong so far that no further word could mend."""
        too_many = len(self.typed) > len(self.arguments) and self.next_argument() is None
        return self.problem is None and not too_many

    def place(self, word: str) -> Place:
        """Return where ``word`` stands, which follows the words that were taken, and is unfinished."""
        if self._waiting is not None:
            return Place(self._waiting[0], word)
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
        """Return what the line says that ends here."""
        self._close()
        values = self._hand_down()
        typer = any(parameter.kind == OTHER for parameter in self._parameters)
        return Scan(self.words, values, self.problem, self._help, self._version, typer)

    def _attached(self, word: str) -> tuple[Parameter | None, str, str]:
        """Return the option whose value is part of ``word``, what stands before the value, and the value.

        None where ``word`` is at the most the name of an option, or several without a value.
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
            self._waiting = parameter, flag

    def _short(self, word: str) -> None:
        """Read short options that are written together, the last of them perhaps with its value."""
        for place, letter in enumerate(word[1:], 2):
            flag = f"-{letter}"
            parameter = self.options.get(flag)
            if parameter is None:
                return self._note(Problem(NO_OPTION, self.words, flag))
            if parameter.takes_value:
                if place < len(word):
                    self._give(parameter, word[place:])
                else:
                    self._waiting = parameter, flag
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
        """Go on to a command of the group."""
        self._close()
        words = f"{self.words} {word}".lstrip()
        if words not in COMMANDS:
            self._note(Problem(NO_COMMAND, self.words, word))
            self._lost = True
            return
        self._handed = self._hand_down()
        self._earlier += self.given.items()
        self._enter(words)

    def _close(self) -> None:
        """Read the values of the command: those of options, then those of arguments, as Typer does."""
        if self._waiting is not None:
            parameter, flag = self._waiting
            self._note(Problem(NO_VALUE, self.words, flag, parameter))
            self._waiting = None
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
            self._note(Problem(TOO_MUCH, self.words, words=tuple(left), before=before))

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

    def _hand_down(self) -> Values:
        """Return what was given to the command, before it as well as after it, where the same is meant."""
        if not self._handed:
            return self._values
        known = {parameter.name: parameter.key for parameter in (*self._parameters, *self._common)}
        handed: Values = {}
        for key, value in self._handed.items():
            if key[1] in known:
                handed[known[key[1]]] = value
            else:
                flag = next(one.flags[-1] for one, _texts in self._earlier if one.name == key[1])
                self._note(Problem(NOT_HANDED_DOWN, self.words, flag))
        return {**handed, **self._values}
