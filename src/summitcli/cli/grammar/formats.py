"""The output formats that a command takes, for its help and for the TAB key."""

from importlib import import_module

from summitcli.cli.grammar.commands import Command
from summitcli.exports import OBJECT, SCHEDULE, formats_for

SELECTION = "rows:Listing"
"""What `export` writes, and the help of the options that all commands with rows share shows."""

KINDS = frozenset({"format", "carried", "document", "target"})
"""The kinds of values, as a declaration names them, that are names of formats."""


def formats_taken(kind: str, rows: str) -> tuple[str, ...]:
    """Return the names of the formats that an option takes, in order.

    Args:
        kind: one of :data:`KINDS`.
        rows: for "format", what the rows are that the command answers with, as
            :class:`~summitcli.cli.declare.Rows` has it.
    """
    if kind == "document":
        return formats_for(OBJECT)
    if kind == "target":
        return formats_for(SCHEDULE, drawn=False)
    if kind == "carried":
        return formats_for(class_of(SELECTION), drawn=False)
    return formats_for(class_of(rows)) if rows else ()


def rows_of(command: Command) -> type | None:
    """Return the class of the rows that a command answers with; None where it answers with none."""
    return class_of(command.rows()) if command.rows() else None


def class_of(rows: str) -> type:
    """Return the class that :class:`~summitcli.cli.declare.Rows` names."""
    module, _colon, name = rows.partition(":")
    found: type = getattr(import_module(f"summitcli.{module}"), name)
    return found
