"""The ``sessions`` of open-event and eventyay: a JSON array of sessions that contain all they refer to.

Keys have been written with underscores and with hyphens. About the conference as a whole it says nothing.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from summitcli.budgets import EVENTS, TRACKS, Spending
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft, Event, Person, Track
from summitcli.formats.findings import Findings
from summitcli.formats.json_fields import NAMELESS, Fields, decode_any, looks_like_array, require
from summitcli.formats.json_shape import Shape
from summitcli.formats.parsed import Parsed
from summitcli.formats.platforms.parts import read_links
from summitcli.formats.spooled import spooled
from summitcli.sources.source import Hints

_TIME = re.compile(rb'"(?:start_time|starts[-_]at)"\s*:')
_SESSION = re.compile(rb'"(?:microlocation|short[-_]abstract|session[-_]type)"\s*:')

_STARTS = ("start_time", "starts-at", "starts_at")
_ENDS = ("end_time", "ends-at", "ends_at")
_LINKS = {
    "video": "recording", "video-url": "recording", "video_url": "recording",
    "audio": "recording", "audio-url": "recording", "audio_url": "recording",
    "slides": "slides", "slides-url": "slides", "slides_url": "slides",
    "signup_url": "signup", "signup-url": "signup",
}  # fmt: skip
"""What the links of a session lead to (see :class:`DraftLink`), by their key."""
_PAGES = dict.fromkeys(("website", "github", "linkedin", "twitter", "facebook"), "")
"""The keys under which a speaker has links, none of them of a particular kind."""
_BIOGRAPHIES = ("long_biography", "long-biography", "short_biography", "short-biography")
_ACCEPTED = frozenset({"accepted", "confirmed"})
"""The values of ``state`` of sessions that take place."""


def detect(data: bytes) -> bool:
    """Return whether the bytes are a JSON array with the times and other keys of such sessions."""
    return looks_like_array(data) and _TIME.search(data) is not None and _SESSION.search(data) is not None


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """Return the schedule in ``data``.

    Raises:
        InvalidSchedule: it is not JSON, not an array, or exceeds the budgets.
    """
    return assemble(read(data, name), name, hints)


def read(data: bytes, name: str) -> Draft:
    """Return the draft of the schedule in ``data``, with the sessions in the order of the file.

    Raises:
        InvalidSchedule: it is not JSON, not an array, or exceeds the budgets.
    """
    sessions = require(decode_any(data, name, Shape(lazy=True)), list, "", name)
    findings = Findings()
    whole = Fields({"": sessions}, "", findings, Spending(name, len(data)))
    whole.spend(EVENTS, len(sessions))
    tracks: dict[str, Track] = {}
    events = spooled(_session(session, tracks) for session in whole.children(""))
    return Draft(events=events, findings=findings, tracks=tuple(tracks.values()))


def _session(session: Fields, tracks: dict[str, Track]) -> Event:
    """Return a session, given as its fields, as an event of the draft; add its track to ``tracks``."""
    id_ = session.label("id")
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
        description=session.first("long_abstract", "long-abstract"),
        start=_moment(session, _STARTS),
        end=_moment(session, _ENDS),
        room=session.named("microlocation", {}),
        track=track,
        type=session.named("session_type", {}) or session.named("session-type", {}),
        language=session.text("language"),
        speakers=tuple(person.name for person in people),
        people=tuple(person for person in people if person.biography or person.links),
        links=tuple(read_links(session, _LINKS)),
        level=session.named("level", {}),
        status="" if state in _ACCEPTED else state,
    )


def _moment(session: Fields, keys: tuple[str, ...]) -> datetime | None:
    """Return the time under the first of ``keys`` that has one; None if none has."""
    return next(filter(None, map(session.instant, keys)), None)


def _people(session: Fields) -> Iterator[Person]:
    """Yield the speakers of a session, who are given as objects or only by name."""
    for entry, where in session.entries("speakers"):
        speaker = session.fields_of(entry if isinstance(entry, dict) else {"name": entry}, where)
        if (name := speaker.label("name")).strip():
            links = tuple(read_links(speaker, _PAGES))
            yield Person(name, biography=speaker.first(*_BIOGRAPHIES), links=links)
        else:
            speaker.note(NAMELESS)
