"""Parsing dates, instants, times of day and durations in the forms of published schedules."""

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
"""The number of results that each parser caches, since the same texts occur again and again."""
_NO_ZONES = frozenset({"localtime", "Factory"})
"""Names in the time zone database that are no zones, or whose zone depends on the computer."""


@lru_cache(_CACHE_SIZE)
def read_day(text: str, zone: tzinfo | None = None) -> date | None:
    """Return the date in a text such as ``2022-07-23``; None if it can't be read.

    If the text is an instant, its date in ``zone`` is returned; if ``zone`` is None, the date as written.
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
    """Return the datetime in a text such as ``2022-07-23T09:00:00+08:00`` (RFC 3339); None if unreadable.

    Without an offset, it is naive. The end of a day may be written as 24:00 (ISO 8601-1, 5.3.2).
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
    """Return a time of day in the form ``H:MM``, without seconds; empty if it can't be read.

    ``24:00`` is allowed.
    """
    found = _CLOCK.fullmatch(text.strip())
    return found[1] if found else ""


@lru_cache(_CACHE_SIZE)
def read_length(text: str) -> timedelta | None:
    """Return the duration in a text of the form ``H:MM``, ``D:HH:MM`` or ``HH:MM:SS``; None if unreadable.

    Pretalx writes ``D:HH:MM`` for a day and more, without leading zeros. So three parts are taken as hours,
    minutes and seconds if the first begins with 0 or the second is 24 or more.
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
    """Return the date of ``instant`` in ``zone``; as written if it is naive or ``zone`` is None."""
    return instant.astimezone(zone).date() if zone and instant.tzinfo else instant.date()


def on_day(day: date, clock: str) -> datetime:
    """Return a naive datetime: ``day`` at the time ``clock``, such as ``9:30``."""
    hours, minutes = clock.split(":")
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def find_zone(name: str) -> ZoneInfo | None:
    """Return the time zone called ``name``, ignoring case; None if there is none."""
    key = zone_names().get(name.strip().casefold())
    return ZoneInfo(key) if key else None


@cache
def zone_names() -> Mapping[str, str]:
    """Return the names of all time zones, by the name in lower case."""
    return {name.casefold(): name for name in time_zones() - _NO_ZONES}


def _in_range(day: Day) -> Day | None:
    """Return ``day`` if its year is supported, else None."""
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
