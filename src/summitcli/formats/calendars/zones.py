"""The time zones of a calendar: IANA zones, Windows zones, and zones that the calendar defines itself."""

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
"""The years in which a zone's UTC offset may change. A change in any other year is ignored.

Some programs write a change in the year 1. A day before it can't be represented, nor can a day after 9999.
"""
_MAX_CHANGES = 1_000
"""The maximum number of changes of one zone; some programs list the changes of every year."""
_ALL_YEARS = frozenset(_YEARS)
_COMPARED_DAYS = range(0, 365, 5)
"""The days of a year, counted from 0, on which the offsets of two zones are compared."""
_MAX_COMPARED_YEARS = 50
"""The maximum number of years in which two zones are compared on all days of :data:`_COMPARED_DAYS`.

If events are in more years, the zones are compared in the further years only at the times of the events.
"""

CONTRADICTS_NAME = Kind(
    "{n} time zone whose definition in the calendar contradicts its name; the definition is used",
    "{n} time zones whose definitions in the calendar contradict their names; the definitions are used",
)

Value = TypeVar("Value")


class Zones:
    """The time zones that are used in one file.

    Args:
        calendars: the calendars in the file, with their VTIMEZONE components.
    """

    def __init__(self, calendars: Iterable[Component]) -> None:
        self._defined = {
            part.text("TZID"): part
            for calendar in calendars
            for part in reversed(calendar.parts)
            if part.kind == ZONE
        }
        self._resolved: dict[str, _Resolved] = {}
        self._reported: set[str] = set()

    def find(self, tzid: str, moment: datetime | None = None) -> tzinfo | None:
        """Return the zone that the file calls ``tzid``; None if it is unknown.

        If IANA has a zone of that name, it is preferred to the file's definition, which often covers only a
        few years. But if the two have different offsets at ``moment`` (see :meth:`_DefinedZone.differs`), the
        file's definition is used, as RFC 5545 section 3.6.5 requires.

        Args:
            tzid: the name of the zone in the file.
            moment: the local time for which the zone is needed; None to ignore the file's definition if IANA
                has a zone of that name.
        """
        if tzid not in self._resolved:
            self._resolved[tzid] = self._look_up(tzid)
        resolved = self._resolved[tzid]
        if resolved.by_name is None or resolved.defined is None or moment is None:
            return resolved.by_name or resolved.defined
        if not resolved.defined.differs(resolved.by_name, moment):
            return resolved.by_name
        if tzid not in self._reported:
            self._reported.add(tzid)
            self._defined[tzid].report(CONTRADICTS_NAME, "TZID", value=tzid)
        return resolved.defined

    def _look_up(self, tzid: str) -> "_Resolved":
        component = self._defined.get(tzid)
        defined = _define(tzid, component) if component else None
        if component and len([*component.all("TZID")]) > 1:
            # Two merged zones, as the END line of the first is missing.
            defined = None
        name = iana_name(tzid) or (iana_name(component.text("X-LIC-LOCATION")) if component else None)
        if name:
            return _Resolved(ZoneInfo(name), defined)
        return _Resolved(None if defined else zone_of_offset(tzid), defined)


class _Resolved(NamedTuple):
    """The zones for one name: IANA's zone of that name, and the zone that the file defines, if any."""

    by_name: tzinfo | None
    defined: "_DefinedZone | None"


class _Table(NamedTuple):
    """The changes of a zone's UTC offset around one year.

    Each list has one item for each change, in order of time.
    """

    hour_ends: list[datetime]
    """The local time at which the skipped or repeated hour ends, such as ``03:00``.
    From this time on, the new offset applies to a datetime with ``fold=0`` (PEP 495).
    """
    hour_starts: list[datetime]
    """The local time at which the skipped or repeated hour starts, such as ``02:00``.
    From this time on, the new offset applies to a datetime with ``fold=1`` (PEP 495).
    """
    instants: list[datetime]
    """The time of each change in UTC."""
    offsets: list[timedelta]
    """The UTC offset after each change."""


class _Change(NamedTuple):
    """A change of a zone's UTC offset, such as to daylight saving time: at listed times, or every year."""

    onsets: tuple[datetime, ...]
    """The local times of the change, in the order of the file.

    A change with a yearly ``rule`` happens at the first of them, and then every year.
    """
    before: timedelta
    after: timedelta
    rule: Rule | None = None
    until: datetime | None = None

    def in_year(self, year: int) -> set[datetime]:
        """Return the local times of the change in ``year``."""
        found = {onset for onset in self.onsets if onset.year == year}
        day = next(days_of_year(self.rule, self.onsets[0], year), None) if self.rule else None
        if day:
            onset = datetime.combine(day, self.onsets[0].time())
            if self.onsets[0] <= onset and (self.until is None or onset <= self.until):
                found.add(onset)
        return found


class _DefinedZone(tzinfo):
    """A time zone that the file defines in a VTIMEZONE (RFC 5545 section 3.6.5)."""

    def __init__(self, name: str, changes: Sequence[_Change]) -> None:
        self._name = name
        self._changes = changes
        self._years = sorted({onset.year for change in changes for onset in change.onsets})
        self._earliest = min(changes, key=lambda change: change.onsets[0]).before
        self._around = cache(self._table)
        self._compared: dict[tuple[int, tzinfo], bool] = {}
        self._endless = len(changes) > 1 and all(change.rule and not change.until for change in changes)

    def __reduce__(self) -> tuple[Callable[..., "_DefinedZone"], tuple[str, tuple[_Change, ...]]]:
        """Return how to make the zone again, for pickle; events are stored with it in a temporary file."""
        return _rebuilt, (self._name, tuple(self._changes))

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return the UTC offset at the local time ``moment``.

        A time that the clocks skip has the offset before the change. If a time occurs twice, the first has
        the offset before the change and the second (``fold`` is 1) the offset after it (RFC 5545 section
        3.3.5).
        """
        if moment is None:
            return self._earliest
        table = self._around(moment.year)
        moments = table.hour_starts if moment.fold else table.hour_ends
        index = bisect_right(moments, moment.replace(tzinfo=None, fold=0))
        return table.offsets[index - 1] if index else self._earliest

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time for a time in UTC; see :meth:`datetime.tzinfo.fromutc`."""
        instant = moment.replace(tzinfo=None)
        table = self._around(instant.year)
        index = bisect_right(table.instants, instant)
        if not index:
            return moment + self._earliest
        offset = table.offsets[index - 1]
        before = table.offsets[index - 2] if index > 1 else self._earliest
        again = instant < table.instants[index - 1] + (before - offset)
        return (moment + offset).replace(fold=int(again))

    def differs(self, other: tzinfo, moment: datetime) -> bool:
        """Return whether this zone and ``other`` have different offsets at the local time ``moment``.

        If this zone changes several times a year for ever (to summer time and back), the whole year of
        ``moment`` is compared, not only this one time.
        """
        local = moment.replace(tzinfo=None)
        key = (local.year, other)
        if not self._endless or (len(self._compared) >= _MAX_COMPARED_YEARS and key not in self._compared):
            return self._differs_at(other, local)
        if key not in self._compared:
            noons = (datetime(local.year, 1, 1, 12) + timedelta(days=n) for n in _COMPARED_DAYS)  # noqa: DTZ001
            self._compared[key] = any(self._differs_at(other, noon) for noon in noons)
        return self._compared[key]

    def _differs_at(self, other: tzinfo, local: datetime) -> bool:
        return self.utcoffset(local) != local.replace(tzinfo=other).utcoffset()

    def dst(self, moment: datetime | None) -> timedelta:  # noqa: ARG002
        """Return zero: nobody needs to know which part of the offset is daylight saving time."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002
        """Return the name of the zone in the file."""
        return self._name

    def _table(self, year: int) -> _Table:
        # Without a yearly rule, the last change may be long ago.
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
def _rebuilt(name: str, changes: tuple[_Change, ...]) -> _DefinedZone:
    """Return a zone that was pickled; see :meth:`_DefinedZone.__reduce__`.

    The result is cached, so that all events share one zone and its tables.
    """
    return _DefinedZone(name, changes)


def _define(name: str, zone: Component) -> _DefinedZone | None:
    """Return the zone defined by a VTIMEZONE; None if it can't be read."""
    changes = [change for part in zone.parts[:_MAX_CHANGES] if (change := _change(part))]
    onsets = sum(len(change.onsets) for change in changes)
    return _DefinedZone(name, changes) if changes and onsets <= _MAX_CHANGES else None


def _change(part: Component) -> _Change | None:
    """Return the offset change in a STANDARD or DAYLIGHT component; None if it can't be read."""
    after = _read(part, "TZOFFSETTO", _offset)
    start = _read(part, "DTSTART", _moment)
    if after is None or start is None:
        return None
    before = _read(part, "TZOFFSETFROM", _offset)
    before = after if before is None else before
    dates = [
        part.read("RDATE", found._replace(raw=text), _moment)
        for found in part.all("RDATE")
        for text in found.raw.split(",")[:_MAX_CHANGES]
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
    """Return ``moment`` as a local time: a date as its midnight, a time in UTC shifted by ``offset``."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.replace(tzinfo=None) + offset if moment.tzinfo else moment


def _is_yearly(rule: Rule) -> bool:
    """Return whether a rule selects days of one month in every year, such as the last Sunday in March.

    It may also have an end (UNTIL), but no INTERVAL, COUNT or other part.
    """
    days = rule._replace(until=None, week_start=0, months=(), month_days=(), weekdays=())
    return days == Rule("YEARLY") and len(rule.months) == 1 and bool(rule.weekdays or rule.month_days)
