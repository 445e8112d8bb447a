"""The time zone of a published schedule: the one it names, where its times bear that out, or one that does.

Publishers name zones that their times contradict ("UTC" beside offsets of +01:00), write instants in UTC
beside local clock times, or name no zone at all. What the times say decides.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.errors import UnknownValue
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.times import find_zone, zone_names
from summitcli.i18n import _
from summitcli.sources.source import Hints
from summitcli.text.suggest import nearest

UNKNOWN_ZONE = Kind(
    'no time zone is named "{value}", as the schedule has it',
    'no time zone is named "{value}", as the schedule has it',
)
ZONE_CONTRADICTED = Kind(
    "the schedule names the time zone {value}, which does not fit its times; they decide",
    "the schedule names the time zone {value}, which does not fit its times; they decide",
)
ZONE_TAKEN = Kind(
    "the schedule names no time zone that fits its times; they are taken as those of {value}",
    "the schedule names no time zone that fits its times; they are taken as those of {value}",
)
NO_ZONE = Kind(
    "the schedule names no time zone, so its times are taken as UTC;"
    " --assume-timezone Europe/Berlin says another",
    "the schedule names no time zone, so its times are taken as UTC;"
    " --assume-timezone Europe/Berlin says another",
)

_UTC = "UTC"
_PREFERRED = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles",
    "America/Denver", "Europe/Helsinki", "Australia/Sydney", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
    "Asia/Kabul", "Asia/Yangon", "Australia/Darwin", "Australia/Adelaide", "America/St_Johns",
    "Pacific/Auckland", "America/Halifax", "America/Anchorage", "Asia/Jerusalem", "Africa/Cairo",
    "America/Santiago", "America/Sao_Paulo", "Europe/Chisinau", "Asia/Beirut", "Pacific/Chatham",
    "Australia/Lord_Howe",
)  # fmt: skip
"""Of several zones that fit a schedule's times alike, the first of these is taken: where most conferences
are, and of zones of one clock the best known."""
_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
            "Pacific/")  # fmt: skip

_HOUR, _QUARTER, _DAY = 60, 15, 24 * 60
_WEST, _EAST = -12, 14
"""The offsets, in whole hours, that a zone of the name ``Etc/GMT…`` has."""
_MOST_SEEN = 5_000

_CLOCK = re.compile(r"\s*(\d{1,2}):(\d\d)")


class Sighting(NamedTuple):
    """That at an hour the conference's clocks showed an offset from UTC."""

    hour: datetime
    offset: timedelta


def settle(draft: Draft, hints: Hints, findings: Findings) -> ZoneInfo:
    """The conference's time zone.

    The named one, unless most of the times contradict it; else the user's (``hints.time_zone``) for times in
    no zone; else one that the offsets of the times fit; else UTC. Offsets of nothing but zero, without a
    clock time beside them, are the way of writing of a program and say nothing of where the conference is.

    Raises:
        UnknownValue: no zone has the name that the user gives.
    """
    wished = _wished(hints.time_zone)
    seen = Counter(_sightings(draft))
    if draft.time_zone.strip():
        named = find_zone(draft.time_zone)
        if named and (not seen or 2 * _fitting(named, seen) > seen.total()):
            return named
        findings.add(ZONE_CONTRADICTED if named else UNKNOWN_ZONE, value=draft.time_zone.strip())
    if wished and (_is_floating(draft) or _fitting(wished, seen) == seen.total()):
        return wished
    if not seen:
        findings.add(NO_ZONE)
        return ZoneInfo(_UTC)
    return _derived(seen, findings)


def localise(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """``moment`` in the conference's time, with its offset; None beyond the years that can be counted.

    A time without offset is in ``zone``: one that the clocks skip is moved on by what they skip, one that
    they show twice is the first of the two unless its ``fold`` is set.
    """
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        local = aware.astimezone(UTC).astimezone(zone)
        # With an offset of its own: datetimes of one zone are compared by the wall clock, not as instants.
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)
    except (OverflowError, ValueError):
        return None


def _wished(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    zone = find_zone(name)
    if zone is None:
        sentence = _('no time zone is named "{name}"').format(name=name)
        raise UnknownValue(sentence, nearest(name, sorted(zone_names().values())))
    return zone


def _is_floating(draft: Draft) -> bool:
    """Whether some event is at a time of no zone."""
    return any(event.start is not None and event.start.tzinfo is None for event in draft.events)


def _sightings(draft: Draft) -> list[Sighting]:
    """What the events' times say of the conference's clocks; where they have no offsets, the days' times."""
    clocked = any(event.clock and event.start and event.start.tzinfo for event in draft.events)
    times = [(event.start, event.clock) for event in draft.events]
    found = list(_offsets(times)) or list(_offsets([(day.start, "") for day in draft.days]))
    return found if clocked or any(sighting.offset for sighting in found) else []


def _offsets(times: list[tuple[datetime | None, str]]) -> Iterator[Sighting]:
    for moment, clock in times:
        written = moment.utcoffset() if moment else None
        if moment is None or written is None:
            continue
        try:
            instant = moment.astimezone(UTC).replace(second=0, microsecond=0)
        except (OverflowError, ValueError):
            continue
        yield Sighting(instant.replace(minute=0), _shown(instant, written, clock))


def _shown(instant: datetime, written: timedelta, clock: str) -> timedelta:
    """The offset that a clock shows at ``instant``: the one written, unless the time beside it differs.

    A difference that is no whole number of quarters of an hour is none of time zones.
    """
    time = _CLOCK.match(clock)
    if not time:
        return written
    minutes = (int(time[1]) * _HOUR + int(time[2]) - instant.hour * _HOUR - instant.minute) % _DAY
    if minutes % _QUARTER or (written // timedelta(minutes=1) - minutes) % _DAY == 0:
        return written
    return timedelta(minutes=minutes if minutes <= _EAST * _HOUR else minutes - _DAY)


def _fitting(zone: ZoneInfo, seen: Counter[Sighting]) -> int:
    """How many of the sightings are of clocks of ``zone``."""
    return sum(n for sighting, n in seen.items() if _fits(zone, sighting))


def _fits(zone: ZoneInfo, sighting: Sighting) -> bool:
    try:
        return sighting.hour.astimezone(zone).utcoffset() == sighting.offset
    except (OverflowError, ValueError):
        return False


def _derived(seen: Counter[Sighting], findings: Findings) -> ZoneInfo:
    """A zone whose clocks show what was seen: all of it, or as much as any of the best known ones."""
    (first, *others) = {sighting.offset for sighting in seen}
    hours, rest = divmod(first, timedelta(hours=1))
    if not others and not rest and _WEST <= hours <= _EAST:
        return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else _UTC)
    some = Counter(dict(sorted(seen.items())[:: 1 + len(seen) // _MOST_SEEN]))
    zone = next((zone for zone in _candidates() if all(_fits(zone, sighting) for sighting in some)), None)
    if zone is None:
        zone = max([*map(ZoneInfo, _PREFERRED), ZoneInfo(_UTC)], key=lambda zone: _fitting(zone, some))
    findings.add(ZONE_TAKEN, value=zone.key)
    return zone


def _candidates() -> Iterator[ZoneInfo]:
    """Every zone of a place, the preferred ones first."""
    others = sorted(name for name in zone_names().values() if name.startswith(_REGIONS))
    return (ZoneInfo(name) for name in dict.fromkeys((*_PREFERRED, *others)))
