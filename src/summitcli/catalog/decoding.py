"""Rows of a catalog's database as what a catalog answers with."""

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


def decoded(document: str, kind: type = dict) -> Any:
    """Return what a column of JSON holds.

    Raises:
        CatalogDamaged: it holds no JSON, or not of that kind.
    """
    try:
        value, end = scan(document, 0)
    except (StopIteration, ValueError, TypeError) as error:
        raise CatalogDamaged(f"no JSON: {document!r:.80}") from error
    if end != len(document) or type(value) is not kind:
        raise CatalogDamaged(f"no JSON of that kind: {document!r:.80}")
    return value


def listing(row: tuple[Any, ...]) -> Listing:
    """Return a row that has the fields of a listing in their order, with its columns of JSON decoded."""
    fields = list(row)
    fields[2] = decoded(row[2])
    fields[9] = row[9] == 1
    fields[13] = tuple(decoded(row[13], list)) if row[13] else ()
    fields[17] = False
    fields[21] = decoded(row[21]) if row[21] else _NO_TEXTS
    return Listing._make(fields)


def sessions(listings: Iterable[tuple[Listing, bool]]) -> Iterator[SessionRow]:
    """Return listings gathered into sessions; they come session by session, in order of time.

    Args:
        listings: each with whether it is asked for: a session's first such slot is the one that it shows.
    """
    for _id, pairs in groupby(listings, key=lambda pair: pair[0].id):
        held = list(pairs)
        asked = next((one for one, is_asked in held if is_asked), None)
        yield SessionRow.of([one for one, _asked in held], asked)


IDENTITY = """
SELECT session.id, session.title, session.guid, coalesce(session.code, session.id), session.url,
       session.speakers, day.day, listing.start, listing."end", room.name
"""
"""The statement whose rows :func:`identities` takes."""


def identities(rows: Iterable[tuple[Any, ...]]) -> Iterator[Identity]:
    """Yield what sessions are recognised by.

    Args:
        rows: those of :data:`IDENTITY`, one for each time that a session is held, session by session.
    """
    from summitcli.identity import Identity

    for _id, group in groupby(rows, key=lambda row: row[0]):
        held = list(group)
        id_, title, guid, code, url, speakers = held[0][:6]
        names = decoded(speakers, list) if speakers else ()
        slots = [SlotRow(day, start, end, start is None, room) for *_rest, day, start, end, room in held]
        yield Identity(id_, title, guid, code, url, names, slots)
