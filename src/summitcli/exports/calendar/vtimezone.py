"""How a time zone's offset changes around a conference, as the observances of a VTIMEZONE.

Worked out from :mod:`zoneinfo` alone (RFC 5545 section 3.6.5). A zone that keeps a yearly rule is described
by the rule; any other by each change there is; one that does not change by a single observance.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from summitcli.lazy_typing import NamedTuple
from summitcli.text.days import WEEKDAY_CODES

AHEAD = 10
"""For how many years beyond the ones described a rule must hold to be written as one.

With the three years or more that are described it makes over twelve, in which every date falls on every
day of the week: the last Sunday can't be taken for the fourth.
"""

EARLIEST = 1970
BACK = 60
"""A rule is traced back to its first year, but no further than that year and by no more than so many."""

_STEP = timedelta(days=4)
"""Between two looks at the offset. Since 1970 no zone has changed twice within six days."""

_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)


class Observance(NamedTuple):
    """A sub-component of a VTIMEZONE: an offset that holds from a moment on.

    ``onset`` is that moment by the wall clock just before it, without a zone. ``rule`` is the value of
    RRULE where it comes again every year.
    """

    daylight: bool
    onset: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str
    rule: str | None = None


class _Change(NamedTuple):
    """A moment when the offset changes, in the zone's time just before and at it."""

    before: datetime
    after: datetime

    def observance(self) -> Observance:
        offset_from, offset_to = _offset(self.before), _offset(self.after)
        onset = (self.after.astimezone(UTC) + offset_from).replace(tzinfo=None)
        return Observance(self._daylight(), onset, offset_from, offset_to, self.after.tzname() or "")

    def _daylight(self) -> bool:
        """Whether what begins is called daylight saving time.

        Some zones (Europe/Dublin) count winter time as a negative saving. Calendars know only the other
        way round, so what such a zone returns to is daylight saving time.
        """
        saved = _saved(self.after)
        return saved > _NOTHING or (saved == _NOTHING and _saved(self.before) < _NOTHING)


def observances(zone: ZoneInfo, first_year: int, last_year: int) -> list[Observance]:
    """The observances of ``zone``, in order of time, from the year before to the year after.

    Args:
        zone: a time zone.
        first_year: the year of the first local time to be read by them.
        last_year: the year of the last.
    """
    # The 2nd of January: by then it is that year in every zone.
    since = datetime(max(first_year - 1, 1), 1, 2, tzinfo=UTC)
    until = datetime(min(last_year + 2, 9999), 1, 2, tzinfo=UTC)
    changes = _changes(zone, since, until)
    return (changes and _rules(zone, changes, since, until)) or [_initial(zone, since), *changes]


def _rules(zone: ZoneInfo, changes: list[Observance], since: datetime, until: datetime) -> list[Observance]:
    """``changes`` as the rules they are made by; none where there are none that last.

    The rules begin with the first year that they have governed without a break. So calendars of different
    years describe the zone alike, and a program that keeps the first description it meets reads them all.
    """
    horizon = until.replace(year=min(until.year + AHEAD, 9999))
    changes = [*changes, *_changes(zone, until, horizon)]
    rules = _yearly(changes, range(since.year, horizon.year))
    if rules:
        earliest = min(max(EARLIEST, since.year - BACK), since.year)
        before = _changes(zone, since.replace(year=earliest), since)
        for year in reversed(range(earliest, since.year)):
            changes = [*(change for change in before if change.onset.year == year), *changes]
            longer = _yearly(changes, range(year, horizon.year))
            if not longer:
                break
            rules = longer
    return rules


def _changes(zone: ZoneInfo, since: datetime, until: datetime) -> list[Observance]:
    """Every change of the offset between two instants, to the second."""
    looks = (since + step * _STEP for step in range(-((since - until) // _STEP)))
    moments = (look.astimezone(zone) for look in (*looks, until))
    return [
        _change(early, late).observance()
        for early, late in pairwise(moments)
        if _offset(early) != _offset(late)
    ]


def _change(early: datetime, late: datetime) -> _Change:
    """The change of the offset between two moments, found by halving the time between."""
    zone = early.tzinfo
    while (between := late.astimezone(UTC) - early.astimezone(UTC)) > _SECOND:
        middle = (early.astimezone(UTC) + between // _SECOND // 2 * _SECOND).astimezone(zone)
        early, late = (middle, late) if _offset(middle) == _offset(early) else (early, middle)
    return _Change(early, late)


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or _NOTHING


def _saved(moment: datetime) -> timedelta:
    return moment.dst() or _NOTHING


def _initial(zone: ZoneInfo, since: datetime) -> Observance:
    """What holds at the beginning, where that is not told by a yearly rule."""
    local = since.astimezone(zone)
    new_year = datetime(since.year, 1, 1)  # noqa: DTZ001
    offset = _offset(local)
    return Observance(_saved(local) > _NOTHING, new_year, offset, offset, local.tzname() or "")


def _yearly(changes: Sequence[Observance], years: range) -> list[Observance]:
    """``changes`` as an observance a rule; none where any of them is not by a rule kept in all ``years``."""
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
    """The rule (RFC 5545 section 3.3.10) by which the onsets come, once a year; None where there is none."""
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
