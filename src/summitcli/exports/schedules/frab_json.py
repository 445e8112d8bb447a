"""The ``schedule.json`` of frab, pretalx and c3voc, as the strict schema of the c3voc has it.

Events are slots; those of one session have its guid and its id as their slug. What the format has no place
for and a reader of our own can use is in ``conference.meta``: the conference's id, language and time zone,
and names in other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summitcli.exports import indented
from summitcli.exports.schedules import frab
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.storage.spool import TextSpool

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed
    from summitcli.model import Outline, Text

SCHEMA = "https://c3voc.de/schedule/schema.json"

_ZONE_NAME = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC\Z")
"""Names of time zones that the schema knows."""
_EVENT, _NAME = 14 * " ", 10 * " "
"""What the lines of an event begin with in the document, and those of a session's names."""


def frab_json(parsed: Parsed) -> Iterator[str]:
    """Yield a schedule as a document in its own language, texts as they are.

    Raises:
        InvalidSchedule: a session is none; before anything is given.
    """
    schedule = parsed.outline
    names = TextSpool()

    def write(event: frab.Event) -> str:
        session = event.session
        if event.part == 1 and (texts := _languages(session.title)):
            names.add(f"{indented.text(session.id)}: {indented.text(texts, _NAME)}")
        return indented.text(_event(schedule, event), _EVENT)

    programme = frab.Programme(parsed, write)
    days = programme.days()
    conference = schedule.conference
    zone_known = _ZONE_NAME.match(conference.time_zone) is not None
    content = {
        "acronym": frab.acronym(schedule),
        "title": frab.own(schedule, conference.title),
        "start": conference.start.isoformat(),
        "end": conference.end.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": frab.hours_and_minutes(programme.timeslot),
        **({"time_zone_name": conference.time_zone} if zone_known else {}),
        **({"url": url} if (url := frab.uri(conference.url)) else {}),
        "tracks": [_track(schedule, category) for category in schedule.categories],
        "meta": _meta(schedule, names),
        "days": [_day(day, programme.written) for day in days],
    }
    whole = {"version": schedule.version or "", "conference": content}
    yield from indented.pieces({"$schema": SCHEMA, "generator": frab.GENERATOR, "schedule": whole})
    yield "\n"


def _meta(schedule: Outline, names: TextSpool) -> dict[str, Any]:
    """Return what the format has no place for.

    Args:
        schedule: the schedule.
        names: the names of sessions in several languages, each written with its id.
    """
    conference = schedule.conference
    tracks = {category.id: category.name for category in schedule.categories}
    known = {
        "id": conference.id,
        "language": conference.language,
        "time_zone_name": conference.time_zone,
        "revised": None if schedule.revised is None else schedule.revised.isoformat(),
        "title": _languages(conference.title),
        "rooms": conference.rooms,
        "tracks": {id_: texts for id_, name in tracks.items() if (texts := _languages(name))},
        "events": indented.Entries(names) if len(names) else None,
    }
    return {key: value for key, value in known.items() if value}


def _languages(text: Text) -> dict[str, str]:
    """A text by language, where it is given in several."""
    return text.root if isinstance(text.root, dict) and len(text.root) > 1 else {}


def _track(schedule: Outline, category: Any) -> dict[str, str]:
    track = {"name": frab.own(schedule, category.name), "slug": _slug(category.id)}
    return {**track, "color": category.color} if category.color else track


def _day(day: frab.Day, written: TextSpool) -> dict[str, Any]:
    return {
        "index": day.number,
        "date": day.day.isoformat(),
        "day_start": frab.instant(day.start),
        "day_end": frab.instant(day.end),
        "rooms": {
            room: (indented.Written(written[number]) for number in numbers)
            for room, numbers in day.rooms.items()
        },
    }


def _event(schedule: Outline, event: frab.Event) -> dict[str, Any]:
    session = event.session
    recorded = session.recorded
    return {
        "guid": event.guid,
        "id": event.number,
        "date": frab.instant(event.start),
        "start": frab.clock(event.start),
        # A day without clock times has no instant at which it ends.
        **({"end": frab.instant(event.end)} if event.slot.end else {}),
        "duration": frab.hours_and_minutes(frab.length(event)),
        "room": event.slot.room or "",
        "slug": _slug(session.id),
        # The schema asks for an address; where there is none, this is at least the event's own name.
        "url": frab.uri(session.url) or f"urn:uuid:{event.guid}",
        "title": frab.own(schedule, session.title),
        "subtitle": frab.own(schedule, session.subtitle) or None,
        "track": event.track or None,
        "type": session.type or "",
        "language": session.language or None,
        "abstract": frab.own(schedule, session.abstract) or None,
        "description": frab.own(schedule, session.description) or None,
        **({} if recorded is None else {"do_not_record": not recorded}),
        "persons": [{"name": name} for name in session.speakers],
        "links": [
            {"url": url, **({"title": link.title} if link.title else {})}
            for link in session.links
            if (url := frab.uri(link.url))
        ],
    }


def _slug(id_: str) -> str:
    """An id as a slug, which has at least two characters; one of ours with a hyphen before is the same id."""
    return id_.rjust(2, "-")
