"""The ``schedule.xml`` of pentabarf, frab and pretalx, as the strict schema (XSD) of the c3voc has it.

No two events may share a guid or a slug there. So the slug of an event is a prefix, a hyphen and the
session's id, and from a session's second slot on also an underscore and the slot's number; of that our own
reader makes sessions again. The guid of the first slot is the session's.
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
    from summitcli.model import Outline

LONGEST = timedelta(days=100)
"""Events are shorter: their length is written with two digits for the days."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document holds (XML 1.0, production 2)."""
_LINE_ENDS = re.compile("\r\n?")
_TERMINAL_CONTROLS = {code: f"&#x{code:x};" for code in (*range(0x7F, 0xA0), *BIDI_CONTROLS)}
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_STEP = "  "
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_SHORTEST = 4
"""How many characters an acronym and each part of a slug have at the least."""


def frab_xml(parsed: Parsed) -> Iterator[str]:
    """Yield a schedule as a document in its own language.

    Raises:
        InvalidSchedule: a session is none; before anything is given.
        ScheduleError: an event lasts longer than the format can say; likewise.
    """
    schedule = parsed.outline
    programme = frab.Programme(parsed, lambda event: _event(schedule, event))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{_start("schedule", {})}\n'
    yield f"{_STEP}{_element('generator', '', frab.GENERATOR)}\n"
    yield f"{_STEP}{_element('version', schedule.version or '')}\n"
    yield _block("conference", {}, _conference(schedule, programme.timeslot), _STEP)
    for day in programme.days():
        yield from _day(day, programme.written)
    yield "</schedule>\n"


def _conference(schedule: Outline, timeslot: timedelta) -> Iterator[str]:
    conference = schedule.conference
    yield _element("title", frab.own(schedule, conference.title))
    # Hyphens are fit for an acronym here, so it is the id, which is more use to a reader than a likeness.
    yield _element("acronym", conference.id.ljust(_SHORTEST, "_"))
    yield _element("start", conference.start.isoformat())
    yield _element("end", conference.end.isoformat())
    yield _element("days", str((conference.end - conference.start).days + 1))
    yield _element("timeslot_duration", frab.hours_and_minutes(timeslot))
    if url := frab.web_address(conference.url):
        yield _element("url", url)
    yield _element("time_zone_name", conference.time_zone)
    for category in schedule.categories:
        attributes = {"name": frab.own(schedule, category.name)}
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
        yield f"{_STEP}{_element('day', '', attributes)}\n"
        return
    yield f"{_STEP}{_start('day', attributes)}\n"
    for room, numbers in day.rooms.items():
        yield f"{2 * _STEP}{_start('room', {'name': room})}\n"
        yield from (written[number] for number in numbers)
        yield f"{2 * _STEP}</room>\n"
    yield f"{_STEP}</day>\n"


def _event(schedule: Outline, event: frab.Event) -> str:
    guid = event.guid if event.part == 1 else str(uuid5(UUID(event.guid), str(event.part)))
    attributes = {"guid": guid, "id": str(event.number)}
    return _block("event", attributes, _about(schedule, event), 3 * _STEP)


def _about(schedule: Outline, event: frab.Event) -> Iterator[str]:
    """Yield the elements of an event."""
    session = event.session
    yield _element("date", frab.instant(event.start))
    yield _element("start", frab.clock(event.start))
    yield _element("duration", _duration(event))
    yield _element("room", event.slot.room or "")
    yield _element("slug", _slug(schedule, event))
    if url := frab.web_address(session.url):
        yield _element("url", url)
    yield _element("title", frab.own(schedule, session.title))
    yield _element("subtitle", frab.own(schedule, session.subtitle))
    yield _element("track", event.track)
    yield _element("type", session.type or "")
    yield _element("language", session.language or "")
    yield _element("abstract", frab.own(schedule, session.abstract))
    yield _element("description", frab.own(schedule, session.description))
    if session.recorded is not None:
        optout = _element("optout", "false" if session.recorded else "true")
        yield from _listed("recording", [_element("license", ""), optout])
    yield from _listed("persons", [_element("person", name) for name in session.speakers])
    links = [_element("link", link.title or "", {"href": link.url}) for link in session.links]
    yield from _listed("links", links)


def _slug(schedule: Outline, event: frab.Event) -> str:
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


def _block(name: str, attributes: Mapping[str, str], lines: Iterable[str], indent: str) -> str:
    """Return an element with each of ``lines`` on a line of its own."""
    inner = f"\n{indent}{_STEP}"
    return f"{indent}{_start(name, attributes)}{inner}{inner.join(lines)}\n{indent}</{name}>\n"


def _listed(name: str, elements: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an element of an event that holds ``elements``."""
    if not elements:
        yield f"<{name} />"
        return
    yield f"<{name}>"
    yield from (_STEP + element for element in elements)
    yield f"</{name}>"


def _element(name: str, text: str, attributes: Mapping[str, str] = NO_ATTRIBUTES) -> str:
    start = _start(name, attributes)
    content = _escaped(text)
    return f"{start}{content}</{name}>" if content else f"{start[:-1]} />"


def _start(name: str, attributes: Mapping[str, str]) -> str:
    return f"<{name}{''.join(f' {key}={_quoted(value)}' for key, value in attributes.items())}>"


def _quoted(text: str) -> str:
    """Return ``text`` as the value of an attribute, whose blanks every reader keeps (XML 1.0, 3.3.3)."""
    escaped = _escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#09;")
    return f'"{escaped}"'


def _escaped(text: str) -> str:
    """Return ``text`` without what XML forbids, its line ends as every reader of XML would make them."""
    fit = text if text.isprintable() else _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    if "&" in fit or "<" in fit or ">" in fit:
        fit = fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return fit if text.isprintable() else fit.translate(_TERMINAL_CONTROLS)
