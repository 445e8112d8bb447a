"""The ``sessions`` that open-event and eventyay export: a JSON array of sessions, without any other lists.

Keys are written with underscores in some versions, with hyphens in others. The oldest files are an object
with the array in it. The file says nothing about the conference. The API of eventyay sends the same data in
another form, a document of JSON:API. This module reads that, too, with
:mod:`~summitcli.formats.platforms.json_api`.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, tzinfo

from summitcli.budgets import EVENTS, TRACKS, Spending
from summitcli.formats import native
from summitcli.formats.draft import Draft, Event, Person, Track
from summitcli.formats.findings import Findings
from summitcli.formats.json_fields import (
    NAMELESS,
    Fields,
    decode_any,
    looks_like_array,
    looks_like_object,
    require,
)
from summitcli.formats.json_shape import Shape
from summitcli.formats.platforms import json_api
from summitcli.formats.platforms.parts import read_links
from summitcli.formats.spooled import spooled
from summitcli.formats.times import find_zone, local_day
from summitcli.sources.source import NO_HINTS, Hints

_TIME = re.compile(rb'"(?:start_time|starts[-_]at)"\s*:')
_SESSION = re.compile(rb'"(?:microlocation|short[-_]abstract|session[-_]type)"\s*:')
_OLDEST = re.compile(rb'"sessions"\s*:\s*\['), re.compile(rb'"session_id"\s*:')
_RESOURCE = re.compile(rb'"attributes"\s*:\s*\{'), re.compile(rb'"type"\s*:\s*"session"')
_LAZY = Shape(lazy=True)
_SHAPE = Shape(lazy=True, members={"sessions": _LAZY, "data": _LAZY, "included": _LAZY})

_STARTS = ("start_time", "starts-at", "starts_at")
_ENDS = ("end_time", "ends-at", "ends_at")
_TYPES = ("session_type", "session-type", "type")
_LINKS = {
    "video": "recording", "video-url": "recording", "video_url": "recording",
    "audio": "recording", "audio-url": "recording", "audio_url": "recording",
    "slides": "slides", "slides-url": "slides", "slides_url": "slides",
    "signup_url": "signup", "signup-url": "signup", "sign_up": "signup",
}  # fmt: skip
"""The keys at which a session has links, with the kind of each link."""
_PAGES = dict.fromkeys(("website", "github", "linkedin", "twitter", "facebook"), "")
"""The keys at which a speaker has links, in the form of the table above. The links are of no kind (empty)."""
_BIOGRAPHIES = ("long_biography", "long-biography", "short_biography", "short-biography")
_ACCEPTED = frozenset({"accepted", "confirmed"})
"""The values of ``state`` with which a session takes place; sessions with other states are left out."""


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like JSON of open-event, by the keys for the times of sessions."""
    if looks_like_object(data):
        marks = [_OLDEST, (*_RESOURCE, _SESSION)]
        is_ours = any(all(mark.search(data) for mark in group) for group in marks) and not native.detect(data)
    else:
        is_ours = looks_like_array(data) and _SESSION.search(data) is not None
    return is_ours and _TIME.search(data) is not None


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The sessions are in the order of the file.

    Raises:
        InvalidSchedule: the document is not JSON, has no list of sessions, or is too large.
    """
    document = decode_any(data, name, _SHAPE)
    findings, spending = Findings(), Spending(name, len(data))
    if isinstance(document, dict) and "sessions" not in document:
        return _read_api(Fields(document, "", findings, spending), findings)
    key = "sessions" if isinstance(document, dict) else ""
    sessions = require(document[key] if key else document, list, key, name)
    whole = Fields({key: sessions}, "", findings, spending)
    whole.spend(EVENTS, len(sessions))
    tracks: dict[str, Track] = {}
    events = spooled(_session(session, tracks) for session in whole.children(key))
    return Draft(events=events, findings=findings, tracks=tuple(tracks.values()))


def _read_api(document: Fields, findings: Findings) -> Draft:
    """Return the draft of the schedule in a JSON:API document (its content as the document states it).

    The conference's name and the like are read if the document has them.
    """
    if document.child("links").raw("next"):
        document.note(json_api.ONE_PAGE)
    others = json_api.others_of(document)
    document.spend(TRACKS, len(others[json_api.TRACK]))
    tracks = {
        name: Track(name, color=track.text("color"))
        for track in others[json_api.TRACK].values()
        if (name := track.label("name"))
    }
    speakers = map(_person, others[json_api.SPEAKER].values())
    conference = next(iter(others[json_api.EVENT].values()), document.fields_of({}, ""))
    zone_name = conference.text("timezone")
    start, end = (_day(conference, keys, find_zone(zone_name)) for keys in (_STARTS, _ENDS))
    return Draft(
        events=spooled(_sessions(document, others, tracks)),
        findings=findings,
        title=conference.text("name"),
        time_zone=zone_name,
        start=start,
        end=end,
        tracks=tuple(tracks.values()),
        url=conference.text("external-event-url"),
        place=conference.text("location-name"),
        people=tuple(speaker for speaker in speakers if speaker.name),
    )


def _sessions(document: Fields, others: json_api.Resources, tracks: dict[str, Track]) -> Iterator[Event]:
    """Yield the sessions in a JSON:API document, each as an :class:`~summitcli.formats.draft.Event`.

    Args:
        document: the document.
        others: the rooms, tracks and speakers to which sessions refer, by type and ID.
        tracks: the known tracks by name. The tracks of the sessions are added to this mapping.
    """
    for session in json_api.sessions_of(document):
        session.spend(EVENTS, 1)
        yield _session(json_api.with_names(session, others), tracks)


def _session(session: Fields, tracks: dict[str, Track]) -> Event:
    """Return an :class:`~summitcli.formats.draft.Event` read from a session; add its track to ``tracks``."""
    id_ = session.label("id") or session.label("session_id")
    track = session.named("track", {})
    if track and track not in tracks:
        session.spend(TRACKS, 1)
        color = session.child("track").text("color") if isinstance(session.raw("track"), dict) else ""
        tracks[track] = Track(track, color=color)
    people = tuple(_people(session))
    state = session.text("state").strip().lower()
    return Event(
        where=session.where,
        identity=id_ or None,
        names=(id_,) if id_ else (),
        title=session.text("title"),
        subtitle=session.text("subtitle"),
        abstract=session.first("short_abstract", "short-abstract"),
        description=session.first("long_abstract", "long-abstract", "description"),
        start=_moment(session, _STARTS),
        end=_moment(session, _ENDS),
        room=session.named("microlocation", {}) or session.text("location"),
        track=track,
        type=next(filter(None, (session.named(key, {}) for key in _TYPES)), ""),
        language=session.text("language"),
        speakers=tuple(person.name for person in people),
        people=tuple(person for person in people if person.biography or person.links),
        links=tuple(read_links(session, _LINKS)),
        level=session.named("level", {}),
        status="" if state in _ACCEPTED else state,
    )


def _moment(session: Fields, keys: tuple[str, ...]) -> datetime | None:
    """Return the time at the first of ``keys`` that has a time; None if no key has one."""
    return next(filter(None, map(session.instant, keys)), None)


def _people(session: Fields) -> Iterator[Person]:
    """Yield the speakers of a session. The file has each speaker as an object, or only as a name."""
    for entry, where in session.entries("speakers"):
        speaker = session.fields_of(entry if isinstance(entry, dict) else {"name": entry}, where)
        person = _person(speaker)
        if person.name.strip():
            yield person
        else:
            speaker.note(NAMELESS)


def _person(speaker: Fields) -> Person:
    links = tuple(read_links(speaker, _PAGES))
    return Person(speaker.label("name"), biography=speaker.first(*_BIOGRAPHIES), links=links)


def _day(conference: Fields, keys: tuple[str, ...], zone: tzinfo | None) -> date | None:
    """Return the local date of the time at the first of ``keys`` that has a time; None if no key has one."""
    moment = _moment(conference, keys)
    return local_day(moment, zone) if moment else None
