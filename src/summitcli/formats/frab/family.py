"""What the formats of the frab, pretalx and c3voc family have in common: the conference, most of an event.

The dialects differ in nearly everything, so nothing is asked for but a conference.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitcli.budgets import Spending
from summitcli.formats import native
from summitcli.formats.assembly.addresses import absolute, is_relative
from summitcli.formats.draft import Draft, DraftDay, DraftLink, Event, Track
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.frab.fields import (
    UNEXPECTED,
    UNKNOWN,
    Fields,
    Thing,
    decode,
    looks_like_object,
    names_by_identifier,
    read_things,
    required,
)
from summitcli.formats.json_shape import Shape
from summitcli.formats.times import find_zone, local_day

NAMELESS = Kind("{n} speaker without a name", "{n} speakers without a name")

PLACES = ("address", "city", "country", "location", "venue")
"""The fields of a conference that may say where it is held, what says most first."""

_CONFERENCE = re.compile(rb'"conference"\s*:')
_FAMILY = re.compile(rb'"(?:schedule|days)"\s*:')
_FLAT = re.compile(rb'"events"\s*:\s*\[')
_KEY = rb'"(?:[^"\\]++|\\.)*+"\s*:\s*'
_NESTED = re.compile(
    rb'"rooms"\s*:\s*(?:\{\s*(?:\}|' + _KEY + rb'\[)|\[\s*\{[^\[\]{}]*"events"\s*:\s*\[)', re.DOTALL
)
"""Rooms that hold events: an object of lists, or a list of objects in which there is a list of events."""

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_PERSON_NAMES = ("public_name", "full_public_name", "name")
_IDENTIFIERS = ("guid", "code", "id", "slug")
_TEXTS = ("title", "subtitle", "abstract", "description")
_OURSELVES = "summitcli"
"""What this program calls itself as the generator of a file."""


_EVENTS = Shape(stays=True)
_ROOM = Shape(stays=True, members={"events": _EVENTS})
_DAY = Shape(members={"rooms": Shape(each=_ROOM), "events": _EVENTS})
_IN_SCHEDULE = {"conference": Shape(members={"days": Shape(each=_DAY)}), "events": _EVENTS}
_SHAPE = Shape(members={"schedule": Shape(members=_IN_SCHEDULE), **_IN_SCHEDULE})
"""Where events are in the documents of this family."""


class Day(NamedTuple):
    """A day as the file has it, and what it says of itself, if anything."""

    fields: Fields
    draft: DraftDay | None


class Family(NamedTuple):
    """What a file says of the whole, and what its events refer to."""

    schedule: Fields
    """The object that holds the conference, and perhaps the events."""
    days: tuple[Day, ...]
    draft: Draft
    """Everything but the events."""
    rooms: Mapping[str, str]
    """The names of rooms by each of their identifiers; likewise those of tracks and of persons."""
    tracks: Mapping[str, str]
    persons: Mapping[str, str]
    ours: bool
    """Whether this program wrote the file; slugs are then the ids of its sessions."""
    meta: Fields
    """What this program says beside in a file that it writes; empty in any other."""


class Times(NamedTuple):
    """When an event is held, as :class:`summitcli.formats.draft.Event` has it."""

    start: datetime | None
    end: datetime | None
    clock: str = ""
    length: timedelta | None = None


def looks_nested(data: bytes) -> bool:
    """Whether the bytes are of this family, with events that lie in days and rooms, or none."""
    return _in_family(data) and (_NESTED.search(data) is not None or not _FLAT.search(data))


def looks_flat(data: bytes) -> bool:
    """Whether the bytes are of this family, with one list of all events."""
    return _in_family(data) and _FLAT.search(data) is not None and not _NESTED.search(data)


def read_family(data: bytes, name: str, required_list: str) -> Family:
    """What the document says of the whole: everything but its events.

    Args:
        data: the document; its schedule may be an object within it or the document itself.
        name: what it is called in messages.
        required_list: the path within the schedule of a list that there must be, such as ``events``.

    Raises:
        InvalidSchedule: it is not JSON, or has no conference, or not that list, or holds too much.
    """
    document = decode(data, name, _SHAPE)
    schedule, where = document, ""
    if "conference" not in document:
        schedule, where = required(document.get("schedule"), dict, "schedule", name), "schedule"
    place = f"{where}.conference".removeprefix(".")
    conference = required(schedule.get("conference"), dict, place, name)
    *outer, key = required_list.split(".")
    holder = conference if outer else schedule
    required(holder.get(key), list, f"{where}.{required_list}".removeprefix("."), name)
    findings, spending = Findings(), Spending(name, len(data))
    whole = Fields(schedule, where, findings, spending)
    ours = _is_ours(whole.like(document, "")) or _is_ours(whole)
    language = _language(whole.like(conference, place), ours)
    whole = Fields(schedule, where, findings, spending, language)
    return _read_whole(whole, whole.child("conference"), findings, language, ours)


def read_event(
    event: Fields, family: Family, times: Times, day: DraftDay | None = None, room: str = ""
) -> Event:
    """One event, held in ``room`` where it names no other."""
    guid, code, number, slug = event.labels(_IDENTIFIERS)
    names = (slug, code, number) if family.ours else (code, number, slug)
    # In the order in which what is odd about them is told.
    title, subtitle, abstract, description = event.texts(_TEXTS)
    return Event(
        where=event.where,
        identity=guid or code or number or None,
        names=tuple([name for name in names if name]),
        guid=guid,
        title=title,
        titles=event.languages("title")
        or (family.meta.child("events").languages(slug) if family.ours else {}),
        subtitle=subtitle,
        abstract=abstract,
        description=description,
        start=times.start,
        end=times.end,
        clock=times.clock,
        day=day.day if day else None,
        room=event.named("room", family.rooms) or room or event.named("location", family.rooms),
        track=event.named("track", family.tracks),
        type=event.first("type"),
        language=event.first("language"),
        speakers=read_speakers(event, family.persons),
        url=event.first("url", "full_conf_url", "conf_url"),
        links=(*_links(event, "links"), *_links(event, "attachments", event.first("origin_url"))),
        recorded=_recorded(event),
        length=times.length,
    )


def read_times(event: Fields, start: datetime | None, clock: str = "") -> Times:
    """Return when an event is held: to its ``end``, else for its ``duration`` from ``start`` on."""
    end = event.instant("end")
    length = event.length("duration") if start and not end else None
    if not start or length is None:
        return Times(start, end, clock)
    return Times(start, start + length, clock) if start.tzinfo else Times(start, None, clock, length)


def read_speakers(event: Fields, known: Mapping[str, str], by_code: bool = False) -> tuple[str, ...]:
    """The names of those who take part, in whatever role; ``by_code`` if a text alone can't be a name."""
    names = []
    for person, where in event.entries("persons", "speakers", "participants"):
        if (
            isinstance(person, dict)
            and isinstance(name := person.get(_PERSON_NAMES[0]), str)
            and name.strip()
        ):
            names.append(name)
            continue
        fields = event.like(person if isinstance(person, dict) else {}, where)
        if isinstance(person, dict):
            name = fields.own_name(known, _PERSON_NAMES)
        elif isinstance(person, str):
            name = known.get(person, "" if by_code else person)
        else:
            fields.note(UNEXPECTED)
            continue
        if name.strip():
            names.append(name)
        else:
            fields.note(UNKNOWN if by_code else NAMELESS)
    return tuple(names)


def read_track(track: Thing) -> Track:
    """A track that the file defines for the whole conference."""
    color = track.fields.text("color")
    if not color and track.fields.raw("colors") is not None:
        colors = track.fields.child("colors")
        color = next(filter(None, map(colors.text, ("light", "primary", "dark"))), "")
    return Track(
        track.name, track.slug, color if _COLOR.fullmatch(color) else "", track.fields.languages("name")
    )


def _in_family(data: bytes) -> bool:
    return (
        looks_like_object(data)
        and _CONFERENCE.search(data) is not None
        and _FAMILY.search(data) is not None
        and not native.detect(data)
    )


def _language(conference: Fields, ours: bool) -> str:
    """The conference's own language, where the file tells which that is."""
    if ours and (known := conference.child("meta").text("language")):
        return known
    language = conference.text("language") or conference.child("defaults").text("language")
    languages = [entry for entry, _place in conference.entries("languages")]
    if not language and len(languages) == 1 and isinstance(languages[0], str):
        return languages[0]
    return language


def _is_ours(holder: Fields) -> bool:
    generator = holder.raw("generator")
    return isinstance(generator, dict) and generator.get("name") == _OURSELVES


def _read_whole(
    schedule: Fields, conference: Fields, findings: Findings, language: str, ours: bool
) -> Family:
    meta = conference.child("meta") if ours else conference.like({}, "")
    zone_name = (
        conference.text("time_zone_name") or conference.text("timezone") or meta.text("time_zone_name")
    )
    zone = find_zone(zone_name)
    rooms = read_things(conference, "rooms") or read_things(schedule, "rooms")
    tracks = read_things(conference, "tracks")
    days = tuple(Day(day, _read_day(day, zone)) for day in conference.children("days"))
    draft = Draft(
        events=(),
        findings=findings,
        id=meta.text("id"),
        title=conference.text("title"),
        titles=conference.languages("title") or meta.languages("title"),
        acronym=conference.label("acronym"),
        language=language,
        time_zone=zone_name,
        start=conference.day("start", zone),
        end=conference.day("end", zone),
        days=tuple(day.draft for day in days if day.draft),
        tracks=tuple(_translated(read_track(track), meta) for track in tracks),
        rooms=tuple(dict.fromkeys(room.name for room in rooms)),
        url=conference.text("url") or schedule.text("url"),
        base_url=schedule.text("base_url"),
        places=tuple(_texts(conference, PLACES)),
        version=schedule.label("version"),
    )
    persons = names_by_identifier(read_things(schedule, "persons", _PERSON_NAMES))
    return Family(
        schedule, days, draft, names_by_identifier(rooms), names_by_identifier(tracks), persons, ours, meta
    )


def _texts(fields: Fields, keys: Iterable[str]) -> Iterator[str]:
    """Yield the texts of some fields, and whatever else they hold as nothing."""
    return (value for key in keys if isinstance(value := fields.raw(key), str) and value)


def _translated(track: Track, meta: Fields) -> Track:
    """A track with its names in other languages, where this program wrote them."""
    names = track.names or meta.child("tracks").languages(track.slug)
    return track._replace(names=names) if names else track


def _read_day(day: Fields, zone: ZoneInfo | None) -> DraftDay | None:
    """What a day says of itself; None where not even its date can be told."""
    start = day.instant("day_start") or day.instant("start")
    end = day.instant("day_end") or day.instant("end")
    on = day.day("date", zone) or (local_day(start, zone) if start else None)
    return DraftDay(on, start, end, day.where) if on else None


def _links(event: Fields, key: str, origin: str = "") -> Iterable[DraftLink]:
    """Return the links of a list, which most events have not."""
    return () if event.raw(key) in (None, []) else _read_links(event, key, origin)


def _read_links(event: Fields, key: str, origin: str) -> Iterator[DraftLink]:
    """Yield the links of a list; relative ones lie where ``origin`` does, of which a hub is a mirror."""
    for entry, where in event.entries(key):
        link = event.like(entry if isinstance(entry, dict) else {"url": entry}, where)
        url = link.text("url")
        if url.strip():
            if origin and is_relative(url):
                url = absolute(url, origin) or url
            yield DraftLink(url, link.text("title"))


def _recorded(event: Fields) -> bool | None:
    """Whether a recording is published: not where the speakers have opted out."""
    opted_out = event.flag("do_not_record")
    recording = event.raw("recording")
    if opted_out is None and isinstance(recording, dict):
        opted_out = event.child("recording").flag("optout")
    return None if opted_out is None else not opted_out
