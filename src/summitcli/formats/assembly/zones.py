"""The time zone of a published schedule: the one it names, where its times bear that out, or one that does.

Publishers name zones that their times contradict ("UTC" beside offsets of +01:00), write instants in UTC
beside local clock times, or name no zone at all. What the times say decides. What comes before what is
written down in ``docs/decisions/0014-conference-zone.md``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.errors import UnknownValue
from summitcli.formats.assembly import whereabouts
from summitcli.formats.assembly.sightings import Sightings, derived, read_sightings, zones_of_events
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.times import find_zone, zone_names
from summitcli.i18n import _
from summitcli.sources.source import Hints
from summitcli.text.suggest import nearest

UNKNOWN_ZONE = Kind(
    'no time zone is named "{value}", as the schedule has it; its times are taken as those of {also}',
    'no time zone is named "{value}", as the schedule has it; its times are taken as those of {also}',
)
ZONE_CONTRADICTED = Kind(
    "the schedule names the time zone {value}, which does not fit its times;"
    " they are taken as those of {also}",
    "the schedule names the time zone {value}, which does not fit its times;"
    " they are taken as those of {also}",
)
SEVERAL_ZONES = Kind(
    "the schedule's events are in several time zones; they are shown in that of {value};"
    " --assume-timezone ZONE says another",
    "the schedule's events are in several time zones; they are shown in that of {value};"
    " --assume-timezone ZONE says another",
)
ZONE_OF_PLACE = Kind(
    "the schedule names no time zone; its times are taken as those of {value}, where {also} is;"
    " --assume-timezone ZONE says another",
    "the schedule names no time zone; its times are taken as those of {value}, where {also} is;"
    " --assume-timezone ZONE says another",
)
ZONE_TAKEN = Kind(
    "the schedule names no time zone; its times are taken as those of {value}, which they fit;"
    " --assume-timezone ZONE says another",
    "the schedule names no time zone; its times are taken as those of {value}, which they fit;"
    " --assume-timezone ZONE says another",
)
NO_ZONE = Kind(
    "the schedule's time zone is not known, so its times are shown in {value};"
    " --assume-timezone ZONE says another",
    "the schedule's time zone is not known, so its times are shown in {value};"
    " --assume-timezone ZONE says another",
)
"""Said of instants, and of the following what has none."""
NO_INSTANTS = Kind(
    "the schedule names no time zone; its days and times are taken as those of {value};"
    " --assume-timezone ZONE says another",
    "the schedule names no time zone; its days and times are taken as those of {value};"
    " --assume-timezone ZONE says another",
)

_UTC = "UTC"
_FIXED = "Etc/GMT"


class _Guess(NamedTuple):
    """A zone that the schedule does not name as its own, and how that is said; None for not at all."""

    zone: ZoneInfo
    kind: Kind | None = None
    also: str = ""


def settle(draft: Draft, survey: Survey, hints: Hints, findings: Findings) -> ZoneInfo:
    """Return the conference's time zone, which is noted where the schedule does not name it as its own.

    That is the first of: the user's (``hints.time_zone``); the one that the schedule names, unless most of
    its times contradict it; those that its events name; that of its place; one that its offsets fit; UTC.

    Raises:
        UnknownValue: no zone has the name that the user gives.
    """
    if wished := _wished(hints.time_zone):
        return wished
    name = draft.time_zone.strip()
    named = find_zone(name)
    seen = read_sightings(survey, draft.days, named)
    if named and not seen.contradict(named):
        if seen.elsewhere(named):
            findings.add(SEVERAL_ZONES, value=named.key)
        return named
    guess = next(_guesses(draft, survey, seen))
    if name:
        kind = ZONE_CONTRADICTED if named else UNKNOWN_ZONE
        findings.add(kind, value=name, also=_shown(guess.zone))
    elif guess.kind:
        findings.add(guess.kind, value=guess.zone.key, also=guess.also)
    return guess.zone


def _guesses(draft: Draft, survey: Survey, seen: Sightings) -> Iterator[_Guess]:
    """Yield the zones that may be meant, the likeliest first; there is always one."""
    for key in zones_of_events(survey):
        zone = ZoneInfo(key)
        yield _Guess(zone, SEVERAL_ZONES if seen.elsewhere(zone) else None)
    place = whereabouts.of_conference((*draft.places, draft.place))
    place = place or whereabouts.of_events(survey.rooms)
    told = find_zone(place.zone) if place else None
    if place and told and not seen.contradict(told):
        yield _Guess(told, ZONE_OF_PLACE, place.place)
    if fit := derived(seen):
        yield _Guess(fit, None if fit.key == _UTC or fit.key.startswith(_FIXED) else ZONE_TAKEN)
    yield _Guess(ZoneInfo(_UTC), NO_ZONE if seen.votes or seen.instants else NO_INSTANTS)


def localise(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return ``moment`` in the conference's time, with its offset; None beyond the years that can be counted.

    A time without offset is in ``zone``: one that the clocks skip is moved on by what they skip, one that
    they show twice is the first of the two unless its ``fold`` is set (RFC 5545 section 3.3.5).
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


def _shown(zone: ZoneInfo) -> str:
    """Return how a sentence names a zone; those of IANA without a place count their hours backwards."""
    hours = zone.key.removeprefix(_FIXED)
    return f"UTC{-int(hours):+03d}:00" if zone.key.startswith(_FIXED) and hours else zone.key
