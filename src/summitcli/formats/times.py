"""Parsing dates, times and durations in the forms that published schedules use."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from summitcli.formats.findings import Kind
from summitcli.model import LONGEST_CONFERENCE, time_zones
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

UNREADABLE = Kind("{n} time that can't be read", "{n} times that can't be read")

Day = TypeVar("Day", bound=date)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"\s*(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_CLOCK = re.compile(r"((?:[01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)(?::[0-5][0-9])?")
_LENGTH = re.compile(r"([0-9]{1,4}):(?:([0-9]{2}):)?([0-9]{2})")
END_OF_DAY = "24:00"
_CACHE_SIZE = 4_096
"""The largest number of results that each function of this module caches. The same texts occur many times."""
_NO_ZONES = frozenset({"localtime", "Factory"})
"""Names in the time zone database to leave out: one depends on the computer, the other is no zone."""


@lru_cache(_CACHE_SIZE)
def read_day(text: str, zone: tzinfo | None = None) -> date | None:
    """Return the date in a text such as ``2022-07-23``; None if it can't be read.

    If the text also has a time and a UTC offset, return its date in ``zone``. If ``zone`` is None, return the
    date as it is written.
    """
    text = text.strip()
    if not _DAY.fullmatch(text):
        instant = read_instant(text)
        return local_day(instant, zone) if instant else None
    try:
        return _in_range(date.fromisoformat(text))
    except ValueError:
        return None


@lru_cache(_CACHE_SIZE)
def read_instant(text: str) -> datetime | None:
    """Return the date and time in a text such as ``2022-07-23T09:00:00+08:00`` (RFC 3339); None if invalid.

    If the text has no UTC offset, neither has the result. The end of a day may be written as 24:00 (ISO
    8601-1 section 5.3.2).
    """
    found = _INSTANT.fullmatch(text.strip().upper())
    if not found:
        return None
    day, clock, seconds, offset = found[1], found[2], found[3] or "", found[4] or ""
    at_end = clock == END_OF_DAY
    try:
        instant = datetime.fromisoformat(f"{day}T{'00:00' if at_end else clock}{seconds}{offset}")
    except ValueError:
        return None
    if not _in_range(instant.date()):
        return None
    return _in_range(instant + timedelta(days=1)) if at_end else instant


@lru_cache(_CACHE_SIZE)
def read_clock(text: str) -> str:
    """Return the time of day in a text, in the form ``H:MM``; empty if it can't be read.

    ``24:00`` is possible. Seconds are dropped.
    """
    found = _CLOCK.fullmatch(text.strip())
    return found[1] if found else ""


@lru_cache(_CACHE_SIZE)
def read_length(text: str) -> timedelta | None:
    """Return a duration of the form ``H:MM``, ``D:HH:MM`` or ``HH:MM:SS``; None if unreadable.

    pretalx writes durations of a day or more as ``D:HH:MM``, without leading zeros. So three parts are hours,
    minutes and seconds only if the first begins with 0, or the second is 24 or more.
    """
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return None
    first, second, third = found[1], found[2], int(found[3])
    if second is None:
        length = timedelta(hours=int(first), minutes=third)
    elif first.startswith("0") or int(second) >= 24:
        length = timedelta(hours=int(first), minutes=int(second), seconds=third)
    else:
        length = timedelta(days=int(first), hours=int(second), minutes=third)
    return length if length <= LONGEST_CONFERENCE else None


def local_day(instant: datetime, zone: tzinfo | None) -> date:
    """Return the date of ``instant`` in ``zone``.

    If ``zone`` is None, or ``instant`` has no UTC offset, return the date as it is.
    """
    return instant.astimezone(zone).date() if zone and instant.tzinfo else instant.date()


def on_day(day: date, clock: str) -> datetime:
    """Return ``day`` at the time ``clock``, such as ``9:30``, as a datetime without a time zone."""
    hours, minutes = clock.split(":")
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def find_zone(name: str) -> ZoneInfo | None:
    """Return the time zone with this name, in upper or lower case; None if there is none."""
    key = zone_names().get(name.strip().casefold())
    return ZoneInfo(key) if key else None


@cache
def zone_names() -> Mapping[str, str]:
    """Return the names of all time zones, by the same names in lower case."""
    return {name.casefold(): name for name in time_zones() - _NO_ZONES}


def _in_range(day: Day) -> Day | None:
    """Return ``day`` if the program supports its year; else None."""
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
