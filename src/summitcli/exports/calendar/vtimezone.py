"""The description of a time zone in a calendar (VTIMEZONE, RFC 5545 section 3.6.5).

It consists of observances. Each says that a UTC offset applies from some time on. They are computed from
:mod:`zoneinfo` alone. A time zone that follows yearly rules gets an observance for each rule. A time zone
with irregular changes gets one for each change. A time zone that never changes gets a single one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from summitcli.exports.calendar import content
from summitcli.exports.calendar.properties import component, line, text_line, wire
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.text.days import WEEKDAY_CODES

if TYPE_CHECKING:
    from ics.grammar.parse import Container

YEARS_AHEAD = 10
"""The number of further years for which a yearly rule, such as "on the last Sunday of March", is checked.

A zone's offset changes are written as a yearly rule only if they follow it in the years that the calendar
describes (at least three) and in these further years. That makes at least 13 years, in which every date falls
on every weekday. So "the last Sunday of March" can't be mistaken for the fourth: in some of these years,
March has a fifth.
"""

EARLIEST_YEAR = 1970
MAX_YEARS_BACK = 60
"""The maximum number of years by which a yearly rule may begin before the years that a calendar describes.

A rule, such as "on the last Sunday of March", is written from the year on in which it came into force, for
example 1996. That year is searched for only so far back.
"""

_SAMPLING_STEP = timedelta(days=4)
"""The distance in time between two UTC offsets that are compared to find changes.

Since 1970 no time zone has changed twice in six days.
"""

_SECOND = timedelta(seconds=1)
_ZERO = timedelta(0)


class Observance(NamedTuple):
    """A part of a VTIMEZONE (STANDARD or DAYLIGHT): a UTC offset that applies from ``onset`` on.

    ``onset`` is a local time without a zone, in the offset that applied before. ``rule`` is the value of
    RRULE if the change recurs every year, otherwise None.
    """

    daylight: bool
    onset: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    rule: str | None = None


class _Change(NamedTuple):
    """A change of the UTC offset: the last local second before it and the first local second after it."""

    before: datetime
    after: datetime

    def observance(self) -> Observance:
        offset_from, offset_to = _offset(self.before), _offset(self.after)
        onset = (self.after.astimezone(UTC) + offset_from).replace(tzinfo=None)
        return Observance(self._daylight(), onset, offset_from, offset_to, self.after.tzname() or "")

    def _daylight(self) -> bool:
        """Return whether daylight saving time begins with this change.

        Some zones, such as Europe/Dublin, call summer time their standard time and define winter time as a
        negative saving. iCalendar has only positive savings, so for these zones summer time is daylight
        saving time, too.
        """
        saved = _saving(self.after)
        return saved > _ZERO or (saved == _ZERO and _saving(self.before) < _ZERO)


def observances(zone: ZoneInfo, first_year: int, last_year: int) -> list[Observance]:
    """Return the observances of ``zone`` (periods with one UTC offset) in order of time.

    They cover the time from the year before ``first_year`` to the year after ``last_year``.

    Args:
        zone: a time zone.
        first_year: the year of the first local time in the calendar.
        last_year: the year of the last local time in the calendar.
    """
    # On the 2nd of January it is that year in every zone.
    since = datetime(max(first_year - 1, 1), 1, 2, tzinfo=UTC)
    until = datetime(min(last_year + 2, 9999), 1, 2, tzinfo=UTC)
    changes = _changes(zone, since, until)
    return (changes and _rules(zone, changes, since, until)) or [_initial_observance(zone, since), *changes]


def _rules(zone: ZoneInfo, changes: list[Observance], since: datetime, until: datetime) -> list[Observance]:
    """Return yearly rules that describe ``changes``; [] if no lasting rules describe them.

    The rules begin as early as possible: in the first year since which all changes have followed them,
    for example 1996. So calendars of different years describe a zone in the same way. An app that keeps only
    one VTIMEZONE for each zone then reads all calendars correctly.

    Args:
        zone: a time zone.
        changes: its changes between ``since`` and ``until``.
        since: the beginning of the time to describe.
        until: the end of the time to describe.
    """
    horizon = until.replace(year=min(until.year + YEARS_AHEAD, 9999))
    changes = [*changes, *_changes(zone, until, horizon)]
    rules = _yearly(changes, range(since.year, horizon.year))
    if rules:
        earliest = min(max(EARLIEST_YEAR, since.year - MAX_YEARS_BACK), since.year)
        before = _changes(zone, since.replace(year=earliest), since)
        for year in reversed(range(earliest, since.year)):
            changes = [*(change for change in before if change.onset.year == year), *changes]
            longer = _yearly(changes, range(year, horizon.year))
            if not longer:
                break
            rules = longer
    return rules


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> list[Observance]:
    """Return all changes of the UTC offset of ``zone`` between two moments, exact to the second."""
    samples = (since + step * _SAMPLING_STEP for step in range(-((since - until) // _SAMPLING_STEP)))
    moments = (sample.astimezone(zone) for sample in (*samples, until))
    return [
        _locate_change(early, late).observance()
        for early, late in pairwise(moments)
        if _offset(early) != _offset(late)
    ]


def _locate_change(early: datetime, late: datetime) -> _Change:
    """Return the change of the UTC offset between two moments; find it by bisection."""
    zone = early.tzinfo
    while (between := late.astimezone(UTC) - early.astimezone(UTC)) > _SECOND:
        middle = (early.astimezone(UTC) + between // _SECOND // 2 * _SECOND).astimezone(zone)
        early, late = (middle, late) if _offset(middle) == _offset(early) else (early, middle)
    return _Change(early, late)


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or _ZERO


def _saving(moment: datetime) -> timedelta:
    return moment.dst() or _ZERO


def _initial_observance(zone: ZoneInfo, since: datetime) -> Observance:
    """Return the period with the UTC offset that applies at ``since``.

    The period begins on 1 January of the year of ``since``.
    """
    local = since.astimezone(zone)
    new_year = datetime(since.year, 1, 1)  # noqa: DTZ001
    offset = _offset(local)
    return Observance(_saving(local) > _ZERO, new_year, offset, offset, local.tzname() or "")


def _yearly(changes: Sequence[Observance], years: range) -> list[Observance]:
    """Return a yearly rule for each kind of change, such as the changes to summer time.

    It is returned as the first change of the kind, with the value of RRULE in ``rule``. Return [] if the
    changes of some kind follow no rule, or do not occur once in each of ``years``.
    """
    kinds: dict[Observance, list[datetime]] = {}
    for change in changes:
        kinds.setdefault(change._replace(onset=changes[0].onset), []).append(change.onset)
    rules = []
    for kind, onsets in kinds.items():
        rule = _rule(onsets)
        if rule is None or [onset.year for onset in onsets] != list(years):
            return []
        rules.append(kind._replace(onset=onsets[0], rule=rule))
    return rules


def _rule(onsets: Sequence[datetime]) -> str | None:
    """Return the yearly RRULE, such as ``FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU``, that gives exactly ``onsets``.

    Return None if there is no such rule (RFC 5545 section 3.3.10).

    Args:
        onsets: the local times of a change, such as that to summer time: one for each year.
    """
    first = onsets[0]
    if any((o.month, o.weekday(), o.time()) != (first.month, first.weekday(), first.time()) for o in onsets):
        return None
    rule = f"FREQ=YEARLY;BYMONTH={first.month}"
    weekday = WEEKDAY_CODES[first.weekday()]
    if all(onset.day + 7 > monthrange(onset.year, onset.month)[1] for onset in onsets):
        return f"{rule};BYDAY=-1{weekday}"
    weeks = {(onset.day - 1) // 7 for onset in onsets}
    if len(weeks) == 1:
        return f"{rule};BYDAY={weeks.pop() + 1}{weekday}"
    earliest = min(onset.day for onset in onsets)
    if max(onset.day for onset in onsets) - earliest < 7:
        days = ",".join(str(earliest + day) for day in range(7))
        return f"{rule};BYMONTHDAY={days};BYDAY={weekday}"
    return None


def timezone(name: str, first_year: int, last_year: int) -> Container:
    """Return the VTIMEZONE (RFC 5545 section 3.6.5) of a time zone, from ``first_year`` to ``last_year``."""
    parts = observances(ZoneInfo(name), first_year, last_year)
    return component("VTIMEZONE", text_line("TZID", name), *map(_observance, parts))


@lru_cache(64)
def timezone_text(name: str, first_year: int, last_year: int) -> str:
    """Return the text of the VTIMEZONE that :func:`timezone` returns."""
    return wire(timezone(name, first_year, last_year))


def _observance(part: Observance) -> Container:
    made = component(
        "DAYLIGHT" if part.daylight else "STANDARD",
        line("DTSTART", content.wall_clock(part.onset)),
        line("TZOFFSETFROM", content.offset(part.offset_from)),
        line("TZOFFSETTO", content.offset(part.offset_to)),
        text_line("TZNAME", part.name),
    )
    if part.rule:
        made.append(line("RRULE", part.rule))
    return made
