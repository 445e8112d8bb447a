"""Comparing two catalogs without having their sessions in memory.

:mod:`summitcli.states` finds each session of the earlier catalog in the later one. If a session was split in
two, it is compared with the most similar half, and the other half is new. Sessions with the same database
rows are unchanged; the others are loaded and compared in batches. Of each change, only its sort key and the
positions of its sessions in the two catalogs are kept in memory; the sessions are loaded again when the
change is read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from summitcli.catalog.detailed import with_details
from summitcli.catalog.queries import Catalog
from summitcli.catalog.states import AT, CatalogState
from summitcli.changes import Change, Kind, differences, in_zone, removal, sort_key
from summitcli.i18n import _
from summitcli.identity import folded_guid
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.progress import steps
from summitcli.rows import SessionRow
from summitcli.states import successors
from summitcli.text.batches import batches

Mark = Callable[[Iterable[SessionRow]], Iterable[SessionRow]]
"""A function that returns the given sessions, with ``in_agenda`` set for those in the user's agenda."""

_WRITTEN = """
SELECT listing.session, session.title, session.titles, category.id, category.name, day.day, listing.start,
       listing."end", room.name, session.speakers, session.language, session.url, session.description,
       session.status
"""
"""The SELECT clause: first the position of the session, then the columns that are compared."""


class _Difference(NamedTuple):
    """A change as kept in memory, without its sessions.

    Sorting these tuples gives the order of output.
    """

    rank: int
    """The place in the order: 0 (first) if the session is in the user's agenda, otherwise 1."""
    sort_key: tuple[int, str, str, str]
    kind: Kind
    before: int | None
    """The position of the session in the earlier catalog; None if the session is new."""
    after: int | None
    """The position of the session in the later catalog; None if the session is gone."""
    fields: tuple[str, ...]


class Changes(Sequence[Change]):
    """The changes between two catalogs; the sessions of a change are loaded when the change is read.

    If the catalogs have different time zones, all times are in the time zone of the later catalog.

    Args:
        before: the catalog of the schedule's earlier version, which must stay open.
        after: the catalog of the later version, which must stay open.
        mark: a function that sets ``in_agenda`` of sessions in the user's agenda. The changes to these
            sessions come first.
        cancelled: the GUIDs of the sessions that the later schedule lists as cancelled.

    Raises:
        CatalogDamaged: a catalog can't be read.
        ValueError: a time is not in ISO 8601 format.
    """

    def __init__(
        self, before: Catalog, after: Catalog, mark: Mark = iter, cancelled: Iterable[str] = ()
    ) -> None:
        self._before = before
        self._after = after
        self._mark = mark
        self._cancelled = frozenset(map(folded_guid, cancelled))
        zones = [catalog.conference().time_zone for catalog in (before, after)]
        self._zone = zones[1] if zones[0] != zones[1] else None
        """The time zone to which times are converted: the later one; None if both catalogs have the same."""
        self._found = sorted(self._differences())

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Change]:
        for batch in batches(self._found):
            yield from self._loaded(batch)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [change for batch in batches(self._found[place]) for change in self._loaded(batch)]
        return self._loaded([self._found[place]])[0]

    def _differences(self) -> Iterator[_Difference]:
        earlier, later = CatalogState(self._before, by_id=True), CatalogState(self._after, by_id=True)
        pairs: list[tuple[int, int]] = []
        left: list[int] = []
        new = bytearray(b"\1") * len(later.ids)
        for one, positions in enumerate(successors(earlier, later)):
            if positions:
                pairs.append((one, positions[0]))
                new[positions[0]] = False
            else:
                left.append(one)
        for some in batches(steps(_("comparing"), pairs, len(pairs))):
            yield from self._pair_differences(self._unequal(some))
        for batch in batches(left):
            for place, session in zip(batch, self._marked(self._before, batch), strict=True):
                yield _difference(removal(session, self._cancelled), place, None)
        for batch in batches(place for place, is_new in enumerate(new) if is_new):
            for place, session in zip(batch, self._marked(self._after, batch), strict=True):
                yield _difference(Change("new", None, session, ()), None, place)

    def _unequal(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the pairs whose sessions have different database rows.

        A pair is the position of a session in the earlier catalog and its position in the later one.
        """
        was = _written(self._before, [one for one, _other in pairs])
        now = _written(self._after, [other for _one, other in pairs])
        return [(one, other) for one, other in pairs if was.get(one) != now.get(other)]

    def _pair_differences(self, pairs: Sequence[tuple[int, int]]) -> Iterator[_Difference]:
        ones, others = self._rows([one for one, _other in pairs], [other for _one, other in pairs])
        for pair, one, other in zip(pairs, ones, others, strict=True):
            assert one is not None and other is not None  # noqa: S101
            for change in differences(one, other):
                yield _difference(change, *pair)

    def _loaded(self, found: Sequence[_Difference]) -> list[Change]:
        was, now = self._rows([one.before for one in found], [one.after for one in found])
        return [
            Change(one.kind, earlier, later, one.fields)
            for one, earlier, later in zip(found, was, now, strict=True)
        ]

    def _rows(
        self, before: Sequence[int | None], after: Sequence[int | None]
    ) -> tuple[list[SessionRow | None], list[SessionRow | None]]:
        """Return sessions of the earlier and of the later catalog, with ``in_agenda`` set.

        Args:
            before: positions in the earlier catalog; where a position is None, the result has None, too.
            after: positions in the later catalog, or None in the same way.
        """
        found = []
        for catalog, asked in ((self._before, before), (self._after, after)):
            places = sorted({place for place in asked if place is not None})
            rows = dict(zip(places, self._marked(catalog, places), strict=True))
            found.append([None if place is None else rows[place] for place in asked])
        one, other = found
        return one, other

    def _marked(self, catalog: Catalog, places: Sequence[int]) -> Iterable[SessionRow]:
        rows = self._mark(with_details(catalog, catalog.sessions_at(places)))
        if self._zone is None or catalog is not self._before:
            return rows
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(self._zone)
        return (in_zone(row, zone) for row in rows)


def _difference(change: Change, before: int | None, after: int | None) -> _Difference:
    rank = 0 if change.in_agenda else 1
    return _Difference(rank, sort_key(change), change.kind, before, after, change.fields)


def _written(catalog: Catalog, positions: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the values to compare for the sessions at the given positions, by position.

    A session has one tuple of values for each of its slots (a day with times and a room).
    """
    rows = catalog.iterate(_WRITTEN + AT, [json.dumps(positions)])
    return {position: [row[1:] for row in group] for position, group in groupby(rows, key=itemgetter(0))}
