"""When an event is held that recurs (RFC 5545 section 3.8.5), within the bounds of a conference.

Rules come from strangers. One may have a thousand million times, or seek for ever after a 31st of February;
so only rules that always have a next time are followed, and none of them further than is of use:

- A rule that comes to an end by itself within :data:`SOON` is followed to its end.
- Any other is followed to the last day of the conference, or to the end of its own first week where that is
  later. Where it began long before the conference, what lies more than :data:`SOON` before is left out.
- No event has more than :data:`MOST` times, and to find them no more than :data:`MOST_COUNTED` are counted,
  and :data:`MOST_STEPS` in one file.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from dateutil import rrule
from icalendar.prop import vRecur

from summitcli.text.days import FIRST_YEAR, LAST_YEAR

MOST = 366
"""The most times of one event: a daily one throughout the longest conference."""
MOST_COUNTED = 20_000
"""How many times of one event are counted: a daily one for fifty years before the conference."""
MOST_STEPS = 100_000
"""How many times of events are counted in one file."""
SOON = timedelta(days=31)

_LONGEST_RULE = 1_000
"""In characters."""
_FIRST_WEEK = timedelta(days=6)
_NEVER = datetime(LAST_YEAR + 1, 1, 1)  # noqa: DTZ001
_MOST_VALUES = 32
"""The most values of one part of a rule."""
_LONGEST_INTERVAL = 366
_DAYS_IN_EVERY_MONTH = 28
_WEEKS_IN_EVERY_MONTH = 4

_FREQUENCIES = {
    "HOURLY": rrule.HOURLY,
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}
_ALWAYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_FOLLOWED: Mapping[str, frozenset[str]] = {
    "HOURLY": frozenset(),
    "DAILY": frozenset({"BYDAY"}),
    "WEEKLY": frozenset({"BYDAY"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTHDAY"}),
    "YEARLY": frozenset(),
}
"""Of the parts that choose days, those that are followed at each frequency, one at a time."""
_WEEKDAYS = {
    "MO": rrule.MO,
    "TU": rrule.TU,
    "WE": rrule.WE,
    "TH": rrule.TH,
    "FR": rrule.FR,
    "SA": rrule.SA,
    "SU": rrule.SU,
}


class NotFollowed(ValueError):
    """A rule that makes no sense, or may have no next time."""


def read_rule(text: str) -> Mapping[str, Any]:
    """A rule, a list for each of its parts.

    Raises:
        ValueError: it is none, or longer than any that is meant.
    """
    if len(text) > _LONGEST_RULE:
        raise ValueError(text[:_LONGEST_RULE])
    return dict(vRecur.from_ical(text))


class Times(NamedTuple):
    """When an event is held, in order and each time once."""

    starts: tuple[date, ...]
    whole: bool
    """Whether these are all of its times."""


class Recurrences:
    """Follows the rules of one file.

    Args:
        first: the first day of the conference, as far as it is known without following rules.
        last: its last day, likewise.
    """

    def __init__(self, first: date, last: date) -> None:
        self._early = datetime.combine(first, time()) - SOON
        self._last = last
        self._steps = MOST_STEPS

    def follow(self, start: date, rule: Mapping[str, Any]) -> Times:
        """The times of an event that begins at ``start``, the first of them.

        Args:
            start: a day, or a time, whose zone says at what local time the others are.
            rule: as of :func:`read_rule`.

        Raises:
            NotFollowed: only the first time is sure.
        """
        begins = _wall_clock(start)
        until = _until(rule, start)
        if until < begins:
            raise NotFollowed("it ends before it begins")
        compiled = _compiled(rule, begins, timed=isinstance(start, datetime))
        found, whole = self._count(begins, compiled, until)
        return Times(tuple(_like(moment, start) for moment in found), whole)

    def _count(self, begins: datetime, rule: rrule.rrule, until: datetime) -> tuple[list[datetime], bool]:
        """The times that are kept, and whether none is left out."""
        last = datetime.combine(max(self._last, begins.date() + _FIRST_WEEK), time.max)
        farthest = max(last, begins + SOON)
        early: list[datetime] = []
        times: list[datetime] = []
        # The first is one of its times whatever the rule says (section 3.8.5.3).
        (early if begins < self._early else times).append(begins)
        for number, moment in enumerate(rule):
            self._steps -= 1
            if moment > until:
                break
            if moment > farthest or len(times) == MOST or number == MOST_COUNTED or self._steps < 0:
                return [one for one in times if one <= last] or early[:1], False
            if moment > begins:
                (early if moment < self._early else times).append(moment)
        return times or early[:MOST], not early if times else len(early) <= MOST


def _compiled(rule: Mapping[str, Any], begins: datetime, *, timed: bool) -> rrule.rrule:
    """The rule for dateutil.

    Raises:
        NotFollowed: it makes no sense, or may have no next time.
    """
    frequency = str(_one(rule, "FREQ", ""))
    if frequency == "HOURLY" and not timed:
        raise NotFollowed("a day has no hours")
    interval = _number(rule, "INTERVAL", 1, _LONGEST_INTERVAL)
    extra = set(rule) - _ALWAYS
    if frequency not in _FREQUENCIES or not extra <= _FOLLOWED[frequency] or len(extra) > 1:
        raise NotFollowed("there are parts that are not understood")
    if extra and frequency == "DAILY" and interval != 1:
        # Every seventh day may never be the weekday that is asked for.
        raise NotFollowed("it may have no next time")
    week = str(_one(rule, "WKST", "MO"))
    if week not in _WEEKDAYS:
        raise NotFollowed("no week begins so")
    return rrule.rrule(  # type: ignore[no-untyped-call]
        _FREQUENCIES[frequency],
        dtstart=begins,
        interval=interval,
        wkst=_WEEKDAYS[week],
        count=_number(rule, "COUNT", 1, None) if "COUNT" in rule else None,
        byweekday=_weekdays(rule, frequency == "MONTHLY") if "BYDAY" in rule else None,
        bymonthday=_month_days(rule) if "BYMONTHDAY" in rule else None,
    )


def _weekdays(rule: Mapping[str, Any], numbered: bool) -> list[rrule.weekday]:
    """Those of BYDAY, each with its number within the month where it may have one."""
    found = []
    for one in _several(rule, "BYDAY"):
        number = one.relative
        if one.weekday not in _WEEKDAYS or (
            number is not None and not (numbered and 1 <= abs(number) <= _WEEKS_IN_EVERY_MONTH)
        ):
            raise NotFollowed("not every month has such a day")
        weekday = _WEEKDAYS[one.weekday]
        found.append(weekday(number) if number else weekday)
    return found


def _month_days(rule: Mapping[str, Any]) -> list[int]:
    days = [int(day) for day in _several(rule, "BYMONTHDAY")]
    if not all(1 <= abs(day) <= _DAYS_IN_EVERY_MONTH for day in days):
        raise NotFollowed("not every month has such a day")
    return days


def _until(rule: Mapping[str, Any], start: date) -> datetime:
    """The local time after which there is none; a day counts to its end."""
    value = _one(rule, "UNTIL", None)
    if value is None:
        return _NEVER
    if not isinstance(value, date):
        raise NotFollowed("it ends at no time")
    if value.year >= _NEVER.year:
        return _NEVER
    if value.year < FIRST_YEAR:
        raise NotFollowed("it ends before there were conferences")
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    zone = start.tzinfo if isinstance(start, datetime) else None
    return (value.astimezone(zone) if value.tzinfo and zone else value).replace(tzinfo=None)


def _one(rule: Mapping[str, Any], part: str, default: Any) -> Any:
    """The value of a part that can have one."""
    values = rule.get(part, [default])
    if len(values) != 1:
        raise NotFollowed("there must be one value")
    return values[0]


def _several(rule: Mapping[str, Any], part: str) -> Sequence[Any]:
    values: Sequence[Any] = rule[part]
    if not 1 <= len(values) <= _MOST_VALUES:
        raise NotFollowed("there are too many values")
    return values


def _number(rule: Mapping[str, Any], part: str, default: int, most: int | None) -> int:
    number = int(_one(rule, part, default))
    if number < 1 or (most is not None and number > most):
        raise NotFollowed("the number makes no sense")
    return number


def _wall_clock(moment: date) -> datetime:
    """The local time that a clock shows; midnight of a day."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def _like(moment: datetime, start: date) -> date:
    """A local time as what ``start`` is: a day, or a time in a zone or in none."""
    return moment.replace(tzinfo=start.tzinfo) if isinstance(start, datetime) else moment.date()
