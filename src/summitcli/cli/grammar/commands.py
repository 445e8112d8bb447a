"""The commands with their parameters, from the table that is compiled from the Typer application.

A bundle is a group of options that commands share, such as the filters. A command function gets the whole
bundle as one parameter, such as ``filters``. The value of an option in the bundle is stored under the key
``("filters", "day")``: the name of that parameter, and the name of the option.
"""

from __future__ import annotations

from collections.abc import Callable

from summitcli.cli.grammar import table
from summitcli.lazy_typing import Any, NamedTuple

FLAG, TEXT, NUMBER = "flag", "text", "number"
"""The kinds of values that the scanner reads: none (for a flag), a text, a whole number."""

TYPER_ONLY = "other"
"""The kind of values that only Typer can read, such as those of an Enum or a Path."""

COMMON = "common"
"""The bundle name of the global options.

The value of ``--lang``, for example, has the key ``("common", "lang")``.
"""

COMMON_BUNDLE = "Common"
"""The name of the class that declares the global options."""

OPTIONS = "options"
"""The word after ``summit help`` that shows the global options; it is not a command."""


class Parameter(NamedTuple):
    """An option or argument of a command."""

    name: str
    kind: str
    flags: tuple[str, ...]
    """The spellings of an option, such as ``("-d", "--day")``; empty for an argument."""
    repeated: bool
    required: bool
    metavar: str
    help: str
    completes: str
    """The kind of values that completion offers, such as ``room`` (see :mod:`.values`); empty for none."""
    default: str
    """The default value to show in help; empty if help shows none."""
    bundle: str = ""
    """The name of the bundle to which the option belongs, such as ``filters``; empty if it belongs to none.

    A bundle is a group of options that commands share. The command function gets the whole bundle as one
    parameter, which has this name.
    """

    @property
    def key(self) -> tuple[str, str]:
        """Return the key under which the parameter's value is stored, such as ``("filters", "day")``."""
        return self.bundle, self.name

    @property
    def takes_value(self) -> bool:
        """Return whether the option needs a value."""
        return self.kind != FLAG


class Command(NamedTuple):
    """A command of the program, as listed in the compiled table: its function, parameters and help texts."""

    words: str
    module: str
    """The module of the function, below ``summitcli.cli``, such as ``commands.listings``."""
    function: str
    panel: str
    summary: str
    takes: tuple[tuple[Any, ...], ...]
    """A tuple for each parameter of the function, in order.

    The tuple of an option or argument has the fields of a :class:`Parameter`. The tuple of a bundle (a group
    of options) has its name, its class and the class of the rows that the command prints:
    ``("output", "Output", "rows:Listing")``.
    """

    def load(self) -> Callable[..., Any]:
        """Import the command's module and return the command's function."""
        # As ``from … import`` does; ``importlib`` would load ``warnings`` as well.
        module = __import__(f"summitcli.cli.{self.module}", fromlist=[self.function])
        function: Callable[..., Any] = getattr(module, self.function)
        return function

    def bundles(self) -> dict[str, str]:
        """Return the class names of the function's bundles (groups of options), by parameter.

        For example: ``{"filters": "Filters"}``.
        """
        return {taken[0]: taken[1] for taken in self.takes if _is_bundle(taken)}

    def rows(self) -> str:
        """Return the class of the rows that the command prints, such as ``rows:Listing``; empty for none."""
        return next((taken[2] for taken in self.takes if _is_bundle(taken) and taken[2]), "")

    def parameters(self) -> list[Parameter]:
        """Return the options and arguments of the command in order, without the global options."""
        found: list[Parameter] = []
        for taken in self.takes:
            if _is_bundle(taken):
                found += bundle(taken[1], taken[0])
            else:
                found.append(Parameter(*taken))
        return found

    def options(self) -> dict[str, Parameter]:
        """Return the command's options and the global ones, by flag, such as ``-d`` or ``--day``."""
        return {flag: parameter for parameter in (*self.parameters(), *common()) for flag in parameter.flags}


def _is_bundle(taken: tuple[Any, ...]) -> bool:
    return len(taken) == len(("name", "class", "rows"))


def bundle(name: str, of: str = "") -> list[Parameter]:
    """Return the options of a bundle (a group of options that commands share).

    Args:
        name: the name of the bundle's class, such as ``Filters``.
        of: the name of the bundle's parameter in the command function, such as ``filters``.
    """
    return [Parameter(*(*fields, of)) for fields in table.BUNDLES[name]]


def common() -> list[Parameter]:
    """Return the global options, without ``--help``."""
    return bundle(COMMON_BUNDLE, COMMON)


HELP = Parameter(*table.HELP)
"""The option ``--help`` of every command: it shows the command's help, and the command is not run."""

VERSION = Parameter(*table.VERSION)
"""The option ``--version``, accepted by ``summit`` itself, but not after a command."""

GLANCE, *_others = (Command(words, *row) for words, row in table.COMMANDS.items())
"""The command that runs if no command is given (the first in the table), and all others."""

COMMANDS = {command.words: command for command in _others}
"""All commands but :data:`GLANCE`, by the words that call them, such as ``agenda add``, in help order."""

PANELS = tuple(dict.fromkeys(command.panel for command in _others))
"""The headings of the help under which commands are listed, in order."""


def find(words: str) -> Command:
    """Return the command that ``words``, such as ``agenda add``, call.

    If they call none, return :data:`GLANCE`, the command that ``summit`` without a command runs.
    """
    return COMMANDS.get(words, GLANCE)


def subcommands(group: str) -> list[str]:
    """Return the words that call the commands of a group: for ``agenda``, ``agenda add`` and so on.

    If ``group`` is empty, return the top-level commands.
    """
    return [words for words in COMMANDS if words.rpartition(" ")[0] == group]
