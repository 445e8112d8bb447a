"""Reading cells with a day, with times, or with both."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from summitcli.formats.tables.clocks import LONGEST, Clocks, read_clocks
from summitcli.formats.tables.dates import WrittenDay, read_day
from summitcli.formats.times import read_instant

_CACHE_SIZE = 4_096
_GAP = re.compile(r"\s*(?:[,;|@]|\b(?:at|um|à|a)\b)?\s+|(?<=\d)[T日](?=\s*[\d上下中晚早])")
"""The pattern of what stands between a day and a time."""
_DASH = re.compile(r"\s+(?:[-–—~]|to|bis|à|至|到)\s+|[–—~至到]")
"""The pattern of what stands between the start and the end of a session."""

NOTHING = frozenset(
    {"", "-", "–", "—", "?", "tba", "tbd", "tbc", "n/a", "na", "n.n.", "none", "待定", "未定", "无", "offen"}
)
"""Texts, in lower case, that people type if a time is not known yet."""


class Moment(NamedTuple):
    """The day and the times in a cell. Each of them may be missing."""

    day: WrittenDay | None = None
    clocks: Clocks | None = None
    instant: datetime | None = None
    """A date and time with a UTC offset."""
    end_day: WrittenDay | None = None
    """The day on which the session ends, if the cell has two days."""


@lru_cache(_CACHE_SIZE)
def read_moment(text: str, is_day: bool = False) -> Moment | None:
    """Return the day and times in a cell; None if it can't be read.

    For a blank cell, or "tba", the result has neither a day nor times.

    Args:
        text: the text of the cell.
        is_day: True if the column has days. Then ``10.12`` is a day, otherwise a time.
    """
    text = text.strip()
    if text.casefold() in NOTHING:
        return Moment()
    if len(text) > LONGEST:
        return None
    instant = read_instant(text)
    if instant is not None and instant.tzinfo is not None:
        return Moment(instant=instant)
    return _alone(text, is_day) or _joined(text) or _from_to(text)


def _alone(text: str, is_day: bool) -> Moment | None:
    """Return the content of a cell that has only a day, or only times; None for any other cell."""
    day = read_day(text) if is_day or not text.isdecimal() or len(text) > 4 else None
    clocks = read_clocks(text)
    if day and (is_day or not clocks):
        return Moment(day)
    return Moment(clocks=clocks) if clocks else None


def _joined(text: str) -> Moment | None:
    """Return the content of a cell that has a day and times, in either order; None for any other cell."""
    for found in _gaps(text):
        before, after = text[: found.start()], text[found.end() :]
        if found[0] == "日":
            before = text[: found.end()]
        for day_text, clock_text in ((before, after), (after, before)):
            day, clocks = read_day(day_text), read_clocks(clock_text)
            if day and clocks and not day_text.isdecimal():
                return Moment(day, clocks)
    return None


def _gaps(text: str) -> Iterator[re.Match[str]]:
    return _GAP.finditer(text)


def _from_to(text: str) -> Moment | None:
    """Return the content of a cell such as ``7 May 10:00 – 8 May 12:00``; None for any other cell.

    The day of the end may be missing.
    """
    for found in _DASH.finditer(text):
        first = _one(text[: found.start()])
        second = _one(text[found.end() :])
        if first and second and first.day and first.clocks and second.clocks:
            clocks = Clocks(first.clocks.start, second.clocks.start)
            return Moment(first.day, clocks, end_day=second.day)
    return None


def _one(text: str) -> Moment | None:
    return _alone(text, is_day=False) or _joined(text)
