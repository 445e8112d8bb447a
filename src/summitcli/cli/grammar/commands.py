"""Every command with what it takes, as the table says that is compiled from the Typer application."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.cli.grammar import table
from summitcli.lazy_typing import Any, NamedTuple

FLAG, TEXT, NUMBER = "flag", "text", "number"
"""The kinds of values that the scanner reads: none, any text, a whole number."""

OTHER = "other"
"""The kind of all others, such as an Enum or a Path, which Typer alone reads."""

COMMON = "common"
"""The parameter of a command that gathers the options which every command takes."""

COMMON_BUNDLE = "Common"
"""The class of that bundle."""


class Parameter(NamedTuple):
    """An option or argument of a command."""

    name: str
    kind: str
    flags: tuple[str, ...]
    """The names of an option; an argument has none."""
    repeated: bool
    required: bool
    metavar: str
    help: str
    completes: str
    """What the TAB key offers: a kind that :mod:`summitcli.cli.grammar.values` knows, or empty."""
    default: str
    """What help says of the value where none is given; empty where it says nothing."""
    bundle: str = ""
    """The command's parameter that gathers this one, or empty."""

    @property
    def key(self) -> tuple[str, str]:
        """The key of its value: bundle and name."""
        return self.bundle, self.name

    @property
    def takes_value(self) -> bool:
        """Return whether a value follows its flag."""
        return self.kind != FLAG


class Command(NamedTuple):
    """A command: the words that call it, its function, and how the help lists it."""

    words: str
    module: str
    """Below ``summitcli.cli``."""
    function: str
    panel: str
    summary: str
    takes: tuple[tuple[Any, ...], ...]
    """In the order of the function's parameters: the fields of a :class:`Parameter`, or of a bundle its
    name, its class and what its rows are."""

    def load(self) -> Callable[..., Any]:
        """Import the command's module and return the function."""
        # As ``from … import`` does; ``importlib`` would load ``warnings`` as well.
        module = __import__(f"summitcli.cli.{self.module}", fromlist=[self.function])
        function: Callable[..., Any] = getattr(module, self.function)
        return function

    def bundles(self) -> dict[str, str]:
        """Return the classes of the bundles that the function takes, by the parameter's name."""
        return {taken[0]: taken[1] for taken in self.takes if _is_bundle(taken)}

    def rows(self) -> str:
        """Return the place of the class of its rows, as in :class:`~summitcli.cli.declare.Rows`, or ""."""
        return next((taken[2] for taken in self.takes if _is_bundle(taken) and taken[2]), "")

    def parameters(self) -> list[Parameter]:
        """Return what the command takes itself, in order."""
        found: list[Parameter] = []
        for taken in self.takes:
            if _is_bundle(taken):
                found += bundle(taken[1], taken[0])
            else:
                found.append(Parameter(*taken))
        return found

    def options(self) -> dict[str, Parameter]:
        """Return every option that the command takes when it runs, by each of its flags."""
        return {flag: one for one in (*self.parameters(), *common()) for flag in one.flags}


def _is_bundle(taken: tuple[Any, ...]) -> bool:
    return len(taken) == len(("name", "class", "rows"))


def bundle(name: str, of: str = "") -> list[Parameter]:
    """Return the options of a bundle.

    Args:
        name: its class's.
        of: the parameter that gathers them.
    """
    return [Parameter(*(*fields, of)) for fields in table.BUNDLES[name]]


def common() -> list[Parameter]:
    """Return the options that every command takes, but for help."""
    return bundle(COMMON_BUNDLE, COMMON)


HELP = Parameter(*table.HELP)
"""What every command takes that is answered before it runs."""

VERSION = Parameter(*table.VERSION)
"""What the program takes before any command, or without one."""

GLANCE, *_others = (Command(words, *row) for words, row in table.COMMANDS.items())
"""What ``summit`` alone does comes first in the table."""

COMMANDS = {command.words: command for command in _others}
"""The commands by the words that call them, in the order of the help."""

PANELS = tuple(dict.fromkeys(command.panel for command in _others))
"""The groups of commands, in the order of the help."""


def find(words: str) -> Command:
    """Return the command that ``words`` call, or what ``summit`` alone does where there is none."""
    return COMMANDS.get(words, GLANCE)


def subcommands(group: str) -> list[str]:
    """Return the commands of a group, each by all its words; those of no group are one word long."""
    return [words for words in COMMANDS if words.rpartition(" ")[0] == group]
