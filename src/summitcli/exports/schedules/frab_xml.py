"""The ``schedule.xml`` of pentabarf, frab and pretalx, by the strict schema (XSD) of the c3voc.

An event is one slot (time and room) of a session. The schema requires that all events have different GUIDs
and different slugs. The slug of an event is a prefix, a hyphen and the session's ID. From the second slot of
a session on, an underscore and the number of the slot follow. When this program reads the file, it joins the
events of a session by their slugs. The event of the first slot has the session's GUID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from summitcli.errors import ScheduleError
from summitcli.exports.elements import DECLARATION, INDENT, block, element, start
from summitcli.exports.schedules import frab
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.storage.spool import TextSpool

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed
    from summitcli.model import Link, Outline

MAX_DURATION = timedelta(days=100)
"""The duration that an event must not reach, as the format has only two digits for days."""

_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_MIN_LENGTH = 4
"""The minimum length, in characters, of an acronym and of each part of a slug."""


def frab_xml(parsed: Parsed) -> Iterator[str]:
    """Yield the text of the ``schedule.xml`` of a schedule, in pieces, in the conference's own language.

    Errors are raised before anything is yielded.

    Raises:
        InvalidSchedule: a session is invalid.
        ScheduleError: an event is too long for the format.
    """
    schedule = parsed.outline
    programme = frab.Programme(parsed, lambda event: _event(schedule, event))
    yield f"{DECLARATION}{start('schedule')}\n"
    yield f"{INDENT}{element('generator', '', frab.GENERATOR)}\n"
    yield f"{INDENT}{element('version', schedule.version or '')}\n"
    yield block("conference", {}, _conference(schedule, programme.timeslot), INDENT)
    for day in programme.days():
        yield from _day(day, programme.written)
    yield "</schedule>\n"


def _conference(schedule: Outline, timeslot: timedelta) -> Iterator[str]:
    conference = schedule.conference
    yield element("title", frab.own_text(schedule, conference.title))
    # This schema allows hyphens in an acronym, so it can be the ID itself.
    yield element("acronym", conference.id.ljust(_MIN_LENGTH, "_"))
    yield element("start", conference.start.isoformat())
    yield element("end", conference.end.isoformat())
    yield element("days", str((conference.end - conference.start).days + 1))
    yield element("timeslot_duration", frab.hours_and_minutes(timeslot))
    if url := frab.web_address(conference.url):
        yield element("url", url)
    yield element("time_zone_name", conference.time_zone)
    for category in schedule.categories:
        attributes = {"name": frab.own_text(schedule, category.name)}
        if category.color:
            attributes["color"] = category.color
        if _TRACK_SLUG.fullmatch(category.id):
            attributes["slug"] = category.id
        yield element("track", "", attributes)


def _day(day: frab.Day, written: TextSpool) -> Iterator[str]:
    attributes = {
        "index": str(day.number),
        "date": day.day.isoformat(),
        "start": frab.instant(day.start),
        "end": frab.instant(day.end),
    }
    if not day.rooms:
        yield f"{INDENT}{element('day', '', attributes)}\n"
        return
    yield f"{INDENT}{start('day', attributes)}\n"
    for room, numbers in day.rooms.items():
        yield f"{2 * INDENT}{start('room', {'name': room})}\n"
        yield from (written[number] for number in numbers)
        yield f"{2 * INDENT}</room>\n"
    yield f"{INDENT}</day>\n"


def _event(schedule: Outline, event: frab.Event) -> str:
    guid = event.guid if event.part == 1 else str(uuid5(UUID(event.guid), str(event.part)))
    attributes = {"guid": guid, "id": str(event.number)}
    return block("event", attributes, _event_elements(schedule, event), 3 * INDENT)


def _event_elements(schedule: Outline, event: frab.Event) -> Iterator[str]:
    """Yield the XML elements within an event, as lines."""
    session = event.session
    yield element("date", frab.instant(event.start))
    yield element("start", frab.time_of_day(event.start))
    yield element("duration", _duration(event))
    yield element("room", event.slot.room or "")
    yield element("slug", _slug(schedule, event))
    if url := frab.web_address(session.url):
        yield element("url", url)
    yield element("title", frab.own_text(schedule, session.title))
    yield element("subtitle", frab.own_text(schedule, session.subtitle))
    yield element("track", event.track)
    yield element("type", session.type or "")
    yield element("language", session.language or "")
    yield element("abstract", frab.own_text(schedule, session.abstract))
    yield element("description", frab.own_text(schedule, session.description))
    if session.recorded is not None:
        optout = element("optout", "false" if session.recorded else "true")
        yield from _list_element("recording", [element("license", ""), optout])
    yield from _list_element("persons", [element("person", name) for name in session.speakers])
    links = [element("link", link.title or "", _link_attributes(link)) for link in session.links]
    yield from _list_element("links", links)
    if url := frab.web_address(session.feedback_url):
        yield element("feedback_url", url)


def _link_attributes(link: Link) -> dict[str, str]:
    return {"href": link.url, "type": link.kind} if link.kind else {"href": link.url}


def _slug(schedule: Outline, event: frab.Event) -> str:
    id_ = event.session.id.rjust(_MIN_LENGTH, "-")
    return f"{frab.acronym(schedule)}-{id_}" + (f"_{event.part}" if event.part > 1 else "")


def _duration(event: frab.Event) -> str:
    """Return the duration of an event as ``HH:MM``; from 100 hours on as ``D:HH:MM``, with days.

    Raises:
        ScheduleError: the event is too long for the format.
    """
    length = frab.duration(event)
    if length >= MAX_DURATION:
        sentence = _("{id} lasts {n} days, which the format frab-xml can't express")
        raise ScheduleError(sentence.format(id=event.session.id, n=length.days))
    if length < timedelta(hours=100):
        return frab.hours_and_minutes(length)
    return f"{length.days}:{frab.hours_and_minutes(length - timedelta(days=length.days))}"


def _list_element(name: str, elements: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an XML element that contains ``elements``, each on its own line."""
    if not elements:
        yield f"<{name} />"
        return
    yield f"<{name}>"
    yield from (INDENT + element for element in elements)
    yield f"</{name}>"
