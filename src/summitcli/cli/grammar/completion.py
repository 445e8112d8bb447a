"""What may come next on a command line that is being typed: what a shell asks when the TAB key is pressed.

The line is read with the declarations that both readers of whole command lines use, and without Typer.
Whatever goes wrong, nothing is offered and nothing is said: somebody is in the middle of a line.

A shell sets :data:`~summitcli.cli.terminal.environment.COMPLETION` to its name and calls the program. zsh
and fish give the words of the line up to the cursor, that of the program first; bash gives the line itself,
which :mod:`summitcli.cli.grammar.bash_line` takes apart, and from its variables COMP_WORDBREAKS, COMP_TYPE
and the first character of histchars. What is inserted is quoted here for bash; zsh and fish quote it
themselves. The answer has a line for each offer: what to insert, a tab, what it stands for. A line that
begins with a tab says something of them all: ``files``, that the name of a file may stand there, too;
``open``, that more may follow without a space; ``other``, that some do not begin with what was typed.
"""

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, redirect_stderr
from functools import cached_property
from typing import NamedTuple

from summitcli.cli.grammar.commands import COMMANDS, GLANCE, subcommands
from summitcli.cli.grammar.params import Argument, Option, Parameter, Repeated, parameters
from summitcli.cli.grammar.reading import common
from summitcli.cli.grammar.values import FILES, Asked, Offer, offers
from summitcli.cli.options import SHOW_HELP, SHOW_VERSION, Common
from summitcli.cli.terminal.environment import COMPLETION, chosen_language, locale_language
from summitcli.errors import Status
from summitcli.i18n import LANGUAGES, _, speak
from summitcli.text.folding import fold

OPEN = frozenset({"fields"})
"""The kinds of values that go on after a comma."""


class Offered(NamedTuple):
    """What may stand where somebody is typing."""

    offers: tuple[Offer, ...] = ()
    files: bool = False
    """Whether the name of a file may stand there, too."""
    open: bool = False
    """Whether more may follow at once, without a space."""

    def without(self, unfit: Callable[[Offer], bool]) -> "Offered":
        """Return the same without the offers that are unfit."""
        return self._replace(offers=tuple(offer for offer in self.offers if not unfit(offer)))


NOTHING = Offered()


def complete(words: Sequence[str], environment: Mapping[str, str] = os.environ) -> Status:
    """Answer the shell that called the program with ``words``."""
    try:
        with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
            answer = _answer(words, environment)
    except Exception:
        return Status.DONE
    # The words came in the encoding of the locale, whatever Python's streams have been told to use.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=sys.getfilesystemencoding())
    sys.stdout.write(answer)
    return Status.DONE


def _answer(words: Sequence[str], environment: Mapping[str, str]) -> str:
    speak(chosen_language(None, environment) or locale_language(environment) or "en")
    if environment[COMPLETION] != "bash":
        found = offered(words[1:])
        if environment[COMPLETION] == "fish":
            # fish reads a word as if it began behind such a space, and quotes none of them.
            found = found.without(lambda offer: offer.value[0].isspace())
        return _lines(found, words[-1])
    from summitcli.cli.grammar.bash_line import is_plain, read

    # Scripts that earlier versions put in place tell neither the kind nor the character of history.
    line, breaks, kind, history = [*words, "", ""][:4]
    typed = read(line, breaks)
    if not typed.words:
        return "\tfiles\n"
    found, begun = offered(typed.words), typed.words[-1]
    if found.files:
        # Bash writes the names of files itself, and what stands among them as if it were one.
        found = found.without(lambda offer: not is_plain(offer.value))
    elif _are_alike([offer.value for offer in found.offers]):
        # Readline may take capital letters for small ones, so that whole lines of a list may have a
        # beginning in common, which it inserts. What explains a value must never be part of that.
        found = found._replace(offers=tuple(Offer(offer.value) for offer in found.offers))
    return _lines(found, begun, lambda value: typed.inserted(value, kind, history or "!"))


def _are_alike(values: Sequence[str]) -> bool:
    """Return whether two of ``values`` differ in nothing but the case of their letters."""
    return len({"".join(letter.lower()[0] for letter in value) for value in values}) < len(values)


def _lines(found: Offered, begun: str, inserted: Callable[[str], str] = str) -> str:
    """The answer to a shell, which inserts of each value what ``inserted`` makes of it."""
    said = {
        "files": found.files,
        "open": found.open,
        "other": not all(fold(offer.value).startswith(fold(begun)) for offer in found.offers),
    }
    about = [f"\t{word}\n" for word, applies in said.items() if applies]
    offers = (
        f"{text}\t{offer.help}\n"
        for offer in found.offers
        if _arrives_whole(offer.value) and (text := inserted(offer.value))
    )
    return "".join((*about, *offers))


def _arrives_whole(value: str) -> bool:
    """Return whether a shell reads ``value`` as it is, in the encoding of the locale (POSIX.1, 6.2).

    A value that this encoding can't hold would become another one. A letter of which a byte is that of an
    ASCII character, as in GBK, means that character to a shell that reads bytes.
    """
    if value.isascii():
        return True
    try:
        encoded = value.encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        return False
    return sum(byte < 0x80 for byte in encoded) == sum(character.isascii() for character in value)


def offered(words: Sequence[str]) -> Offered:
    """What may stand in the place of the last of ``words``, of which there is at least one.

    Args:
        words: those after the program's name, up to the one that is being typed, which may be empty.

    Raises:
        SummitError: the schedule can't be read.
    """
    *before, begun = words
    line = _Line()
    return line.offered(begun) if all(line.take(word) for word in before) else NOTHING


class _Place:
    """A command, or a group of commands, and what it takes.

    Args:
        words: those that call it; none are the program alone.
    """

    def __init__(self, words: str) -> None:
        self.words = words
        self.subcommands = subcommands(words)

    @cached_property
    def options(self) -> list[Parameter]:
        """Its own, then those of every command."""
        also = [SHOW_HELP] if self.words else [SHOW_VERSION, SHOW_HELP]
        return [
            *(one for one in (*self._own, *common()) if isinstance(one.spec, Option)),
            *(Parameter(spec.flags[-1], bool, spec, False, "") for spec in also),
        ]

    @cached_property
    def arguments(self) -> list[Parameter]:
        """In order."""
        return [one for one in self._own if isinstance(one.spec, Argument)]

    @cached_property
    def _own(self) -> list[Parameter]:
        return list(parameters(COMMANDS.get(self.words, GLANCE).load()))

    def option(self, flag: str) -> Parameter | None:
        """The option of that name."""
        return next((one for one in self.options if flag in _flags(one)), None)


class _Line:
    """What a command line says before the word that is being typed."""

    def __init__(self) -> None:
        self._place = _Place("")
        self._given: dict[str, list[str]] = {}
        """The values of what has been given, by the parameter's name."""
        self._taken = 0
        """How many arguments the command has had."""
        self._waiting: Parameter | None = None
        """The option whose value comes next."""
        self._only_arguments = False

    def take(self, word: str) -> bool:
        """Read the next word; whether it can stand there."""
        if self._waiting is not None:
            self._give(self._waiting, word)
            self._waiting = None
            return True
        if not self._only_arguments and word.startswith("-") and word != "-":
            if word == "--":
                self._only_arguments = True
                return True
            return self._take_option(word)
        if self._place.subcommands:
            words = f"{self._place.words} {word}".lstrip()
            if words not in self._place.subcommands:
                return False
            self._place = _Place(words)
            return True
        argument = self._argument()
        if argument is None:
            return False
        self._give(argument, word)
        self._taken += 1
        return True

    def offered(self, begun: str) -> Offered:
        """What may be meant by the word ``begun``."""
        if self._waiting is not None:
            return self._values(self._waiting, begun)
        if not self._only_arguments and begun.startswith("-"):
            option, flag, value = self._attached(begun)
            return self._options(begun) if option is None else self._values(option, value, flag)
        if self._place.subcommands:
            return Offered(tuple(self._commands(begun)))
        argument = self._argument()
        if argument is not None:
            return self._values(argument, begun)
        return NOTHING if begun or self._only_arguments else self._options("--")

    def _take_option(self, word: str) -> bool:
        option, _flag, value = self._attached(word)
        if option is not None:
            self._give(option, value)
            return True
        option = self._place.option(word)
        if option is None:
            return False
        if option.type is bool:
            self._give(option, "")
        else:
            self._waiting = option
        return True

    def _attached(self, word: str) -> tuple[Parameter | None, str, str]:
        """The option whose value is part of ``word``, what stands before the value, and the value.

        None where ``word`` is at the most the name of an option.
        """
        if word.startswith("--"):
            flag, equals, value = word.partition("=")
        else:
            flag, equals, value = word[:2], word[2:3], word[2:]
        option = self._place.option(flag) if equals else None
        if option is None or option.type is bool:
            return None, "", ""
        return option, word.removesuffix(value) if value else word, value

    def _argument(self) -> Parameter | None:
        """The argument that comes next; the last one again where it may be repeated."""
        arguments = self._place.arguments
        if self._taken < len(arguments):
            return arguments[self._taken]
        return arguments[-1] if arguments and arguments[-1].type == Repeated else None

    def _give(self, one: Parameter, value: str) -> None:
        self._given.setdefault(one.name, []).append(value)

    def _commands(self, begun: str) -> Iterator[Offer]:
        for words in self._place.subcommands:
            name = words.rpartition(" ")[2]
            if name.startswith(begun):
                yield Offer(name, _(COMMANDS[words].summary))

    def _options(self, begun: str) -> Offered:
        """The names of the options that may still be given."""
        left = (one for one in self._place.options if one.type == Repeated or one.name not in self._given)
        flags = ((flag, one.spec.help) for one in left for flag in _flags(one))
        return Offered(tuple(Offer(flag, _(help_)) for flag, help_ in flags if flag.startswith(begun)))

    def _values(self, one: Parameter, begun: str, flag: str = "") -> Offered:
        """What may be the value of a parameter; each is offered with ``flag`` before it."""
        kind = one.spec.complete
        before = self._given.get(one.name, ()) if one.type == Repeated else ()
        with closing(Asked(begun, self._common(), self._place.words, before, self._last("name"))) as asked:
            found = offers(asked, kind)
        return Offered(
            tuple(Offer(flag + offer.value, offer.help) for offer in found), kind in FILES, kind in OPEN
        )

    def _common(self) -> Common:
        """Of the options that every command takes, those that decide what is offered, as far as given."""
        schedule, language = self._last("schedule"), self._last("lang")
        return Common(
            schedule=None if schedule is None else os.path.expanduser(schedule),
            timezone=self._last("timezone"),
            lang=language if language in LANGUAGES else None,
        )

    def _last(self, name: str) -> str | None:
        return self._given.get(name, [None])[-1]


def _flags(option: Parameter) -> Sequence[str]:
    return option.spec.flags if isinstance(option.spec, Option) else ()
