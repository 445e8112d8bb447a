"""The days of a conference, and the days on which each event takes place.

In some formats, an all-day event has dates without times; the dates are kept. In other formats, it begins at
midnight and lasts whole days. So an event that begins at midnight, and ends at another midnight or a multiple
of 24 hours later, is changed to days without times.
"""

from collections.abc import Iterable, Iterator, Sequence
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
"""The time until which an event in the early morning may belong to the day before.

If the source states a later end of the day, that end is used instead.
"""

NO_TIME = Kind("{n} event without a time", "{n} events without a time")
NO_END = Kind("{n} event without an end", "{n} events without an end")
ENDS_BEFORE_START = Kind("{n} event that ends before it begins", "{n} events that end before they begin")
TOO_LONG = Kind(
    "{n} event longer than a year; its end was left out",
    "{n} events longer than a year; their ends were left out",
)
WRONG_DAY = Kind(
    "{n} event listed under the wrong day",
    "{n} events listed under the wrong day",
)
MISDATED_DAY = Kind(
    "{n} day whose date differs from that of its events",
    "{n} days whose dates differ from those of their events",
)

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_MIDNIGHT = time()


class Occurrence(NamedTuple):
    """A day on which an event takes place, with the event's start and end if times are published."""

    day: date
    start: datetime | None = None
    """The start in the conference's time zone, as a datetime with a fixed UTC offset."""
    end: datetime | None = None

    def __repr__(self) -> str:
        """Return the occurrence as text. IDs of sessions are made from it, so its form must never change."""
        return f"Held(day={self.day!r}, start={self.start!r}, end={self.end!r})"


class Placement(NamedTuple):
    """The days (with times, if known) on which an event takes place, and the problems found in its times."""

    occurrences: tuple[Occurrence, ...]
    """The days in order of time; empty if the source gives no date."""
    problems: tuple[tuple[Kind, str], ...] = ()
    """Pairs of a kind of problem and the wrong value.

    If the value is empty, the event's title is reported instead.
    """


class Days:
    """The days of a conference, to which events are assigned.

    Args:
        draft: the data of the source, which may list the days.
        zone: the conference's time zone.
        counts: pairs of the times of an event, and the number of events that have exactly these times.
        findings: collects a problem for each day with a wrong date.
    """

    def __init__(
        self, draft: Draft, zone: ZoneInfo, counts: Sequence[tuple[Times, int]], findings: Findings
    ) -> None:
        self._zone = zone
        self._exact = draft.exact
        self._days = draft.days
        self._true_dates: dict[date, date] = {}
        self._ends: dict[date, datetime] = {}
        self._settle(draft, counts, findings)

    def of(self, times: Times) -> Placement:
        """Return the days on which an event with these times takes place, and the problems in the times."""
        if times.days:
            return Placement(tuple(Occurrence(day) for day in sorted(set(times.days))))
        if times.start is not None:
            return self._timed(times, times.start)
        return Placement(self.by_day(times), () if times.day is None else ((NO_TIME, ""),))

    def by_day(self, times: Times) -> tuple[Occurrence, ...]:
        """Return the day under which the source lists an event, as an occurrence without times.

        The result is a tuple with this one occurrence. It is empty if the source lists the event under no
        day.
        """
        return (Occurrence(self._true_dates.get(times.day, times.day)),) if times.day else ()

    def hours(self) -> dict[date, tuple[datetime, datetime]]:
        """Return the start and end by date, for the days whose start and end the source states."""
        found = {}
        for day in self._days:
            start = localise(day.start, self._zone) if day.start else None
            end = localise(day.end, self._zone) if day.end else None
            if start and end and start < end:
                found[self._true_dates.get(day.day, day.day)] = (start, end)
        return found

    def _settle(self, draft: Draft, counts: Sequence[tuple[Times, int]], findings: Findings) -> None:
        """Find out when each day ends, and correct the days whose date is wrong.

        A source lists a day with its date, and often with its start, too. If the start is on another date
        than the one listed, and more of the day's events are on the date of the start than on the listed
        one, the day gets the date of the start.
        """
        begun = {day.day: localise(day.start, self._zone) for day in draft.days if day.start}
        doubtful = {day: start.date() for day, start in begun.items() if start and start.date() != day}
        votes = dict.fromkeys(doubtful, 0)
        for times, n in counts if doubtful else ():
            start = localise(times.start, self._zone) if times.start else None
            if start and times.day in votes:
                on_it, under = self._is_on(start, doubtful[times.day]), self._is_on(start, times.day)
                votes[times.day] += n * (on_it - under)
        for day in draft.days:
            if votes.get(day.day, 0) > 0 and day.day not in self._true_dates:
                self._true_dates[day.day] = doubtful[day.day]
                findings.add(MISDATED_DAY, day.where, day.line, f"{day.day} → {doubtful[day.day]}")
        self._ends = dict(self._overnight_ends(draft.days))

    def _overnight_ends(self, days: Iterable[DraftDay]) -> Iterator[tuple[date, datetime]]:
        """Yield the date and the end of each day that ends after midnight, on the next date.

        If the source's date for a day is wrong, the corrected date is used.
        """
        for day in days:
            end = localise(day.end, self._zone) if day.end else None
            true = self._true_dates.get(day.day, day.day)
            if end and end.date() - true == _DAY:
                yield true, end

    def _is_on(self, start: datetime, day: date) -> bool:
        """Return whether ``start`` is on ``day``, or in the night that follows it."""
        later = start.date() - day
        if later != _DAY:
            return not later
        end = self._ends.get(day)
        return start.time() < NIGHT_ENDS or (end is not None and start < end)

    def _timed(self, times: Times, begins: datetime) -> Placement:
        start = localise(begins, self._zone)
        if start is None:
            return Placement((Occurrence(begins.date()),))
        end, problem = self._end(times, start)
        problems = ((problem, ""),) if problem else ()
        whole = 0 if self._exact else _whole_days(start, end, self._zone)
        if whole:
            return Placement(tuple(Occurrence(start.date() + n * _DAY) for n in range(whole)), problems)
        day = self._day(times, start)
        if day is None:
            (under,) = self.by_day(times)
            problems = (*problems, (WRONG_DAY, f"{under.day} → {start.date()}"))
        return Placement((Occurrence(day or start.date(), start, end),), problems)

    def _end(self, times: Times, start: datetime) -> tuple[datetime, Kind | None]:
        """Return the end of an event that begins at ``start``, and the kind of problem with the end.

        If the end is missing or impossible, return ``start``. The kind is None if there is no problem.
        """
        if times.length is not None:
            if not timedelta() <= times.length <= LONGEST_CONFERENCE:
                return start, ENDS_BEFORE_START if times.length < timedelta() else TOO_LONG
            return localise(start + times.length, self._zone) or start, None
        if times.end is None:
            return start, NO_END
        end = localise(times.end, self._zone)
        if end and end < start and times.end.tzinfo is None:
            # When clocks are set back, the end may be the second of two equal times.
            end = localise(times.end.replace(fold=1), self._zone)
        if end is None or end - start > LONGEST_CONFERENCE:
            return start, ENDS_BEFORE_START if times.end.year < start.year else TOO_LONG
        return (start, ENDS_BEFORE_START) if end < start else (end, None)

    def _day(self, times: Times, start: datetime) -> date | None:
        """Return the conference day of an event, which begins at ``start``.

        It may be the date before ``start``, if the event begins in the night. Return None if the source lists
        the event under a day that does not agree with ``start``.
        """
        if times.day is None:
            before = start.date() - _DAY if start.date() > date.min else start.date()
            return before if before in self._ends and start < self._ends[before] else start.date()
        day = self._true_dates.get(times.day, times.day)
        return day if self._is_on(start, day) else None


def _begins_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Return whether ``moment`` is the first moment of a day.

    That is midnight, or a later time if the clocks are set forward at midnight.
    """
    midnight = moment.time() == _MIDNIGHT
    if midnight or moment.year < FIRST_YEAR:
        return midnight
    before = (moment.astimezone(UTC) - _SECOND).astimezone(zone)
    return before.date() < moment.date()


def _whole_days(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Return the number of days from ``start`` to ``end``.

    Return 0 if ``start`` is not midnight, or if the time is not a whole number of days.
    """
    if not _begins_day(start, zone) or end <= start:
        return 0
    if end.time() == _MIDNIGHT:
        return (end.date() - start.date()).days
    days, rest = divmod(end - start, _DAY)
    return 0 if rest else days
