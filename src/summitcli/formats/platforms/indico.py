"""The JSON of Indico's export API: an event with its contributions, which may be grouped into sessions.

In Indico, a session is a part of the programme, such as a track; a contribution is a talk.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from summitcli.budgets import Spending
from summitcli.formats import native
from summitcli.formats.assembly.zones import localise
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.findings import Findings
from summitcli.formats.json_fields import NAMELESS, Fields, decode, looks_like_object, require
from summitcli.formats.json_shape import Shape
from summitcli.formats.spooled import spooled
from summitcli.formats.times import UNREADABLE, find_zone, local_day, read_instant
from summitcli.model import LONGEST_CONFERENCE
from summitcli.sources.source import NO_HINTS, Hints

_RESULTS = re.compile(rb'"results"\s*:\s*\[')
_CONTRIBUTIONS = re.compile(rb'"(?:contributions|sessions)"\s*:\s*\[\s*\{')
_EVENT = re.compile(rb'"startDate"\s*:')
_LIST = Shape(lazy=True)
_SESSION = Shape(members={"contributions": _LIST})
_SHAPE = Shape(
    members={"results": Shape(each=Shape(members={"contributions": _LIST, "sessions": Shape(each=_SESSION)}))}
)

_MATERIALS = {
    "slides": "slides", "presentation": "slides", "recording": "recording", "video": "recording",
}  # fmt: skip
"""The kind of a link, such as ``slides``, by a word in the title of the link or of its folder."""


class _Part(NamedTuple):
    """A list of contributions (talks), with the title and room of the session to which they belong."""

    holder: Fields
    session: str | None = None
    """The title of the session; None for contributions that are in no session."""
    room: str = ""


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like JSON with the contributions or sessions of an event of Indico."""
    return (
        looks_like_object(data)
        and all(mark.search(data) for mark in (_RESULTS, _EVENT, _CONTRIBUTIONS))
        and not native.detect(data)
    )


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The contributions are in the order of the file. If the file has several events, the name, the period and
    the time zone of the first are used.

    Raises:
        InvalidSchedule: the document is not JSON, has no list of results, or is too large.
    """
    document = decode(data, name, _SHAPE)
    require(document.get("results"), list, "results", name)
    findings = Findings()
    whole = Fields(document, "", findings, Spending(name, len(data)))
    results = [*whole.children("results")]
    first = next(iter(results), whole)
    parts = [part for result in results for part in _parts(result)]
    zone_name = first.text("timezone")
    zone = find_zone(zone_name)
    start, end = _moment(first, "startDate"), _moment(first, "endDate")
    tracks = {part.session: part.holder.text("color") for part in parts if part.session}
    return Draft(
        events=spooled(_events(parts)),
        findings=findings,
        title=first.text("title"),
        language=first.text("language"),
        time_zone=zone_name,
        start=local_day(start, zone) if start else None,
        end=local_day(end, zone) if end else None,
        tracks=tuple(Track(session, color=color) for session, color in tracks.items()),
        url=first.text("url"),
        place=first.text("location"),
        places=(first.text("address"),),
    )


def _parts(result: Fields) -> Iterator[_Part]:
    """Yield the lists of contributions of an event: one without session, then one for each session."""
    yield _Part(result)
    for session in result.children("sessions"):
        yield _Part(session, session.text("title"), _room(session))


def _events(parts: Iterable[_Part]) -> Iterator[Event]:
    """Yield an event for each contribution, and for each session without contributions, such as a break."""
    for part in parts:
        empty = True
        for contribution in part.holder.children("contributions"):
            empty = False
            yield _contribution(contribution, part)
        if empty and part.session is not None:
            yield _contribution(part.holder, part)


def _contribution(fields: Fields, part: _Part) -> Event:
    """Return an :class:`~summitcli.formats.draft.Event` read from a contribution (a talk).

    Args:
        fields: the JSON object of the contribution, or of a session without contributions.
        part: the list of contributions to which it belongs.
    """
    number = fields.label("friendly_id") or fields.label("id")
    people = tuple(_people(fields))
    session, track = fields.named("session", {}) or part.session or "", fields.named("track", {})
    start = _moment(fields, "startDate")
    return Event(
        where=fields.where,
        identity=fields.label("db_id") or fields.label("id") or None,
        names=(number,) if number else (),
        title=fields.text("title"),
        description=fields.text("description"),
        start=start,
        end=_end(fields, start),
        room=_room(fields) or part.room,
        track=session or track,
        type=fields.named("type", {}),
        language=fields.text("language"),
        speakers=tuple(person.name for person in people),
        people=tuple(person for person in people if person.biography),
        url=fields.text("url"),
        links=tuple(_links(fields)),
        tags=(*((track,) if session and track else ()), *_keywords(fields)),
    )


def _room(fields: Fields) -> str:
    return fields.first("room", "roomFullname")


def _moment(fields: Fields, key: str) -> datetime | None:
    """Return the time at ``key``, such as ``{"date": "2021-09-15", "time": "14:35:00", "tz": "UTC"}``."""
    if not isinstance(fields.raw(key), dict):
        return fields.instant(key)
    parts = fields.child(key)
    day, clock, zone_name = parts.texts(("date", "time", "tz"))
    moment = read_instant(f"{day}T{clock}")
    if moment is None:
        if day.strip():
            fields.note(UNREADABLE, key, f"{day} {clock}")
        return None
    zone = find_zone(zone_name)
    if zone is None and zone_name.strip():
        parts.note(UNREADABLE, "tz", zone_name)
    return localise(moment, zone) if zone else moment


def _end(fields: Fields, start: datetime | None) -> datetime | None:
    """Return the end of a contribution; None if unknown. It may be given as a duration in minutes."""
    end, minutes = _moment(fields, "endDate"), fields.raw("duration")
    if end or not start or not isinstance(minutes, int) or isinstance(minutes, bool):
        return end
    if not 0 <= minutes <= LONGEST_CONFERENCE // timedelta(minutes=1):
        fields.note(UNREADABLE, "duration")
        return None
    return start + timedelta(minutes=minutes)


def _people(fields: Fields) -> Iterator[Person]:
    """Yield the speakers of a contribution. The affiliation is returned as the biography."""
    for speaker in fields.children("speakers"):
        name = " ".join(filter(None, map(str.strip, speaker.texts(("first_name", "last_name")))))
        if name := name or speaker.first("fullName", "name"):
            yield Person(name, biography=speaker.text("affiliation"))
        else:
            speaker.note(NAMELESS)


def _keywords(fields: Fields) -> Iterator[str]:
    for keyword, _where in fields.entries("keywords"):
        if isinstance(keyword, str) and keyword.strip():
            yield keyword


def _links(fields: Fields) -> Iterator[DraftLink]:
    """Yield the links to a contribution's materials, which are in folders.

    In old versions of Indico, the materials are called resources.
    """
    for key, entries in (("folders", "attachments"), ("material", "resources")):
        for folder in fields.children(key):
            for entry in folder.children(entries):
                title = entry.first("title", "name")
                titles = title.casefold(), folder.text("title").casefold()
                kinds = (kind for text in titles for word, kind in _MATERIALS.items() if word in text)
                if url := entry.first("link_url", "download_url", "url"):
                    yield DraftLink(url, title, next(kinds, ""))
