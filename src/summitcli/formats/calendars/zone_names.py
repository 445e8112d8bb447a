"""Finding the time zones meant by the names in calendars: IANA names, Windows names, and UTC offsets.

Programs that don't define their zones (RFC 5545 requires VTIMEZONE) write names of their own. Exchange
appends numbers to them; GroupWise and Outlook write an offset and a list of cities.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from summitcli.formats.times import zone_names

_MAX_PARTS = 8
"""The maximum number of parts between the slashes of a zone's name; zones with more parts are unknown."""
_MAX_LENGTH = 200
"""The maximum length of a zone's name, in characters; zones with longer names are unknown."""

_NUMBERED = re.compile(r"(.*[^\d\s])\s+\d{1,3}")
_OFFSET = r"(?:GMT|UTC)?\s*([+-])([01]?\d)(?:[:.]?([0-5]\d))?"
_OF_OFFSET = re.compile(_OFFSET, re.IGNORECASE)
_LISTED = re.compile(rf"\((?:{_OFFSET}|(?:GMT|UTC))\)\s*(.*)", re.IGNORECASE)
_LISTED_UTC = re.compile(r"\((?:GMT|UTC)\)(\s*Coordinated Universal Time)?", re.IGNORECASE)
_AMERICAN = re.compile(r"(\w+) Time \([\w &]+\)")
"""The pattern of names such as ``Pacific Time (US & Canada)``."""
_CITIES = re.compile(r"\s*[,/;]\s*")


def iana_name(tzid: str) -> str | None:
    """Return the IANA name, such as ``Europe/Berlin``, of the zone ``tzid``; None if it is unknown.

    ``tzid`` may be a Windows name. It may differ from the IANA name in upper and lower case or in the marks
    between words, may end with a number, and may begin with the name of a registry, such as
    ``/freeassociation.sourceforge.net/Europe/Berlin`` (RFC 5545 section 3.2.19). For ``(UTC+01:00) Amsterdam,
    Berlin`` the zone of one of the cities is returned, if it has this offset.
    """
    tzid = tzid.strip()
    if len(tzid) > _MAX_LENGTH:
        return None
    found = next(filter(None, map(_lookup, _suffixes(tzid))), None)
    if not found and (numbered := _NUMBERED.fullmatch(tzid)):
        found = _lookup(numbered[1])
    return found or _of_cities(tzid)


def zone_of_offset(tzid: str) -> tzinfo | None:
    """Return the zone for an offset such as ``GMT+0100`` (east of Greenwich); None if it is not an offset."""
    found = _OF_OFFSET.fullmatch(tzid.strip())
    if not found:
        return UTC if _LISTED_UTC.fullmatch(tzid.strip()) else None
    return timezone(_offset(found[1], found[2], found[3]))


def _suffixes(tzid: str) -> Iterator[str]:
    parts = tzid.strip("/").split("/")
    starts = range(min(len(parts), _MAX_PARTS)) if tzid.startswith("/") else (0,)
    return ("/".join(parts[start:]) for start in starts)


def _lookup(name: str) -> str | None:
    """Return the IANA name of the zone ``name``; None if it is unknown.

    ``name`` may be a Windows name. It may differ from the IANA name in upper and lower case or in the marks
    between words.
    """
    name = name.casefold()
    underscored = name.replace(" ", "_")
    written = (_of_windows().get(name, name), underscored, underscored.replace("-", "/", 1))
    return next(filter(None, map(zone_names().get, written)), None)


@cache
def _of_windows() -> Mapping[str, str]:
    """Return the IANA name of each zone by its Windows or Exchange name; all names are in lower case."""
    names = {name.casefold(): zone.casefold() for name, zone in WINDOWS_TO_OLSON.items()}
    return {**names, "tzone://microsoft/utc": "utc"}


def _of_cities(tzid: str) -> str | None:
    """Return the zone for a label such as ``(UTC+01:00) Amsterdam, Berlin``; None for any other label.

    It is the zone of one of the cities, and must have the offset of the label in winter. A city for which
    Windows has a zone is preferred; otherwise the first city is used.
    """
    found = _LISTED.fullmatch(tzid)
    if not found:
        return None
    if american := _AMERICAN.fullmatch(found[4].strip()):
        return _lookup(f"{american[1]} Standard Time")
    offset = _offset(found[1], found[2], found[3])
    zones = [zone for city in _CITIES.split(found[4]) if (zone := _by_city().get(city.casefold()))]
    fit = [zone for zone in zones if _has_standard_offset(zone, offset)]
    return next((zone for zone in fit if zone in WINDOWS_TO_OLSON.values()), next(iter(fit), None))


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    size = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -size if sign == "-" else size


def _has_standard_offset(zone: str, offset: timedelta) -> bool:
    """Return whether ``offset`` is the UTC offset of a zone outside daylight saving time."""
    moments = (datetime(2024, month, 1, tzinfo=UTC) for month in (1, 7))
    return min(moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for moment in moments) == offset


@cache
def _by_city() -> dict[str, str]:
    """Return the IANA name of each zone that is named after a city, by the city's name in lower case."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")
    zones = sorted(zone for zone in zone_names().values() if zone.startswith(regions))
    return {zone.rpartition("/")[2].replace("_", " ").casefold(): zone for zone in zones}
