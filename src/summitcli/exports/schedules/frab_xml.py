"""The ``schedule.xml`` of pentabarf, frab and pretalx, by the strict schema (XSD) of the c3voc.

The schema requires that GUIDs and slugs are unique. So the slug of an event is a prefix, a hyphen and the
session's ID, followed by an underscore and the slot's number from the second slot on; our own reader joins
such events to sessions again. The first slot has the session's GUID.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID, uuid5

from summitcli.errors import ScheduleError
from summitcli.exports.schedules import frab
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.storage.spool import TextSpool
from summitcli.text.printable import BIDI_CONTROLS

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed
    from summitcli.model import Link, Outline

MAX_DURATION = timedelta(days=100)
"""The duration from which on an event is too long for the format, which has two digits for days."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that no XML document may contain (XML 1.0, production 2)."""
_LINE_ENDS = re.compile("\r\n?")
_CONTROL_REFERENCES = {code: f"&#x{code:x};" for code in (*range(0x7F, 0xA0), *BIDI_CONTROLS)}
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_INDENT = "  "
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_MIN_LENGTH = 4
"""The minimum length of an acronym and of each part of a slug."""


def frab_xml(parsed: Parsed) -> Iterator[str]:
    """Yield the text of the ``schedule.xml`` for a schedule in pieces, in the conference's own language.

    Exceptions are raised before anything is yielded.

    Raises:
        InvalidSchedule: a session is invalid.
        ScheduleError: an event is too long for the format.
    """
    schedule = parsed.outline
    programme = frab.Programme(parsed, lambda event: _event(schedule, event))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{_start("schedule", {})}\n'
    yield f"{_INDENT}{_element('generator', '', frab.GENERATOR)}\n"
    yield f"{_INDENT}{_element('version', schedule.version or '')}\n"
    yield _block("conference", {}, _conference(schedule, programme.timeslot), _INDENT)
    for day in programme.days():
        yield from _day(day, programme.written)
    yield "</schedule>\n"


def _conference(schedule: Outline, timeslot: timedelta) -> Iterator[str]:
    conference = schedule.conference
    yield _element("title", frab.own_text(schedule, conference.title))
    # This schema allows hyphens in an acronym, so it can be the ID itself.
    yield _element("acronym", conference.id.ljust(_MIN_LENGTH, "_"))
    yield _element("start", conference.start.isoformat())
    yield _element("end", conference.end.isoformat())
    yield _element("days", str((conference.end - conference.start).days + 1))
    yield _element("timeslot_duration", frab.hours_and_minutes(timeslot))
    if url := frab.web_address(conference.url):
        yield _element("url", url)
    yield _element("time_zone_name", conference.time_zone)
    for category in schedule.categories:
        attributes = {"name": frab.own_text(schedule, category.name)}
        if category.color:
            attributes["color"] = category.color
        if _TRACK_SLUG.fullmatch(category.id):
            attributes["slug"] = category.id
        yield _element("track", "", attributes)


def _day(day: frab.Day, written: TextSpool) -> Iterator[str]:
    attributes = {
        "index": str(day.number),
        "date": day.day.isoformat(),
        "start": frab.instant(day.start),
        "end": frab.instant(day.end),
    }
    if not day.rooms:
        yield f"{_INDENT}{_element('day', '', attributes)}\n"
        return
    yield f"{_INDENT}{_start('day', attributes)}\n"
    for room, numbers in day.rooms.items():
        yield f"{2 * _INDENT}{_start('room', {'name': room})}\n"
        yield from (written[number] for number in numbers)
        yield f"{2 * _INDENT}</room>\n"
    yield f"{_INDENT}</day>\n"


def _event(schedule: Outline, event: frab.Event) -> str:
    guid = event.guid if event.part == 1 else str(uuid5(UUID(event.guid), str(event.part)))
    attributes = {"guid": guid, "id": str(event.number)}
    return _block("event", attributes, _event_elements(schedule, event), 3 * _INDENT)


def _event_elements(schedule: Outline, event: frab.Event) -> Iterator[str]:
    """Yield the lines of the XML elements within the element of an event."""
    session = event.session
    yield _element("date", frab.instant(event.start))
    yield _element("start", frab.time_of_day(event.start))
    yield _element("duration", _duration(event))
    yield _element("room", event.slot.room or "")
    yield _element("slug", _slug(schedule, event))
    if url := frab.web_address(session.url):
        yield _element("url", url)
    yield _element("title", frab.own_text(schedule, session.title))
    yield _element("subtitle", frab.own_text(schedule, session.subtitle))
    yield _element("track", event.track)
    yield _element("type", session.type or "")
    yield _element("language", session.language or "")
    yield _element("abstract", frab.own_text(schedule, session.abstract))
    yield _element("description", frab.own_text(schedule, session.description))
    if session.recorded is not None:
        optout = _element("optout", "false" if session.recorded else "true")
        yield from _list_element("recording", [_element("license", ""), optout])
    yield from _list_element("persons", [_element("person", name) for name in session.speakers])
    links = [_element("link", link.title or "", _link_attributes(link)) for link in session.links]
    yield from _list_element("links", links)
    if url := frab.web_address(session.feedback_url):
        yield _element("feedback_url", url)


def _link_attributes(link: Link) -> dict[str, str]:
    return {"href": link.url, "type": link.kind} if link.kind else {"href": link.url}


def _slug(schedule: Outline, event: frab.Event) -> str:
    id_ = event.session.id.rjust(_MIN_LENGTH, "-")
    return f"{frab.acronym(schedule)}-{id_}" + (f"_{event.part}" if event.part > 1 else "")


def _duration(event: frab.Event) -> str:
    """Return the duration of an event as ``HH:MM``, or from 100 hours on as ``D:HH:MM``.

    Raises:
        ScheduleError: the event lasts longer than the format can express.
    """
    length = frab.duration(event)
    if length >= MAX_DURATION:
        sentence = _("{id} lasts {n} days, which frab XML can't express")
        raise ScheduleError(sentence.format(id=event.session.id, n=length.days))
    if length < timedelta(hours=100):
        return frab.hours_and_minutes(length)
    return f"{length.days}:{frab.hours_and_minutes(length - timedelta(days=length.days))}"


def _block(name: str, attributes: Mapping[str, str], lines: Iterable[str], indent: str) -> str:
    """Return an XML element in which each of ``lines`` is on a line of its own, indented by ``indent``."""
    inner = f"\n{indent}{_INDENT}"
    return f"{indent}{_start(name, attributes)}{inner}{inner.join(lines)}\n{indent}</{name}>\n"


def _list_element(name: str, elements: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the XML element ``name``, with each of ``elements`` inside it on its own line."""
    if not elements:
        yield f"<{name} />"
        return
    yield f"<{name}>"
    yield from (_INDENT + element for element in elements)
    yield f"</{name}>"


def _element(name: str, text: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> str:
    start = _start(name, attributes)
    content = _escaped(text)
    return f"{start}{content}</{name}>" if content else f"{start[:-1]} />"


def _start(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(f' {key}={_attribute_value(value)}' for key, value in attributes.items())}>"


def _attribute_value(text: str) -> str:
    """Return ``text`` in quotes as an XML attribute's value, keeping its whitespace (XML 1.0, 3.3.3)."""
    escaped = _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#09;")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    r"""Return ``text`` escaped for XML: without forbidden characters, and with ``\n`` for all line ends."""
    fit = text if text.isprintable() else _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    if "&" in fit or "<" in fit or ">" in fit:
        fit = fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return fit if text.isprintable() else fit.translate(_CONTROL_REFERENCES)
