"""What the times of a schedule say of the conference's clocks, and which time zone has such clocks.

A bare ``Z`` or ``+00:00`` is a way of writing an instant and says nothing of a place, unless a clock time
stands beside it.
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
"""Of several zones that fit a schedule's times alike, the first of these is taken: where most conferences
are, and of zones of one clock the best known."""
_REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/",
            "Pacific/")  # fmt: skip
_PLACELESS = ("UTC", "Etc/", "GMT")
"""How the names of zones begin that say when and not where."""

_HOUR, _QUARTER, _DAY = 60, 15, 24 * 60
_WEST, _EAST = -12, 14
"""The offsets, in whole hours, that a zone of the name ``Etc/GMT…`` has."""
_MOST_SEEN = 5_000

Timed = TypeVar("Timed", Event, Times)

_CLOCK = re.compile(r"\s*(\d{1,2}):(\d\d)")


class Sighting(NamedTuple):
    """That at an hour the conference's clocks showed an offset from UTC."""

    hour: datetime
    offset: timedelta
    named: bool
    """Whether the source names a time zone for it."""


class Sightings(NamedTuple):
    """What was seen of the clocks."""

    votes: Counter[Sighting]
    instants: Counter[Sighting]
    """Times in UTC, which are no votes."""

    def fitting(self, zone: ZoneInfo) -> int:
        """Return how many of the votes are of clocks of ``zone``."""
        return sum(n for sighting, n in self.votes.items() if _fits(zone, sighting))

    def contradict(self, zone: ZoneInfo) -> bool:
        """Return whether most of the votes are not of clocks of ``zone``."""
        return 2 * self.fitting(zone) < self.votes.total()

    def elsewhere(self, zone: ZoneInfo) -> bool:
        """Return whether a time in a zone that the source names is of other clocks than those of ``zone``."""
        return any(seen.named and seen.offset and not _fits(zone, seen) for seen in self.votes)


def read_sightings(survey: Survey, days: Iterable[DraftDay], named: ZoneInfo | None = None) -> Sightings:
    """Return what the events' times say; where they say nothing, what the days' do.

    Args:
        survey: of the events.
        days: those that the source defines.
        named: the zone that it names. A time with that zone's offset is right, whatever the clock beside it.
    """
    of_events = zip(survey.times, survey.numbers, strict=True)
    found = _counted(((times.start, times.clock, n) for times, n in of_events), named)
    if found.votes:
        return found
    of_days = _counted(((day.start, "", 1) for day in days), named)
    return of_days if of_days.votes else found


def zones_of_events(survey: Survey) -> list[str]:
    """Return the names of the zones that events' times name, those of most events first.

    Of as many events, the best known comes first, whatever their order in the source.
    """
    keys: Counter[str] = Counter()
    for times, n in zip(survey.times, survey.numbers, strict=True):
        if key := _place(times.start):
            keys[key] += n
    known = {key: rank for rank, key in enumerate(_PREFERRED)}
    return sorted(keys, key=lambda key: (-keys[key], known.get(key, len(known)), key))


def by_clock(event: Timed, zone: ZoneInfo) -> Timed:
    """Return ``event`` at the time that the clock beside it shows, where its instant can't be right.

    Its times alone will do.

    Some programs add the offset of the zone that they name twice, so that the offset agrees with the zone and
    the clock with neither. The clock is what visitors read.
    """
    start, offset = event.start, _offset(event.start)
    if start is None or not offset or not _is_that_of(zone, start, offset):
        return event
    minutes = _beside(start, event.clock)
    if not minutes:
        return event
    moved = timedelta(minutes=minutes)
    return event._replace(start=start + moved, end=event.end + moved if event.end else None)


def derived(seen: Sightings) -> ZoneInfo | None:
    """Return a zone whose clocks show what was seen: all of it, or most of it and one of the best known.

    None where there is no such zone, or nothing was seen.
    """
    if not seen.votes:
        return None
    if seen.instants:
        # Summer and winter in London: only there are offsets of zero and others of one place.
        both = {*seen.votes, *seen.instants}
        if found := next((zone for zone in _preferred() if _fits_all(zone, both)), None):
            return found
    (first, *others) = {sighting.offset for sighting in seen.votes}
    if not others and (zone := fixed(first)):
        return zone
    some = sorted(seen.votes)[:: 1 + len(seen.votes) // _MOST_SEEN]
    found = next((zone for zone in _candidates() if _fits_all(zone, some)), None)
    if found is None:
        best = max([*_preferred(), ZoneInfo(_UTC)], key=seen.fitting)
        found = None if seen.contradict(best) else best
    return found


def fixed(offset: timedelta) -> ZoneInfo | None:
    """Return the zone without a place of an offset; None where that is not in whole hours."""
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or not _WEST <= hours <= _EAST:
        return None
    return ZoneInfo(f"Etc/GMT{-hours:+d}" if hours else _UTC)


def _counted(times: Iterable[tuple[datetime | None, str, int]], named: ZoneInfo | None) -> Sightings:
    """Return what was seen, by hours, of times with the clocks beside them and how often they are there."""
    found = Sightings(Counter(), Counter())
    for moment, clock, n in times:
        offset = _offset(moment)
        if moment is None or offset is None:
            continue
        in_place = bool(_place(moment))
        minutes = 0 if offset and named and _is_that_of(named, moment, offset) else _beside(moment, clock)
        clocked = minutes is not None and _CLOCK.match(clock) is not None
        hour = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        is_vote = bool(offset) or in_place or clocked
        kept = found.votes if is_vote else found.instants
        kept[Sighting(hour, _shown(offset, minutes), in_place)] += n
    return found


def _offset(moment: datetime | None) -> timedelta | None:
    """Return the offset of an instant; of a local time that the clocks skip, that after they did."""
    if moment is None or moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC).astimezone(moment.tzinfo).utcoffset()
    except (OverflowError, ValueError):
        return None


def _shown(written: timedelta, minutes: int | None) -> timedelta:
    """Return the offset of a clock that is ``minutes`` before what is ``written``, if there is one."""
    if not minutes:
        return written
    all_minutes = (written // timedelta(minutes=1) + minutes) % _DAY
    return timedelta(minutes=all_minutes if all_minutes <= _EAST * _HOUR else all_minutes - _DAY)


def _beside(start: datetime, clock: str) -> int | None:
    """Return by how many minutes a clock beside an instant is before it, or after; None where there is none.

    A difference that is no whole number of quarters of an hour is none of time zones, and counts as 0.
    """
    time = _CLOCK.match(clock)
    if not time:
        return None
    minutes = (int(time[1]) * _HOUR + int(time[2]) - start.hour * _HOUR - start.minute) % _DAY
    if minutes % _QUARTER:
        return 0
    return minutes if minutes <= _DAY // 2 else minutes - _DAY


def _is_that_of(zone: ZoneInfo, moment: datetime, offset: timedelta) -> bool:
    try:
        return moment.astimezone(zone).utcoffset() == offset
    except (OverflowError, ValueError):
        return False


def _place(moment: datetime | None) -> str:
    """Return the name of the zone that a time's source names; empty for none, and for UTC."""
    zone = moment.tzinfo if moment else None
    return zone.key if isinstance(zone, ZoneInfo) and not zone.key.startswith(_PLACELESS) else ""


def _fits(zone: ZoneInfo, sighting: Sighting) -> bool:
    return _is_that_of(zone, sighting.hour, sighting.offset)


def _fits_all(zone: ZoneInfo, seen: Iterable[Sighting]) -> bool:
    return all(_fits(zone, sighting) for sighting in seen)


def _preferred() -> Iterator[ZoneInfo]:
    return map(ZoneInfo, _PREFERRED)


def _candidates() -> Iterator[ZoneInfo]:
    """Yield every zone of a place, the preferred ones first."""
    others = sorted(name for name in zone_names().values() if name.startswith(_REGIONS))
    return (ZoneInfo(name) for name in dict.fromkeys((*_PREFERRED, *others)))
