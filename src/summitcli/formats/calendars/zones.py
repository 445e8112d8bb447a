"""The time zones that a calendar names: those of IANA, those of Windows, and those it defines itself."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from icalendar.prop import vUTCOffset

from summitcli.formats.calendars.components import ZONE, Component, read_moment
from summitcli.formats.calendars.rules import Rule, days_of_year, read_rule
from summitcli.formats.calendars.zone_names import iana_name, zone_of_offset
from summitcli.formats.findings import Kind

_YEARS = range(2, 9999)
"""Outlook's zones begin in 1601, others' in 1; a day more or less must not lead out of the calendar."""
_MOST_CHANGES = 1_000
"""How many changes of one zone are read; some programs write one for every year and each."""
_ALL_YEARS = frozenset(_YEARS)
_COMPARED = range(0, 365, 5)
"""The days of a year on which the clocks of two zones are compared."""
_MOST_COMPARED = 50
"""How many years of a zone are compared."""

DEFINED_OTHERWISE = Kind(
    "{n} time zone that the calendar defines otherwise than its name says, whose definition is followed",
    "{n} time zones that the calendar defines otherwise than their names say, whose definitions are followed",
)

Value = TypeVar("Value")


class Zones:
    """The time zones of one file, each looked up once.

    Args:
        calendars: the calendars, with the zones that they define.
    """

    def __init__(self, calendars: Iterable[Component]) -> None:
        self._defined = {
            part.text("TZID"): part
            for calendar in calendars
            for part in reversed(calendar.parts)
            if part.kind == ZONE
        }
        self._known: dict[str, _Known] = {}
        self._noted: set[str] = set()

    def find(self, tzid: str, moment: datetime | None = None) -> tzinfo | None:
        """Return the zone that the file calls ``tzid``; None where nobody knows it.

        That of IANA is preferred to the file's own definition, which often holds for a few years only; but
        where the two differ at ``moment``, a local time, or in its year by rules that have no end, the
        file's own counts, as RFC 5545 section 3.6.5 has it.
        """
        if tzid not in self._known:
            self._known[tzid] = self._look_up(tzid)
        known = self._known[tzid]
        if known.meant is None or known.own is None or moment is None:
            return known.meant or known.own
        if not known.own.differs(known.meant, moment):
            return known.meant
        if tzid not in self._noted:
            self._noted.add(tzid)
            self._defined[tzid].note(DEFINED_OTHERWISE, "TZID", value=tzid)
        return known.own

    def _look_up(self, tzid: str) -> "_Known":
        defined = self._defined.get(tzid)
        own = _define(tzid, defined) if defined else None
        if defined and len([*defined.all("TZID")]) > 1:
            # Two zones of which the end of the first was lost.
            own = None
        name = iana_name(tzid) or (iana_name(defined.text("X-LIC-LOCATION")) if defined else None)
        if name:
            return _Known(ZoneInfo(name), own)
        return _Known(None if own else zone_of_offset(tzid), own)


class _Known(NamedTuple):
    """What is known of a zone: what its name means, and how the file defines it."""

    meant: tzinfo | None
    own: "_DefinedZone | None"


class _Table(NamedTuple):
    """The changes of a zone around a year, in order of time; likewise the offset from each of them on."""

    lasts: list[datetime]
    """From which local time each counts for certain; of times that are skipped or shown twice, the last."""
    firsts: list[datetime]
    """From which it counts where a time is the second of two."""
    instants: list[datetime]
    """In UTC."""
    offsets: list[timedelta]


class _Change(NamedTuple):
    """A change of a zone's offset, which comes once, on certain dates, or every year."""

    onsets: tuple[datetime, ...]
    """Local times, not necessarily in order; the first is that from which the change comes every year."""
    before: timedelta
    after: timedelta
    rule: Rule | None = None
    until: datetime | None = None

    def in_year(self, year: int) -> set[datetime]:
        """The local times at which it comes in a year."""
        found = {onset for onset in self.onsets if onset.year == year}
        day = next(days_of_year(self.rule, self.onsets[0], year), None) if self.rule else None
        if day:
            onset = datetime.combine(day, self.onsets[0].time())
            if self.onsets[0] <= onset and (self.until is None or onset <= self.until):
                found.add(onset)
        return found


class _DefinedZone(tzinfo):
    """A zone as a VTIMEZONE defines it (RFC 5545 section 3.6.5)."""

    def __init__(self, name: str, changes: Sequence[_Change]) -> None:
        self._name = name
        self._changes = changes
        self._years = sorted({onset.year for change in changes for onset in change.onsets})
        self._earliest = min(changes, key=lambda change: change.onsets[0]).before
        self._around = cache(self._table)
        self._compared: dict[tuple[int, tzinfo], bool] = {}
        self._endless = len(changes) > 1 and all(change.rule and not change.until for change in changes)

    def __reduce__(self) -> tuple[Callable[..., "_DefinedZone"], tuple[str, tuple[_Change, ...]]]:
        """Return what the zone is made of again for events that waited outside of memory."""
        return _again, (self._name, tuple(self._changes))

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return the offset in use at a local time; before the first change, that before it.

        Of a time that the clocks skip, it is the one before they do, and of one that they show twice that of
        the first, unless its ``fold`` is set (RFC 5545 section 3.3.5).
        """
        if moment is None:
            return self._earliest
        table = self._around(moment.year)
        begun = table.firsts if moment.fold else table.lasts
        past = bisect_right(begun, moment.replace(tzinfo=None, fold=0))
        return table.offsets[past - 1] if past else self._earliest

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of an instant, which is written in this zone."""
        instant = moment.replace(tzinfo=None)
        table = self._around(instant.year)
        past = bisect_right(table.instants, instant)
        if not past:
            return moment + self._earliest
        offset = table.offsets[past - 1]
        before = table.offsets[past - 2] if past > 1 else self._earliest
        again = instant < table.instants[past - 1] + (before - offset)
        return (moment + offset).replace(fold=int(again))

    def differs(self, other: tzinfo, moment: datetime) -> bool:
        """Return whether its clocks are others than those of ``other`` at a local time, or in its year.

        Rules with an end say nothing of a whole year, nor does a definition of the summer alone.
        """
        local = moment.replace(tzinfo=None)
        key = (local.year, other)
        if not self._endless or (len(self._compared) >= _MOST_COMPARED and key not in self._compared):
            return self._differs_at(other, local)
        if key not in self._compared:
            noons = (datetime(local.year, 1, 1, 12) + timedelta(days=n) for n in _COMPARED)  # noqa: DTZ001
            self._compared[key] = any(self._differs_at(other, noon) for noon in noons)
        return self._compared[key]

    def _differs_at(self, other: tzinfo, local: datetime) -> bool:
        return self.utcoffset(local) != local.replace(tzinfo=other).utcoffset()

    def dst(self, moment: datetime | None) -> timedelta:  # noqa: ARG002
        """Nothing: nobody here asks which part of the offset is for daylight saving."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002
        """The name that the file gives it."""
        return self._name

    def _table(self, year: int) -> _Table:
        # The last change may be long ago where no rule brings one every year.
        recent = self._years[bisect_right(self._years, year) - 1] if self._years else year
        years = {year + 1, year, year - 1, min(recent, year)} & _ALL_YEARS
        found = sorted(
            (onset, change.before, change.after)
            for change in self._changes
            for each in years
            for onset in change.in_year(each)
        )
        edges = [(onset, onset + after - before) for onset, before, after in found]
        return _Table(
            [max(edge) for edge in edges],
            [min(edge) for edge in edges],
            [onset - before for onset, before, _after in found],
            [after for _onset, _before, after in found],
        )


@lru_cache
def _again(name: str, changes: tuple[_Change, ...]) -> _DefinedZone:
    """Return a zone that was defined before, the same for all events: it remembers changes by years."""
    return _DefinedZone(name, changes)


def _define(name: str, zone: Component) -> _DefinedZone | None:
    """The zone that a VTIMEZONE defines; None where it can't be read."""
    changes = [change for part in zone.parts[:_MOST_CHANGES] if (change := _change(part))]
    onsets = sum(len(change.onsets) for change in changes)
    return _DefinedZone(name, changes) if changes and onsets <= _MOST_CHANGES else None


def _change(part: Component) -> _Change | None:
    """What a STANDARD or DAYLIGHT part of a zone says; None where it can't be read."""
    after = _read(part, "TZOFFSETTO", _offset)
    start = _read(part, "DTSTART", _moment)
    if after is None or start is None:
        return None
    before = _read(part, "TZOFFSETFROM", _offset)
    before = after if before is None else before
    dates = [
        part.read("RDATE", found._replace(raw=text), _moment)
        for found in part.all("RDATE")
        for text in found.raw.split(",")[:_MOST_CHANGES]
    ]
    onsets = tuple(_local(day, before) for day in (start, *dates) if day)
    rule = _read(part, "RRULE", read_rule)
    if not rule or not _is_yearly(rule):
        return _Change(onsets, before, after)
    until = _local(rule.until, before) if rule.until and rule.until.year in _YEARS else None
    return _Change(onsets, before, after, rule, until)


def _read(part: Component, name: str, reader: Callable[[str], Value]) -> Value | None:
    found = part.first(name)
    return part.read(name, found, reader) if found else None


def _moment(text: str) -> date:
    return read_moment(text, _YEARS)


def _offset(text: str) -> timedelta:
    offset = vUTCOffset.from_ical(text)  # type: ignore[no-untyped-call]
    if not isinstance(offset, timedelta) or abs(offset) >= timedelta(days=1):
        raise ValueError(text)
    return offset


def _local(moment: date, offset: timedelta) -> datetime:
    """``moment`` as a local time at ``offset`` from UTC."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.replace(tzinfo=None) + offset if moment.tzinfo else moment


def _is_yearly(rule: Rule) -> bool:
    """Return whether a rule names a month and days in it, and nothing that is not understood here."""
    days = rule._replace(until=None, week_start=0, months=(), month_days=(), weekdays=())
    return days == Rule("YEARLY") and len(rule.months) == 1 and bool(rule.weekdays or rule.month_days)
