"""Parts of long lists of listings (each a session on one of its days), read when they are shown.

A listing is identified by its position, the primary key of the table ``listing``, whose order is the order of
output. A list of positions takes a thousandth of the time and memory of the listings themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summitcli.catalog.columns import FROM_LISTING
from summitcli.catalog.conditions import EVERYTHING, Query, where
from summitcli.catalog.queries import Catalog
from summitcli.rows import Listing
from summitcli.text.plain_json import encode_ascii


def positions(catalog: Catalog, query: Query = EVERYTHING) -> Sequence[int]:
    """Return the positions of the listings that match ``query``, in the order of output.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    if len(query.days) == 1 and query == Query(days=query.days):
        # The listings of a day are neighbours.
        ((first, last),) = catalog.select(
            "SELECT min(position), max(position) FROM listing"
            " WHERE day = (SELECT number FROM day WHERE day = ?)",
            query.days,
        )
        return range(0) if first is None else range(first, last + 1)
    clause, values = where(query)
    rows = catalog.select(
        f"SELECT listing.position {FROM_LISTING} {clause} ORDER BY listing.position", values
    )
    return [position for (position,) in rows]


def first_positions(catalog: Catalog, query: Query = EVERYTHING) -> list[int]:
    """Return the position, among all listings, of each session's first listing that matches ``query``.

    The positions are in ascending order.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    clause, values = where(query)
    rows = catalog.select(
        f"SELECT min(listing.position) {FROM_LISTING} {clause} GROUP BY listing.session ORDER BY 1", values
    )
    return [position for (position,) in rows]


def first_ending_after(catalog: Catalog, instant: int, query: Query = EVERYTHING) -> int | None:
    """Return the position of the first listing that ends after an instant; None if there is none.

    Args:
        catalog: the catalog.
        instant: the time in seconds since 1970.
        query: the listings to consider.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    clause, values = where(query, ("listing.ends > ?", (instant,)))
    rows = catalog.select(
        f"SELECT listing.position {FROM_LISTING} {clause} ORDER BY listing.position LIMIT 1", values
    )
    return rows[0][0] if rows else None


def listings_at(catalog: Catalog, wanted: Collection[int]) -> list[Listing]:
    """Return the listings at the positions ``wanted``, in the order of output.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    from summitcli.catalog.columns import FROM_WHOLE_LISTING, SELECT_LISTING
    from summitcli.catalog.decoding import listing

    rows = catalog.select(
        f"{SELECT_LISTING} {FROM_WHOLE_LISTING} WHERE listing.position IN (SELECT value FROM json_each(?))"  # noqa: S608
        " ORDER BY listing.position",
        [encode_ascii(list(wanted))],
    )
    return [listing(row) for row in rows]


def position_of(catalog: Catalog, session_id: str, part: int = 1) -> int | None:
    """Return the position of a session's listing in the order of output; None if there is no such session.

    Args:
        catalog: the catalog.
        session_id: the session's ID.
        part: the number of the listing within the session, from 1. If the session has fewer listings, its
            first is taken.
    """
    rows = catalog.select(
        "SELECT listing.position FROM session JOIN listing ON listing.session = session.position"
        " WHERE session.id = ? ORDER BY listing.part <> ?, listing.part LIMIT 1",
        [session_id, part],
    )
    return rows[0][0] if rows else None


def beside(catalog: Catalog, position: int, limit: int) -> tuple[list[Listing], int]:
    """Return at most ``limit`` listings that overlap a given one in time, and the number of all that do.

    Listings without times are left out.

    Args:
        catalog: the catalog.
        position: the position of the given listing, which is itself left out.
        limit: the largest number of listings to return.
    """
    # The duration of the longest listing limits how early another can have begun.
    condition = (
        "listing.position <> ? AND listing.start NOT NULL"
        " AND listing.starts BETWEEN (SELECT starts - (SELECT longest FROM conference) FROM listing"
        " WHERE position = ?) AND (SELECT ends - 1 FROM listing WHERE position = ? AND start NOT NULL)"
        " AND listing.ends > (SELECT starts FROM listing WHERE position = ?)"
    )
    rows = catalog.select(
        f"SELECT listing.position {FROM_LISTING} WHERE {condition} ORDER BY listing.position", [position] * 4
    )
    found = [number for (number,) in rows]
    return listings_at(catalog, found[:limit]), len(found)
