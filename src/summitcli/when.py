"""Parsing days and times as users type them: ``2``, ``7-23``, ``24th``, ``tomorrow``, ``9:30``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.rows import DayRow
from summitcli.text.days import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from summitcli.text.folding import fold
from summitcli.text.suggest import MAX_SUGGESTIONS, nearest

if TYPE_CHECKING:
    import re
    from datetime import date, datetime, timedelta, tzinfo

RELATIVE = {
    "today": 0, "今天": 0, "今日": 0,
    "tomorrow": 1, "明天": 1, "明日": 1,
    "yesterday": -1, "昨天": -1, "昨日": -1,
    "后天": 2, "前天": -2,
}  # fmt: skip
_CHINESE_WEEKDAYS = "一二三四五六日"

_DATE = r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY_OF_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?:,?\s*(?P<year>\d{4}))?"
_ENGLISH_DATES = (rf"{_DAY_OF_MONTH}\s*{_MONTH}{_YEAR}", rf"{_MONTH}\s*{_DAY_OF_MONTH}{_YEAR}")
_DAY_ALONE = r"(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)|(?P<written>\d{1,2})\s*[日号號]"
_COMPACT_DATE = r"(\d{4})(\d{2})(\d{2})"
_MAX_DIGITS = 3
_NUMBERED = rf"(?:day\s*|第)?(\d{{1,{_MAX_DIGITS}}})天?"
_NUMBERED_IN_CHINESE = r"第([一二三四五六七八九十])天"
_MIN_LETTERS_TO_CORRECT = 4
"""The smallest length of a text for which a correction is suggested; shorter ones resemble too many words."""
_CHINESE_WEEKDAY = r"(?:周|星期|礼拜)([一二三四五六日天])"
_CLOCK = r"(\d{1,2})(?::(\d{2}))?"
_DURATION = r"(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m(?:in)?)?|(\d{1,5})"
_MOMENT = r"(?i)(.+?)(?:\s+T\s*|\s+|T)(\d{1,2}:\d{2})"


Today = Callable[[], "date"]
"""A function that returns today's date in the conference's time zone.

It is called only when needed, as loading a time zone is slow.
"""


def find_day(text: str, days: Sequence[DayRow], today: Today) -> str:
    """Return the ISO date of a day that a user has typed, such as ``2``, ``sat`` or ``23 July``.

    The day must be one of the conference; only words such as ``today`` may give another date.

    Args:
        text: the text as typed.
        days: the days of the conference.
        today: a function that returns today's date.

    Raises:
        UnknownValue: the text is not a day, or not a day of the conference.
    """
    try:
        day = _parse_day(text, days, today)
    except OverflowError:
        raise _no_day(text, days) from None
    if fold(text) not in RELATIVE and all(row.day != day for row in days):
        sentence = _("{day} is not a day of the conference, {start} to {end}")
        raise UnknownValue(sentence.format(day=day, start=days[0].day, end=days[-1].day))
    return day


def full_date(text: str) -> date | None:
    """Return the date in a text such as ``2022-07-23`` or ``2022-07-23T09:00``; None for any other text."""
    from datetime import date

    try:
        return date.fromisoformat(text.partition("T")[0].strip())
    except ValueError:
        return None


def find_moment(text: str, days: Sequence[DayRow], today: Today, zone: tzinfo) -> datetime:
    """Return the date and time that a text means, in the time zone ``zone``.

    The text is an ISO 8601 date and time, or a day in any form, such as ``sat``. A time may follow the day,
    as in ``satT14:00``; without a time, the result is midnight.

    Raises:
        UsageError: the text is not a point in time, or its year is out of range.
    """
    try:
        moment = _parse_moment(text, days, today, zone)
    except OverflowError:
        moment = None
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        sentence = _('"{text}" is not between the years {first} and {last}')
        raise UsageError(sentence.format(text=text, first=FIRST_YEAR, last=LAST_YEAR))
    return moment


def _parse_moment(text: str, days: Sequence[DayRow], today: Today, zone: tzinfo) -> datetime:
    from datetime import datetime, timedelta

    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        pass
    else:
        return instant.astimezone(zone) if instant.tzinfo else instant.replace(tzinfo=zone)
    if _match(r"\d{1,2}:\d{2}", fold(text)):
        sentence = _('"{text}" is a time without a day; give both, such as 1T{text} for day 1')
        raise UsageError(sentence.format(text=text))
    parts = _match(_MOMENT, text.strip())
    day, clock = parts.groups() if parts else (text, "0:00")
    midnight = datetime.fromisoformat(_parse_day(day, days, today)).replace(tzinfo=zone)
    return midnight + timedelta(minutes=find_minute(clock))


def find_minute(text: str) -> int:
    """Return a time of day such as ``9:30`` or ``14``, up to ``24:00``, in minutes from midnight.

    Raises:
        UsageError: the text is not a time of day.
    """
    match = _match(_CLOCK, fold(text))
    hour, minute = (int(part or 0) for part in match.groups()) if match else (99, 0)
    if hour * 60 + minute > 24 * 60 or minute > 59:
        raise UsageError(_('"{text}" is not a time; use HH:MM, such as 9:30').format(text=text))
    return hour * 60 + minute


def find_duration(text: str) -> timedelta:
    """Return the duration that a text such as ``30m``, ``2h``, ``1d``, ``1h30m`` or ``45`` (minutes) means.

    Raises:
        UsageError: the text is not a duration.
    """
    from datetime import timedelta

    match = _match(_DURATION, fold(text).replace(" ", ""))
    if match is None or not any(match.groups()):
        raise UsageError(_('"{text}" is not a duration; use 30m, 2h or 1d').format(text=text))
    days, hours, minutes, alone = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes + alone)


def _parse_day(text: str, days: Sequence[DayRow], today: Today) -> str:
    """Return the ISO date of a day that a user has typed, which may be outside the conference."""
    wanted = fold(text)
    if wanted in RELATIVE:
        from datetime import timedelta

        return (today() + timedelta(days=RELATIVE[wanted])).isoformat()
    number = _number(wanted)
    if number is not None:
        if not 1 <= number <= len(days):
            sentence = _("no day {number}; the conference has days 1 to {count}")
            of_month = [row.day for row in days if int(row.day[-2:]) == number]
            raise UnknownValue(sentence.format(number=number, count=len(days)), of_month[:1])
        return days[number - 1].day
    if parts := _date_parts(wanted):
        try:
            return _date_in(days, *parts)
        except ValueError:
            raise _no_day(text, days) from None
    if match := _match(_DAY_ALONE, wanted):
        return _day_of_month(text, int(match["day"] or match["written"]), days)
    if weekday := _weekday(wanted):
        for row in days:
            if row.weekday == weekday:
                return row.day
        raise _not_during(text, days)
    raise _no_day(text, days)


def _day_of_month(text: str, number: int, days: Sequence[DayRow]) -> str:
    """Return the ISO date of the only conference day that is day ``number`` of a month.

    ``text`` is what the user typed, such as ``24th``, for the error message.

    Raises:
        UnknownValue: the conference has no such day, or several.
    """
    found = [row.day for row in days if int(row.day[-2:]) == number]
    if not found:
        raise _not_during(text, days)
    if len(found) > 1:
        raise UnknownValue(
            _('"{text}" could be in several months; give the month, too').format(text=text),
            found[:MAX_SUGGESTIONS],
        )
    return found[0]


def _number(wanted: str) -> int | None:
    """Return the number in ``2``, ``day 2``, ``第2天`` or ``第二天``; None for any other text."""
    if wanted.isdecimal() and len(wanted) <= _MAX_DIGITS:
        return int(wanted)
    if match := _match(_NUMBERED_IN_CHINESE, wanted):
        return "一二三四五六七八九十".index(match[1]) + 1
    match = _match(_NUMBERED, wanted)
    return int(match[1]) if match else None


def _date_parts(wanted: str) -> tuple[str | None, int, int] | None:
    """Return the year, month and day in a text such as ``7-23`` or ``23 July 2022``.

    The year is None if it is not given. Return None if the text is not a date.
    """
    if match := _match(_DATE, wanted) or _match(_COMPACT_DATE, wanted):
        return match[1], int(match[2]), int(match[3])
    for pattern in _ENGLISH_DATES:
        match = _match(pattern, wanted)
        month = next((name for name in _MONTHS if match and name.startswith(match["month"])), None)
        if match and month:
            return match["year"], _MONTHS.index(month) + 1, int(match["day"])
    return None


def _date_in(days: Sequence[DayRow], year: str | None, month: int, day: int) -> str:
    """Return the ISO date of a year, month and day.

    If the year is None, take it from the conference day with this month and day. If there is none, take the
    year of the first conference day.
    """
    from datetime import date

    if year:
        return date(int(year), month, day).isoformat()
    found = next((row.day for row in days if (int(row.day[5:7]), int(row.day[8:])) == (month, day)), None)
    return found or date(int(days[0].day[:4]), month, day).isoformat()


def _weekday(wanted: str) -> str | None:
    """Return the English name of the weekday in a text such as ``周六`` or ``sat``; None for other texts."""
    if match := _match(_CHINESE_WEEKDAY, wanted):
        return WEEKDAYS[_CHINESE_WEEKDAYS.index(match[1].replace("天", "日"))]
    if len(wanted) < 3:
        return None
    return next((name for name in WEEKDAYS if fold(name).startswith(wanted)), None)


def _not_during(text: str, days: Sequence[DayRow]) -> UnknownValue:
    sentence = _('no "{text}" during the conference ({start} to {end})')
    return UnknownValue(sentence.format(text=text, start=days[0].day, end=days[-1].day))


def _no_day(text: str, days: Sequence[DayRow]) -> UnknownValue:
    sentence = _(
        'no day "{text}"; use a number from 1 to {count}, a date such as {day}, a weekday or "today"'
    )
    sentence = sentence.format(text=text, count=len(days), day=days[0].day)
    words = [*map(fold, WEEKDAYS), "today", "tomorrow", "yesterday"]
    return UnknownValue(sentence, nearest(text, words)[:1] if len(text) >= _MIN_LETTERS_TO_CORRECT else ())


def find_zone(text: str) -> str:
    """Return the IANA name of a time zone, ignoring case: ``Europe/Berlin`` for ``europe/berlin``.

    Raises:
        UnknownValue: there is no such time zone.
    """
    from zoneinfo import available_timezones

    known = {fold(name): name for name in sorted(available_timezones())}
    if found := known.get(fold(text)):
        return found
    from summitcli.text.zones import suggested_zones

    sentence = _('no time zone "{name}"; use an IANA name such as Europe/Berlin')
    raise UnknownValue(sentence.format(name=text), suggested_zones(text, known.values()))


def _match(pattern: str, text: str) -> re.Match[str] | None:
    """Return the match of ``pattern`` with the whole of ``text``, or None.

    ``re`` is imported only here, as plain numbers don't need it."""
    import re

    return re.fullmatch(pattern, text)
