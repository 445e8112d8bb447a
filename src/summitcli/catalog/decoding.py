"""Decoding of database rows into the named tuples of :mod:`summitcli.rows`, which queries return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from summitcli.errors import CatalogDamaged
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.rows import Listing, SessionRow, SlotRow
from summitcli.text.plain_json import scan

if TYPE_CHECKING:
    from summitcli.identity import Identity


_NO_TEXTS: Mapping[str, str] = {}


def decode_json(document: str, kind: type = dict) -> Any:
    """Return the value of ``document``, the text in a JSON column.

    Raises:
        CatalogDamaged: the text is not valid JSON, or its value is not of type ``kind``.
    """
    try:
        value, end = scan(document, 0)
    except (StopIteration, ValueError, TypeError) as error:
        raise CatalogDamaged(f"no JSON: {document!r:.80}") from error
    if end != len(document) or type(value) is not kind:
        raise CatalogDamaged(f"no JSON of that kind: {document!r:.80}")
    return value


def listing(row: tuple[Any, ...]) -> Listing:
    """Return the listing (a session on one of its days) in a database row, with the JSON columns decoded."""
    fields = list(row)
    fields[2] = decode_json(row[2])
    fields[9] = row[9] == 1
    fields[13] = tuple(decode_json(row[13], list)) if row[13] else ()
    fields[17] = False
    fields[21] = decode_json(row[21]) if row[21] else _NO_TEXTS
    fields[22] = tuple(decode_json(row[22], list)) if row[22] else ()
    return Listing._make(fields)


def sessions(listings: Iterable[tuple[Listing, bool]]) -> Iterator[SessionRow]:
    """Yield one session for each group of listings with the same ID.

    Args:
        listings: pairs of a listing and a truth value: True if the listing matches the query. They are
            grouped by session, and sorted by time within a session. The session gets the time and room of
            its first listing that matches.
    """
    for _id, pairs in groupby(listings, key=lambda pair: pair[0].id):
        held = list(pairs)
        first = next((listing for listing, is_match in held if is_match), None)
        yield SessionRow.of([listing for listing, _is_match in held], first)


IDENTITY = """
SELECT session.id, session.title, session.guid, coalesce(session.code, session.id), session.url,
       session.speakers, day.day, listing.start, listing."end", room.name
"""
"""The SELECT clause of the rows from which :func:`identities` makes session identities."""


def identities(rows: Iterable[tuple[Any, ...]]) -> Iterator[Identity]:
    """Yield the identity of each session: title, GUID and so on, by which it is found in other versions.

    Args:
        rows: the database rows that :data:`IDENTITY` selects, one for each slot (a day with times and a
            room), grouped by session.
    """
    from summitcli.identity import Identity

    for _id, group in groupby(rows, key=lambda row: row[0]):
        held = list(group)
        id_, title, guid, code, url, speakers = held[0][:6]
        names = decode_json(speakers, list) if speakers else ()
        slots = [SlotRow(day, start, end, start is None, room) for *_rest, day, start, end, room in held]
        yield Identity(id_, title, guid, code, url, names, slots)
