"""The common parts of the JSON formats of frab, pretalx and c3voc: the conference and its events.

These formats are a family of dialects that differ in nearly everything, so only a conference is required.
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
from summitcli.formats.findings import Findings
from summitcli.formats.frab.details import read_details
from summitcli.formats.frab.people import (
    LISTS_OF_PERSONS,
    PERSON_NAMES,
    read_known_people,
    read_listed_people,
    read_people,
)
from summitcli.formats.json_fields import (
    NAMELESS,
    UNEXPECTED,
    UNKNOWN,
    Fields,
    NamedEntry,
    decode,
    looks_like_object,
    names_by_identifier,
    read_named_entries,
    require,
)
from summitcli.formats.json_shape import Shape
from summitcli.formats.times import find_zone, local_day

PLACES = ("address", "city", "country", "location", "venue")
"""The fields of a conference that may contain its place, most informative first."""

_CONFERENCE = re.compile(rb'"conference"\s*:')
_FAMILY = re.compile(rb'"(?:schedule|days)"\s*:')
_FLAT = re.compile(rb'"events"\s*:\s*\[')
_KEY = rb'"(?:[^"\\]++|\\.)*+"\s*:\s*'
_NESTED = re.compile(
    rb'"rooms"\s*:\s*(?:\{\s*(?:\}|' + _KEY + rb'\[)|\[\s*\{[^\[\]{}]*"events"\s*:\s*\[)', re.DOTALL
)
"""The pattern of rooms that contain events: an object of lists, or a list of objects with a list."""

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_IDENTIFIERS = ("guid", "code", "id", "slug")
_TEXTS = ("title", "subtitle", "abstract", "description")
_OURSELVES = "summitcli"
"""The generator's name in files that this program wrote."""


_EVENTS = Shape(lazy=True)
_ROOM = Shape(lazy=True, members={"events": _EVENTS})
_DAY = Shape(members={"rooms": Shape(each=_ROOM), "events": _EVENTS})
_IN_SCHEDULE = {"conference": Shape(members={"days": Shape(each=_DAY)}), "events": _EVENTS}
_SHAPE = Shape(members={"schedule": Shape(members=_IN_SCHEDULE), **_IN_SCHEDULE})
"""The places of the lists of events in these documents; in large documents the lists stay undecoded."""


class Day(NamedTuple):
    """A day in the source: its fields, and the date and times read from them; None if unreadable."""

    fields: Fields
    draft: DraftDay | None


class Family(NamedTuple):
    """A document of a frab JSON format without its events, and the names that events refer to."""

    schedule: Fields
    """The object with the conference, and in some formats the events."""
    days: tuple[Day, ...]
    draft: Draft
    """The draft of the schedule, still without events."""
    rooms: Mapping[str, str]
    """The names of rooms by name and by each identifier that events use. Likewise ``tracks``, ``persons``."""
    tracks: Mapping[str, str]
    persons: Mapping[str, str]
    ours: bool
    """True if this program wrote the file; the slugs of events are then session IDs."""
    meta: Fields
    """The additional data in a file that this program wrote; empty in other files."""
    details: Fields | None
    """The details of sessions, by slug, in a file that this program wrote; None if there are none."""


class Times(NamedTuple):
    """The times of an event; the fields are those of :class:`summitcli.formats.draft.Event`."""

    start: datetime | None
    end: datetime | None
    clock: str = ""
    length: timedelta | None = None


def looks_nested(data: bytes) -> bool:
    """Return whether the bytes are frab JSON whose events are in days and rooms, or that has no events."""
    return _in_family(data) and (_NESTED.search(data) is not None or not _FLAT.search(data))


def looks_flat(data: bytes) -> bool:
    """Return whether the bytes are frab JSON with a single list of events."""
    return _in_family(data) and _FLAT.search(data) is not None and not _NESTED.search(data)


def read_family(data: bytes, name: str, required_list: str) -> Family:
    """Return everything in a document but its events.

    Args:
        data: the document; the schedule is its ``schedule`` or the document itself.
        name: the source's name in messages.
        required_list: the path, within the schedule, of a list that must exist, such as ``events``.

    Raises:
        InvalidSchedule: it is not JSON, lacks a conference or the list, or exceeds the budgets.
    """
    document = decode(data, name, _SHAPE)
    schedule, where = document, ""
    if "conference" not in document:
        schedule, where = require(document.get("schedule"), dict, "schedule", name), "schedule"
    place = f"{where}.conference".removeprefix(".")
    conference = require(schedule.get("conference"), dict, place, name)
    *outer, key = required_list.split(".")
    holder = conference if outer else schedule
    require(holder.get(key), list, f"{where}.{required_list}".removeprefix("."), name)
    findings, spending = Findings(), Spending(name, len(data))
    whole = Fields(schedule, where, findings, spending)
    ours = _is_ours(whole.fields_of(document, "")) or _is_ours(whole)
    language = _language(whole.fields_of(conference, place), ours)
    whole = Fields(schedule, where, findings, spending, language)
    return _read_whole(whole, whole.child("conference"), findings, language, ours)


def read_event(
    event: Fields, family: Family, times: Times, day: DraftDay | None = None, room: str = ""
) -> Event:
    """Return an event as an event of the draft.

    Args:
        event: the event's fields.
        family: the document, with the names that events refer to.
        times: the event's times.
        day: the day under which the document lists the event, if any.
        room: the room under which it is listed, used if the event itself names none.
    """
    guid, code, number, slug = event.labels(_IDENTIFIERS)
    names = (slug, code, number) if family.ours else (code, number, slug)
    # In this order, as it is the order of their findings.
    title, subtitle, abstract, description = event.texts(_TEXTS)
    details = read_details(event, family.details.child(slug) if family.details else None)
    links = (*_links(event, "links"), *_links(event, "attachments", event.first("origin_url")))
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
        links=details.with_kinds(links) if links else (),
        recorded=_recorded(event),
        length=times.length,
        abstracts=details.abstracts,
        descriptions=details.descriptions,
        people=read_people(event, family.persons),
        level=details.level,
        tags=details.tags,
        feedback_url=details.feedback_url,
    )


def read_times(event: Fields, start: datetime | None, clock: str = "") -> Times:
    """Return the times of an event that begins at ``start`` and has an ``end`` or a ``duration``.

    Args:
        event: the event's fields.
        start: its start; None if unknown.
        clock: its local start time, if the document has it in addition.
    """
    end = event.instant("end")
    length = event.length("duration") if start and not end else None
    if not start or length is None:
        return Times(start, end, clock)
    return Times(start, start + length, clock) if start.tzinfo else Times(start, None, clock, length)


def read_speakers(event: Fields, known: Mapping[str, str], by_code: bool = False) -> tuple[str, ...]:
    """Return the names of an event's speakers in any role.

    Args:
        event: the event.
        known: the names of persons by their identifiers.
        by_code: whether a string is always an identifier and never a name.
    """
    names = []
    for person, where in event.entries(*LISTS_OF_PERSONS):
        if isinstance(person, dict) and isinstance(name := person.get(PERSON_NAMES[0]), str) and name.strip():
            names.append(name)
            continue
        fields = event.fields_of(person if isinstance(person, dict) else {}, where)
        if isinstance(person, dict):
            name = fields.own_name(known, PERSON_NAMES)
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


def read_track(track: NamedEntry) -> Track:
    """Return a track of the conference, read from its fields."""
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
    """Return the conference's own language; empty if the file states none, or several.

    Args:
        conference: the conference's fields.
        ours: whether this program wrote the file, whose ``meta`` then may state the language.
    """
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
    meta = conference.child("meta") if ours else conference.fields_of({}, "")
    zone_name = (
        conference.text("time_zone_name") or conference.text("timezone") or meta.text("time_zone_name")
    )
    zone = find_zone(zone_name)
    rooms = read_named_entries(conference, "rooms") or read_named_entries(schedule, "rooms")
    tracks = read_named_entries(conference, "tracks")
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
    persons = read_named_entries(schedule, "persons", PERSON_NAMES)
    return Family(
        schedule,
        days,
        draft._replace(people=(*read_known_people(meta), *read_listed_people(persons))),
        names_by_identifier(rooms),
        names_by_identifier(tracks),
        names_by_identifier(persons),
        ours,
        meta,
        meta.child("sessions") if meta.raw("sessions") else None,
    )


def _texts(fields: Fields, keys: Iterable[str]) -> Iterator[str]:
    """Yield the values of ``fields`` at ``keys`` that are texts and not empty."""
    return (value for key in keys if isinstance(value := fields.raw(key), str) and value)


def _translated(track: Track, meta: Fields) -> Track:
    """Return ``track`` with its names in several languages if ``meta``, which only we write, has them."""
    names = track.names or meta.child("tracks").languages(track.slug)
    return track._replace(names=names) if names else track


def _read_day(day: Fields, zone: ZoneInfo | None) -> DraftDay | None:
    """Return a day as a day of the draft; None if its date is unknown."""
    start = day.instant("day_start") or day.instant("start")
    end = day.instant("day_end") or day.instant("end")
    on = day.day("date", zone) or (local_day(start, zone) if start else None)
    return DraftDay(on, start, end, day.where) if on else None


def _links(event: Fields, key: str, origin: str = "") -> Iterable[DraftLink]:
    """Return the links in the list at ``key``, see :func:`_read_links`; fast if there are none."""
    return () if event.raw(key) in (None, []) else _read_links(event, key, origin)


def _read_links(event: Fields, key: str, origin: str) -> Iterator[DraftLink]:
    """Yield the links in the list at ``key``.

    ``origin`` is the URL of the site from which a hub has the event; relative URLs are relative to it.
    """
    for entry, where in event.entries(key):
        link = event.fields_of(entry if isinstance(entry, dict) else {"url": entry}, where)
        url = link.text("url")
        if url.strip():
            if origin and is_relative(url):
                url = absolute(url, origin) or url
            yield DraftLink(url, link.text("title"), link.text("type"))


def _recorded(event: Fields) -> bool | None:
    """Return whether a recording will be published: not if the speakers opted out; None if unknown."""
    opted_out = event.flag("do_not_record")
    recording = event.raw("recording")
    if opted_out is None and isinstance(recording, dict):
        opted_out = event.child("recording").flag("optout")
    return None if opted_out is None else not opted_out
