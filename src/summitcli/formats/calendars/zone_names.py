"""What names of time zones mean that calendars use: those of IANA, those of Windows, and offsets.

Programs that leave out the VTIMEZONE that RFC 5545 asks for write names of their own. Exchange adds numbers
to them; GroupWise and Outlook show a list of cities behind an offset.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from summitcli.formats.times import zone_names

_MOST_STEPS = 8
"""How many parts of a zone's name are looked at."""
_LONGEST = 200
"""In characters."""

_NUMBERED = re.compile(r"(.*[^\d\s])\s+\d{1,3}")
_OFFSET = r"(?:GMT|UTC)?\s*([+-])([01]?\d)(?:[:.]?([0-5]\d))?"
_OF_OFFSET = re.compile(_OFFSET, re.IGNORECASE)
_LISTED = re.compile(rf"\((?:{_OFFSET}|(?:GMT|UTC))\)\s*(.*)", re.IGNORECASE)
_LISTED_UTC = re.compile(r"\((?:GMT|UTC)\)(\s*Coordinated Universal Time)?", re.IGNORECASE)
_AMERICAN = re.compile(r"(\w+) Time \([\w &]+\)")
"""Such as ``Pacific Time (US & Canada)``."""
_CITIES = re.compile(r"\s*[,/;]\s*")


def iana_name(tzid: str) -> str | None:
    """Return the name in IANA's list that ``tzid`` means; None where it means none.

    It may be a name of Windows, be written in other capitals or with other marks between its words, have a
    number behind it, or have the name of whoever made the zone before it, as in
    ``/freeassociation.sourceforge.net/Europe/Berlin`` (RFC 5545 section 3.2.19). In
    ``(UTC+01:00) Amsterdam, Berlin`` it is one of these cities whose clocks show that.
    """
    tzid = tzid.strip()
    if len(tzid) > _LONGEST:
        return None
    found = next(filter(None, map(_known, _ends(tzid))), None)
    if not found and (numbered := _NUMBERED.fullmatch(tzid)):
        found = _known(numbered[1])
    return found or _of_cities(tzid)


def zone_of_offset(tzid: str) -> tzinfo | None:
    """Return the zone of a name that is an offset, such as ``GMT+0100`` east of Greenwich, else None."""
    found = _OF_OFFSET.fullmatch(tzid.strip())
    if not found:
        return UTC if _LISTED_UTC.fullmatch(tzid.strip()) else None
    return timezone(_offset(found[1], found[2], found[3]))


def _ends(tzid: str) -> Iterator[str]:
    steps = tzid.strip("/").split("/")
    starts = range(min(len(steps), _MOST_STEPS)) if tzid.startswith("/") else (0,)
    return ("/".join(steps[start:]) for start in starts)


def _known(name: str) -> str | None:
    """Return the zone of a name that is as in a list, but for its capitals and the marks in it."""
    name = name.casefold()
    underscored = name.replace(" ", "_")
    written = (_of_windows().get(name, name), underscored, underscored.replace("-", "/", 1))
    return next(filter(None, map(zone_names().get, written)), None)


@cache
def _of_windows() -> Mapping[str, str]:
    """Return the zones by their names in Windows and Exchange, all in small letters."""
    names = {name.casefold(): zone.casefold() for name, zone in WINDOWS_TO_OLSON.items()}
    return {**names, "tzone://microsoft/utc": "utc"}


def _of_cities(tzid: str) -> str | None:
    """Return the zone of a city of a list behind an offset whose clocks show that offset.

    Windows calls each of its zones after one of the cities; that is preferred, and then the first.
    """
    found = _LISTED.fullmatch(tzid)
    if not found:
        return None
    if american := _AMERICAN.fullmatch(found[4].strip()):
        return _known(f"{american[1]} Standard Time")
    offset = _offset(found[1], found[2], found[3])
    zones = [zone for city in _CITIES.split(found[4]) if (zone := _by_city().get(city.casefold()))]
    fit = [zone for zone in zones if _shows(zone, offset)]
    return next((zone for zone in fit if zone in WINDOWS_TO_OLSON.values()), next(iter(fit), None))


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    size = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -size if sign == "-" else size


def _shows(zone: str, offset: timedelta) -> bool:
    """Return whether the clocks of a zone show an offset in winter, by which Windows lists zones."""
    moments = (datetime(2024, month, 1, tzinfo=UTC) for month in (1, 7))
    return min(moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for moment in moments) == offset


@cache
def _by_city() -> dict[str, str]:
    """Return the zone of each city that has one of its own."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")
    zones = sorted(zone for zone in zone_names().values() if zone.startswith(regions))
    return {zone.rpartition("/")[2].replace("_", " ").casefold(): zone for zone in zones}
