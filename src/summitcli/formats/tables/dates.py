"""Reading dates as people type them in spreadsheets.

In some dates, such as 7/8/2022, either the day or the month may come first.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from summitcli.formats.tables.clocks import LONGEST, plain
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

_CACHE_SIZE = 4_096

_MONTHS = (
    ("january", "januar", "janner", "janvier"), ("february", "februar", "fevrier"), ("march", "marz", "mars"),
    ("april", "avril"), ("may", "mai"), ("june", "juni", "juin"), ("july", "juli", "juillet"),
    ("august", "aout"), ("september", "septembre"), ("october", "oktober", "octobre"),
    ("november", "novembre"), ("december", "dezember", "decembre"),
)  # fmt: skip
_WEEKDAYS = (
    ("monday", "montag", "lundi", "一"), ("tuesday", "dienstag", "mardi", "二"),
    ("wednesday", "mittwoch", "mercredi", "三"), ("thursday", "donnerstag", "jeudi", "四"),
    ("friday", "freitag", "vendredi", "五"), ("saturday", "samstag", "sonnabend", "samedi", "六"),
    ("sunday", "sonntag", "dimanche", "日", "天"),
)  # fmt: skip
_SHORT_GERMAN = ("mo", "di", "mi", "do", "fr", "sa", "so")
_CHINESE_DIGITS = "一二三四五六七八九十"

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号.]?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|(?<=\.)\d{2}|)")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_CHINESE = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_NAMED_MONTH_LAST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]*(?:of\s+)?([a-z]{3,12})\.?(?:[\s,-]+(\d{4}|\d{2}))?"
)
_NAMED_MONTH_FIRST = re.compile(
    r"([a-z]{3,12})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?(?:(?:\s*,\s*|[\s-]+)(\d{4}))?"
)
_NUMBERED = re.compile(
    rf"(?:day|tag|jour)\s*(\d{{1,2}})|第\s*(\d{{1,2}}|[{_CHINESE_DIGITS}])\s*[天日]|(\d{{1,2}})\.?"
)
_SERIAL = re.compile(r"[2-7]\d{4}")
_SERIAL_ZERO = date(1899, 12, 30)
"""The date from which spreadsheets count days, for numbers above 60 (ECMA-376 section 18.17.4.1)."""

_WEEKDAY = re.compile(r"\(?(?:([a-z]{2,10})\.?|(?:周|星期|礼拜)([一二三四五六日天]))\)?")
_WEEKDAY_FIRST = re.compile(rf"{_WEEKDAY.pattern}\s*,?\s*(?=[\da-z(])")
_WEEKDAY_LAST = re.compile(rf"\s*,?\s*{_WEEKDAY.pattern}\Z")

_FULL_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})\.(?:\s*(?:[-–—]|bis|und)\s*\d{1,2}\.)?\s*(?P<m>\d{1,2})\.\s?(?P<y>\d{4})"),
    re.compile(
        r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)?(?:\s*(?:[-–—]|to|and|bis|und|au|et)\s*\d{1,2}(?:st|nd|rd|th|\.)?)?"
        r"\s*(?P<n>[a-z]{3,12})\.?,?\s+(?P<y>\d{4})"
    ),
    re.compile(
        r"(?P<n>[a-z]{3,12})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?:[-–—]|to|and)\s*\d{1,2}(?:st|nd|rd|th)?)?"
        r",?\s+(?P<y>\d{4})"
    ),
)
"""Patterns that find a date with a year in a longer text. In a range of days they find the first."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class WrittenDay(NamedTuple):
    """A day as it is written in a cell. Parts that are not written there are 0 or None."""

    year: int = 0
    month: int = 0
    day: int = 0
    is_swappable: bool = False
    """True if it is possible that month and day are the other way round."""
    month_first: bool | None = None
    """True if the month must come first (7/23/2022), False if it can't; None if the date does not tell."""
    number: int = 0
    """The number of the day in the conference, as in "Day 2"; 0 if the day is written otherwise."""
    weekday: int | None = None
    """The day of the week, from 0 for Monday; None if it is not written."""


@lru_cache(_CACHE_SIZE)
def read_day(text: str) -> WrittenDay | None:
    """Return the day that a text consists of; None if the text is anything else."""
    if len(text) > LONGEST:
        return None
    text = plain(text)
    if found := _dated(text):
        return found
    for pattern in (_WEEKDAY_FIRST, _WEEKDAY_LAST):
        match = pattern.match(text) if pattern is _WEEKDAY_FIRST else pattern.search(text)
        weekday = _weekday(match) if match else None
        if match and weekday is not None:
            rest = text[match.end() :] if pattern is _WEEKDAY_FIRST else text[: match.start()]
            if found := _dated(rest.strip()):
                return found._replace(weekday=weekday)
    match = _WEEKDAY.fullmatch(text)
    weekday = _weekday(match) if match else None
    return None if weekday is None else WrittenDay(weekday=weekday)


def find_day(text: str) -> tuple[date | None, int]:
    """Return the first full date in a text and its year, such as ``(date(2022, 7, 23), 2022)``.

    If there is no full date, but a year, return None and the year. If there is no year, or several, return
    ``(None, 0)``.
    """
    text = plain(text[:1000])
    for pattern in _FULL_DATES:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = _month(parts["n"]) if "n" in parts else int(parts["m"])
            if day := _date(int(parts["y"]), month, int(parts["d"])):
                return day, day.year
    years = {int(year) for year in _YEAR.findall(text)}
    return None, years.pop() if len(years) == 1 else 0


def _dated(text: str) -> WrittenDay | None:
    """Return the day if the text is a date, without a weekday; otherwise None."""
    return next((found for found in _readings(text) if _is_possible(found)), None)


def _readings(text: str) -> Iterator[WrittenDay]:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        yield WrittenDay(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(text):
        yield WrittenDay(_year(found[3]), int(found[2]), int(found[1]))
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        swappable = first <= 12 and first != second
        yield WrittenDay(year, second, first, swappable, month_first=False if first > 12 else None)
        yield WrittenDay(year, first, second, month_first=True)
    if found := _CHINESE.fullmatch(text):
        yield WrittenDay(0, int(found[1]), int(found[2]))
    if found := _NAMED_MONTH_LAST.fullmatch(text):
        yield WrittenDay(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAMED_MONTH_FIRST.fullmatch(text):
        yield WrittenDay(_year(found[3]), _month(found[1]), int(found[2]))
    if found := _NUMBERED.fullmatch(text):
        number = found[1] or found[2] or found[3]
        position = _CHINESE_DIGITS.find(number)
        yield WrittenDay(number=position + 1 if position >= 0 else int(number))
    if _SERIAL.fullmatch(text):
        day = _SERIAL_ZERO + timedelta(days=int(text))
        yield WrittenDay(day.year, day.month, day.day)


def _is_possible(written: WrittenDay) -> bool:
    if written.number:
        return True
    # A day without a year may be in a leap year.
    return _date(written.year or 2000, written.month, written.day) is not None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _year(text: str | None) -> int:
    return (int(text) + (2000 if len(text) == 2 else 0)) if text else 0


def _month(name: str) -> int:
    """Return the number of the month whose name begins with ``name``; 0 unless there is exactly one."""
    found = [
        number for number, names in enumerate(_MONTHS, 1) if any(known.startswith(name) for known in names)
    ]
    return found[0] if len(found) == 1 else 0


def _weekday(found: re.Match[str]) -> int | None:
    name, chinese = found[1], found[2]
    if chinese:
        return next(n for n, names in enumerate(_WEEKDAYS) if chinese in names)
    if name in _SHORT_GERMAN:
        return _SHORT_GERMAN.index(name)
    numbers = [n for n, names in enumerate(_WEEKDAYS) if any(known.startswith(name) for known in names)]
    return numbers[0] if len(name) > 2 and len(numbers) == 1 else None
