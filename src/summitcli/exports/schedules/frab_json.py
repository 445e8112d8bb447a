"""The ``schedule.json`` of frab, pretalx and c3voc, by the strict schema of the c3voc.

An event is one slot (time and room) of a session. All events of a session have the same GUID, and the
session's ID as their slug. The object ``conference.meta`` has what the format lacks and this program uses
when it reads the file: the conference's ID, language and time zone, and translated names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summitcli.exports import indented
from summitcli.exports.schedules import frab
from summitcli.exports.schedules.frab_people import People, session_beside, translations, written_links
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.storage.spool import TextSpool

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed
    from summitcli.model import Outline

SCHEMA = "https://c3voc.de/schedule/schema.json"

_ZONE_NAME = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC\Z")
"""The names of time zones that the schema accepts, such as ``Asia/Shanghai``."""
_EVENT_INDENT, _NAME_INDENT = 14 * " ", 10 * " "
"""The indentation of an event in the document, and that of the titles of a session."""


def frab_json(parsed: Parsed) -> Iterator[str]:
    """Yield the text of the ``schedule.json`` of a schedule, in pieces.

    Texts are in the conference's own language. Translations of titles are in ``conference.meta``.

    Raises:
        InvalidSchedule: a session is invalid. The error is raised before anything is yielded.
    """
    schedule = parsed.outline
    names, details = TextSpool(), TextSpool()
    people = People(schedule)

    def write(event: frab.Event) -> str:
        session = event.session
        if event.part == 1 and (texts := translations(session.title)):
            names.add(f"{indented.dumps(session.id)}: {indented.dumps(texts, _NAME_INDENT)}")
        if event.part == 1 and (beside := session_beside(session)):
            details.add(f"{indented.dumps(_slug(session.id))}: {indented.dumps(beside, _NAME_INDENT)}")
        return indented.dumps(_event(schedule, event, people), _EVENT_INDENT)

    programme = frab.Programme(parsed, write)
    days = programme.days()
    conference = schedule.conference
    zone_known = _ZONE_NAME.match(conference.time_zone) is not None
    content = {
        "acronym": frab.acronym(schedule),
        "title": frab.own_text(schedule, conference.title),
        "start": conference.start.isoformat(),
        "end": conference.end.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": frab.hours_and_minutes(programme.timeslot),
        **({"time_zone_name": conference.time_zone} if zone_known else {}),
        **({"url": url} if (url := frab.uri(conference.url)) else {}),
        "tracks": [_track(schedule, category) for category in schedule.categories],
        "meta": _meta(schedule, names, details, people),
        "days": [_day(day, programme.written) for day in days],
    }
    whole = {"version": schedule.version or "", "conference": content}
    yield from indented.iterencode({"$schema": SCHEMA, "generator": frab.GENERATOR, "schedule": whole})
    yield "\n"


def _meta(schedule: Outline, names: TextSpool, details: TextSpool, people: People) -> dict[str, Any]:
    """Return the object ``conference.meta``: everything for which the format itself has no field.

    Args:
        schedule: the schedule.
        names: the titles of sessions in several languages, each as text such as ``"opening": {"en": "…"}``.
            The key is the session's ID.
        details: other details of sessions, each as text such as ``"opening": {"level": "…"}``. The key is the
            slug that the session has in the document.
        people: the speakers. All sessions must have been written before, because speakers without sessions
            are listed in this object.
    """
    conference = schedule.conference
    tracks = {category.id: category.name for category in schedule.categories}
    known = {
        "id": conference.id,
        "language": conference.language,
        "time_zone_name": conference.time_zone,
        "revised": None if schedule.revised is None else schedule.revised.isoformat(),
        "title": translations(conference.title),
        "rooms": conference.rooms,
        "tracks": {id_: texts for id_, name in tracks.items() if (texts := translations(name))},
        "events": indented.RawEntries(names) if len(names) else None,
        "sessions": indented.RawEntries(details) if len(details) else None,
        "speakers": people.beside(),
    }
    return {key: value for key, value in known.items() if value}


def _track(schedule: Outline, category: Any) -> dict[str, str]:
    track = {"name": frab.own_text(schedule, category.name), "slug": _slug(category.id)}
    return {**track, "color": category.color} if category.color else track


def _day(day: frab.Day, written: TextSpool) -> dict[str, Any]:
    return {
        "index": day.number,
        "date": day.day.isoformat(),
        "day_start": frab.instant(day.start),
        "day_end": frab.instant(day.end),
        "rooms": {
            room: (indented.RawJson(written[number]) for number in numbers)
            for room, numbers in day.rooms.items()
        },
    }


def _event(schedule: Outline, event: frab.Event, people: People) -> dict[str, Any]:
    session = event.session
    recorded = session.recorded
    return {
        "guid": event.guid,
        "id": event.number,
        "date": frab.instant(event.start),
        "start": frab.time_of_day(event.start),
        # A slot without times has no instant at which it ends.
        **({"end": frab.instant(event.end)} if event.slot.end else {}),
        "duration": frab.hours_and_minutes(frab.duration(event)),
        "room": event.slot.room or "",
        "slug": _slug(session.id),
        # The schema requires a URL; without one, the event's URN stands in.
        "url": frab.uri(session.url) or f"urn:uuid:{event.guid}",
        "title": frab.own_text(schedule, session.title),
        "subtitle": frab.own_text(schedule, session.subtitle) or None,
        "track": event.track or None,
        "type": session.type or "",
        "language": session.language or None,
        "abstract": frab.own_text(schedule, session.abstract) or None,
        "description": frab.own_text(schedule, session.description) or None,
        **({} if recorded is None else {"do_not_record": not recorded}),
        "persons": [*map(people.person, session.speakers)],
        "links": written_links(session.links),
        **({"feedback_url": url} if (url := frab.uri(session.feedback_url)) else {}),
    }


def _slug(id_: str) -> str:
    """Return an ID as a slug, which needs at least two characters: ``a`` gives ``-a``.

    When this program reads the file, it removes the hyphen again.
    """
    return id_.rjust(2, "-")
