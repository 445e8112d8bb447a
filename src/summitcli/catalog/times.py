"""Fast queries for many sessions, which read only their times and rooms."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from summitcli.catalog.columns import FROM_LISTING
from summitcli.catalog.conditions import EVERYTHING, Condition, Picks, Query, where
from summitcli.catalog.queries import Catalog
from summitcli.rows import Listing
from summitcli.text.batches import batches


def times_of(catalog: Catalog, picks: Picks) -> Iterator[tuple[int, int, str, int]]:
    """Yield the start, end, session ID and slot number of each listing in an agenda, sorted by start.

    Start and end are in seconds since 1970. All-day listings are left out.

    Args:
        catalog: the catalog.
        picks: the sessions in the agenda: pairs of a session ID and an ISO date, or None for all its days.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    clause, values = where(Query(picks=picks), ("listing.start NOT NULL", ()))
    return catalog.iterate(
        f"SELECT listing.starts, listing.ends, session.id, listing.part {FROM_LISTING} {clause}"
        " ORDER BY listing.starts, listing.ends",
        values,
    )


def programme_hours(catalog: Catalog) -> dict[str, tuple[str, str]]:
    """Return the first start and the last end of each day: ``{"2022-07-23": ("…T09:00…", "…T18:00…")}``.

    Both are RFC 3339 timestamps. Days without times are left out.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    # SQLite takes the other columns from the row that has the minimum or maximum.
    timed = "FROM listing JOIN day ON day.number = listing.day WHERE listing.start NOT NULL"
    asked = f"{timed} GROUP BY day.number ORDER BY day.number"
    starts = catalog.select(f"SELECT day.day, listing.start, min(listing.starts) {asked}")
    ends = catalog.select(f'SELECT day.day, listing."end", max(listing.ends) {asked}')
    return {day: (start, end) for (day, start, _s), (_day, end, _e) in zip(starts, ends, strict=True)}


def bare_listings_within(
    catalog: Catalog, start: int, end: int, query: Query = EVERYTHING
) -> Iterator[Listing]:
    """Yield the listings that match ``query`` and lie entirely between two instants.

    Listings without times are left out. As in :func:`bare_listings`, most fields are empty.

    Args:
        catalog: the catalog.
        start: the first instant, in seconds since 1970.
        end: the second instant.
        query: the listings to consider.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    held = "listing.starts BETWEEN ? AND ? AND listing.ends <= ? AND listing.start NOT NULL"
    return bare_listings(catalog, query, (held, (start, end, end)))


def bare_listings(catalog: Catalog, query: Query, *others: Condition) -> Iterator[Listing]:
    """Yield the listings that match ``query``, with only ID, day, times, part and room set, to save memory.

    The part is the number of the slot within its session. Titles and all other fields are empty. Equal
    strings share memory.

    Args:
        catalog: the catalog.
        query: the listings to consider.
        others: more conditions that a listing must meet.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    clause, values = where(query, *others)
    rows = catalog.iterate(
        'SELECT session.id, day.day, day.number, listing.start, listing."end", listing.part, listing.parts,'
        f" room.name {FROM_LISTING} {clause} ORDER BY listing.position",
        values,
    )
    known: dict[str, str] = {}
    for id_, day, number, start, end, part, parts, room in rows:
        yield Listing(
            id_,
            "",
            _NO_TITLES,
            None,
            None,
            known.setdefault(day, day),
            number,
            start and known.setdefault(start, start),
            end and known.setdefault(end, end),
            start is None,
            part,
            parts,
            room and known.setdefault(room, room),
            (),
            None,
            None,
            None,
        )


def repeats_of(catalog: Catalog, ids: Iterable[str], limit: int) -> dict[str, tuple[str, ...]]:
    """Return for each session of ``ids`` the sessions with the same title or GUID: ``{"a1": ("a1", "b2")}``.

    Each tuple begins with the ID of the session itself. At most ``limit`` IDs are added for the same title,
    and at most ``limit`` for the same GUID.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    mine = catalog.select(f"{_SESSIONS_WITH} id IN ({_LISTED})", [json.dumps(list(ids))])
    titles, guids = ([row[number] for row in mine if row[number]] for number in (1, 2))
    alike = catalog.select(
        f"{_SESSIONS_WITH} title IN ({_LISTED}) OR guid IN ({_LISTED}) ORDER BY position",
        [json.dumps(titles), json.dumps(guids)],
    )
    by_value: dict[str | None, list[str]] = {}
    for id_, title, guid in alike:
        by_value.setdefault(title, []).append(id_)
        by_value.setdefault(guid, []).append(id_)
    by_value[None] = []
    return {
        # SQLite cuts JSON strings at NUL, so a title may not find itself.
        id_: tuple(dict.fromkeys([id_, *by_value.get(title, [])[:limit], *by_value.get(guid, [])[:limit]]))
        for id_, title, guid in mine
    }


_LISTED = "SELECT value FROM json_each(?)"
_SESSIONS_WITH = "SELECT id, title, guid FROM session WHERE"


def complete_listings(catalog: Catalog, listings: Collection[Listing]) -> dict[tuple[str, int], Listing]:
    """Return ``listings``, which come from :func:`bare_listings`, with all of their fields.

    The result maps the ID and the slot number of each listing to the listing: ``{("a1", 1): …}``.
    """
    ids = dict.fromkeys(listing.id for listing in listings)
    wanted = {(listing.id, listing.part) for listing in listings}
    return {
        (row.id, row.part): row
        for batch in batches(ids)
        for row in catalog.listings(Query(ids=tuple(batch)))
        if (row.id, row.part) in wanted
    }


def titles_of(catalog: Catalog, ids: Iterable[str]) -> dict[str, str]:
    """Return the titles of sessions by ID, in the schedule's own language.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    asked = "SELECT id, title FROM session WHERE id IN (SELECT value FROM json_each(?))"
    return {id_: title for batch in batches(ids) for id_, title in catalog.select(asked, [json.dumps(batch)])}


_NO_TITLES: dict[str, str] = {}
