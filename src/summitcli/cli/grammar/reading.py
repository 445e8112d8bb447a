"""A command line that was understood: what both readers, the plain one and Typer's, make of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from summitcli.cli.grammar.commands import HELP, Command
from summitcli.cli.grammar.params import Parameter, parameters
from summitcli.cli.options import Common

COMMON = "common"
"""The bundle of the options that every command takes."""

Values = dict[tuple[str, str], Any]
"""What was read, by the name of the bundle (empty where there is none) and of the parameter."""


class Reading(NamedTuple):
    """A command, the options that every command takes, and what it takes itself."""

    command: Command
    common: Common
    values: Values


def reading(command: Command, values: Values) -> Reading:
    """The reading of ``values``, those of every command among them."""
    chosen: dict[str, Any] = {name: value for (bundle, name), value in values.items() if bundle == COMMON}
    own = {key: value for key, value in values.items() if key[0] != COMMON}
    return Reading(command, Common(**chosen), own)


def help_on(words: Sequence[str], lang: str | None, color: str | None) -> Reading:
    """The reading of a line that asks how to use the command which ``words`` call."""
    values: Values = {("", "words"): tuple(words)} if words else {}
    return Reading(HELP, Common(lang=lang, color=color), values)


def common() -> list[Parameter]:
    """The parameters that every command takes."""

    def every_command(common: Common) -> None: ...

    return list(parameters(every_command))
