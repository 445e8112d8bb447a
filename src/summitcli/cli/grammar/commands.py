"""The commands with their parameters, from the table that is compiled from the Typer application."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.cli.grammar import table
from summitcli.lazy_typing import Any, NamedTuple

FLAG, TEXT, NUMBER = "flag", "text", "number"
"""The kinds of values that the scanner reads: none, text, a whole number."""

TYPER_ONLY = "other"
"""The kind of values that only Typer reads, such as an Enum or a Path."""

COMMON = "common"
"""The parameter of a command that gathers the global options."""

COMMON_BUNDLE = "Common"
"""The class of the bundle of global options."""

OPTIONS = "options"
"""The topic of ``summit help options``, which is no command."""


class Parameter(NamedTuple):
    """An option or argument of a command."""

    name: str
    kind: str
    flags: tuple[str, ...]
    """The flags of an option; an argument has none."""
    repeated: bool
    required: bool
    metavar: str
    help: str
    completes: str
    """The kind of values to complete, as in :mod:`summitcli.cli.grammar.values`; may be empty."""
    default: str
    """The default value to show in help; empty if help shows none."""
    bundle: str = ""
    """The parameter of the command function that gathers this one, or empty."""

    @property
    def key(self) -> tuple[str, str]:
        """Return the key of its value: bundle and name."""
        return self.bundle, self.name

    @property
    def takes_value(self) -> bool:
        """Return whether the option needs a value."""
        return self.kind != FLAG


class Command(NamedTuple):
    """A command: the words that call it, its function, and its place and summary in the help."""

    words: str
    module: str
    """Below ``summitcli.cli``."""
    function: str
    panel: str
    summary: str
    takes: tuple[tuple[Any, ...], ...]
    """The parameters of the function, in order: the fields of a :class:`Parameter`, or the name, the class
    and the row class of a bundle."""

    def load(self) -> Callable[..., Any]:
        """Import the command's module and return the function."""
        # As ``from … import`` does; ``importlib`` would load ``warnings`` as well.
        module = __import__(f"summitcli.cli.{self.module}", fromlist=[self.function])
        function: Callable[..., Any] = getattr(module, self.function)
        return function

    def bundles(self) -> dict[str, str]:
        """Return the class of each bundle that the function takes, by the name of its parameter."""
        return {taken[0]: taken[1] for taken in self.takes if _is_bundle(taken)}

    def rows(self) -> str:
        """Return where its row class is, as in :class:`~summitcli.cli.declare.Rows`; empty if it has none."""
        return next((taken[2] for taken in self.takes if _is_bundle(taken) and taken[2]), "")

    def parameters(self) -> list[Parameter]:
        """Return the parameters of the command, without the global options, in order."""
        found: list[Parameter] = []
        for taken in self.takes:
            if _is_bundle(taken):
                found += bundle(taken[1], taken[0])
            else:
                found.append(Parameter(*taken))
        return found

    def options(self) -> dict[str, Parameter]:
        """Return the options of the command and the global ones, but not ``--help``, by their flags."""
        return {flag: parameter for parameter in (*self.parameters(), *common()) for flag in parameter.flags}


def _is_bundle(taken: tuple[Any, ...]) -> bool:
    return len(taken) == len(("name", "class", "rows"))


def bundle(name: str, of: str = "") -> list[Parameter]:
    """Return the options of a bundle.

    Args:
        name: the name of its class.
        of: the parameter that gathers them.
    """
    return [Parameter(*(*fields, of)) for fields in table.BUNDLES[name]]


def common() -> list[Parameter]:
    """Return the global options, without ``--help``."""
    return bundle(COMMON_BUNDLE, COMMON)


HELP = Parameter(*table.HELP)
"""The option of every command that shows its help instead of running it."""

VERSION = Parameter(*table.VERSION)
"""The option of the program that shows its version; not accepted after a command."""

GLANCE, *_others = (Command(words, *row) for words, row in table.COMMANDS.items())
"""The command that ``summit`` alone runs, which is the first in the table."""

COMMANDS = {command.words: command for command in _others}
"""The other commands by the words that call them, in the order of the help."""

PANELS = tuple(dict.fromkeys(command.panel for command in _others))
"""The groups of commands, in the order of the help."""


def find(words: str) -> Command:
    """Return the command that ``words`` call, or :data:`GLANCE` if there is none."""
    return COMMANDS.get(words, GLANCE)


def subcommands(group: str) -> list[str]:
    """Return the commands of a group, each with all its words; top-level ones if ``group`` is empty."""
    return [words for words in COMMANDS if words.rpartition(" ")[0] == group]
