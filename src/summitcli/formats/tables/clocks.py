"""Reading times of day, ranges such as ``10:00–11:30`` and durations, as people type them in spreadsheets."""

import re
import unicodedata
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from summitcli.model import LONGEST_CONFERENCE

LONGEST = 80
"""The length, in characters, above which a text is not read as a date or time."""

_CACHE_SIZE = 4_096
_MORNING = ("凌晨", "清晨", "早上", "早晨", "上午", "午前")
_AFTERNOON = ("中午", "下午", "午后", "傍晚", "晚上", "夜里", "晚")
_CLOCK = re.compile(
    rf"(?P<part>{'|'.join((*_MORNING, *_AFTERNOON))})?\s*"
    r"(?P<hour>\d{1,2})"
    r"(?:\s*(?P<mark>[:.h点點时時])\s*(?P<minute>\d{2}|半|一刻|三刻)?\s*分?(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(?P<word>uhr|h|heures?|o'clock|整)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?|noon)?"
)
_MILITARY = re.compile(r"([01]\d|2[0-4])([0-5]\d)")
_FRACTION = re.compile(r"0[.,](\d{3,17})")
"""The pattern of a fraction such as ``0.375`` (9:00): spreadsheets store a time as a fraction of a day."""
_RANGE = re.compile(r"\s*(?:[-‐‑–—−~〜]+|至|到|\b(?:to|bis|until|till|a)\b)\s*")
_BEFORE = re.compile(r"(?:from|von|ab|um|at|de|从|自)\s*(?=\d)")
_CHINESE_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}

_NUMBER = re.compile(r"(\d{1,5})(?:[.,](\d{1,3}))?")
_IN_PARTS = re.compile(
    r"(?:(?P<hours>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|std\.?|stunden?|heures?|个?小时|個?小時)\s*)?"
    r"(?:(?P<minutes>\d{1,5})\s*(?:'|′|m|mins?\.?|minutes?|minuten?|分钟?|分鐘)?)?"
)
_HALF_HOUR = re.compile(r"(?:(\d+)个)?半个?小时")
_COLONS = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")


class Clocks(NamedTuple):
    """A time of day, or a range of times, in a cell. Times are minutes after midnight, up to 24 × 60."""

    start: int
    end: int | None = None


def plain(text: str) -> str:
    """Return a text in the form for comparisons: lower case, half width, no accents, no outer blanks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        text = "".join(filter(_is_no_accent, unicodedata.normalize("NFKD", text)))
    return " ".join(text.split())


def _is_no_accent(character: str) -> bool:
    return not unicodedata.combining(character)


@lru_cache(_CACHE_SIZE)
def read_clocks(text: str) -> Clocks | None:
    """Return the time of day or the range of times in the text of a cell; None if the text is anything else.

    In ``2–3 PM`` and in ``下午2:00-3:30``, both times are in the afternoon.
    """
    if len(text) > LONGEST:
        return None
    text = _BEFORE.sub("", plain(text), count=1)
    if (alone := _clock(text)) is not None:
        return Clocks(alone)
    for found in _RANGE.finditer(text):
        first, second = text[: found.start()], text[found.end() :]
        if (range_ := _range(first, second)) is not None:
            return range_
    return None


def _range(first: str, second: str) -> Clocks | None:
    end = _clock(second)
    start = _clock(first)
    begins, ends = _CLOCK.fullmatch(first), _CLOCK.fullmatch(second)
    if begins is None or ends is None:
        return None if start is None or end is None else Clocks(start, end)
    if ends["half"] and not begins["half"]:
        start = _clock(f"{first}{ends['half']}")
        if start is not None and end is not None and start > end:
            start = _clock(first if begins["mark"] else f"{first}am")
    elif start is None and end is not None:
        # The hour of "10–11 Uhr".
        start = _clock(f"{first}h")
    elif end is None and start is not None:
        end = _clock(f"{second}h")
    if begins["part"] and not ends["part"] and end is not None and start is not None and end < start:
        end += 12 * 60
    return None if start is None or end is None or end > 24 * 60 else Clocks(start, end)


@lru_cache(_CACHE_SIZE)
def _clock(text: str) -> int | None:
    """Return a time of day as minutes after midnight; None if the text is not a time of day."""
    if found := _FRACTION.fullmatch(text):
        return round(float(f"0.{found[1]}") * 24 * 60)
    if found := _MILITARY.fullmatch(text):
        return _checked(int(found[1]), int(found[2]))
    found = _CLOCK.fullmatch(text)
    if not found or not (found["mark"] or found["word"] or found["half"] or found["part"]):
        return None
    if found["mark"] in (":", ".") and not found["minute"]:
        return None
    hour, minutes = int(found["hour"]), found["minute"] or "0"
    minute = _CHINESE_MINUTES[minutes] if minutes in _CHINESE_MINUTES else int(minutes)
    if half := found["half"]:
        if not 1 <= hour <= 12:
            # Some write 14:00 PM.
            return _checked(hour, minute) if half[0] in "pn" and 12 < hour < 24 else None
        hour = hour % 12 + (12 if half[0] in "pn" else 0)
    elif found["part"] in _AFTERNOON and hour < 12 and not (found["part"] == "中午" and hour >= 10):
        hour += 12
    return _checked(hour, minute)


def _checked(hour: int, minute: int) -> int | None:
    minutes = hour * 60 + minute
    return minutes if minute < 60 and minutes <= 24 * 60 else None


@lru_cache(_CACHE_SIZE)
def read_duration(text: str, unit: int = 1) -> timedelta | None:
    """Return a duration such as ``45``, ``45 min``, ``1:30``, ``1h30`` or ``1小时30分``; None if invalid.

    Args:
        text: the text of the cell.
        unit: the minutes in the unit of a bare number such as ``45``: 1 for minutes, 60 for hours.
    """
    if len(text) > LONGEST:
        return None
    text = plain(text)
    if "半" in text:
        text = _HALF_HOUR.sub(lambda found: f"{found[1] or 0}.5小时", text)
    if found := _FRACTION.fullmatch(text):
        minutes = round(float(f"0.{found[1]}") * 24 * 60) if unit == 1 else round(_number(text) * unit)
    elif found := _COLONS.fullmatch(text):
        minutes = int(found[1]) * 60 + int(found[2])
    elif _NUMBER.fullmatch(text):
        minutes = round(_number(text) * unit)
    elif (found := _IN_PARTS.fullmatch(text)) and (found["hours"] or found["minutes"]):
        minutes = round(_number(found["hours"] or "0") * 60) + int(found["minutes"] or "0")
    else:
        return None
    length = timedelta(minutes=minutes)
    return length if length <= LONGEST_CONFERENCE else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))
