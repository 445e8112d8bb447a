"""The time zones that a calendar names: those of IANA, those of Windows, and those it defines itself."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from icalendar.prop import vUTCOffset
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from summitcli.formats.calendars.components import ZONE, Component, read_moment
from summitcli.formats.calendars.rules import Rule, days_of_year, read_rule
from summitcli.formats.times import zone_names

_YEARS = range(2, 9999)
"""Outlook's zones begin in 1601, others' in 1; a day more or less must not lead out of the calendar."""
_MOST_CHANGES = 1_000
"""How many changes of one zone are read; some programs write one for every year and each."""
_MOST_STEPS = 8
"""How many parts of a zone's name are looked at."""

Value = TypeVar("Value")


class Zones:
    """The time zones of one file, each looked up once."""

    def __init__(self, calendars: Iterable[Component]) -> None:
        self._defined = {
            part.text("TZID"): part
            for calendar in calendars
            for part in reversed(calendar.parts)
            if part.kind == ZONE
        }
        self._known: dict[str, tzinfo | None] = {}

    def find(self, tzid: str) -> tzinfo | None:
        """The zone that the file calls ``tzid``; None where nobody knows it.

        That of IANA is preferred to the file's own definition, which often holds for a few years only.
        """
        if tzid not in self._known:
            defined = self._defined.get(tzid)
            name = iana_name(tzid) or (iana_name(defined.text("X-LIC-LOCATION")) if defined else None)
            if name:
                self._known[tzid] = ZoneInfo(name)
            else:
                self._known[tzid] = _define(tzid, defined) if defined else None
        return self._known[tzid]


def iana_name(tzid: str) -> str | None:
    """The name in IANA's list that ``tzid`` means; None where it means none.

    It may be a name of Windows, be written in other capitals, or have the name of whoever made the zone
    before it, as in ``/freeassociation.sourceforge.net/Europe/Berlin`` (RFC 5545 section 3.2.19).
    """
    names = zone_names()
    steps = tzid.strip().strip("/").split("/")
    if tzid.startswith("/"):
        ends = ["/".join(steps[start:]) for start in range(len(steps))][:_MOST_STEPS]
    else:
        ends = ["/".join(steps)]
    for end in ends:
        found = names.get(WINDOWS_TO_OLSON.get(end, end).casefold())
        if found:
            return found
    return None


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

    def __init__(self, name: str, changes: list[_Change]) -> None:
        self._name = name
        self._changes = changes
        self._years = sorted({onset.year for change in changes for onset in change.onsets})
        self._earliest = min(changes, key=lambda change: change.onsets[0]).before
        self._in_year = cache(self._changes_in)

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """The offset in use at a local time; before the first change, that before it."""
        if moment is None:
            return self._earliest
        local = moment.replace(tzinfo=None, fold=0)
        # The last change may be long ago where no rule brings one every year.
        recent = self._years[bisect_right(self._years, local.year) - 1] if self._years else local.year
        for year in sorted({local.year, local.year - 1, min(recent, local.year)}, reverse=True):
            onsets, offsets = self._in_year(year)
            if past := bisect_right(onsets, local):
                return offsets[past - 1]
        return self._earliest

    def dst(self, moment: datetime | None) -> timedelta:  # noqa: ARG002
        """Nothing: nobody here asks which part of the offset is for daylight saving."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:  # noqa: ARG002
        """The name that the file gives it."""
        return self._name

    def _changes_in(self, year: int) -> tuple[list[datetime], list[timedelta]]:
        """Return the onsets of a year in order of time, and the offset from each of them on."""
        changes = sorted((onset, change.after) for change in self._changes for onset in change.in_year(year))
        return [onset for onset, _after in changes], [after for _onset, after in changes]


def _define(name: str, zone: Component) -> tzinfo | None:
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
