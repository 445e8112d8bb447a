"""The ``schedule.json`` of frab, pretalx and c3voc, as the strict schema of the c3voc has it.

Events are slots; those of one session have its guid and its id as their slug. What the format has no place
for and a reader of our own can use is in ``conference.meta``: the conference's id, language and time zone,
and names in other languages.
"""

from __future__ import annotations

import re

from summitcli.exports import objects
from summitcli.exports.schedules import frab
from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitcli.model import Schedule, Text

SCHEMA = "https://c3voc.de/schedule/schema.json"

_ZONE_NAME = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC\Z")
"""Names of time zones that the schema knows."""


def frab_json(schedule: Schedule) -> str:
    """``schedule`` as a document in its own language, texts as they are."""
    conference = schedule.conference
    days = frab.days(schedule)
    zone_known = _ZONE_NAME.match(conference.time_zone) is not None
    content = {
        "acronym": frab.acronym(schedule),
        "title": frab.own(schedule, conference.title),
        "start": conference.start.isoformat(),
        "end": conference.end.isoformat(),
        "daysCount": len(days),
        "timeslot_duration": frab.hours_and_minutes(frab.timeslot(schedule)),
        **({"time_zone_name": conference.time_zone} if zone_known else {}),
        **({"url": url} if (url := frab.uri(conference.url)) else {}),
        "tracks": [_track(schedule, category) for category in schedule.categories],
        "meta": _meta(schedule),
        "days": [_day(schedule, day) for day in days],
    }
    whole = {"version": schedule.version or "", "conference": content}
    return objects.json({"$schema": SCHEMA, "generator": frab.GENERATOR, "schedule": whole})


def _meta(schedule: Schedule) -> dict[str, Any]:
    conference = schedule.conference
    titles = {session.id: session.title for session in schedule.sessions}
    names = {category.id: category.name for category in schedule.categories}
    known = {
        "id": conference.id,
        "language": conference.language,
        "time_zone_name": conference.time_zone,
        "revised": None if schedule.revised is None else schedule.revised.isoformat(),
        "title": _languages(conference.title),
        "rooms": conference.rooms,
        "tracks": {id_: texts for id_, name in names.items() if (texts := _languages(name))},
        "events": {id_: texts for id_, title in titles.items() if (texts := _languages(title))},
    }
    return {key: value for key, value in known.items() if value}


def _languages(text: Text) -> dict[str, str]:
    """A text by language, where it is given in several."""
    return text.root if isinstance(text.root, dict) and len(text.root) > 1 else {}


def _track(schedule: Schedule, category: Any) -> dict[str, str]:
    track = {"name": frab.own(schedule, category.name), "slug": _slug(category.id)}
    return {**track, "color": category.color} if category.color else track


def _day(schedule: Schedule, day: frab.Day) -> dict[str, Any]:
    return {
        "index": day.number,
        "date": day.day.isoformat(),
        "day_start": frab.instant(day.start),
        "day_end": frab.instant(day.end),
        "rooms": {room: [_event(schedule, event) for event in events] for room, events in day.rooms.items()},
    }


def _event(schedule: Schedule, event: frab.Event) -> dict[str, Any]:
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
