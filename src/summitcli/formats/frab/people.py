"""The details of speakers, such as biographies, in the JSON of frab, pretalx and c3voc."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from summitcli.formats.assembly.people import has_details
from summitcli.formats.draft import DraftLink, Person
from summitcli.formats.json_fields import NAMELESS, UNEXPECTED, UNKNOWN, Fields, NamedEntry

PERSON_NAMES = ("public_name", "full_public_name", "name")
"""The keys at which a person may have a name; the best comes first."""
LISTS_OF_PERSONS = ("persons", "speakers", "participants")
"""The keys at which an event may list its speakers. The first list that is not empty is used."""

Persons = tuple[str, Iterable[Any]]
"""The key of an event's list of speakers, and the list: ``("persons", [{"public_name": "Ada"}])``."""

_BIOGRAPHIES = ("biography", "bio")
_PARTS = ("abstract", "description")
"""The keys of the two texts that make up a biography in frab."""
_DETAILS = frozenset({*_BIOGRAPHIES, *_PARTS, "links", "url"})


def read_speakers(
    event: Fields, persons: Persons, known: Mapping[str, str], by_code: bool = False
) -> tuple[str, ...]:
    """Return the names of an event's speakers, whatever their roles are.

    Args:
        event: the event's JSON object.
        persons: the list of its speakers.
        known: the names of persons by their IDs, codes and so on.
        by_code: True if a person who is given as a text is always given by a code, never by a name.
    """
    key, entries = persons
    names = []
    for number, person in enumerate(entries):
        name = person.get(PERSON_NAMES[0]) if isinstance(person, dict) else None
        if person is not None and not (isinstance(name, str) and name.strip()):
            fields = event.fields_of(
                person if isinstance(person, dict) else {}, f"{event.where}.{key}[{number}]"
            )
            name = _referenced_name(person, fields, known, by_code)
        if name:
            names.append(name)
    return tuple(names)


def _referenced_name(person: Any, fields: Fields, known: Mapping[str, str], by_code: bool) -> str:
    """Return the name of one speaker of an event. If it is unknown, return "" and add a finding.

    Args:
        person: the entry in the event's list of speakers, which may be a code or an object.
        fields: the entry, if it is an object.
        known: the names of persons by their IDs, codes and so on.
        by_code: True if a person who is given as a text is always given by a code, never by a name.
    """
    if isinstance(person, dict):
        name = fields.own_name(known, PERSON_NAMES)
    elif isinstance(person, str):
        name = known.get(person, "" if by_code else person)
    else:
        fields.note(UNEXPECTED)
        return ""
    if not name.strip():
        fields.note(UNKNOWN if by_code else NAMELESS)
        return ""
    return name


def read_people(event: Fields, persons: Persons, known: Mapping[str, str]) -> tuple[Person, ...]:
    """Return the details of an event's speakers. This is fast for an event that has none.

    Args:
        event: the event's JSON object.
        persons: the list of its speakers.
        known: the names of persons by their IDs, codes and so on.
    """
    key, entries = persons
    detailed = [
        number
        for number, entry in enumerate(entries)
        # Most persons have none of these keys.
        if isinstance(entry, dict) and not _DETAILS.isdisjoint(entry) and any(map(entry.get, _DETAILS))
    ]
    if not detailed:
        return ()
    entries = [*entries]
    return tuple(
        read_person(event.fields_of(entries[number], f"{event.where}.{key}[{number}]"), known)
        for number in detailed
    )


def read_listed_people(persons: Iterable[NamedEntry]) -> tuple[Person, ...]:
    """Return the details of the listed persons, except those who have only a name."""
    return tuple(filter(has_details, (read_person(person.fields, {}) for person in persons)))


def read_known_people(meta: Fields) -> tuple[Person, ...]:
    """Return the speakers in ``conference.meta``, where this program writes what the format can't hold."""
    return tuple(read_person(person, {}) for person in meta.children("speakers"))


def read_person(person: Fields, known: Mapping[str, str]) -> Person:
    """Return the details of a person.

    Args:
        person: the person's JSON object.
        known: the names of persons by their IDs, codes and so on.
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
    """Return a person's biography.

    If it consists of an abstract and a description, return both as paragraphs.
    """
    for key in _BIOGRAPHIES:
        if (text := person.text(key)).strip():
            return text
    parts = filter(str.strip, map(person.text, _PARTS))
    return "\n\n".join(dict.fromkeys(parts))


def _links(person: Fields) -> Iterator[DraftLink]:
    """Yield the links of a person, beginning with the person's own web page."""
    if (url := person.text("url")).strip():
        yield DraftLink(url)
    for entry, where in person.entries("links"):
        link = person.fields_of(entry if isinstance(entry, dict) else {"url": entry}, where)
        if (url := link.text("url")).strip():
            yield DraftLink(url, link.text("title"), link.text("type") or link.text("kind"))
