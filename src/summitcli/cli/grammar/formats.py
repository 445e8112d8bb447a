"""The names of the output formats that a command accepts, for its help and for completion."""

from importlib import import_module

from summitcli.cli.grammar.commands import Command
from summitcli.exports import OBJECT, SCHEDULE, formats_for

SELECTION = "rows:Listing"
"""The class of the rows that ``summit export`` prints, as a module and a name.

These rows can be written in nearly all formats. Where the help explains ``--format`` for all commands, it
lists the formats of these rows.
"""

FORMAT_KINDS = frozenset({"format", "carried", "document", "target"})
"""The kinds of values (see :class:`~summitcli.cli.declare.Completes`) that are names of formats."""


def accepted_formats(kind: str, rows: str) -> tuple[str, ...]:
    """Return the names of the formats that an option accepts, in order.

    Args:
        kind: one of :data:`FORMAT_KINDS`.
        rows: the class of the command's rows, such as ``rows:Listing``; needed for ``format`` only.
    """
    if kind == "document":
        return formats_for(OBJECT)
    if kind == "target":
        return formats_for(SCHEDULE, drawn=False)
    if kind == "carried":
        return formats_for(row_class(SELECTION), drawn=False)
    return formats_for(row_class(rows)) if rows else ()


def row_class_of(command: Command) -> type | None:
    """Import and return the class of the rows that a command prints; None if it prints none."""
    return row_class(command.rows()) if command.rows() else None


def row_class(rows: str) -> type:
    """Import and return a class by its module and name, such as ``rows:Listing``."""
    module, _colon, name = rows.partition(":")
    found: type = getattr(import_module(f"summitcli.{module}"), name)
    return found
