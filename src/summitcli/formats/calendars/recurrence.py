"""When an event is held that recurs (RFC 5545 section 3.8.5), within the bounds of a conference.

Rules come from strangers. One may have a thousand million times, or seek for ever after a 31st of February:

- A rule that comes to an end by itself within :data:`SOON` is followed to its end, and within a year one that
  counts no more than :data:`MAX_IN_MEMORY` times.
- Any other is followed to the last day of the conference, or to the end of its own first week where that is
  later. Where it began long before the conference, what lies more than :data:`SOON` before is left out.
- No event has more than :data:`MOST` times, and to find them no more than :data:`MOST_COUNTED` are counted,
  and :data:`MOST_STEPS` are taken in one file.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from summitcli.formats.calendars.rules import Rule, occurrences, without_clock
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

MOST = 366
"""The most times of one event: a daily one throughout the longest conference."""
MOST_COUNTED = 20_000
"""How many times of one event are counted: a daily one for fifty years before the conference."""
MOST_STEPS = 100_000
"""How many times of events, and days and months without one, are looked at in one file."""
SOON = timedelta(days=31)
MAX_IN_MEMORY = 31
"""So many times that a rule counts are meant, however far apart they are."""

_FIRST_WEEK = timedelta(days=6)
_YEAR = LONGEST_CONFERENCE - timedelta(days=1)
_NEVER = datetime(LAST_YEAR + 1, 1, 1)  # noqa: DTZ001
_EASTMOST = time(12)
"""A midnight that is later than this in UTC is that of the next day, east of Greenwich."""
_END_OF_DAY = time(23, 59)


class NotFollowed(ValueError):
    """A rule that makes no sense, or may have no next time."""


class Times(NamedTuple):
    """When an event is held, in order and each time once."""

    starts: tuple[date, ...]
    whole: bool
    """Whether these are all of its times."""


class _Counted(NamedTuple):
    """The local times that one rule gives."""

    early: list[datetime]
    """Those long before the conference."""
    times: list[datetime]
    whole: bool
    """Whether none is left out."""


class Recurrences:
    """The rules of one file, followed.

    Args:
        first: the first day of the conference, as far as it is known without following rules.
        last: its last day, likewise.
    """

    def __init__(self, first: date, last: date) -> None:
        self._early = datetime.combine(first, time()) - SOON
        self._last = last
        self._steps = MOST_STEPS

    def follow(self, start: date, rules: Sequence[Rule], zones: Sequence[tzinfo] = ()) -> Times:
        """Return the times of an event that begins at ``start``, the first of them.

        Args:
            start: a day, or a time, whose zone says at what local time the others are.
            rules: as of :func:`summitcli.formats.calendars.rules.read_rule`; it is held whenever one says so.
            zones: those that the calendar may be in, the likeliest first, for an end in UTC of what begins in
                no zone.

        Raises:
            ValueError: only the first time is sure.
        """
        begins = _wall_clock(start)
        counted = []
        for rule in rules:
            bounded, until = _bounded(rule, start, zones)
            if until < begins:
                raise NotFollowed("it ends before it begins")
            counted.append(self._count(begins, bounded, until))
        times = sorted({moment for found in counted for moment in found.times})
        early = sorted({moment for found in counted for moment in found.early})
        whole = all(found.whole for found in counted) and not (times and early)
        return Times(tuple(_like(moment, start) for moment in times or early), whole)

    def excluded(
        self, start: date, rule: Rule, last: datetime, zones: Sequence[tzinfo] = ()
    ) -> Sequence[date]:
        """Return the times up to ``last``, a local time, that a rule takes out (RFC 2445 section 4.8.5.2).

        The other arguments are those of :meth:`follow`. The first time is taken out if the rule gives it.

        Raises:
            ValueError: not all of them can be found.
        """
        bounded, until = _bounded(rule, start, zones)
        found: list[date] = []
        for moment in occurrences(bounded, _wall_clock(start), min(until, last)):
            self._steps -= 1
            if self._steps < 0:
                raise NotFollowed("it takes out too many")
            if moment is not None:
                found.append(_like(moment, start))
            if len(found) == rule.times:
                break
        return found

    def _count(self, begins: datetime, rule: Rule, until: datetime) -> _Counted:
        """Return the times that a rule gives, as far as they are kept."""
        last = datetime.combine(max(self._last, begins.date() + _FIRST_WEEK), time.max)
        farthest = max(last, begins + SOON)
        if rule.times and rule.times <= MAX_IN_MEMORY:
            farthest = max(farthest, min(begins, self._early + SOON) + _YEAR)
        early: list[datetime] = []
        times: list[datetime] = []
        # The first is one of its times whatever the rule says (section 3.8.5.3).
        (early if begins < self._early else times).append(begins)
        number, ended = 0, until <= farthest
        for moment in occurrences(rule, begins, min(until, farthest)):
            self._steps -= 1
            if self._steps >= 0 and moment is None:
                continue
            if moment is None or self._steps < 0 or len(times) == MOST or number == MOST_COUNTED:
                ended = False
                break
            number += 1
            kept = early if moment < self._early else times
            if moment > begins and len(kept) < MOST:
                kept.append(moment)
            if number == rule.times:
                ended = True
                break
        if not ended:
            if not number and self._steps >= 0:
                raise NotFollowed("it may have no next time")
            return _Counted(early[:1], [one for one in times if one <= last], whole=False)
        return _Counted(early, times, whole=True)


def as_day(moment: date, zones: Sequence[tzinfo]) -> date:
    """Return the day that is meant by an instant where a day should be: the one whose midnight it is.

    Exchange and others write days so, against RFC 5545 section 3.8.5.1. It is a midnight in one of the zones
    that the calendar may be in, the likeliest first; where none is known, one within half a day.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None or moment.time() >= _END_OF_DAY:
        return moment.date()
    local = [moment.astimezone(zone) for zone in zones]
    if local:
        return next((one for one in local if one.time() == time()), local[0]).date()
    return moment.date() + timedelta(days=moment.tzinfo is UTC and moment.time() > _EASTMOST)


def _bounded(rule: Rule, start: date, zones: Sequence[tzinfo]) -> tuple[Rule, datetime]:
    """Return a rule as it holds for what begins at ``start``, and the local time after which it ends."""
    rule = rule if isinstance(start, datetime) else without_clock(rule)
    return rule, _until(rule, start, zones)


def _until(rule: Rule, start: date, zones: Sequence[tzinfo]) -> datetime:
    """Return the local time after which there is none; a day counts to its end."""
    value = rule.until
    if value is None or value.year >= _NEVER.year:
        return _NEVER
    if value.year < FIRST_YEAR:
        raise NotFollowed("it ends before there were conferences")
    if not isinstance(start, datetime):
        value = as_day(value, zones)
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    zone = (start.tzinfo if isinstance(start, datetime) else None) or next(iter(zones), None)
    return (value.astimezone(zone) if value.tzinfo and zone else value).replace(tzinfo=None)


def _wall_clock(moment: date) -> datetime:
    """Return the local time that a clock shows; midnight of a day."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def _like(moment: datetime, start: date) -> date:
    """Return a local time as what ``start`` is: a day, or a time in a zone or in none."""
    return moment.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else moment.date()
