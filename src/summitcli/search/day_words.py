"""Days and times of day in a search text, as in ``forum sunday`` or ``周日下午 论坛``."""

from __future__ import annotations

import re
from collections.abc import Callable

from summitcli.lazy_typing import NamedTuple

NOON, EVENING, NIGHT = 12 * 60, 18 * 60, 30 * 60
"""The beginning of the afternoon, the beginning of the evening, and its end, in minutes from midnight.

The evening ends at 06:00 on the next day, as a conference day lasts into the night.
"""

_PARTS = {
    "上午": (0, NOON), "早上": (0, NOON), "morning": (0, NOON),
    "下午": (NOON, EVENING), "afternoon": (NOON, EVENING),
    "晚上": (EVENING, NIGHT), "evening": (EVENING, NIGHT),
}  # fmt: skip
"""The parts of a day, as minutes from midnight."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_DAY_OF_MONTH = rf"(?:{_ORDINAL}|\d{{1,2}})"
_DAY = "|".join(
    (
        r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号號]?",
        r"\d{1,2}月\d{1,2}[日号號]?",
        rf"{_MONTH}\s*{_DAY_OF_MONTH}(?:,?\s*\d{{4}})?",
        rf"{_DAY_OF_MONTH}\s*{_MONTH}(?:,?\s*\d{{4}})?",
        r"\d{1,2}[-/]\d{1,2}",
        rf"{_ORDINAL}|\d{{1,2}}[日号號]",
        r"第(?:\d{1,3}|[一二三四五六七八九十])天|day\s*\d{1,3}",
        r"(?:周|星期|礼拜)[一二三四五六日天]|[今明昨][天日]|[前后]天",
        r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|today|tomorrow|yesterday",
    )
)
_CLOCK = (
    rf"(?:(?P<part>{'|'.join(part for part in _PARTS if not part.isascii())})\s*)?(?P<hour>\d{{1,2}})"
    r"(?:[:：](?P<minute>\d{2}))?(?:\s*(?P<half>[ap]m)|(?P<point>[点點])(?P<thirty>半)?)?"
)
_WORD = re.compile(
    r"(?i)(?<![a-z\d])(?:(?:on|at|in)\s+)?(?:the\s+)?"
    rf"(?:(?P<day>{_DAY})|{_CLOCK}|(?P<time>{'|'.join(_PARTS)}))(?![a-z\d])的?"
)


class DayWords(NamedTuple):
    """The days and times in a search text, and the rest of it."""

    rest: str
    days: tuple[str, ...]
    """The days, as ISO dates."""
    minutes: tuple[int, int] | None
    """The period in which sessions must begin: its start and its end, in minutes from midnight.

    None if the text contains no time.
    """


def day_words(text: str, find_day: Callable[[str], str | None]) -> DayWords | None:
    """Return the days and times in a search text; None if it has none, or more than one time.

    Args:
        text: the search text.
        find_day: a function that returns the ISO date of a typed day; None if the conference has no such day.
    """
    days: list[str] = []
    times: list[tuple[int, int]] = []
    rest, end = "", 0
    for word in _WORD.finditer(text):
        day = find_day(word["day"]) if word["day"] else None
        time = None if word["day"] else _time(word)
        if day is None and time is None:
            continue
        days += [day] if day else []
        times += [time] if time else []
        rest, end = f"{rest} {text[end : word.start()]}", word.end()
    if not end or len(times) > 1:
        return None
    rest = " ".join(f"{rest} {text[end:]}".split())
    return DayWords(rest, tuple(dict.fromkeys(days)), times[0] if times else None)


def _time(word: re.Match[str]) -> tuple[int, int] | None:
    """Return the period that a word means, from one minute of the day to another; None for a mere number.

    ``14:30`` means one minute, ``2pm`` the whole hour, ``afternoon`` the part of the day.
    """
    if word["time"]:
        return _PARTS[word["time"].lower()]
    if not (word["minute"] or word["half"] or word["point"]):
        return None
    hour, minute = int(word["hour"]), 30 if word["thirty"] else int(word["minute"] or 0)
    is_late = (word["half"] or "").lower() == "pm" or (word["part"] or "") in ("下午", "晚上")
    if hour == 12 and (word["half"] or word["part"] == "晚上"):
        # 12 am and 晚上12点 are midnight, 12 pm is noon.
        hour = 24 if word["part"] else 0
    if is_late and hour < 12:
        hour += 12
    if hour > 24 or minute > 59:
        return None
    start = hour * 60 + minute
    return start, start + (1 if word["minute"] or word["thirty"] else 60)
