"""The details of speakers, besides their names, in the JSON of frab, pretalx and c3voc."""

from collections.abc import Iterable, Iterator, Mapping

from summitcli.formats.assembly.people import has_details
from summitcli.formats.draft import DraftLink, Person
from summitcli.formats.json_fields import Fields, NamedEntry

PERSON_NAMES = ("public_name", "full_public_name", "name")
"""The fields that may contain a person's name, the best one first."""
LISTS_OF_PERSONS = ("persons", "speakers", "participants")
"""The keys of an event's lists of speakers in any role; the first list that is not empty counts."""

_BIOGRAPHIES = ("biography", "bio")
_PARTS = ("abstract", "description")
"""The keys of the two parts of a biography in frab."""
_DETAILS = (*_BIOGRAPHIES, *_PARTS, "links", "url")


def read_people(event: Fields, known: Mapping[str, str]) -> tuple[Person, ...]:
    """Return the details of an event's speakers; fast for the many events without any.

    Args:
        event: the event.
        known: the names of persons by their identifiers.
    """
    for key in LISTS_OF_PERSONS:
        if entries := event.raw(key):
            break
    else:
        return ()
    if not isinstance(entries, list):
        return ()
    return tuple(
        read_person(event.fields_of(entry, f"{event.where}.{key}[{number}]"), known)
        for number, entry in enumerate(entries)
        if isinstance(entry, dict) and any(map(entry.get, _DETAILS))
    )


def read_listed_people(persons: Iterable[NamedEntry]) -> tuple[Person, ...]:
    """Return the speakers with details among those that are listed for the whole conference."""
    return tuple(filter(has_details, (read_person(person.fields, {}) for person in persons)))


def read_known_people(meta: Fields) -> tuple[Person, ...]:
    """Return the speakers in ``conference.meta``, where this program writes what events have no field for."""
    return tuple(read_person(person, {}) for person in meta.children("speakers"))


def read_person(person: Fields, known: Mapping[str, str]) -> Person:
    """Return the details of a person.

    Args:
        person: the person's fields.
        known: the names of persons by identifier.
    """
    name = person.raw(PERSON_NAMES[0])
    return Person(
        name=name if isinstance(name, str) and name.strip() else person.own_name(known, PERSON_NAMES),
        names=next(filter(None, map(person.languages, PERSON_NAMES)), {}),
        biography=_biography(person),
        biographies=next(filter(None, map(person.languages, _BIOGRAPHIES)), {}),
        links=tuple(_links(person)),
    )


def _biography(person: Fields) -> str:
    """Return a person's biography, or if it has two parts, both as paragraphs."""
    for key in _BIOGRAPHIES:
        if (text := person.text(key)).strip():
            return text
    parts = filter(str.strip, map(person.text, _PARTS))
    return "\n\n".join(dict.fromkeys(parts))


def _links(person: Fields) -> Iterator[DraftLink]:
    """Yield the links of a person, the own web page included."""
    if (url := person.text("url")).strip():
        yield DraftLink(url)
    for entry, where in person.entries("links"):
        link = person.fields_of(entry if isinstance(entry, dict) else {"url": entry}, where)
        if (url := link.text("url")).strip():
            yield DraftLink(url, link.text("title"), link.text("type") or link.text("kind"))
