"""JSON:API documents, in which the API of eventyay sends sessions, rooms, tracks and speakers.

The document consists of resources. A resource has a type, an ID, attributes, and references to other
resources. ``data`` has the requested resources. ``included`` has those to which they refer, if the request
asked for them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from summitcli.formats.findings import Kind
from summitcli.formats.json_fields import UNEXPECTED, UNKNOWN, Fields

ONE_PAGE = Kind(
    "it is only one page of the sessions; add `page[size]=0` to the URL",
    "it is only one page of the sessions; add `page[size]=0` to the URL",
)
"""The finding that a document has only a part of the sessions: it has a link to the next page."""
NOT_INCLUDED = Kind(
    "{n} session without room, category and speakers; add `include=microlocation,track,speakers` to the URL",
    "{n} sessions without room, category and speakers; add `include=microlocation,track,speakers` to the URL",
)
"""The finding that the document does not contain the room, category and speakers of a session."""

SESSION, SPEAKER, TRACK, EVENT = "session", "speaker", "track", "event"
"""The types of resources. An event is a whole conference."""
_SINGLE = (TRACK, "microlocation", "session-type")
"""The keys at which a session refers to one other resource. Each is also the type of that resource."""
_SPEAKERS = "speakers"

Resources = Mapping[str, Mapping[str, Fields]]
"""The attributes of resources by type and ID, such as ``{"track": {"7": …}}``."""


def others_of(document: Fields) -> Resources:
    """Return everything in the document except sessions: rooms, tracks, speakers, and the conference itself.

    The result has the attributes of each by type and ID: ``{"track": {"7": …}}``.
    """
    found: dict[str, dict[str, Fields]] = {kind: {} for kind in (*_SINGLE, SPEAKER, EVENT)}
    for resource in _resources(document):
        if (kind := resource.text("type")) in found:
            found[kind][resource.label("id")] = resource.child("attributes")
    return found


def sessions_of(document: Fields) -> Iterator[Fields]:
    """Yield the sessions in a document.

    Entries of a wrong type are skipped; :func:`others_of` reports them.
    """
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
    """Yield pairs of a resource and its path: first the requested resources, then the included ones."""
    if isinstance(only := document.raw("data"), dict):
        yield only, "data"
    else:
        yield from document.entries("data")
    yield from document.entries("included")


def with_names(session: Fields, others: Resources) -> Fields:
    """Return the attributes of a session, with its ID and the names of its room, track and speakers added.

    Args:
        session: the session.
        others: the rooms, tracks and speakers, as :func:`others_of` returns them.
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
    """Return the name of the resource to which a reference leads; empty if it leads to none.

    Args:
        reference: the reference, which has an ID.
        known: the attributes of the resources of that type, by ID.
    """
    id_ = reference.label("id")
    if id_ in known:
        return known[id_].label("name")
    if id_:
        reference.note(UNKNOWN)
    return ""
