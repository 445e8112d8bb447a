"""Finding the time zone of a published schedule, from its name, its times and its place.

Some publishers name a zone that contradicts their times ("UTC" beside offsets of +01:00), write times in UTC
beside local times, or name no zone. Times are trusted most. ``docs/decisions/0014-conference-zone.md``
explains the order of precedence.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.errors import UnknownValue
from summitcli.formats.assembly import place_zones
from summitcli.formats.assembly.offsets import ObservedOffsets, guess_zone, observe_offsets, zones_of_events
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.times import find_zone, zone_names
from summitcli.i18n import _
from summitcli.sources.source import Hints
from summitcli.text.zones import suggested_zones

UNKNOWN_ZONE = Kind(
    'the schedule has an unknown time zone, "{value}"; using {also}',
    'the schedule has an unknown time zone, "{value}"; using {also}',
)
ZONE_CONTRADICTED = Kind(
    "the schedule's time zone, {value}, does not match its times; using {also}",
    "the schedule's time zone, {value}, does not match its times; using {also}",
)
SEVERAL_ZONES = Kind(
    "the schedule's events are in several time zones; using {value}"
    " (choose another with --assume-timezone ZONE)",
    "the schedule's events are in several time zones; using {value}"
    " (choose another with --assume-timezone ZONE)",
)
ZONE_OF_PLACE = Kind(
    "the schedule has no time zone; using {value}, based on its place, {also}"
    " (choose another with --assume-timezone ZONE)",
    "the schedule has no time zone; using {value}, based on its place, {also}"
    " (choose another with --assume-timezone ZONE)",
)
ZONE_OF_OFFSETS = Kind(
    "the schedule has no time zone; using {value}, which matches its times"
    " (choose another with --assume-timezone ZONE)",
    "the schedule has no time zone; using {value}, which matches its times"
    " (choose another with --assume-timezone ZONE)",
)
NO_ZONE = Kind(
    "the schedule's time zone is unknown; showing times in {value}"
    " (choose another with --assume-timezone ZONE)",
    "the schedule's time zone is unknown; showing times in {value}"
    " (choose another with --assume-timezone ZONE)",
)
"""The finding that the time zone is unknown, for a schedule whose times have UTC offsets.

:data:`NO_INSTANTS` is for a schedule with only local times.
"""
NO_INSTANTS = Kind(
    "the schedule has no time zone; reading its times as {value}"
    " (choose another with --assume-timezone ZONE)",
    "the schedule has no time zone; reading its times as {value}"
    " (choose another with --assume-timezone ZONE)",
)

_UTC = "UTC"
_FIXED = "Etc/GMT"


class _Guess(NamedTuple):
    """A time zone that the schedule may have, and the kind of finding to report if it is used.

    If ``kind`` is None, nothing is reported.
    """

    zone: ZoneInfo
    kind: Kind | None = None
    also: str = ""


def determine_zone(draft: Draft, survey: Survey, hints: Hints, findings: Findings) -> ZoneInfo:
    """Return the conference's time zone. Add a finding if it had to be guessed.

    The first of these time zones that is known is returned:

    - the zone that the user asks for (``hints.time_zone``);
    - the zone that the schedule names, unless most of its times contradict it;
    - the zone in which it gives the times of most events;
    - the zone of the conference's place;
    - a zone that agrees with the UTC offsets of the times;
    - UTC.

    Raises:
        UnknownValue: the time zone that the user asks for does not exist.
    """
    if requested := _requested_zone(hints.time_zone):
        return requested
    name = draft.time_zone.strip()
    named = find_zone(name)
    observed = observe_offsets(survey, draft.days, named)
    if named and not observed.contradicts(named):
        if observed.has_other_zones(named):
            findings.add(SEVERAL_ZONES, value=named.key)
        return named
    guess = next(_guesses(draft, survey, observed))
    if name:
        kind = ZONE_CONTRADICTED if named else UNKNOWN_ZONE
        findings.add(kind, value=name, also=_shown(guess.zone))
    elif guess.kind:
        findings.add(guess.kind, value=guess.zone.key, also=guess.also)
    return guess.zone


def _guesses(draft: Draft, survey: Survey, observed: ObservedOffsets) -> Iterator[_Guess]:
    """Yield the zones that the schedule may have, the most likely first. At least one is always yielded."""
    for key in zones_of_events(survey):
        zone = ZoneInfo(key)
        yield _Guess(zone, SEVERAL_ZONES if observed.has_other_zones(zone) else None)
    place = place_zones.zone_of_conference((*draft.places, draft.place))
    place = place or place_zones.zone_of_events(survey.rooms)
    of_place = find_zone(place.zone) if place else None
    if place and of_place and not observed.contradicts(of_place):
        yield _Guess(of_place, ZONE_OF_PLACE, place.place)
    if fit := guess_zone(observed):
        yield _Guess(fit, None if fit.key == _UTC or fit.key.startswith(_FIXED) else ZONE_OF_OFFSETS)
    yield _Guess(ZoneInfo(_UTC), NO_ZONE if observed.votes or observed.zeros else NO_INSTANTS)


def localise(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return ``moment`` in ``zone``, with a fixed UTC offset; None if it is out of datetime's range.

    A ``moment`` without an offset is a local time in ``zone``. If it is skipped because clocks are set
    forward, it is moved forward by the same amount. If it occurs twice, it is the first one, unless its
    ``fold`` is set (RFC 5545 section 3.3.5).
    """
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        local = aware.astimezone(UTC).astimezone(zone)
        # A fixed offset, since Python compares datetimes of one zone by wall clock, not as instants.
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()), fold=0)
    except (OverflowError, ValueError):
        return None


def _requested_zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    zone = find_zone(name)
    if zone is None:
        sentence = _('no time zone named "{name}"').format(name=name)
        raise UnknownValue(sentence, suggested_zones(name, zone_names().values()))
    return zone


def _shown(zone: ZoneInfo) -> str:
    """Return the name of a zone for messages: ``UTC+01:00`` for ``Etc/GMT-1``, other names as they are."""
    hours = zone.key.removeprefix(_FIXED)
    return f"UTC{-int(hours):+03d}:00" if zone.key.startswith(_FIXED) and hours else zone.key
