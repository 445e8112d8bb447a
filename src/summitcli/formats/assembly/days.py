"""When an event is held: on which of the conference's days, and from when to when.

Days without clock times are kept as such. Formats that know no days have an all-day event begin at a
midnight and last whole days; so an event from a local midnight for exactly n × 24 hours, or to another
midnight, is taken as n days without clock times.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.formats.assembly.survey import Times
from summitcli.formats.assembly.zones import localise
from summitcli.formats.draft import Draft, DraftDay
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


class Placement(NamedTuple):
    """When an event of some times is held, and what is odd about them."""

    helds: tuple[Held, ...]
    """None where the source does not say."""
    odd: tuple[tuple[Kind, str], ...] = ()
    """Each with a value to show, if any but the event's title."""


class Days:
    """The days of a conference, and which of them an event is on.

    Args:
        draft: what the source says of its days.
        zone: the conference's.
        numbers: the times of events, with how many are held at them.
        findings: where days of a wrong date are noted.
    """

    def __init__(
        self, draft: Draft, zone: ZoneInfo, numbers: Sequence[tuple[Times, int]], findings: Findings
    ) -> None:
        self._zone = zone
        self._exact = draft.exact
        self._true: dict[date, date] = {}
        self._ends: dict[date, datetime] = {}
        self._settle(draft, numbers, findings)

    def of(self, times: Times) -> Placement:
        """When an event of these times is held."""
        if times.days:
            return Placement(tuple(Held(day) for day in sorted(set(times.days))))
        if times.start is not None:
            return self._timed(times, times.start)
        return Placement(self.by_day(times), () if times.day is None else ((NO_TIME, ""),))

    def by_day(self, times: Times) -> tuple[Held, ...]:
        """The day alone that the source has an event under; empty where it has it under none."""
        return (Held(self._true.get(times.day, times.day)),) if times.day else ()

    def _settle(self, draft: Draft, numbers: Sequence[tuple[Times, int]], findings: Findings) -> None:
        """Learn when the days end, and the true dates of those whose events are on another date."""
        begun = {day.day: localise(day.start, self._zone) for day in draft.days if day.start}
        doubtful = {day: start.date() for day, start in begun.items() if start and start.date() != day}
        votes = dict.fromkeys(doubtful, 0)
        for times, n in numbers if doubtful else ():
            start = localise(times.start, self._zone) if times.start else None
            if start and times.day in votes:
                on_it, under = self._on(start, doubtful[times.day]), self._on(start, times.day)
                votes[times.day] += n * (on_it - under)
        for day in draft.days:
            if votes.get(day.day, 0) > 0 and day.day not in self._true:
                self._true[day.day] = doubtful[day.day]
                findings.add(MISDATED_DAY, day.where, day.line, day.day.isoformat())
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

    def _timed(self, times: Times, begins: datetime) -> Placement:
        start = localise(begins, self._zone)
        if start is None:
            return Placement((Held(begins.date()),))
        end, oddity = self._end(times, start)
        odd = ((oddity, ""),) if oddity else ()
        whole = 0 if self._exact else _whole_days(start, end, self._zone)
        if whole:
            return Placement(tuple(Held(start.date() + n * _DAY) for n in range(whole)), odd)
        day = self._day(times, start)
        if day is None:
            (under,) = self.by_day(times)
            odd = (*odd, (OTHER_DAY, under.day.isoformat()))
        return Placement((Held(day or start.date(), start, end),), odd)

    def _end(self, times: Times, start: datetime) -> tuple[datetime, Kind | None]:
        """When it ends: with its start, where the source does not say or can't be right, which is odd."""
        if times.length is not None:
            if not timedelta() <= times.length <= LONGEST_CONFERENCE:
                return start, BACKWARDS if times.length < timedelta() else ENDLESS
            return localise(start + times.length, self._zone) or start, None
        if times.end is None:
            return start, NO_END
        end = localise(times.end, self._zone)
        if end and end < start and times.end.tzinfo is None:
            # The clocks show some times twice: an end may be the second of them.
            end = localise(times.end.replace(fold=1), self._zone)
        if end is None or end - start > LONGEST_CONFERENCE:
            return start, BACKWARDS if times.end.year < start.year else ENDLESS
        return (start, BACKWARDS) if end < start else (end, None)

    def _day(self, times: Times, start: datetime) -> date | None:
        """The day that it is on; None where that is not the one that it is listed under."""
        if times.day is None:
            before = start.date() - _DAY if start.date() > date.min else start.date()
            return before if before in self._ends and start < self._ends[before] else start.date()
        day = self._true.get(times.day, times.day)
        return day if self._on(start, day) else None


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
