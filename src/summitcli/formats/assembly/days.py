"""When an event is held: on which of the conference's days, and from when to when.

Days without clock times are kept as such. Formats that know no days have an all-day event begin at a
midnight and last whole days; so an event from a local midnight for exactly n × 24 hours, or to another
midnight, is taken as n days without clock times.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.formats.assembly.zones import localise
from summitcli.formats.draft import Draft, DraftDay, Event
from summitcli.formats.findings import Findings, Kind
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR

NIGHT_ENDS = time(9)
"""Until when an event of the next date is in the night after a day, and later where the day ends later."""

NO_TIME = Kind("{n} event without a time", "{n} events without a time")
NO_END = Kind("{n} event without an end", "{n} events without an end")
BACKWARDS = Kind("{n} event that ends before it begins", "{n} events that end before they begin")
ENDLESS = Kind(
    "{n} event that lasts longer than a year, whose end is left out",
    "{n} events that last longer than a year, whose ends are left out",
)
OTHER_DAY = Kind(
    "{n} event listed under another day than it is held on",
    "{n} events listed under another day than they are held on",
)
MISDATED_DAY = Kind(
    "{n} day with another date than its events", "{n} days with another date than their events"
)

_DAY = timedelta(days=1)
_MOMENT = timedelta(seconds=1)
_MIDNIGHT = time()


class Held(NamedTuple):
    """When an event is held, once: a day, and a pair of instants where clock times are published."""

    day: date
    start: datetime | None = None
    """In the conference's time, with its offset."""
    end: datetime | None = None


class Days:
    """The days of a conference, and which of them an event is on."""

    def __init__(self, draft: Draft, zone: ZoneInfo, findings: Findings) -> None:
        self._zone = zone
        self._findings = findings
        self._exact = draft.exact
        self._true: dict[date, date] = {}
        self._ends: dict[date, datetime] = {}
        self._settle(draft)

    def of(self, event: Event) -> tuple[Held, ...]:
        """When ``event`` is held; empty where the source does not say."""
        if event.days:
            return tuple(Held(day) for day in sorted(set(event.days)))
        if event.start is not None:
            return self._timed(event, event.start)
        if event.day is not None:
            self._note(NO_TIME, event)
        return self.by_day(event)

    def by_day(self, event: Event) -> tuple[Held, ...]:
        """The day alone that the source has ``event`` under; empty where it has it under none."""
        return (Held(self._true.get(event.day, event.day)),) if event.day else ()

    def _settle(self, draft: Draft) -> None:
        """Learn when the days end, and the true dates of those whose events are on another date."""
        begun = {day.day: localise(day.start, self._zone) for day in draft.days if day.start}
        doubtful = {day: start.date() for day, start in begun.items() if start and start.date() != day}
        votes = dict.fromkeys(doubtful, 0)
        for event in draft.events if doubtful else ():
            start = localise(event.start, self._zone) if event.start else None
            if start and event.day in votes:
                votes[event.day] += self._on(start, doubtful[event.day]) - self._on(start, event.day)
        for day in draft.days:
            if votes.get(day.day, 0) > 0 and day.day not in self._true:
                self._true[day.day] = doubtful[day.day]
                self._findings.add(MISDATED_DAY, day.where, day.line, f"{day.day} → {doubtful[day.day]}")
        self._ends = dict(self._mornings(draft.days))

    def _mornings(self, days: Iterable[DraftDay]) -> Iterable[tuple[date, datetime]]:
        """Each day that ends on the next date, with its end."""
        for day in days:
            end = localise(day.end, self._zone) if day.end else None
            true = self._true.get(day.day, day.day)
            if end and end.date() - true == _DAY:
                yield true, end

    def _on(self, start: datetime, day: date) -> bool:
        """Whether what begins at ``start`` is on ``day`` or in the night after it."""
        later = start.date() - day
        if later != _DAY:
            return not later
        end = self._ends.get(day)
        return start.time() < NIGHT_ENDS or (end is not None and start < end)

    def _timed(self, event: Event, begins: datetime) -> tuple[Held, ...]:
        start = localise(begins, self._zone)
        if start is None:
            return (Held(begins.date()),)
        end = self._end(event, start)
        whole = 0 if self._exact else _whole_days(start, end, self._zone)
        if whole:
            return tuple(Held(start.date() + n * _DAY) for n in range(whole))
        return (Held(self._day(event, start), start, end),)

    def _end(self, event: Event, start: datetime) -> datetime:
        """When ``event`` ends: with its start, where the source does not say or can't be right."""
        if event.length is not None:
            if not timedelta() <= event.length <= LONGEST_CONFERENCE:
                self._note(BACKWARDS if event.length < timedelta() else ENDLESS, event)
                return start
            return localise(start + event.length, self._zone) or start
        if event.end is None:
            self._note(NO_END, event)
            return start
        end = localise(event.end, self._zone)
        if end and end < start and event.end.tzinfo is None:
            # The clocks show some times twice: an end may be the second of them.
            end = localise(event.end.replace(fold=1), self._zone)
        if end is None or end - start > LONGEST_CONFERENCE:
            self._note(BACKWARDS if event.end.year < start.year else ENDLESS, event)
            return start
        if end < start:
            self._note(BACKWARDS, event)
            return start
        return end

    def _day(self, event: Event, start: datetime) -> date:
        if event.day is None:
            before = start.date() - _DAY if start.date() > date.min else start.date()
            return before if before in self._ends and start < self._ends[before] else start.date()
        day = self._true.get(event.day, event.day)
        if self._on(start, day):
            return day
        self._note(OTHER_DAY, event, value=f"{day} → {start.date()}")
        return start.date()

    def _note(self, kind: Kind, event: Event, value: str = "") -> None:
        self._findings.add(kind, event.where, event.line, value or event.title)


def _begins_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether it is a midnight, or what comes first on a day whose midnight the clocks leave out."""
    midnight = moment.time() == _MIDNIGHT
    if midnight or moment.year < FIRST_YEAR:
        return midnight
    before = (moment.astimezone(UTC) - _MOMENT).astimezone(zone)
    return before.date() < moment.date()


def _whole_days(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """How many days it is from a midnight to an end whole days later; 0 where it is not so."""
    if not _begins_day(start, zone) or end <= start:
        return 0
    if end.time() == _MIDNIGHT:
        return (end.date() - start.date()).days
    days, rest = divmod(end - start, _DAY)
    return 0 if rest else days
