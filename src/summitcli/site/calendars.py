"""The calendars of a site: one for each day, category, room and speaker, and one with all sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property, partial

from summitcli.catalog.conditions import EVERYTHING
from summitcli.catalog.selection import Selection
from summitcli.exports.calendar.ics import Entry, Event, EventWriter, Options, calendar
from summitcli.exports.rows import Request
from summitcli.exports.rows.calendar import entries
from summitcli.i18n import in_language, using_language
from summitcli.library.log import LoggedUpdate
from summitcli.rows import Listing, SessionRow
from summitcli.site import FEEDS, PAGES
from summitcli.site.addresses import CALENDAR, absolute
from summitcli.site.contents import Contents, File
from summitcli.site.public import public_session
from summitcli.site.retired import GroupCalendar, group_calendars
from summitcli.storage.spool import TextSpool
from summitcli.text import dates

REFRESH = timedelta(hours=1)
"""The interval at which calendar apps should download the calendars again."""


class Calendars:
    """The calendars of a site in one language.

    The events are made only once, when the first calendar is made. So an event has the same UID and revision
    in every calendar.

    Args:
        contents: the contents of the site.
        language: the language.
    """

    def __init__(self, contents: Contents, language: str) -> None:
        self._contents = contents
        self._catalog = contents.catalog
        self._conference = contents.catalog.conference()
        self._language = language

    def files(self) -> Iterator[File]:
        """Yield the files of the calendars. The calendar with all sessions is the last."""
        addresses = self._contents.addresses
        for id_ in self._catalog.ids():
            path = addresses.of(self._language, "sessions", id_, "ics")
            yield File(path, partial(self._session_calendar, id_), FEEDS)
        root = addresses.root(self._language)
        for one in (*group_calendars(self._catalog), *self._contents.retired):
            yield File(f"{root}{one.kind}/{one.stem}.ics", partial(self._group_calendar, one), FEEDS)
        make = partial(self._calendar, self._title, self._overview)
        yield File(f"{root}{CALENDAR}", lambda: make(self._events.all()), FEEDS)

    def _session_calendar(self, id_: str) -> Iterator[bytes]:
        page = self._contents.addresses.of(self._language, "sessions", id_)
        return self._calendar(self._title, page, self._events.of("sessions", id_))

    def _group_calendar(self, one: GroupCalendar) -> Iterator[bytes]:
        addresses = self._contents.addresses
        has_page = addresses.has(one.kind, one.key)
        page = addresses.of(self._language, one.kind, one.key) if has_page else self._overview
        with using_language(self._language):
            name = dates.day_and_weekday(one.key) if one.kind == "days" else self._text(one.names) or one.key
        return self._calendar(f"{self._title} – {name}", page, self._events.of(one.kind, one.key))

    def _calendar(self, name: str, page: str, numbers: list[int]) -> Iterator[bytes]:
        """Yield the bytes of a calendar in pieces.

        Args:
            name: the name of the calendar.
            page: the path of the page with the same sessions.
            numbers: the numbers of its events: 0 for the event that was added to :class:`_Events` first.
        """
        base = self._contents.base_url
        url = absolute(base, page) if base and PAGES in self._contents.parts else None
        options = Options(name, language=self._language, refresh=REFRESH, url=url)
        years = self._events.years(numbers)
        for piece in calendar(self._conference, options, years, numbers, self._events.texts):
            yield piece.encode()

    @property
    def _overview(self) -> str:
        return self._contents.addresses.page(self._language, "index")

    @cached_property
    def _title(self) -> str:
        return self._text(self._contents.titles)

    @cached_property
    def _events(self) -> _Events:
        found = _Events()
        for session, event in self._events_of(Selection(self._catalog, EVERYTHING)):
            found.add(event, session)
        uids = found.uids()
        for session, event in self._events_of(Entry(row, cancelled=True) for row in self._contents.cancelled):
            # It may be held after all, with another ID.
            if event.uid not in uids:
                found.add(event, session)
        return found

    def _events_of(self, rows: Iterable[Listing | Entry]) -> Iterator[tuple[SessionRow, Event]]:
        """Yield pairs of session and event for all events of listings (sessions at one time) or entries."""
        revision = revisions(self._contents.log)
        writer = EventWriter(self._conference, Options(language=self._language))
        for entry in entries(rows, Request(catalog=self._catalog, language=self._language)):
            session = public_session(entry.session)
            for event in writer.events(entry._replace(session=session, revision=revision(session.id))):
                yield session, event

    def _text(self, texts: Mapping[str, str]) -> str:
        return in_language(texts, self._language, self._conference.language)


class _Events:
    """The events of all sessions as text, and which of them belong to a day, category, room or speaker."""

    def __init__(self) -> None:
        self.texts = TextSpool()
        self._order: list[tuple[int, str]] = []
        self._years: list[tuple[int, ...]] = []
        self._groups: dict[tuple[str, str], list[int]] = {}

    def add(self, event: Event, session: SessionRow) -> None:
        """Add an event of ``session``; its number is the next one, counted from 0."""
        number = self.texts.add(event.text)
        self._order.append((event.begins, event.uid))
        self._years.append(event.years)
        groups = [
            ("sessions", session.id),
            *(("days", slot.day) for slot in event.slots),
            *(("rooms", slot.room) for slot in event.slots if slot.room),
            *(("speakers", name) for name in session.speakers),
        ]
        if session.category:
            groups.append(("categories", session.category))
        for group in dict.fromkeys(groups):
            self._groups.setdefault(group, []).append(number)

    def uids(self) -> set[str]:
        """Return the UIDs of all events."""
        return {uid for _begins, uid in self._order}

    def all(self) -> list[int]:
        """Return the numbers of all events (0 for the one added first), in order of time."""
        return self._sorted(range(len(self._order)))

    def of(self, kind: str, key: str) -> list[int]:
        """Return the numbers of the events of one day, category, room or speaker, in order of time.

        The event that was added first has the number 0. ``kind`` and ``key`` are as for :meth:`Addresses.of`.
        """
        return self._sorted(self._groups.get((kind, key), ()))

    def years(self, numbers: Iterable[int]) -> set[int]:
        """Return the years of the local times of events, given by their numbers (the first one is 0)."""
        return {year for number in numbers for year in self._years[number]}

    def _sorted(self, numbers: Iterable[int]) -> list[int]:
        return sorted(numbers, key=self._order.__getitem__)


def revisions(log: Iterable[LoggedUpdate]) -> Callable[[str], int]:
    """Return a function that takes a session's ID and returns its revision.

    The revision increases whenever the session changes. The publications (runs of ``summit publish``) that
    changed sessions are numbered 1, 2, 3 …; the revision is the highest number of those that changed this
    session. The log may lack old publications, or some changes of a large one. These publications are treated
    as if they had changed all sessions.

    Args:
        log: the publications with changes, the oldest first.
    """
    changed: dict[str, int] = {}
    least = 0
    for number, update in enumerate(log):
        if number == 0:
            least = update.update - 1
        if sum(update.counts.values()) > len(update.changes):
            least = update.update
        changed.update((change.id, update.update) for change in update.changes)
    return lambda id_: max(changed.get(id_, 0), least)
