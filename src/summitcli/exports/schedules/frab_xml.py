"""The ``schedule.xml`` of pentabarf, frab and pretalx, as the strict schema (XSD) of the c3voc has it.

No two events may share a guid or a slug there. So the slug of an event is a prefix, a hyphen and the
session's id, and from a session's second slot on also an underscore and the slot's number; of that our own
reader makes sessions again. The guid of the first slot is the session's.
"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid5
from xml.etree import ElementTree

from summitcli.errors import ScheduleError
from summitcli.exports.schedules import frab
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.text.printable import BIDI_CONTROLS

if TYPE_CHECKING:
    from summitcli.model import Schedule

LONGEST = timedelta(days=100)
"""Events are shorter: their length is written with two digits for the days."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document holds (XML 1.0, production 2)."""
_LINE_ENDS = re.compile("\r\n?")
_TERMINAL_CONTROLS = {code: f"&#x{code:x};" for code in (*range(0x7F, 0xA0), *BIDI_CONTROLS)}
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_SHORTEST = 4
"""How many characters an acronym and each part of a slug have at the least."""


def frab_xml(schedule: Schedule) -> str:
    """``schedule`` as a document in its own language.

    Raises:
        ScheduleError: an event lasts longer than the format can say.
    """
    root = ElementTree.Element("schedule")
    ElementTree.SubElement(root, "generator", frab.GENERATOR)
    _add(root, "version", schedule.version or "")
    root.append(_conference(schedule))
    for day in frab.days(schedule):
        root.append(_day(schedule, day))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text.translate(_TERMINAL_CONTROLS)}\n'


def _conference(schedule: Schedule) -> ElementTree.Element:
    conference = schedule.conference
    element = ElementTree.Element("conference")
    _add(element, "title", frab.own(schedule, conference.title))
    # Hyphens are fit for an acronym here, so it is the id, which is more use to a reader than a likeness.
    _add(element, "acronym", conference.id.ljust(_SHORTEST, "_"))
    _add(element, "start", conference.start.isoformat())
    _add(element, "end", conference.end.isoformat())
    _add(element, "days", str((conference.end - conference.start).days + 1))
    _add(element, "timeslot_duration", frab.hours_and_minutes(frab.timeslot(schedule)))
    _add_known(element, "url", frab.web_address(conference.url))
    _add(element, "time_zone_name", conference.time_zone)
    for category in schedule.categories:
        attributes = {"name": _fit(frab.own(schedule, category.name))}
        if category.color:
            attributes["color"] = category.color
        if _TRACK_SLUG.fullmatch(category.id):
            attributes["slug"] = category.id
        ElementTree.SubElement(element, "track", attributes)
    return element


def _day(schedule: Schedule, day: frab.Day) -> ElementTree.Element:
    element = ElementTree.Element(
        "day",
        {
            "index": str(day.number),
            "date": day.day.isoformat(),
            "start": frab.instant(day.start),
            "end": frab.instant(day.end),
        },
    )
    for room, events in day.rooms.items():
        held = ElementTree.SubElement(element, "room", {"name": _fit(room)})
        for event in events:
            held.append(_event(schedule, event))
    return element


def _event(schedule: Schedule, event: frab.Event) -> ElementTree.Element:
    session = event.session
    guid = event.guid if event.part == 1 else str(uuid5(UUID(event.guid), str(event.part)))
    element = ElementTree.Element("event", {"guid": guid, "id": str(event.number)})
    _add(element, "date", frab.instant(event.start))
    _add(element, "start", frab.clock(event.start))
    _add(element, "duration", _duration(event))
    _add(element, "room", event.slot.room or "")
    _add(element, "slug", _slug(schedule, event))
    _add_known(element, "url", frab.web_address(session.url))
    _add(element, "title", frab.own(schedule, session.title))
    _add(element, "subtitle", frab.own(schedule, session.subtitle))
    _add(element, "track", event.track)
    _add(element, "type", session.type or "")
    _add(element, "language", session.language or "")
    _add(element, "abstract", frab.own(schedule, session.abstract))
    _add(element, "description", frab.own(schedule, session.description))
    if session.recorded is not None:
        recording = ElementTree.SubElement(element, "recording")
        _add(recording, "license", "")
        _add(recording, "optout", "false" if session.recorded else "true")
    persons = ElementTree.SubElement(element, "persons")
    for name in session.speakers:
        _add(persons, "person", name)
    links = ElementTree.SubElement(element, "links")
    for link in session.links:
        _add(links, "link", link.title or "", href=_fit(link.url))
    return element


def _slug(schedule: Schedule, event: frab.Event) -> str:
    id_ = event.session.id.rjust(_SHORTEST, "-")
    return f"{frab.acronym(schedule)}-{id_}" + (f"_{event.part}" if event.part > 1 else "")


def _duration(event: frab.Event) -> str:
    """A length as ``HH:MM``, or from 100 hours on as ``D:HH:MM``.

    Raises:
        ScheduleError: it is longer than that can say.
    """
    length = frab.length(event)
    if length >= LONGEST:
        sentence = _("{id} lasts {n} days, which frab XML has no way to say")
        raise ScheduleError(sentence.format(id=event.session.id, n=length.days))
    if length < timedelta(hours=100):
        return frab.hours_and_minutes(length)
    return f"{length.days}:{frab.hours_and_minutes(length - timedelta(days=length.days))}"


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: Any) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _fit(text)


def _add_known(parent: ElementTree.Element, name: str, text: str | None) -> None:
    if text is not None:
        _add(parent, name, text)


def _fit(text: str) -> str:
    """``text`` without what XML forbids, its line ends as every reader of XML would make them."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
