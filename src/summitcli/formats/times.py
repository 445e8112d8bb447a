"""Times as schedules write them: days, instants, clock times, lengths; None where they can't be read."""

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
_REMEMBERED = 4_096
"""How many texts' times of a kind are kept: events have the same ones again and again."""
_NO_ZONES = frozenset({"localtime", "Factory"})
"""What lies among the zones and says nothing, or depends on the machine."""


@lru_cache(_REMEMBERED)
def read_day(text: str, zone: tzinfo | None = None) -> date | None:
    """The day of ``2022-07-23``, or that of an instant: in ``zone`` where that is known, else as written."""
    text = text.strip()
    if not _DAY.fullmatch(text):
        instant = read_instant(text)
        return local_day(instant, zone) if instant else None
    try:
        return _possible(date.fromisoformat(text))
    except ValueError:
        return None


@lru_cache(_REMEMBERED)
def read_instant(text: str) -> datetime | None:
    """The time of ``2022-07-23T09:00:00+08:00`` (RFC 3339); without an offset it is a local time.

    The end of a day may be written as 24:00 (ISO 8601-1, 5.3.2).
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
    if not _possible(instant.date()):
        return None
    return _possible(instant + timedelta(days=1)) if at_end else instant


@lru_cache(_REMEMBERED)
def read_clock(text: str) -> str:
    """The ``H:MM`` of a clock time, seconds left out; empty where it is none. 24:00 stays as it is."""
    found = _CLOCK.fullmatch(text.strip())
    return found[1] if found else ""


@lru_cache(_REMEMBERED)
def read_length(text: str) -> timedelta | None:
    """The length that ``H:MM`` says, or ``D:HH:MM``, as pretalx writes a day and more.

    Pretalx fills no number of days up with zeros, and no day has more than 24 hours: three parts that look
    otherwise are hours, minutes and seconds.
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
    """The day of an instant in ``zone``; as written where no zone is known or it has no offset."""
    return instant.astimezone(zone).date() if zone and instant.tzinfo else instant.date()


def on_day(day: date, clock: str) -> datetime:
    """The local time at which a clock (of :func:`read_clock`) shows ``clock`` on ``day``."""
    hours, minutes = clock.split(":")
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of that name, in whatever case; None where there is none."""
    key = zone_names().get(name.strip().casefold())
    return ZoneInfo(key) if key else None


@cache
def zone_names() -> Mapping[str, str]:
    """The names of all time zones by themselves in small letters."""
    return {name.casefold(): name for name in time_zones() - _NO_ZONES}


def _possible(day: Day) -> Day | None:
    """The day, if a conference can be on it."""
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
