"""The fields of a listing as SQL has them: one declaration for its columns and for its JSON.

SQLite writes a listing's JSON itself, which takes a third of the time that it takes by way of Python.
"""

from __future__ import annotations

from collections.abc import Iterable

_TEXT = "json_quote({})"
_NUMBER = "{}"
_TRUTH = "iif({}, 'true', 'false')"
_JSON_OBJECT = "{}"
_JSON_ARRAY = "coalesce({}, '[]')"
_JSON_OBJECT_OR_NONE = "coalesce({}, '{{}}')"
"""The way a column is written as JSON (RFC 8259). The catalog keeps the last three with the spaces that
Python's encoder writes."""

LISTING = {
    "id": ("session.id", _TEXT),
    "title": ("session.title", _TEXT),
    "titles": ("session.titles", _JSON_OBJECT),
    "category": ("category.id", _TEXT),
    "category_name": ("category.name", _TEXT),
    "day": ("day.day", _TEXT),
    "day_number": ("day.number", _NUMBER),
    "start": ("listing.start", _TEXT),
    "end": ('listing."end"', _TEXT),
    "all_day": ("listing.start IS NULL", _TRUTH),
    "part": ("listing.part", _NUMBER),
    "parts": ("listing.parts", _NUMBER),
    "room": ("room.name", _TEXT),
    "speakers": ("session.speakers", _JSON_ARRAY),
    "language": ("session.language", _TEXT),
    "url": ("session.url", _TEXT),
    "description": ("session.description", _TEXT),
    "in_agenda": ("0", _TRUTH),
    "guid": ("session.guid", _TEXT),
    "pick": ("NULL", _TEXT),
    "status": ("session.status", _TEXT),
    "descriptions": ("session.descriptions", _JSON_OBJECT_OR_NONE),
}
"""By the name of a field of :class:`summitcli.rows.Listing` its column, and how that becomes JSON."""

SELECT_LISTING = f"SELECT {', '.join(column for column, _written in LISTING.values())}"

FROM_LISTING = """
FROM listing
JOIN session ON session.position = listing.session
JOIN day ON day.number = listing.day
LEFT JOIN category ON category.position = listing.category
LEFT JOIN room ON room.position = listing.room
"""


def select_json(fields: Iterable[str], in_agenda: str) -> str:
    """Return the SELECT of a JSON object for each listing, as Python's encoder would write it.

    Args:
        fields: which of them, in order.
        in_agenda: the condition of being in the agenda, in SQL.
    """
    columns = {**LISTING, "in_agenda": (in_agenda, _TRUTH)}
    wanted = [(field, *columns[field]) for field in fields]
    pattern = ", ".join(f'"{field}": %s' for field, _column, _written in wanted)
    values = ", ".join(written.format(column) for _field, column, written in wanted)
    return f"SELECT printf('{{{pattern}}}', {values})"
