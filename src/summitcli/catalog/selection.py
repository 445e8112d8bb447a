"""Listings of a catalog that are never in memory all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from summitcli.catalog.columns import FROM_LISTING
from summitcli.catalog.conditions import Picks, Query, where
from summitcli.catalog.queries import Catalog
from summitcli.rows import Listing


class Selection:
    """The listings that a query asks for, read anew each time that they are gone through.

    Args:
        catalog: the schedule.
        query: which listings.
        picks: pairs of the id and the day, or None for all days, of what is in the agenda.
    """

    def __init__(self, catalog: Catalog, query: Query, picks: Picks = ()) -> None:
        self._catalog = catalog
        self._query = query
        self._picks = frozenset(picks)
        self._is_empty: bool | None = None
        self._begun: Iterator[Listing] | None = None

    def __iter__(self) -> Iterator[Listing]:
        """Yield them in the order of output, with ``in_agenda`` set.

        Raises:
            CatalogDamaged: the catalog can't be read.
        """
        # Where only the first was looked at, the others follow it.
        begun, self._begun = self._begun, None
        return begun or self._read()

    def _read(self) -> Iterator[Listing]:
        picks = self._picks
        for row in self._catalog.iterate_listings(self._query):
            self._is_empty = False
            if picks and ((row.id, row.day) in picks or (row.id, None) in picks):
                yield row._replace(in_agenda=True)
            else:
                yield row

    def __bool__(self) -> bool:
        if self._is_empty is None:
            rows = self._read()
            first = list(islice(rows, 1))
            self._is_empty = not first
            self._begun = chain(first, rows)
        return not self._is_empty

    def sessions(self) -> int:
        """Return how many sessions they are of."""
        clause, values = where(self._query)
        counted = f"SELECT count(DISTINCT listing.session) {FROM_LISTING} {clause}"
        return sum(number for (number,) in self._catalog.select(counted, values))

    def objects(self, fields: Sequence[str]) -> Iterator[str]:
        """Yield each as a JSON object, which may hold what a terminal acts on.

        Args:
            fields: which of its fields, in order.

        Raises:
            CatalogDamaged: the catalog can't be read.
        """
        for text in self._catalog.iterate_json(self._query, fields, tuple(self._picks)):
            self._is_empty = False
            yield text
