"""The fields of a listing (a session on one of its days) in SQL: their columns and their conversion to JSON.

SQLite makes the JSON of listings, in a third of the time that Python needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

# SQL expressions that convert a column to JSON (RFC 8259); ``{}`` stands for the column. The catalog stores
# objects and arrays as JSON with the same spaces as Python's encoder.
_TEXT = "json_quote({})"
_NUMBER = "{}"
_TRUTH = "iif({}, 'true', 'false')"
_JSON_OBJECT = "{}"
_JSON_ARRAY = "coalesce({}, '[]')"
_JSON_OBJECT_OR_NONE = "coalesce({}, '{{}}')"

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
    "tags": ("session_detail.tags", _JSON_ARRAY),
}
"""For each field of :class:`summitcli.rows.Listing`, its column and the SQL that converts it to JSON.

In the SQL, ``{}`` stands for the column.
"""

SELECT_LISTING = f"SELECT {', '.join(column for column, _written in LISTING.values())}"

FROM_LISTING = """
FROM listing
JOIN session ON session.position = listing.session
JOIN day ON day.number = listing.day
LEFT JOIN category ON category.position = listing.category
LEFT JOIN room ON room.position = listing.room
"""

FROM_WHOLE_LISTING = f"{FROM_LISTING}LEFT JOIN session_detail ON session_detail.session = listing.session\n"
"""The FROM clause with all tables whose columns :data:`LISTING` names."""


def select_json(fields: Iterable[str], own: Mapping[str, str]) -> str:
    """Return the SELECT clause that produces each listing as JSON, in the format of ``json.dumps``.

    Args:
        fields: the names of the fields to include, in order.
        own: SQL expressions that are used in place of columns, by field name. They are needed for
            ``in_agenda`` and ``pick``, which depend on the user's agenda.
    """
    wanted = [(field, own.get(field, LISTING[field][0]), LISTING[field][1]) for field in fields]
    pattern = ", ".join(f'"{field}": %s' for field, _column, _written in wanted)
    values = ", ".join(written.format(column) for _field, column, written in wanted)
    return f"SELECT printf('{{{pattern}}}', {values})"
