"""The JSON of OPass, the app of COSCUP, SITCON and others: sessions with texts in several languages.

Sessions refer to speakers, types, rooms and tags by ID. The file says nothing about the conference.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from summitcli.budgets import Spending
from summitcli.formats import native
from summitcli.formats.draft import Draft, Event, Person, Track
from summitcli.formats.findings import Findings
from summitcli.formats.json_fields import LANGUAGE_TAG, NAMELESS, Fields, decode, looks_like_object, require
from summitcli.formats.json_shape import Shape
from summitcli.formats.platforms.parts import (
    read_links,
    referenced_name,
    referenced_names,
    versions,
)
from summitcli.formats.spooled import spooled
from summitcli.sources.source import NO_HINTS, Hints

_SESSIONS = re.compile(rb'"sessions"\s*:\s*\[')
_TYPES = re.compile(rb'"session_types"\s*:\s*\[')
_SHAPE = Shape(members={"sessions": Shape(lazy=True), "speakers": Shape(lazy=True)})

_MAIN_LANGUAGE = "zh"
"""The main language of most conferences that use this format."""
_LINKS = {
    "live": "stream", "record": "recording", "slide": "slides", "co_write": "notes", "qa": "questions",
}  # fmt: skip
"""The keys at which a session has links, with the kind of each link."""
_LEVELS = frozenset({
    "advance", "advanced", "beginner", "elementary", "expert", "intermediate", "introductory", "middle",
    "professional",
})  # fmt: skip
"""The IDs and English names, in lower case, of tags that are levels of knowledge."""


class _Entry(NamedTuple):
    """A type, a room or a tag, to which sessions refer."""

    id: str
    name: str
    """The name in the conference's main language."""
    names: Mapping[str, str]
    """The name by language, such as ``{"zh": "議程", "en": "Talk"}``."""


class _Names(NamedTuple):
    """The names, by ID, of the speakers, types, rooms and tags to which sessions refer."""

    rooms: Mapping[str, str]
    types: Mapping[str, str]
    tags: Mapping[str, str]
    speakers: Mapping[str, str]
    levels: frozenset[str]
    """The names of the tags that are levels of knowledge, such as ``Beginner``."""


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like JSON with lists of sessions and of types of sessions."""
    return (
        looks_like_object(data)
        and _TYPES.search(data) is not None
        and _SESSIONS.search(data) is not None
        and not native.detect(data)
    )


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The sessions are in the order of the file.

    Raises:
        InvalidSchedule: the document is not JSON, has no list of sessions, or is too large.
    """
    document = decode(data, name, _SHAPE)
    sessions = require(document.get("sessions"), list, "sessions", name)
    findings = Findings()
    own = next(filter(None, map(_own_language, sessions)), "")
    whole = Fields(document, "", findings, Spending(name, len(data)), own)
    people = [*_people(whole, own)]
    rooms, types, tags = (_entries(whole, key, own) for key in ("rooms", "session_types", "tags"))
    names = _Names(
        rooms=_names(rooms),
        types=_names(types),
        tags=_names(tags),
        speakers={id_: person.name for id_, person in people},
        levels=frozenset(tag.name for tag in tags if _is_level(tag)),
    )
    events = spooled(_session(session, names, own) for session in whole.children("sessions"))
    return Draft(
        events=events,
        findings=findings,
        language=own,
        tracks=tuple(_track(kind, own) for kind in types),
        rooms=tuple(dict.fromkeys(room.name for room in rooms)),
        people=tuple(person for _id, person in people),
    )


def _own_language(session: Any) -> str:
    """Return the language of a session's texts. If there are several, return Chinese, or else the first.

    Return an empty text if the session has no texts by language.
    """
    values = session.items() if isinstance(session, dict) else ()
    tags = [key for key, value in values if isinstance(value, dict) and LANGUAGE_TAG.fullmatch(key)]
    return _MAIN_LANGUAGE if _MAIN_LANGUAGE in tags else next(iter(tags), "").replace("_", "-")


def _entries(whole: Fields, key: str, own: str) -> list[_Entry]:
    """Return the entries of a list that have an ID. An entry without a name has its ID as its name.

    Args:
        whole: the document.
        key: the key of the list, such as ``rooms``.
        own: the conference's main language.
    """
    found = []
    for entry in whole.children(key):
        if id_ := entry.label("id"):
            names = entry.in_languages("name")
            found.append(_Entry(id_, _own_text(names, own) or entry.text("name") or id_, names))
    return found


def _names(entries: list[_Entry]) -> dict[str, str]:
    return {entry.id: entry.name for entry in entries}


def _track(kind: _Entry, own: str) -> Track:
    """Return a type of sessions as a track. The slug is its English name, as its ID says nothing to people.

    Args:
        kind: the type.
        own: the conference's main language.
    """
    return Track(kind.name, kind.names.get("en", ""), names=versions(kind.names, own))


def _people(whole: Fields, own: str) -> Iterator[tuple[str, Person]]:
    """Yield pairs of a speaker's ID and the speaker, for the speakers who have a name.

    Args:
        whole: the document.
        own: the conference's main language. A text without a language is taken to be in it.
    """
    for speaker in whole.children("speakers"):
        names, biographies = (speaker.in_languages(key) for key in ("name", "bio"))
        name = _own_text(names, own) or speaker.text("name")
        if not name.strip():
            speaker.note(NAMELESS)
            continue
        biography = _own_text(biographies, own) or speaker.text("bio")
        person = Person(name, versions(names, own), biography, versions(biographies, own))
        yield speaker.label("id"), person


def _session(session: Fields, names: _Names, own: str) -> Event:
    """Return an :class:`~summitcli.formats.draft.Event` read from a session.

    Args:
        session: the JSON object of the session.
        names: the names of the rooms, speakers and so on to which it refers.
        own: the conference's main language.
    """
    id_ = session.label("id")
    titles, descriptions = (session.in_languages(key) for key in ("title", "description"))
    tags = referenced_names(session, "tags", names.tags)
    return Event(
        where=session.where,
        identity=id_ or None,
        names=(id_,) if id_ else (),
        title=_own_text(titles, own) or session.text("title"),
        titles=versions(titles, own),
        description=_own_text(descriptions, own) or session.text("description"),
        descriptions=versions(descriptions, own),
        start=session.instant("start"),
        end=session.instant("end"),
        room=referenced_name(session, "room", names.rooms),
        track=referenced_name(session, "type", names.types),
        language=session.text("language"),
        speakers=referenced_names(session, "speakers", names.speakers),
        url=session.text("uri"),
        links=tuple(read_links(session, _LINKS)),
        level=", ".join(tag for tag in tags if tag in names.levels),
        tags=tuple(tag for tag in tags if tag not in names.levels),
    )


def _own_text(texts: Mapping[str, str], own: str) -> str:
    """Return the text in the language ``own``; if it is missing, the first text; empty if there are none."""
    return texts.get(own) or next(iter(texts.values()), "")


def _is_level(tag: _Entry) -> bool:
    """Return whether a tag is a level, such as "beginner": how much the audience is expected to know."""
    return tag.id.strip().lower() in _LEVELS or tag.names.get("en", "").strip().lower() in _LEVELS
