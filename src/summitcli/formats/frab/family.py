"""The common parts of the JSON formats of frab, pretalx and c3voc: the conference and its events.

Programs write these formats in very different ways, so nothing is required of a file except a conference.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
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
    read_speakers,
)
from summitcli.formats.json_fields import (
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
"""The keys at which a conference may have its place; the most informative comes first."""

_CONFERENCE = re.compile(rb'"conference"\s*:')
_FAMILY = re.compile(rb'"(?:schedule|days)"\s*:')
_FLAT = re.compile(rb'"events"\s*:\s*\[')
_KEY = rb'"(?:[^"\\]++|\\.)*+"\s*:\s*'
_NESTED = re.compile(
    rb'"rooms"\s*:\s*(?:\{\s*(?:\}|' + _KEY + rb'\[)|\[\s*\{[^\[\]{}]*"events"\s*:\s*\[)', re.DOTALL
)
"""The pattern of rooms with events: ``"rooms": {"Ada": [`` or ``"rooms": [{"name": "Ada", "events": [``."""

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_IDENTIFIERS = ("guid", "code", "id", "slug")
_TEXTS = ("title", "subtitle", "abstract", "description", "type", "language")
_NO_LINKS: tuple[None, list[Any]] = (None, [])
_OURSELVES = "summitcli"
"""The name of the generator in files that this program wrote."""


_EVENTS = Shape(lazy=True)
_ROOM = Shape(lazy=True, members={"events": _EVENTS})
_DAY = Shape(members={"rooms": Shape(each=_ROOM), "events": _EVENTS})
_IN_SCHEDULE = {"conference": Shape(members={"days": Shape(each=_DAY)}), "events": _EVENTS}
_SHAPE = Shape(members={"schedule": Shape(members=_IN_SCHEDULE), **_IN_SCHEDULE})
"""The places of the lists of events. In a large document, these lists stay undecoded until they are read."""


class Day(NamedTuple):
    """A day in the source: its JSON object, and the date and times read from it (None if unreadable)."""

    fields: Fields
    draft: DraftDay | None


class Family(NamedTuple):
    """A document in one of the JSON formats, without its events, and the names to which the events refer."""

    schedule: Fields
    """The JSON object that has the conference, and in some formats the events."""
    days: tuple[Day, ...]
    draft: Draft
    """The schedule as it was read so far, without its events."""
    rooms: Mapping[str, str]
    """The names of rooms by their IDs and codes, and by the names themselves.

    ``tracks`` and ``persons`` are mappings of the same kind.
    """
    tracks: Mapping[str, str]
    persons: Mapping[str, str]
    ours: bool
    """True if this program wrote the file. Then the field ``slug`` of an event has the session's ID."""
    meta: Fields
    """The object ``conference.meta``, in which this program writes what the format has no fields for.

    It is empty if another program wrote the file.
    """
    details: Fields | None
    """The details of sessions, by ``slug``, in a file that this program wrote; None if there are none."""


class Times(NamedTuple):
    """The times of an event. The fields are named as in :class:`summitcli.formats.draft.Event`."""

    start: datetime | None
    end: datetime | None
    clock: str = ""
    length: timedelta | None = None


def looks_nested(data: bytes) -> bool:
    """Return whether ``data`` looks like the JSON of frab, but not in the flat form (:func:`looks_flat`)."""
    return _in_family(data) and (_NESTED.search(data) is not None or not _FLAT.search(data))


def looks_flat(data: bytes) -> bool:
    """Return whether ``data`` looks like the JSON of frab with all its events in a single list."""
    return _in_family(data) and _FLAT.search(data) is not None and not _NESTED.search(data)


def read_family(data: bytes, name: str, required_list: str) -> Family:
    """Return everything in a document except its events.

    Args:
        data: the document. Its key ``schedule`` has the schedule, or it is the schedule itself.
        name: the source's name, for messages.
        required_list: the path, within the schedule, of a list that must exist, such as ``conference.days``.

    Raises:
        InvalidSchedule: the document is not JSON, has no conference or no such list, or is too large.
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
    """Return an :class:`~summitcli.formats.draft.Event` read from the JSON object of an event.

    Args:
        event: the JSON object.
        family: the rest of the document, with the names of rooms, tracks and persons.
        times: the event's times.
        day: the day under which the document lists the event, if any.
        room: the room under which the document lists the event, used if the event itself has none.
    """
    guid, code, number, slug = event.labels(_IDENTIFIERS)
    names = (slug, code, number) if family.ours else (code, number, slug)
    # In this order, as it is the order of their findings.
    title, subtitle, abstract, description, kind, language = event.texts(_TEXTS)
    details = read_details(event, family.details.child(slug) if family.details else None)
    links = _all_links(event)
    persons = event.listed(*LISTS_OF_PERSONS)
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
        type=kind,
        language=language,
        speakers=read_speakers(event, persons, family.persons),
        url=event.first("url", "full_conf_url", "conf_url"),
        links=details.with_kinds(links) if links else (),
        recorded=_recorded(event),
        length=times.length,
        abstracts=details.abstracts,
        descriptions=details.descriptions,
        people=read_people(event, persons, family.persons),
        level=details.level,
        tags=details.tags,
        feedback_url=details.feedback_url,
    )


def read_times(event: Fields, start: datetime | None, clock: str = "") -> Times:
    """Return the times of an event that begins at ``start`` and has an ``end`` or a ``duration``.

    Args:
        event: the event's JSON object.
        start: the event's start; None if unknown.
        clock: the event's local start time, if the document has it in addition to ``start``.
    """
    end = event.instant("end")
    length = event.length("duration") if start and not end else None
    if not start or length is None:
        return Times(start, end, clock)
    return Times(start, start + length, clock) if start.tzinfo else Times(start, None, clock, length)


def read_track(track: NamedEntry) -> Track:
    """Return a track, read from its JSON object."""
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
    """Return the conference's main language; empty if the file states none, or several.

    Args:
        conference: the conference's JSON object.
        ours: True if this program wrote the file. Then the object ``meta`` may state the language.
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
    """Yield the values in ``fields`` that are texts and not empty, for the given keys."""
    return (value for key in keys if isinstance(value := fields.raw(key), str) and value)


def _translated(track: Track, meta: Fields) -> Track:
    """Return ``track`` with its names in several languages, if the file has them.

    In a file that this program wrote, they are in ``meta``.
    """
    names = track.names or meta.child("tracks").languages(track.slug)
    return track._replace(names=names) if names else track


def _read_day(day: Fields, zone: ZoneInfo | None) -> DraftDay | None:
    """Return a day, read from its JSON object; None if its date is unknown."""
    start = day.instant("day_start") or day.instant("start")
    end = day.instant("day_end") or day.instant("end")
    on = day.day("date", zone) or (local_day(start, zone) if start else None)
    return DraftDay(on, start, end, day.where) if on else None


def _all_links(event: Fields) -> tuple[DraftLink, ...]:
    """Return the links and attachments of an event; fast for the many events without any."""
    if event.raw("links") in _NO_LINKS and event.raw("attachments") in _NO_LINKS:
        return ()
    return (*_read_links(event, "links"), *_read_links(event, "attachments", event.first("origin_url")))


def _read_links(event: Fields, key: str, origin: str = "") -> Iterator[DraftLink]:
    """Yield the links in the event's list at ``key``.

    Args:
        event: the event's JSON object.
        key: the key of the list, such as ``links``.
        origin: the URL of the site from which the event was copied; relative links are completed with it.
    """
    for entry, where in event.entries(key):
        link = event.fields_of(entry if isinstance(entry, dict) else {"url": entry}, where)
        url = link.text("url")
        if url.strip():
            if origin and is_relative(url):
                url = absolute(url, origin) or url
            yield DraftLink(url, link.text("title"), link.text("type"))


def _recorded(event: Fields) -> bool | None:
    """Return whether a recording will be published: False if the speakers opted out, None if unknown."""
    opted_out = event.flag("do_not_record")
    recording = event.raw("recording")
    if opted_out is None and isinstance(recording, dict):
        opted_out = event.child("recording").flag("optout")
    return None if opted_out is None else not opted_out
