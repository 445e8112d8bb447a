"""The data of the full-screen browser: the sessions of the schedule, and how the agenda marks them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import cached_property, partial

from summitcli.agenda.picks import Agenda
from summitcli.agenda.place import DEFAULT
from summitcli.agenda.planner import Gap, conflicts, key_of
from summitcli.agenda.repeats import MAX_REPEATS, BusyTimes
from summitcli.catalog.conditions import Query
from summitcli.catalog.detailed import with_details
from summitcli.catalog.guids import shared_guids
from summitcli.catalog.store import open_catalog
from summitcli.catalog.times import bare_listings, repeats_of
from summitcli.catalog.windows import (
    beside,
    first_ending_after,
    first_positions,
    listings_at,
    position_of,
    positions,
)
from summitcli.cli.call import Call
from summitcli.cli.days import as_of, still_running
from summitcli.cli.filters import find_text
from summitcli.cli.free_time import SHORTEST_GAP, free_days, sessions_fitting
from summitcli.cli.own_time import taken_listings
from summitcli.cli.picks import bare_picks, conflicting_listings
from summitcli.errors import SummitError
from summitcli.i18n import _
from summitcli.render.grid.hours import Hours
from summitcli.render.marks import Marks
from summitcli.rows import MARKS, DayRow, Listing, Mark, SessionRow
from summitcli.search.answers import Answer
from summitcli.text import dates
from summitcli.tui.rows import Rows
from summitcli.tui.view import View
from summitcli.when import find_duration

MAX_RESULTS = 200
"""The maximum number of search results that are shown."""
MAX_BLOCKS = 400
"""The maximum number of sessions in a grid. If a day has more, its grid has only the first rooms."""
MAX_BESIDE = 8
"""The maximum number of parallel sessions that the details of a session list."""


class Programme:
    """The schedule and the agenda of one run of the full-screen browser.

    Args:
        call: the running command.
        name: the name of the agenda; None for the default agenda.
    """

    def __init__(self, call: Call, name: str | None) -> None:
        self.call = call
        self.name = name
        self.fault: SummitError | None = None
        """The reason why the agenda can't be read; None if it was read."""
        self._held: dict[str, tuple[str, ...]] = {}

    @cached_property
    def agenda(self) -> Agenda:
        """Return the agenda as it was when it was last read; an empty agenda if it can't be read."""
        self.fault = None
        try:
            return self.call.agenda(self.name)
        except SummitError as error:
            self.fault = error
            return Agenda(self.call.conference.id, "", self.name or DEFAULT)

    def forget_agenda(self) -> None:
        """Forget the agenda, so that it is read again when it is needed."""
        self.call.forget_agendas()
        for name in ("agenda", "_marks", "_conflicting", "_possibly_conflicting", "_taken"):
            self.__dict__.pop(name, None)

    @cached_property
    def _marks(self) -> dict[tuple[str, str | None], Mark]:
        return {pair: mark for mark in MARKS for pair in self.agenda.pairs(mark)}

    @cached_property
    def _conflicting(self) -> set[tuple[str, int]]:
        return conflicting_listings(self.call, self.agenda, report=_ignore)

    @cached_property
    def _taken(self) -> list[Listing]:
        """Return the user's own entries and the events of other calendars, which are slow to read."""
        # An agenda that can't be read counts as empty.
        has_own = self.agenda.entries or self.agenda.busy
        return taken_listings(self.call, self.name, report=_ignore) if has_own else []

    @cached_property
    def _possibly_conflicting(self) -> set[tuple[str, int]]:
        found = conflicts(bare_picks(self.call, self.name, only_decided=True))
        return {key_of(one) for pair in found if not pair.certain for one in (pair.first, pair.second)}

    @cached_property
    def shared_guids(self) -> dict[str, str]:
        """Return ambiguous GUIDs, each with a session's ID: ``{"guid-1": "a1"}``. They are read only once.

        See :func:`summitcli.catalog.guids.shared_guids`.
        """
        return shared_guids(self.call.catalog)

    def mark(self, listing: Listing | SessionRow) -> Mark | None:
        """Return the mark of a session in the agenda; None if it has none."""
        return self._marks.get((listing.id, None)) or self._marks.get((listing.id, listing.day))

    def conflicts(self, listing: Listing) -> bool:
        """Return whether ``listing`` (a session at one of its times) is in the agenda and has a conflict."""
        return key_of(listing) in self._conflicting

    def has_possible_conflicts(self) -> bool:
        """Return whether sessions in the agenda may conflict: they are on the same day but have no times."""
        return bool(self._possibly_conflicting)

    def days(self, view: View) -> list[DayRow]:
        """Return the days of the conference, with the numbers of sessions that match the filters."""
        if view.query == Query():
            return self.call.days
        found = {row.day: row for row in self.call.catalog.days(view.query)}
        return [found.get(row.day, row._replace(sessions=0)) for row in self.call.days]

    def rows(self, view: View) -> Rows:
        """Return the sessions that ``view`` selects, as listings (a session at each of its times).

        Raises:
            SummitError: the schedule or the agenda can't be read.
        """
        catalog = self.call.catalog
        query = self._query(view)
        if view.scope == "day":
            query = query._replace(days=(view.day,))
        else:
            query = query._replace(picks=self.agenda.pairs())
        if view.only_free:
            found: Sequence[int] = self._without_conflicts(query)
        else:
            found = positions(catalog, query)
        if view.scope == "conflicts":
            rows = listings_at(catalog, found)
            either = self._conflicting | self._possibly_conflicting
            found = [place for place, row in zip(found, rows, strict=True) if key_of(row) in either]
        return Rows(found, partial(listings_at, catalog))

    def sessions(self, view: View) -> Rows:
        """Return all sessions of all days that match the filters of ``view``, each only once.

        Raises:
            SummitError: the schedule or the agenda can't be read.
        """
        catalog = self.call.catalog
        return Rows(first_positions(catalog, self._query(view)), partial(listings_at, catalog))

    def _query(self, view: View) -> Query:
        """Return the filters of ``view`` as a query, without a condition on the day."""
        query = view.query
        if view.only_mine:
            query = query._replace(picks=self.agenda.pairs())
        if not view.with_hidden:
            query = query._replace(excluded_picks=self.agenda.pairs("hidden"))
        return query

    def held_days(self, session_id: str) -> tuple[str, ...]:
        """Return the ISO dates on which a session takes place."""
        if session_id not in self._held:
            rows = self.call.catalog.sessions(Query(ids=(session_id,)))
            self._held[session_id] = rows[0].days if rows else ()
        return self._held[session_id]

    def hours(self, view: View) -> Hours | None:
        """Return the grid of the day of ``view``; None if none of its sessions have times.

        If the day has very many sessions, the grid has only the first rooms.

        Raises:
            SummitError: the schedule or the agenda can't be read.
        """
        call = self.call
        query = self._query(view)._replace(days=(view.day,))
        if not query.rooms and sum(row.sessions for row in call.catalog.rooms(query)) > MAX_BLOCKS:
            query = query._replace(rooms=self._first_rooms(query))
        found = [*still_running(call, view.day, query), *call.catalog.listings(query)]
        rows = as_of(call, view.day, call.marked(found, self.name))
        if all(row.all_day for row in rows):
            return None
        order = call.catalog.facts()["rooms"]
        return Hours(call.setting, call.catalog.colors(), rows, Marks(call.now, self._conflicting), order)

    def _first_rooms(self, query: Query) -> tuple[str, ...]:
        """Return the names of the first rooms with sessions that match ``query``, in the schedule's order.

        A grid of all rooms would be too large. There is at least one name. If there are several, the rooms
        have at most :data:`MAX_BLOCKS` sessions together.
        """
        names: list[str] = []
        number = 0
        for row in self.call.catalog.rooms(query):
            number += row.sessions
            if names and number > MAX_BLOCKS:
                break
            names.append(row.name)
        return tuple(names)

    def _without_conflicts(self, query: Query) -> list[int]:
        """Return the positions of listings that match ``query`` and don't conflict with the agenda.

        A listing is a session at one of its times; its position is its index in the list of the whole
        schedule. Listings in the agenda itself, and all-day listings, are always returned if they match.
        """
        catalog = self.call.catalog
        own = {key_of(listing) for listing in bare_picks(self.call, self.name)}
        decided = bare_picks(self.call, self.name, only_decided=True)
        busy = BusyTimes([*decided, *self._taken])
        rows = zip(positions(catalog, query), bare_listings(catalog, query), strict=True)
        return [
            position for position, row in rows if key_of(row) in own or row.all_day or busy.is_free_for(row)
        ]

    def now(self) -> Listing | None:
        """Return a session in progress; if there is none, the next session.

        Return None if the conference is over.
        """
        catalog, instant = self.call.catalog, self.call.instant
        running = catalog.running(instant)
        coming = [] if running else catalog.upcoming(instant, limit=1)
        return next((row for row in running if not row.all_day), next(iter([*running, *coming]), None))

    def position_of(self, row: Listing | SessionRow) -> int | None:
        """Return the position of ``row``, a session at one of its times, in the list of the whole schedule.

        Return None if the session is no longer in the schedule.
        """
        return position_of(self.call.catalog, row.id, row.part)

    def position_at(self, instant: int, view: View) -> int | None:
        """Return the position of the first session that ends after ``instant``, in the list of the schedule.

        Only sessions of the view's day that match its filters are considered. Return None if none ends later.

        Args:
            instant: a time in seconds since 1970.
            view: the view (selection of sessions).
        """
        query = view.query._replace(days=(view.day,))
        return first_ending_after(self.call.catalog, instant, query)

    def search(self, text: str, view: View) -> Answer:
        """Return the sessions of all days that match ``text`` and the filters of ``view``.

        The best matches come first.
        """
        return find_text(self.call, text, self._query(view), limit=MAX_RESULTS)[0]

    def session(self, listing: Listing) -> SessionRow | None:
        """Return the session with all its details; None if it is no longer in the schedule."""
        rows = self.call.catalog.sessions(Query(ids=(listing.id,)))
        return next(iter(with_details(self.call.catalog, rows)), None)

    def beside(self, listing: Listing) -> tuple[list[Listing], int]:
        """Return some of the sessions at the same time as ``listing``, and the number of all of them."""
        position = self.position_of(listing)
        return ([], 0) if position is None else beside(self.call.catalog, position, MAX_BESIDE)

    def overlapping(self, listing: Listing) -> list[Listing]:
        """Return what ``listing`` conflicts with, or would if it was in the agenda.

        This is other sessions in the agenda, own entries (such as lunch) and events of other calendars.
        """
        picks = self.agenda.decided_pairs()
        rows = [
            row for row in self.call.catalog.listings(Query(picks=picks)) if picks and row.id != listing.id
        ]
        rows += self._taken
        return [
            other
            for conflict in conflicts([listing, *rows])
            if conflict.certain and listing in (conflict.first, conflict.second)
            for other in (conflict.first, conflict.second)
            if other.id != listing.id
        ]

    def gaps(self) -> list[tuple[Gap, int]]:
        """Return the gaps (free times) in the agenda, with the numbers of sessions that would fit into them.

        Raises:
            SummitError: the schedule can't be read.
        """
        shortest = int(find_duration(SHORTEST_GAP).total_seconds()) // 60
        query = Query(excluded_picks=self.agenda.pairs("hidden"))
        picked = {id_ for id_, _day in self.agenda.pairs()}
        return [
            (gap, sessions_fitting(self.call, gap, query, picked).number)
            for day in free_days(self.call, self.name, (), shortest, report=_ignore) or ()
            for gap in day.gaps
        ]

    def repeats(self, listing: Listing) -> list[Listing]:
        """Return the other times of a session, and those of other sessions that repeat it (the same talk)."""
        catalog = self.call.catalog
        alike = repeats_of(catalog, {listing.id}, MAX_REPEATS)[listing.id]
        rows = catalog.listings(Query(ids=tuple(alike)))
        return [row for row in rows if key_of(row) != key_of(listing)][:MAX_REPEATS]

    def copies(self, listing: Listing) -> list[tuple[str, str]]:
        """Return the texts about a session that can be copied, as pairs such as ``("ID", "tea")``."""
        title = self.call.name(listing.titles)
        when = dates.date_and_clock(listing.day, listing.start, listing.end)
        found = [
            (_("ID"), listing.id),
            (_("Title and time"), " · ".join(filter(None, (title, when, listing.room)))),
            (_("Link"), listing.url or ""),
        ]
        return [(label, text) for label, text in found if text]

    def options(self, schedule_only: bool = False) -> list[str]:
        """Return the options with which another command uses the same schedule and agenda.

        Args:
            schedule_only: whether to leave out the option for the agenda.
        """
        words = shlex.split(self.call.common.for_schedule())
        return words if schedule_only or self.name is None else [*words, "--name", self.name]

    def read_schedule_again(self) -> None:
        """Read the schedule again.

        Raises:
            SummitError: the schedule can't be read. The one that was read before stays in use.
        """
        source = self.call.find(self.call.reference)
        catalog = open_catalog(source)
        self.call.close()
        self.call.use_catalog(catalog, source)
        self._held.clear()
        self.__dict__.pop("shared_guids", None)


def _ignore(_message: str) -> None:
    """Ignore a message, as there is no place for it on the screen."""
