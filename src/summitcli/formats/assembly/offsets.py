"""The UTC offsets that appear in the times of a schedule, and the time zone that agrees with them.

``Z`` and ``+00:00`` alone say nothing about the place of the conference, because many programs write all
times in UTC. They are used only if the source also gives a local time.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from summitcli.formats.assembly.survey import Survey, Times
from summitcli.formats.draft import DraftDay, Event
from summitcli.formats.times import zone_names

_UTC = "UTC"
_PREFERRED = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles",
    "America/Denver", "Europe/Helsinki", "Australia/Sydney", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
    "Asia/Kabul", "Asia/Yangon", "Australia/Darwin", "Australia/Adelaide", "America/St_Johns",
    "Pacific/Auckland", "America/Halifax", "America/Anchorage", "Asia/Jerusalem", "Africa/Cairo",
    "America/Santiago", "America/Sao_Paulo", "Europe/Chisinau", "Asia/Beirut", "Pacific/Chatham",
    "Australia/Lord_Howe",
)  # fmt: skip
"""The time zones to try first: zones in which most conferences are, then other well-known zones."""
_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
            "Pacific/")  # fmt: skip
_PLACELESS = ("UTC", "Etc/", "GMT")
"""The beginnings of the names of time zones that name no place."""

_HOUR, _QUARTER, _DAY = 60, 15, 24 * 60
_WEST, _EAST = -12, 14
"""The smallest and the largest UTC offset of the ``Etc/GMT…`` zones, in hours."""
_MAX_HOURS = 5_000

Timed = TypeVar("Timed", Event, Times)

_CLOCK = re.compile(r"\s*(\d{1,2}):(\d\d)")


class ObservedOffset(NamedTuple):
    """A UTC offset that a time in the source has, and that time in UTC, rounded down to the hour."""

    hour: datetime
    offset: timedelta
    named: bool
    """True if the offset comes from a named time zone of the event, such as ``Europe/Berlin``."""


class ObservedOffsets(NamedTuple):
    """The UTC offsets in a source, each with the number of starts (of events, or of days) that have it."""

    votes: Counter[ObservedOffset]
    """The offsets that are evidence for the time zone of the conference."""
    zeros: Counter[ObservedOffset]
    """The offsets of zero, as in ``09:00Z``, that are no such evidence."""

    def fitting(self, zone: ZoneInfo) -> int:
        """Return the number of starts whose UTC offset agrees with ``zone``."""
        return sum(n for observed, n in self.votes.items() if _fits(zone, observed))

    def contradicts(self, zone: ZoneInfo) -> bool:
        """Return whether the UTC offsets of most starts don't agree with ``zone``."""
        return 2 * self.fitting(zone) < self.votes.total()

    def has_other_zones(self, zone: ZoneInfo) -> bool:
        """Return whether any time of the source is in a named time zone that doesn't agree with ``zone``."""
        return any(seen.named and seen.offset and not _fits(zone, seen) for seen in self.votes)


def observe_offsets(
    survey: Survey, days: Iterable[DraftDay], named: ZoneInfo | None = None
) -> ObservedOffsets:
    """Return the UTC offsets in the times of the events; if these have none, in the times of the days.

    Args:
        survey: the data collected from all events, such as their times.
        days: the days that the source lists.
        named: the time zone that the source names for the conference; None if it names none. A start with the
            offset of this zone is trusted, even if the source also gives a different local time for it.
    """
    of_events = zip(survey.times, survey.counts, strict=True)
    found = _count(((times.start, times.clock, n) for times, n in of_events), named)
    if found.votes:
        return found
    of_days = _count(((day.start, "", 1) for day in days), named)
    return of_days if of_days.votes else found


def zones_of_events(survey: Survey) -> list[str]:
    """Return the names of the time zones in which the source gives times of events, the most frequent first.

    Equally frequent zones are sorted by how well known they are, never by their order in the source.
    """
    keys: Counter[str] = Counter()
    for times, n in zip(survey.times, survey.counts, strict=True):
        if key := _place_zone(times.start):
            keys[key] += n
    known = {key: rank for rank, key in enumerate(_PREFERRED)}
    return sorted(keys, key=lambda key: (-keys[key], known.get(key, len(known)), key))


def by_local_time(event: Timed, zone: ZoneInfo) -> Timed:
    """Return ``event`` with its start and end corrected by its local time.

    A source may give an event's start twice: as a time with a UTC offset (``start``) and as a local time
    (``clock``). If they differ, the local time is right, since visitors read it. Some programs add the offset
    to the start twice.

    Args:
        event: an event, or only the times of an event. It is returned unchanged if it has no local time, or
            if its start does not have the offset of ``zone``.
        zone: the conference's time zone.
    """
    start, offset = event.start, _offset(event.start)
    if start is None or not offset or not _has_offset(zone, start, offset):
        return event
    minutes = _minutes_ahead(start, event.clock)
    if not minutes:
        return event
    shift = timedelta(minutes=minutes)
    return event._replace(start=start + shift, end=event.end + shift if event.end else None)


def guess_zone(seen: ObservedOffsets) -> ZoneInfo | None:
    """Return a time zone that agrees with all observed offsets, or a well-known one that agrees with most.

    Return None if there is no such zone, or if no offset was observed.
    """
    if not seen.votes:
        return None
    if seen.zeros:
        # A place with offset zero and another, such as London in winter and summer.
        both = {*seen.votes, *seen.zeros}
        if found := next((zone for zone in _preferred() if _fits_all(zone, both)), None):
            return found
    (first, *others) = {observed.offset for observed in seen.votes}
    if not others and (zone := fixed_zone(first)):
        return zone
    some = sorted(seen.votes)[:: 1 + len(seen.votes) // _MAX_HOURS]
    found = next((zone for zone in _candidates() if _fits_all(zone, some)), None)
    if found is None:
        best = max([*_preferred(), ZoneInfo(_UTC)], key=seen.fitting)
        found = None if seen.contradicts(best) else best
    return found


def fixed_zone(offset: timedelta) -> ZoneInfo | None:
    """Return the zone that always has this offset: ``Etc/GMT-1`` for one hour; None if there is none."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not _WEST <= hours <= _EAST:
        return None
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else _UTC)


def _count(times: Iterable[tuple[datetime | None, str, int]], named: ZoneInfo | None) -> ObservedOffsets:
    """Return the UTC offsets in ``times``, each with the number of events that have this offset.

    Args:
        times: triples ``(start, clock, n)``: ``n`` events have this start, and ``clock`` is the local time
            that the source gives for it, such as ``10:00``. If it gives none, ``clock`` is empty.
        named: the time zone that the source names for the conference; see :func:`observe_offsets`.
    """
    found = ObservedOffsets(Counter(), Counter())
    for moment, clock, n in times:
        offset = _offset(moment)
        if moment is None or offset is None:
            continue
        names_place = bool(_place_zone(moment))
        minutes = (
            0 if offset and named and _has_offset(named, moment, offset) else _minutes_ahead(moment, clock)
        )
        has_local_time = minutes is not None and _CLOCK.match(clock) is not None
        hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        is_vote = bool(offset) or names_place or has_local_time
        kept = found.votes if is_vote else found.zeros
        kept[ObservedOffset(hour, _local_offset(offset, minutes), names_place)] += n
    return found


def _offset(moment: datetime | None) -> timedelta | None:
    """Return the UTC offset of ``moment``; None if it has no time zone, or is out of range.

    A local time that is skipped because clocks are set forward has the offset after the change.
    """
    if moment is None or moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC).astimezone(moment.tzinfo).utcoffset()
    except (OverflowError, ValueError):
        return None


def _local_offset(written: timedelta, minutes: int | None) -> timedelta:
    """Return the UTC offset of the local time of a start.

    The source gives the start with a UTC offset, and sometimes also the time of day on the clocks at the
    venue.

    Args:
        written: the UTC offset that the start has.
        minutes: the local time minus the time of day of the start, in minutes: 120 for 11:00 and
            ``09:00+01:00``. None (the source gives no local time) is the same as 0.
    """
    if not minutes:
        return written
    all_minutes = (written // timedelta(minutes=1) + minutes) % _DAY
    return timedelta(minutes=all_minutes if all_minutes <= _EAST * _HOUR else all_minutes - _DAY)


def _minutes_ahead(start: datetime, clock: str) -> int | None:
    """Return by how many minutes the local time ``clock`` is later than the time of day of ``start``.

    Return None if ``clock`` is not a time. Return 0 if the difference is not a multiple of 15 minutes, since
    no two time zones differ in this way.
    """
    time = _CLOCK.match(clock)
    if not time:
        return None
    minutes = (int(time[1]) * _HOUR + int(time[2]) - start.hour * _HOUR - start.minute) % _DAY
    if minutes % _QUARTER:
        return 0
    return minutes if minutes <= _DAY // 2 else minutes - _DAY


def _has_offset(zone: ZoneInfo, moment: datetime, offset: timedelta) -> bool:
    try:
        return moment.astimezone(zone).utcoffset() == offset
    except (OverflowError, ValueError):
        return False


def _place_zone(moment: datetime | None) -> str:
    """Return the name of the time zone of ``moment`` if it names a place (``Europe/Berlin``); else empty."""
    zone = moment.tzinfo if moment else None
    return zone.key if isinstance(zone, ZoneInfo) and not zone.key.startswith(_PLACELESS) else ""


def _fits(zone: ZoneInfo, observed: ObservedOffset) -> bool:
    return _has_offset(zone, observed.hour, observed.offset)


def _fits_all(zone: ZoneInfo, seen: Iterable[ObservedOffset]) -> bool:
    return all(_fits(zone, observed) for observed in seen)


def _preferred() -> Iterator[ZoneInfo]:
    return map(ZoneInfo, _PREFERRED)


def _candidates() -> Iterator[ZoneInfo]:
    """Yield the time zones of all places, such as ``Europe/Berlin``; first those in :data:`_PREFERRED`."""
    others = sorted(name for name in zone_names().values() if name.startswith(_REGIONS))
    return (ZoneInfo(name) for name in dict.fromkeys((*_PREFERRED, *others)))
