"""The occurrences of recurring events (RFC 5545 section 3.8.5), limited to a conference.

A rule in a file may be harmful: it may have a billion occurrences, or search for a 31st of February for ever.
Therefore:

- Two kinds of rules are expanded to their end: those that end within a month (:data:`SHORT_PERIOD`) of the
  event's start, and those that end within a year and have a COUNT of at most :data:`SMALL_COUNT`.
- Other rules are expanded to the last day of the conference, but for at least a week from the event's start.
- Occurrences more than a month before the conference are left out if there are later ones.
- An event has at most :data:`MAX_TIMES` occurrences. To find them, at most :data:`MAX_COUNTED` occurrences of
  a rule are counted, and at most :data:`MAX_STEPS` steps are made in one file.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from summitcli.formats.calendars.rules import Rule, occurrences, without_times
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

MAX_TIMES = 366
"""The maximum number of occurrences of one event: one a day in the longest conference."""
MAX_COUNTED = 20_000
"""The maximum number of occurrences of a rule that are counted: one a day for fifty years."""
MAX_STEPS = 100_000
"""The maximum number of steps for all rules of a file. A step is an occurrence, or a day without one."""
SHORT_PERIOD = timedelta(days=31)
"""A month. A rule that ends within a month of the event's start is expanded to its end.

That holds even if the conference ends earlier. Occurrences more than a month before the conference are left
out, unless the event has only such occurrences.
"""
SMALL_COUNT = 31
"""The largest COUNT of a rule that is expanded for up to a year, even if the conference ends earlier."""
_FIRST_WEEK = timedelta(days=6)
_YEAR = LONGEST_CONFERENCE - timedelta(days=1)
_END_OF_TIME = datetime.combine(date(LAST_YEAR, 12, 31), time.max)
_NOON = time(12)
"""Noon in UTC. If a later time in UTC is a local midnight, that midnight begins the next day.

In Berlin, for example, ``2022-07-22T22:00:00Z`` is the midnight at which 23 July begins.
"""
_END_OF_DAY = time(23, 59)


class UnsupportedRule(ValueError):
    """The error that a rule is contradictory, excludes too many times, or may have no next occurrence."""


class Times(NamedTuple):
    """The starts of an event's occurrences, sorted and without repetitions."""

    starts: tuple[date, ...]
    complete: bool
    """True if these are all starts; False if some that are far from the conference were left out."""


class _Expansion(NamedTuple):
    """The times that one rule gives, as local times without a zone."""

    early: list[datetime]
    """The times long before the conference; they are used only if there are no later ones."""
    times: list[datetime]
    complete: bool
    """True if these are all the times that the rule gives."""


class Recurrences:
    """The object that expands the recurrence rules of one file into times near the conference.

    Args:
        first: the first day of the conference, as far as it is known without the rules.
        last: the last day of the conference, as far as it is known without the rules.
    """

    def __init__(self, first: date, last: date) -> None:
        self._early = datetime.combine(first, time()) - SHORT_PERIOD
        self._last = last
        self._steps = MAX_STEPS

    def expand(self, start: date, rules: Sequence[Rule], zones: Sequence[tzinfo] = ()) -> Times:
        """Return the starts of an event's occurrences; the first is ``start``.

        Args:
            start: a date or a datetime. The rules are expanded in its time zone.
            rules: the event's rules. Each gives some times; the event occurs at all times that any rule
                gives.
            zones: the possible time zones of the calendar, the likeliest first. They are used only if
                ``start`` has no zone and a rule's UNTIL is in UTC.

        Raises:
            ValueError: a rule can't be expanded, so only ``start`` is certain.
        """
        begins = _wall_clock(start)
        expansions = []
        for rule in rules:
            bounded, until = _bounded(rule, start, zones)
            if until < begins:
                raise UnsupportedRule("it ends before it begins")
            expansions.append(self._expansion(begins, bounded, until))
        times = sorted({moment for found in expansions for moment in found.times})
        early = sorted({moment for found in expansions for moment in found.early})
        complete = all(found.complete for found in expansions) and not (times and early)
        return Times(tuple(_like(moment, start) for moment in times or early), complete)

    def excluded(
        self, start: date, rule: Rule, last: datetime, zones: Sequence[tzinfo] = ()
    ) -> Sequence[date]:
        """Return the times at which an event does not occur because of an EXRULE (RFC 2445 section 4.8.5.2).

        ``start`` is among them only if the rule gives it.

        Args:
            start: the event's start.
            rule: the rule in EXRULE.
            last: the local time up to which excluded times are needed.
            zones: the possible time zones of the calendar; see :meth:`expand`.

        Raises:
            ValueError: the rule excludes too many times, or can't be expanded.
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

    def _expansion(self, begins: datetime, rule: Rule, until: datetime) -> _Expansion:
        """Return the local times near the conference that a rule gives; at most :data:`MAX_TIMES`.

        Args:
            begins: the event's start, as a local time.
            rule: the rule.
            until: the last local time that the rule's UNTIL allows.
        """
        last = datetime.combine(max(self._last, begins.date() + _FIRST_WEEK), time.max)
        farthest = max(last, begins + SHORT_PERIOD)
        if rule.times and rule.times <= SMALL_COUNT:
            farthest = max(farthest, min(begins, self._early + SHORT_PERIOD) + _YEAR)
        early: list[datetime] = []
        times: list[datetime] = []
        # The start is an occurrence whatever the rule says (section 3.8.5.3).
        (early if begins < self._early else times).append(begins)
        number, ended, all_kept = 0, until <= farthest, True
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
            elif moment > begins:
                all_kept = False
            if number == rule.times:
                ended = True
                break
        if not ended:
            if not number and self._steps >= 0:
                raise UnsupportedRule("it may have no next occurrence")
            return _Expansion(early[:1], [one for one in times if one <= last], complete=False)
        return _Expansion(early, times, complete=all_kept)


def as_day(moment: date, zones: Sequence[tzinfo]) -> date:
    """Return ``moment`` if it is a date; if it is a midnight, return the date that begins then.

    Exchange and other programs write a midnight instead of the date, in violation of RFC 5545 section
    3.8.5.1.

    Args:
        moment: the date or midnight.
        zones: the zones in which it may be a midnight, the likeliest first. If it is a midnight in none of
            them, its date in the first zone is returned. If ``zones`` is empty and the time is in UTC, the
            date of the nearest midnight in UTC is returned.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None or moment.time() >= _END_OF_DAY:
        return moment.date()
    local = [moment.astimezone(zone) for zone in zones]
    if local:
        return next((one for one in local if one.time() == time()), local[0]).date()
    return moment.date() + timedelta(days=moment.tzinfo is UTC and moment.time() > _NOON)


def _bounded(rule: Rule, start: date, zones: Sequence[tzinfo]) -> tuple[Rule, datetime]:
    """Return a rule and the last local time at which it may recur: UNTIL, or else the last supported time.

    If the event's start is a date, the rule is returned without hours, minutes and seconds.

    Args:
        rule: the rule.
        start: the event's start.
        zones: the possible time zones of the calendar; see :meth:`Recurrences.expand`.
    """
    rule = rule if isinstance(start, datetime) else without_times(rule)
    return rule, _until(rule, start, zones)


def _until(rule: Rule, start: date, zones: Sequence[tzinfo]) -> datetime:
    """Return the last local time that a rule's UNTIL allows; if UNTIL is a date, the end of that day.

    Args:
        rule: the rule.
        start: the event's start.
        zones: the possible time zones of the calendar; see :meth:`Recurrences.expand`.
    """
    value = rule.until
    if value is None or value.year > LAST_YEAR:
        return _END_OF_TIME
    if value.year < FIRST_YEAR:
        raise UnsupportedRule("it ends too early")
    if not isinstance(start, datetime):
        value = as_day(value, zones)
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    zone = (start.tzinfo if isinstance(start, datetime) else None) or next(iter(zones), None)
    return (value.astimezone(zone) if value.tzinfo and zone else value).replace(tzinfo=None)


def _wall_clock(moment: date) -> datetime:
    """Return ``moment`` without its zone, as a datetime; a date becomes its midnight."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def _like(moment: datetime, start: date) -> date:
    """Return the local time ``moment`` in the form of ``start``: as a date, or as a time in its zone."""
    return moment.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else moment.date()
