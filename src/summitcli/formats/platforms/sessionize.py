"""The JSON of Sessionize's API: its views ``All``, ``GridSmart`` and ``Sessions``.

``All`` has lists of sessions, rooms, speakers and labels that refer to each other. ``GridSmart`` is a list of
days, ``Sessions`` a list of groups; both contain the sessions. Times are local, without a time zone. The file
says nothing about the conference.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from summitcli.budgets import DAYS, Spending
from summitcli.formats import native
from summitcli.formats.draft import Draft, DraftLink, Event, Person, Track
from summitcli.formats.findings import Findings
from summitcli.formats.json_fields import (
    UNKNOWN,
    Fields,
    NamedEntry,
    decode_any,
    looks_like_array,
    looks_like_object,
    names_by_identifier,
    read_named_entries,
    require,
)
from summitcli.formats.json_shape import Shape
from summitcli.formats.platforms.labels import Labels, Purpose, purpose_of
from summitcli.formats.platforms.parts import read_links, referenced_name, referenced_names
from summitcli.formats.spooled import spooled
from summitcli.sources.source import NO_HINTS, Hints

_MARKS = re.compile(rb'"isServiceSession"\s*:'), re.compile(rb'"startsAt"\s*:')
_LAZY = Shape(lazy=True)
_GROUP = Shape(
    members={"sessions": _LAZY, "rooms": Shape(each=Shape(members={"sessions": _LAZY})), "timeSlots": _LAZY}
)
_SHAPE = Shape(members={"sessions": _LAZY, "speakers": _LAZY}, each=_GROUP)

_LINKS = {"liveUrl": "stream", "recordingUrl": "recording"}
_SERVICE = "service"
"""The type of events such as breaks and the registration."""
_ACCEPTED = "accepted"


class _Names(NamedTuple):
    """The names of rooms, speakers and labels, by ID; empty unless the view is ``All``.

    Sessions in the view ``All`` refer to rooms, speakers and labels by ID.
    """

    rooms: Mapping[str, str]
    speakers: Mapping[str, str]
    labels: Mapping[str, tuple[Purpose, str]]
    """The meaning and the text of each label by ID, such as ``{"7": (Purpose.LEVEL, "Beginner")}``."""


class _Place(NamedTuple):
    """A list of sessions in the document, with the group, or the room and day, to which it belongs."""

    holder: Fields
    room: str = ""
    group: str = ""
    day: date | None = None


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like JSON with certain keys that Sessionize's sessions have."""
    return (
        (looks_like_object(data) or looks_like_array(data))
        and all(mark.search(data) for mark in _MARKS)
        and not native.detect(data)
    )


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The sessions are in the order of the file.

    Raises:
        InvalidSchedule: the document is not JSON, has no list of sessions, or is too large.
    """
    document = decode_any(data, name, _SHAPE)
    findings = Findings()
    spending = Spending(name, len(data))
    if not isinstance(document, dict):
        return _read_groups(Fields({"": require(document, list, "", name)}, "", findings, spending), findings)
    require(document.get("sessions"), list, "sessions", name)
    whole = Fields(document, "", findings, spending)
    rooms = sorted(read_named_entries(whole, "rooms"), key=_sort_key)
    people = [(_id(entry), _person(entry)) for entry in read_named_entries(whole, "speakers", ("fullName",))]
    labels, tracks = _labels(whole)
    names = _Names(names_by_identifier(rooms), {id_: person.name for id_, person in people}, labels)
    return Draft(
        events=spooled(_session(session, names, _Place(whole)) for session in whole.children("sessions")),
        findings=findings,
        tracks=tracks,
        rooms=tuple(dict.fromkeys(room.name for room in rooms)),
        people=tuple(person for _id, person in people),
    )


def _read_groups(whole: Fields, findings: Findings) -> Draft:
    """Return the draft of the schedule in one of the views ``Sessions`` and ``GridSmart``.

    ``Sessions`` is a list of groups of sessions. ``GridSmart`` is a list of days; they contain rooms, which
    contain sessions.

    Args:
        whole: an object that has the document, which is a list, at the key ``""``: ``{"": [...]}``.
        findings: collects the problems that are found.
    """
    places = [*_places(whole)]
    rooms = tuple(dict.fromkeys(place.room for place in places if place.room))
    return Draft(events=spooled(_distinct(places)), findings=findings, rooms=rooms)


def _places(whole: Fields) -> Iterator[_Place]:
    """Yield the lists of sessions in the document: one for each group, and one for each room of a day.

    The view ``Sessions`` has groups, each with a ``groupName``; ``GridSmart`` has days with rooms.
    """
    for group in whole.children(""):
        whole.spend(DAYS, 1)
        # In a single group of all sessions, the group has no ID.
        name = group.text("groupName") if group.raw("groupId") is not None else ""
        yield _Place(group, group=name)
        day = group.day("date")
        for room in group.children("rooms"):
            yield _Place(room, room=room.label("name"), day=day)


def _distinct(places: Iterable[_Place]) -> Iterator[Event]:
    """Yield the sessions in the lists as events. A session that is in several lists is yielded once."""
    seen = set()
    names = _Names({}, {}, {})
    for place in places:
        for session in place.holder.children("sessions"):
            event = _session(session, names, place)
            key = event.identity, event.start, event.end, event.room
            if event.identity is None or key not in seen:
                seen.add(key)
                yield event


def _session(session: Fields, names: _Names, place: _Place) -> Event:
    """Return an :class:`~summitcli.formats.draft.Event` read from a session.

    Args:
        session: the JSON object of the session.
        names: the names of the rooms, speakers and labels to which it refers.
        place: the list that contains it.
    """
    id_ = session.label("id")
    guid = id_ if _is_uuid(id_) else ""
    labels = Labels.of((*_referenced_labels(session, names), *_own_labels(session)), place.group)
    status = session.text("status").strip().lower()
    return Event(
        where=session.where,
        identity=id_ or None,
        # An ID that is a UUID names no session to people.
        names=(id_,) if id_ and not guid else (),
        guid=guid,
        title=session.text("title"),
        description=session.text("description"),
        start=session.instant("startsAt"),
        end=session.instant("endsAt"),
        day=place.day,
        room=session.text("room") or _room(session, names, place),
        track=labels.track,
        type=_SERVICE if session.flag("isServiceSession") else labels.type,
        language=labels.language,
        speakers=referenced_names(session, "speakers", names.speakers),
        links=tuple(read_links(session, _LINKS)),
        status="" if status == _ACCEPTED else status,
        level=labels.level,
        tags=labels.tags,
    )


def _room(session: Fields, names: _Names, place: _Place) -> str:
    """Return the name of a session's room.

    It is the room of the list that contains the session, or else the room to which the session refers by ID.
    """
    return place.room if place.room or not names.rooms else referenced_name(session, "roomId", names.rooms)


def _labels(whole: Fields) -> tuple[Mapping[str, tuple[Purpose, str]], tuple[Track, ...]]:
    """Return the labels that a document in the view ``All`` lists, and the tracks among them.

    The labels are by ID, each with its meaning: ``{"7": (Purpose.LEVEL, "Beginner")}``. A document in another
    view lists no labels.
    """
    labels: dict[str, tuple[Purpose, str]] = {}
    for category in whole.children("categories"):
        purpose = purpose_of(category.text("title"))
        for item in read_named_entries(category, "items"):
            labels[_id(item)] = purpose, item.name
    tracks = dict.fromkeys(name for purpose, name in labels.values() if purpose is Purpose.TRACK)
    return labels, tuple(map(Track, tracks))


def _referenced_labels(session: Fields, names: _Names) -> Iterator[tuple[Purpose, str]]:
    """Yield the purpose and the text of each label to which a session refers by ID, in the view ``All``."""
    for entry, where in session.entries("categoryItems"):
        item = session.fields_of({"id": entry}, where)
        if label := names.labels.get(item.label("id")):
            yield label
        else:
            item.note(UNKNOWN)


def _own_labels(session: Fields) -> Iterator[tuple[Purpose, str]]:
    """Yield the purpose and the text of each label in a session, such as ``(Purpose.LEVEL, "Beginner")``.

    In the views other than ``All``, sessions contain their labels.
    """
    for category in session.children("categories"):
        purpose = purpose_of(category.text("name"))
        for item in read_named_entries(category, "categoryItems"):
            yield purpose, item.name


def _person(entry: NamedEntry) -> Person:
    speaker = entry.fields
    links = (DraftLink(link.text("url"), link.text("title")) for link in speaker.children("links"))
    biography = "\n\n".join(filter(str.strip, (speaker.text("tagLine"), speaker.text("bio"))))
    return Person(entry.name, biography=biography, links=tuple(link for link in links if link.url.strip()))


def _id(entry: NamedEntry) -> str:
    return entry.fields.label("id")


def _sort_key(room: NamedEntry) -> float:
    """Return the number by which a room is sorted among the others; 0 if it has no such number."""
    position = room.fields.raw("sort")
    return position if isinstance(position, int | float) else 0


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
