"""The JSON of pretalx's schedule widget: talks, with the rooms, tracks and speakers to which they refer.

A talk refers to a room or a track by number, to a speaker by code. About the conference, the JSON has only
the days and the time zone.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from summitcli.budgets import Spending
from summitcli.formats import native
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import Findings
from summitcli.formats.frab.details import read_details
from summitcli.formats.frab.family import Times, read_times, read_track
from summitcli.formats.frab.people import LISTS_OF_PERSONS, read_listed_people, read_people, read_speakers
from summitcli.formats.json_fields import (
    UNKNOWN,
    Fields,
    decode,
    looks_like_object,
    names_by_identifier,
    read_named_entries,
    require,
)
from summitcli.formats.json_shape import Shape
from summitcli.formats.spooled import spooled
from summitcli.formats.times import UNREADABLE, find_zone
from summitcli.model import LONGEST_CONFERENCE
from summitcli.sources.source import NO_HINTS, Hints

_TALKS = re.compile(rb'"talks"\s*:\s*\[')
_ROOMS = re.compile(rb'"rooms"\s*:\s*\[')
_WIDGET = re.compile(rb'"(?:event_start|event_end|timezone)"\s*:')
_CONFERENCE = re.compile(rb'"conference"\s*:\s*\{')


class _Names(NamedTuple):
    """The names of the rooms and tracks by number, and of the speakers by code."""

    rooms: Mapping[str, str]
    tracks: Mapping[str, str]
    speakers: Mapping[str, str]


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like JSON with talks and rooms, but without a conference."""
    return (
        looks_like_object(data)
        and all(mark.search(data) for mark in (_TALKS, _ROOMS, _WIDGET))
        and not _CONFERENCE.search(data)
        and not native.detect(data)
    )


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The talks are in the order of the file.

    Raises:
        InvalidSchedule: the document is not JSON, has no list of talks, or is too large.
    """
    document = decode(data, name, Shape(members={"talks": Shape(lazy=True)}))
    require(document.get("talks"), list, "talks", name)
    findings = Findings()
    whole = Fields(document, "", findings, Spending(name, len(data)))
    rooms, tracks = read_named_entries(whole, "rooms"), read_named_entries(whole, "tracks")
    speakers = read_named_entries(whole, "speakers")
    names = _Names(*map(names_by_identifier, (rooms, tracks, speakers)))
    zone_name = whole.text("timezone")
    zone = find_zone(zone_name)
    return Draft(
        events=spooled(_read_talk(talk, names) for talk in whole.children("talks")),
        findings=findings,
        time_zone=zone_name,
        start=whole.day("event_start", zone),
        end=whole.day("event_end", zone),
        tracks=tuple(map(read_track, tracks)),
        rooms=tuple(dict.fromkeys(room.name for room in rooms)),
        people=read_listed_people(speakers),
        version=whole.label("version"),
    )


def _read_talk(talk: Fields, names: _Names) -> Event:
    """Return an :class:`~summitcli.formats.draft.Event` read from a talk, or from a break.

    A break has no ``code``.
    """
    code, number = talk.label("code"), talk.label("id")
    times = _read_times(talk)
    opted_out = talk.flag("do_not_record")
    details = read_details(talk)
    persons = talk.listed(*LISTS_OF_PERSONS)
    return Event(
        where=talk.where,
        identity=code or number or None,
        names=tuple(filter(None, (code, number))),
        title=talk.text("title"),
        titles=talk.languages("title"),
        abstract=talk.text("abstract"),
        description=talk.text("description"),
        abstracts=details.abstracts,
        descriptions=details.descriptions,
        level=details.level,
        tags=details.tags,
        feedback_url=details.feedback_url,
        people=read_people(talk, persons, names.speakers),
        start=times.start,
        end=times.end,
        room=_referenced_name(talk, "room", names.rooms),
        track=_referenced_name(talk, "track", names.tracks),
        type=talk.text("slot_type"),
        language=talk.text("content_locale"),
        speakers=read_speakers(talk, persons, names.speakers, by_code=True),
        url=talk.text("url"),
        recorded=None if opted_out is None else not opted_out,
        length=times.length,
    )


def _read_times(talk: Fields) -> Times:
    """Return the times of a talk from its ``start``, ``end`` and ``duration`` (in minutes, if a number)."""
    minutes, start = talk.raw("duration"), talk.instant("start")
    if not start or not isinstance(minutes, int) or isinstance(minutes, bool):
        return read_times(talk, start)
    if end := talk.instant("end"):
        return Times(start, end)
    if not 0 <= minutes <= LONGEST_CONFERENCE // timedelta(minutes=1):
        talk.note(UNREADABLE, "duration")
        return Times(start, None)
    length = timedelta(minutes=minutes)
    return Times(start, start + length) if start.tzinfo else Times(start, None, length=length)


def _referenced_name(talk: Fields, key: str, known: Mapping[str, str]) -> str:
    """Return the name of the talk's room or track; empty if the talk has none, or its number is unknown.

    Args:
        talk: the talk's JSON object.
        key: ``room`` or ``track``. The talk's value there is a number, or an object with a name.
        known: the names of the rooms or tracks by number.
    """
    if isinstance(talk.raw(key), dict):
        return talk.named(key, known)
    number = talk.label(key)
    if number and number not in known:
        talk.note(UNKNOWN, key, number)
    return known.get(number, "")
