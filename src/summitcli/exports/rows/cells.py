"""The fields of a row as text, for formats in which all values are text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitcli.lazy_typing import Any
from summitcli.rows import CategoryRow, DayRow, Listing, NameRow, SessionRow
from summitcli.text.reader_zone import shown

COLUMNS: dict[type, tuple[str, ...]] = {
    Listing: ("day", "start", "id", "category", "title"),
    SessionRow: ("day", "start", "id", "category", "title"),
    CategoryRow: ("id", "name", "sessions", "listings"),
    DayRow: ("day", "day_number", "weekday", "sessions"),
    NameRow: ("name", "sessions"),
}
"""The names of the fields written by default, for each class of rows."""


def columns_of(kind: type) -> tuple[str, ...]:
    """Return the names of the fields that are written by default for a class of rows.

    A class that belongs to one command names them itself, with its method ``columns``. For any other class
    that is not in :data:`COLUMNS`, these are all fields.
    """
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    own: tuple[str, ...] = kind.columns() if hasattr(kind, "columns") else fields
    return COLUMNS.get(kind, own)


TIME_COLUMNS = ("start", "end")


def cells(rows: Sequence[Any], columns: Sequence[str]) -> list[list[str]]:
    """Return the fields ``columns`` of each row as text, not yet escaped for any format.

    A time is ``HH:MM`` in the time zone to show, and None is an empty text. The values of a list of texts are
    joined by commas. Other values are written as compact JSON.
    """
    if not rows:
        return []
    readers = [_reader(type(rows[0])._fields.index(column), column) for column in columns]
    return [[read(row) for read in readers] for row in rows]


def _reader(index: int, column: str) -> Callable[[Any], str]:
    if column in TIME_COLUMNS:
        # A value without a time is a date.
        return lambda row: (shown(value)[11:16] or value) if (value := row[index]) else ""
    return lambda row: value if isinstance(value := row[index], str) else text(value)


def text(value: Any) -> str:
    """Return a value as text: None is empty, texts in a list are joined by commas, the rest becomes JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple) and all(isinstance(entry, str) for entry in value):
        return ",".join(value)
    if isinstance(value, int):
        return str(value)
    from summitcli.exports.rows.documents import compact

    return compact(value)
