"""The occurrences of recurring events (RFC 5545 section 3.8.5), limited to a conference.

Rules are untrusted. One may have a billion occurrences, or search for a 31st of February for ever:

- A rule that ends within :data:`SHORT_PERIOD` is expanded to its end, as is one that ends within a year and
  has a COUNT of at most :data:`SMALL_COUNT`.
- Any other is expanded to the last day of the conference, or to the end of its own first week if that is
  later. Occurrences more than :data:`SHORT_PERIOD` before the conference are left out if there are later
  ones.
- An event has at most :data:`MAX_TIMES` occurrences. At most :data:`MAX_COUNTED` of a rule are counted to
  find them, and at most :data:`MAX_STEPS` steps are made in one file.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from summitcli.formats.calendars.rules import Rule, occurrences, without_times
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

MAX_TIMES = 366
"""The maximum number of occurrences of one event: daily in the longest conference."""
MAX_COUNTED = 20_000
"""How many occurrences of one rule are counted: daily in the fifty years before the conference."""
MAX_STEPS = 100_000
"""How many occurrences, and days and months without one, are visited in one file."""
SHORT_PERIOD = timedelta(days=31)
"""How far after its start a rule is always expanded, and how long before the conference times count."""
SMALL_COUNT = 31
"""A COUNT up to this is taken literally, however far apart the occurrences are."""

_FIRST_WEEK = timedelta(days=6)
_YEAR = LONGEST_CONFERENCE - timedelta(days=1)
_NEVER = datetime(LAST_YEAR + 1, 1, 1)  # noqa: DTZ001
_EASTMOST = time(12)
"""A local midnight later than this in UTC belongs to the next day, east of Greenwich."""
_END_OF_DAY = time(23, 59)


class UnsupportedRule(ValueError):
    """A rule that is contradictory, or that may have no next occurrence."""


class Times(NamedTuple):
    """The distinct starts of an event, sorted."""

    starts: tuple[date, ...]
    complete: bool
    """Whether these are all of its occurrences."""


class _Expansion(NamedTuple):
    """The local times of one rule."""

    early: list[datetime]
    """The times long before the conference."""
    times: list[datetime]
    complete: bool
    """Whether none is left out."""


class Recurrences:
    """Expands the recurrence rules of one file.

    Args:
        first: the first day of the conference, as known without expanding rules.
        last: its last day, likewise.
    """

    def __init__(self, first: date, last: date) -> None:
        self._early = datetime.combine(first, time()) - SHORT_PERIOD
        self._last = last
        self._steps = MAX_STEPS

    def expand(self, start: date, rules: Sequence[Rule], zones: Sequence[tzinfo] = ()) -> Times:
        """Return the occurrences of an event whose first start is ``start``.

        Args:
            start: a date, or a time, whose zone the rules are expanded in.
            rules: its rules; the occurrences are those of all of them.
            zones: the zones that the calendar may be in, the likeliest first, for an UNTIL in UTC if
                ``start`` has no zone.

        Raises:
            ValueError: a rule can't be expanded, so only ``start`` is certain.
        """
        begins = _wall_clock(start)
        expansions = []
        for rule in rules:
            bounded, until = _bounded(rule, start, zones)
            if until < begins:
                raise UnsupportedRule("it ends before it begins")
            expansions.append(self._count(begins, bounded, until))
        times = sorted({moment for found in expansions for moment in found.times})
        early = sorted({moment for found in expansions for moment in found.early})
        complete = all(found.complete for found in expansions) and not (times and early)
        return Times(tuple(_like(moment, start) for moment in times or early), complete)

    def excluded(
        self, start: date, rule: Rule, last: datetime, zones: Sequence[tzinfo] = ()
    ) -> Sequence[date]:
        """Return the times up to ``last``, a local time, that an EXRULE excludes (RFC 2445 section 4.8.5.2).

        The other arguments are those of :meth:`expand`. ``start`` is excluded only if the rule gives it.

        Raises:
            ValueError: there are too many, or the rule can't be expanded.
        """
        bounded, until = _bounded(rule, start, zones)
        found: list[date] = []
        for moment in occurrences(bounded, _wall_clock(start), min(until, last)):
            self._steps -= 1
            if self._steps < 0:
                raise UnsupportedRule("it excludes too many")
            if moment is not None:
                found.append(_like(moment, start))
            if len(found) == rule.times:
                break
        return found

    def _count(self, begins: datetime, rule: Rule, until: datetime) -> _Expansion:
        """Return the times of a rule that are kept."""
        last = datetime.combine(max(self._last, begins.date() + _FIRST_WEEK), time.max)
        farthest = max(last, begins + SHORT_PERIOD)
        if rule.times and rule.times <= SMALL_COUNT:
            farthest = max(farthest, min(begins, self._early + SHORT_PERIOD) + _YEAR)
        early: list[datetime] = []
        times: list[datetime] = []
        # The start is an occurrence whatever the rule says (section 3.8.5.3).
        (early if begins < self._early else times).append(begins)
        number, ended = 0, until <= farthest
        for moment in occurrences(rule, begins, min(until, farthest)):
            self._steps -= 1
            if self._steps >= 0 and moment is None:
                continue
            if moment is None or self._steps < 0 or len(times) == MAX_TIMES or number == MAX_COUNTED:
                ended = False
                break
            number += 1
            kept = early if moment < self._early else times
            if moment > begins and len(kept) < MAX_TIMES:
                kept.append(moment)
            if number == rule.times:
                ended = True
                break
        if not ended:
            if not number and self._steps >= 0:
                raise UnsupportedRule("it may have no next occurrence")
            return _Expansion(early[:1], [one for one in times if one <= last], complete=False)
        return _Expansion(early, times, complete=True)


def as_day(moment: date, zones: Sequence[tzinfo]) -> date:
    """Return the date that an instant stands for: the one whose midnight it is.

    Exchange and others write dates this way, violating RFC 5545 section 3.8.5.1. It is a midnight in one of
    ``zones``, those that the calendar may be in, the likeliest first; without zones, the nearest midnight.
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
    """Return a rule adapted to ``start``, and the last local time that its UNTIL allows."""
    rule = rule if isinstance(start, datetime) else without_times(rule)
    return rule, _until(rule, start, zones)


def _until(rule: Rule, start: date, zones: Sequence[tzinfo]) -> datetime:
    """Return the last local time that UNTIL allows; a date includes the whole day."""
    value = rule.until
    if value is None or value.year >= _NEVER.year:
        return _NEVER
    if value.year < FIRST_YEAR:
        raise UnsupportedRule("it ends too early")
    if not isinstance(start, datetime):
        value = as_day(value, zones)
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    zone = (start.tzinfo if isinstance(start, datetime) else None) or next(iter(zones), None)
    return (value.astimezone(zone) if value.tzinfo and zone else value).replace(tzinfo=None)


def _wall_clock(moment: date) -> datetime:
    """Return a time without its zone; midnight for a date."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def _like(moment: datetime, start: date) -> date:
    """Return a local time in the form of ``start``: a date, or a time with or without zone."""
    return moment.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else moment.date()
