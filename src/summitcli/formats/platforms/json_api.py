"""Documents of JSON:API, the form in which eventyay's API sends sessions, rooms, tracks and speakers.

A resource has a type, an ID, attributes and relationships. ``data`` has the requested resources, ``included``
the resources to which they refer, if the request included these.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from summitcli.formats.findings import Kind
from summitcli.formats.json_fields import UNEXPECTED, UNKNOWN, Fields

ONE_PAGE = Kind(
    "only one page of the sessions; add `page[size]=0` to the URL",
    "only one page of the sessions; add `page[size]=0` to the URL",
)
"""The kind of finding for a document that has a link to the next page."""
NOT_INCLUDED = Kind(
    "{n} session without room, category and speakers; add `include=microlocation,track,speakers` to the URL",
    "{n} sessions without room, category and speakers; add `include=microlocation,track,speakers` to the URL",
)
"""The kind of finding for a session whose room, category and speakers are only links in the document."""

SESSION, SPEAKER, TRACK, EVENT = "session", "speaker", "track", "event"
"""The types of resources; an event is a whole conference."""
_SINGLE = (TRACK, "microlocation", "session-type")
"""The relationships of a session to one resource, each named like that resource's type."""
_SPEAKERS = "speakers"

Resources = Mapping[str, Mapping[str, Fields]]
"""The attributes of resources, by type and ID."""


def others_of(document: Fields) -> Resources:
    """Return the resources that sessions refer to, such as rooms, and the event (conference) itself.

    They are by type, such as ``track``, and ID.
    """
    found: dict[str, dict[str, Fields]] = {kind: {} for kind in (*_SINGLE, SPEAKER, EVENT)}
    for resource in _resources(document):
        if (kind := resource.text("type")) in found:
            found[kind][resource.label("id")] = resource.child("attributes")
    return found


def sessions_of(document: Fields) -> Iterator[Fields]:
    """Yield the sessions of a document; other entries, if invalid, are reported by :func:`others_of`."""
    for entry, where in _entries(document):
        if isinstance(entry, dict) and entry.get("type") == SESSION:
            yield document.fields_of(entry, where)


def _resources(document: Fields) -> Iterator[Fields]:
    for entry, where in _entries(document):
        resource = document.fields_of(entry if isinstance(entry, dict) else {}, where)
        if not isinstance(entry, dict):
            resource.note(UNEXPECTED)
        yield resource


def _entries(document: Fields) -> Iterator[tuple[Any, str]]:
    """Yield the resources in a document with their paths: the requested ones, then the included ones."""
    if isinstance(only := document.raw("data"), dict):
        yield only, "data"
    else:
        yield from document.entries("data")
    yield from document.entries("included")


def with_names(session: Fields, others: Resources) -> Fields:
    """Return the attributes of a session, with its ID and the names of its room, track and speakers.

    ``others`` are the resources to which it refers.
    """
    relationships = session.child("relationships")
    given = [value for key in (*_SINGLE, _SPEAKERS) if isinstance(value := relationships.raw(key), dict)]
    if given and not any("data" in relationship for relationship in given):
        session.note(NOT_INCLUDED)
    single = {key: _name(relationships.child(key).child("data"), others[key]) for key in _SINGLE}
    references = relationships.child(_SPEAKERS).children("data")
    speakers = [*filter(None, (_name(reference, others[SPEAKER]) for reference in references))]
    own = session.raw("attributes")
    values = {**(own if isinstance(own, dict) else {}), **single, _SPEAKERS: speakers}
    return session.fields_of({**values, "id": session.raw("id")}, session.child("attributes").where)


def _name(reference: Fields, known: Mapping[str, Fields]) -> str:
    """Return the name of the resource to which a relationship refers; empty if it refers to none."""
    id_ = reference.label("id")
    if id_ in known:
        return known[id_].label("name")
    if id_:
        reference.note(UNKNOWN)
    return ""
