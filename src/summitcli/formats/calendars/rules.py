"""Recurrence rules (RFC 5545 section 3.3.10): parsing them, and computing their local times.

The search for the next time of a rule may never end. So :func:`occurrences` also yields None for each step
that finds nothing: the caller can count the steps and stop.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import product
from typing import NamedTuple

from summitcli.formats.calendars.components import read_moment
from summitcli.text.days import WEEKDAY_CODES

MAX_RULE_LENGTH = 1_000
"""The maximum length of a rule, in characters."""
_MAX_VALUES = 64
"""The maximum number of values in one part of a rule, such as BYMONTHDAY."""
_MAX_TIMES_A_DAY = 64
"""The maximum number of times in one day that a rule may give."""
_MAX_INTERVAL = 1_000_000
"""The maximum of INTERVAL. Larger values are reduced to it: no conference lasts a million minutes."""
_YEARS = range(1, 10_000)

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")
_DAY_FREQUENCIES = FREQUENCIES[:4]
"""The values of FREQ for intervals of a day or longer."""

_VALUES = {
    "BYMONTH": range(1, 13),
    "BYMONTHDAY": range(1, 32),
    "BYYEARDAY": range(1, 367),
    "BYWEEKNO": range(1, 54),
    "BYHOUR": range(24),
    "BYMINUTE": range(60),
    "BYSECOND": range(60),
    "BYSETPOS": range(1, 367),
}
"""The allowed values of each part of a rule; some parts also allow negative values, counted from the end."""
_FROM_THE_END = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_VALUES})
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
_DAY = timedelta(days=1)


class Weekday(NamedTuple):
    """A weekday in a rule: every Monday, or only one of the month or year, such as the second Monday."""

    number: int
    """The position in the month or year: 1 for the first, -1 for the last; 0 for every such weekday."""
    day: int
    """The day of the week: 0 for Monday to 6 for Sunday."""


class Rule(NamedTuple):
    """A recurrence rule. Parts that the rule does not have are empty or have their default values."""

    frequency: str
    interval: int = 1
    times: int | None = None
    """COUNT: the number of occurrences."""
    until: date | None = None
    """UNTIL, the last time allowed: a date, or a datetime with or without a zone, as it is written."""
    week_start: int = 0
    weekdays: tuple[Weekday, ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    """BYWEEKNO: numbers of weeks; week 1 is the first with at least four days in the year."""
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()


def read_rule(text: str) -> Rule:
    """Parse a rule such as ``FREQ=DAILY;COUNT=3``; white space around its parts is ignored.

    Raises:
        ValueError: ``text`` is not a rule, or has unsupported parts or values.
    """
    if len(text) > MAX_RULE_LENGTH:
        raise ValueError("the rule is too long")
    said: dict[str, str] = {}
    for part in filter(None, map(str.strip, text.upper().split(";"))):
        name, _equals, value = (piece.strip() for piece in part.partition("="))
        if name not in _PARTS or name in said or not value:
            raise ValueError(part)
        said[name] = value
    numbers = {name: _numbers(name, said[name]) for name in _VALUES if name in said}
    rule = Rule(
        frequency=said.get("FREQ", ""),
        interval=min(_positive(said.get("INTERVAL", "1")), _MAX_INTERVAL),
        times=_positive(said["COUNT"]) if "COUNT" in said else None,
        until=_read_until(said["UNTIL"]) if "UNTIL" in said else None,
        week_start=WEEKDAY_CODES.index(said.get("WKST", "MO")),
        weekdays=_weekdays(said["BYDAY"]) if "BYDAY" in said else (),
        months=numbers.get("BYMONTH", ()),
        month_days=numbers.get("BYMONTHDAY", ()),
        year_days=numbers.get("BYYEARDAY", ()),
        weeks=numbers.get("BYWEEKNO", ()),
        hours=numbers.get("BYHOUR", ()),
        minutes=numbers.get("BYMINUTE", ()),
        seconds=numbers.get("BYSECOND", ()),
        positions=numbers.get("BYSETPOS", ()),
    )
    _check(rule, bool(rule.weekdays or numbers.keys() - {"BYSETPOS"}))
    return rule


def without_times(rule: Rule) -> Rule:
    """Return a rule without BYHOUR, BYMINUTE and BYSECOND, which have no meaning for all-day events.

    Raises:
        ValueError: the event would recur more often than once a day.
    """
    if rule.frequency not in _DAY_FREQUENCIES:
        raise ValueError("a date has no hours")
    return rule._replace(hours=(), minutes=(), seconds=())


def occurrences(rule: Rule, begins: datetime, last: datetime) -> Iterator[datetime | None]:
    """Yield the local times that a rule gives from ``begins`` to ``last``, in order.

    None is yielded for each step of the search that finds no time, so that the caller can count the steps.
    COUNT and UNTIL are ignored.
    """
    return (
        _by_days(rule, begins, last) if rule.frequency in _DAY_FREQUENCIES else _by_time(rule, begins, last)
    )


def days_of_year(rule: Rule, begins: date, year: int) -> Iterator[date]:
    """Yield the days in ``year`` on which a yearly rule that starts on ``begins`` recurs."""
    completed = _completed(rule, datetime.combine(begins, time()))
    return (
        day
        for month in completed.months or range(1, 13)
        for day in _month(year, month)
        if _is_on(completed, day)
    )


def _check(rule: Rule, by_parts: bool) -> None:
    """Raise ValueError unless the parts of a rule may be combined (RFC 5545 section 3.3.10).

    Args:
        rule: the rule.
        by_parts: True if the rule has a part whose name begins with BY, other than BYSETPOS.
    """
    numbered = any(weekday.number for weekday in rule.weekdays)
    if (
        rule.frequency not in FREQUENCIES
        or (numbered and (rule.frequency not in ("YEARLY", "MONTHLY") or rule.weeks))
        or (rule.month_days and rule.frequency == "WEEKLY")
        or (rule.year_days and rule.frequency in ("MONTHLY", "WEEKLY", "DAILY"))
        or (rule.weeks and rule.frequency != "YEARLY")
        or (rule.positions and not by_parts)
    ):
        raise ValueError("the parts of the rule can't be combined")
    times = 1
    for values in (rule.hours, rule.minutes, rule.seconds):
        times *= max(1, len(values))
    if times > _MAX_TIMES_A_DAY:
        raise ValueError("the rule has too many times in a day")


def _numbers(name: str, text: str) -> tuple[int, ...]:
    written = text.split(",", _MAX_VALUES)
    numbers = [int(one) for one in map(str.strip, written) if _NUMBER.fullmatch(one)]
    allowed = [*_VALUES[name], *(-n for n in _VALUES[name] if name in _FROM_THE_END)]
    if len(numbers) != len(written) or len(written) > _MAX_VALUES or not set(numbers) <= set(allowed):
        raise ValueError(text)
    return tuple(sorted(set(numbers)))


def _weekdays(text: str) -> tuple[Weekday, ...]:
    written = text.split(",", _MAX_VALUES)
    found = [match for one in written if (match := _WEEKDAY.fullmatch(one.strip()))]
    if len(found) != len(written) or len(written) > _MAX_VALUES:
        raise ValueError(text)
    made = tuple(Weekday(int(match[1] or 0), WEEKDAY_CODES.index(match[2])) for match in found)
    if any(abs(weekday.number) > 53 for weekday in made):
        raise ValueError(text)
    return made


def _positive(text: str) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else 0
    if number < 1:
        raise ValueError(text)
    return number


def _read_until(text: str) -> date:
    return read_moment(text, _YEARS)


def _completed(rule: Rule, begins: datetime) -> Rule:
    """Return a rule in which missing parts, such as the hour, are taken from the event's start ``begins``."""
    if rule.frequency in _DAY_FREQUENCIES:
        rule = rule._replace(hours=rule.hours or (begins.hour,))
        if not (rule.weekdays or rule.month_days or rule.year_days):
            if rule.frequency == "WEEKLY" or rule.weeks:
                rule = rule._replace(weekdays=(Weekday(0, begins.weekday()),))
            elif rule.frequency == "YEARLY":
                rule = rule._replace(months=rule.months or (begins.month,), month_days=(begins.day,))
            elif rule.frequency == "MONTHLY":
                rule = rule._replace(month_days=(begins.day,))
    if rule.frequency != "MINUTELY":
        rule = rule._replace(minutes=rule.minutes or (begins.minute,))
    return rule._replace(seconds=rule.seconds or (begins.second,))


def _by_days(rule: Rule, begins: datetime, last: datetime) -> Iterator[datetime | None]:
    completed = _completed(rule, begins)
    clocks = [time(*clock) for clock in product(completed.hours, completed.minutes, completed.seconds)]
    for period in _periods(rule, begins.date(), last.date()):
        found: list[datetime] = []
        for number, month in enumerate(period):
            if number:
                yield None
            for day in month:
                if _is_on(completed, day):
                    found += (datetime.combine(day, clock) for clock in clocks)
                    if rule.positions:
                        yield None
        yield from _within(_at_positions(found, rule.positions), begins, last)


def _periods(rule: Rule, begins: date, last: date) -> Iterator[Iterator[Sequence[date]]]:
    """Yield the periods of a rule from ``begins`` to ``last``: years, months, weeks or days, as FREQ says.

    Each period is an iterator over lists of days. It yields a list for each month of a year; for a month, a
    week or a day, it yields a single list.
    """
    step = rule.interval
    if rule.frequency == "YEARLY":
        months = rule.months or range(1, 13)
        if not (rule.months or rule.weekdays or rule.month_days or rule.year_days or rule.weeks):
            months = (begins.month,)
        for year in range(begins.year, last.year + 1, step):
            yield (_month(year, month) for month in months)
    elif rule.frequency == "MONTHLY":
        for number in range(begins.year * 12 + begins.month - 1, last.year * 12 + last.month, step):
            yield iter([_month(number // 12, number % 12 + 1)])
    else:
        length = 7 if rule.frequency == "WEEKLY" else 1
        back = (begins.weekday() - rule.week_start) % 7 if rule.frequency == "WEEKLY" else 0
        for number in range(max(1, begins.toordinal() - back), last.toordinal() + 1, length * step):
            yield iter([[date.fromordinal(number + n) for n in range(length)]])


def _month(year: int, month: int) -> Sequence[date]:
    first = date(year, month, 1).toordinal()
    length = 31 if month == 12 else date(year, month + 1, 1).toordinal() - first
    return [date.fromordinal(first + n) for n in range(length)]


def _by_time(rule: Rule, begins: datetime, last: datetime) -> Iterator[datetime | None]:
    hourly = rule.frequency == "HOURLY"
    completed = _completed(rule, begins)
    step = rule.interval * timedelta(hours=hourly, minutes=not hourly)
    now = begins.replace(minute=0 if hourly else begins.minute, second=0)
    while now <= last:
        if (
            (completed.hours and now.hour not in completed.hours)
            or (completed.minutes and not hourly and now.minute not in completed.minutes)
            or not _is_on(completed, now.date())
        ):
            yield None
        else:
            minutes = completed.minutes if hourly else (now.minute,)
            found = [now.replace(minute=m, second=s) for m, s in product(minutes, completed.seconds)]
            yield from _within(_at_positions(found, rule.positions), begins, last)
        now += step


def _within(moments: Sequence[datetime], begins: datetime, last: datetime) -> Sequence[datetime | None]:
    """Return the times in ``moments`` from ``begins`` to ``last``; ``[None]`` if there are none.

    ``moments`` has the times that a rule gives in one of its periods, such as a month. The None is for
    :func:`occurrences`, which yields it for a period without times.
    """
    return [moment for moment in moments if begins <= moment <= last] or [None]


def _at_positions(found: Sequence[datetime], positions: Sequence[int]) -> Sequence[datetime]:
    """Return the times in ``found`` at the positions that BYSETPOS gives; all times if it gives none.

    Position 1 is the first, -1 the last.
    """
    if not positions:
        return found
    number = len(found)
    places = {place - 1 if place > 0 else number + place for place in positions}
    return [found[place] for place in sorted(places) if 0 <= place < number]


def _is_on(rule: Rule, day: date) -> bool:
    """Return whether ``day`` fits all parts of a rule that restrict its days, such as BYMONTH and BYDAY."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days:
        end = _length_of_month(day)
        if not {day.day, day.day - end - 1} & set(rule.month_days):
            return False
    if rule.year_days:
        first, end = date(day.year, 1, 1).toordinal(), date(day.year, 12, 31).toordinal()
        number = day.toordinal()
        if not {number - first + 1, number - end - 1} & set(rule.year_days):
            return False
    if rule.weeks and not _numbers_of_week(day, rule.week_start) & set(rule.weeks):
        return False
    return not rule.weekdays or any(_is_weekday(rule, weekday, day) for weekday in rule.weekdays)


def _numbers_of_week(day: date, week_start: int) -> set[int]:
    """Return the two numbers of the week of ``day``, such as ``{2, -51}``.

    The first is counted from the start of the year, the negative one from its end. A week belongs to the year
    that has most of its days, which is the year of its fourth day (RFC 5545 section 3.3.10).

    Args:
        day: the day.
        week_start: the first day of a week; 0 for Monday.
    """
    fourth = day + _DAY * (3 - (day.weekday() - week_start) % 7)
    first, last = date(fourth.year, 1, 1), date(fourth.year, 12, 31)
    return {(fourth - first).days // 7 + 1, -((last - fourth).days // 7) - 1}


def _is_weekday(rule: Rule, weekday: Weekday, day: date) -> bool:
    if weekday.day != day.weekday():
        return False
    if not weekday.number:
        return True
    if rule.frequency == "YEARLY" and not rule.months:
        before = (day - date(day.year, 1, 1)).days
        after = (date(day.year, 12, 31) - day).days
    else:
        before, after = day.day - 1, _length_of_month(day) - day.day
    return weekday.number in (before // 7 + 1, -(after // 7) - 1)


def _length_of_month(day: date) -> int:
    if day.month == 12:
        return 31
    return (date(day.year, day.month + 1, 1) - _DAY).day
