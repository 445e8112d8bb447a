"""Listings (each a session on one of its days) that are read row by row, not loaded into memory at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice

from summitcli.catalog.columns import FROM_LISTING
from summitcli.catalog.conditions import NO_MARKS, Picks, Query, where
from summitcli.catalog.queries import Catalog
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple, TypeVar
from summitcli.progress import has_listener, steps
from summitcli.rows import PLANNED, Listing

Row = TypeVar("Row")


class SelectedDay(NamedTuple):
    """A day, and the number of its listings in each category: ``{"forum": 12, None: 3}``.

    The key None is for listings without a category.
    """

    day: str
    timed: bool
    """True if any listing on the day has times."""
    categories: dict[str | None, int]


class Selection:
    """The listings that match a query, read from the catalog again in each iteration.

    Args:
        catalog: the catalog.
        query: the query.
        marks: the sessions in the agenda by mark, from which ``in_agenda`` and ``pick`` are set. One of the
            values may be the same object as ``query.picks``. Then all listings that the query finds have the
            mark of this value, and are not looked up one by one.
    """

    def __init__(self, catalog: Catalog, query: Query, marks: Mapping[str, Picks] = NO_MARKS) -> None:
        self._catalog = catalog
        self._query = query
        self._marks = marks
        self._is_empty: bool | None = None
        self._started: Iterator[Listing] | None = None

    def __iter__(self) -> Iterator[Listing]:
        """Yield the listings in the order of output, with ``in_agenda`` and ``pick`` set.

        Raises:
            CatalogDamaged: the catalog can't be read.
        """
        # Continue the iteration of which __bool__ has read the first row.
        begun, self._started = self._started, None
        yield from self._with_progress(begun or self._read())

    def __bool__(self) -> bool:
        if self._is_empty is None:
            rows = self._read()
            first = list(islice(rows, 1))
            self._is_empty = not first
            self._started = chain(first, rows)
        return not self._is_empty

    def _read(self) -> Iterator[Listing]:
        shared = next((mark for mark, picks in self._marks.items() if picks is self._query.picks), None)
        marks = {} if shared else {pair: mark for mark, picks in self._marks.items() for pair in picks}
        for row in self._catalog.iterate_listings(self._query):
            self._is_empty = False
            mark = shared or (marks and (marks.get((row.id, row.day)) or marks.get((row.id, None))))
            yield row._replace(in_agenda=mark in PLANNED, pick=mark) if mark else row

    @property
    def is_agenda(self) -> bool:
        """Return whether the listings are limited to the sessions in an agenda."""
        return self._query.picks is not None

    def objects(self, fields: Sequence[str]) -> Iterator[str]:
        """Yield each listing as the text of a JSON object; control characters are not escaped for terminals.

        Args:
            fields: the fields to include, in order.

        Raises:
            CatalogDamaged: the catalog can't be read.
        """
        for text in self._with_progress(self._catalog.iterate_json(self._query, fields, self._marks)):
            self._is_empty = False
            yield text

    def _with_progress(self, rows: Iterator[Row]) -> Iterable[Row]:
        """Return ``rows`` as an iterable that reports progress while it is read."""
        return steps(_("writing"), rows, self._number if has_listener() else None)

    @property
    def _number(self) -> int:
        """Return the number of listings in the selection."""
        return sum(number for (number,) in self._ask("count(*)"))

    def on(self, day: str, category: str | None = None, others: Sequence[str] = ()) -> Selection:
        """Return a new selection with only the listings of one day.

        Args:
            day: the ISO date.
            category: the ID of a category to select; None for all.
            others: the IDs of categories to exclude.
        """
        query = self._query._replace(days=(day,))
        if category is not None:
            query = query._replace(categories=(category,))
        if others:
            query = query._replace(excluded_categories=(*query.excluded_categories, *others))
        return Selection(self._catalog, query, self._marks)

    def sessions(self) -> int:
        """Return the number of sessions in the selection; a session with several listings counts once."""
        return sum(number for (number,) in self._ask("count(DISTINCT listing.session)"))

    def days(self) -> list[SelectedDay]:
        """Return the days with listings, in order."""
        rows = self._ask(
            "day.day, category.id, count(*), count(listing.start)",
            "GROUP BY day.number, category.position ORDER BY day.number, category.position",
        )
        days = []
        for day, group in groupby(rows, key=lambda row: row[0]):
            held = list(group)
            counts = {category: count for _day, category, count, _timed in held}
            days.append(SelectedDay(day, any(timed for *_rest, timed in held), counts))
        return days

    def longest_id(self) -> int:
        """Return the length, in characters, of the longest session ID in the selection."""
        return max((length or 0 for (length,) in self._ask("max(length(session.id))")), default=0)

    def rooms(self) -> list[str]:
        """Return the names of the rooms of all listings."""
        return [row.name for row in self._catalog.rooms(self._query)]

    def kinds(self) -> list[tuple[str | None, int, int, bool]]:
        """Return the distinct tuples of status, slot number, number of slots and ``all_day``.

        An example is ``("tentative", 1, 2, False)``. They decide how much space a table needs beside titles.
        """
        columns = "session.status, listing.part, listing.parts, listing.start IS NULL"
        return [(*rest, all_day == 1) for *rest, all_day in self._ask(f"DISTINCT {columns}")]

    def nights(self) -> list[tuple[str, str, str]]:
        """Return the day, start and end of the listings whose start or end is not on the date of their day.

        The day is an ISO date, start and end are RFC 3339 timestamps. Equal triples occur once.
        """
        rows = self._ask('DISTINCT day.day, listing.start, listing."end"', "", _OTHER_DATES)
        return [(day, start, end) for day, start, end in rows]

    def _ask(self, columns: str, ending: str = "", condition: str = "1") -> list[tuple[Any, ...]]:
        clause, values = where(self._query, (condition, ()))
        return self._catalog.select(f"SELECT {columns} {FROM_LISTING} {clause} {ending}", values)


_OTHER_DATES = (
    'listing.start IS NOT NULL AND (substr(listing.start, 1, 10) <> day.day OR substr(listing."end", 1, 10)'
    " <> day.day)"
)
