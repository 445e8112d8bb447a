"""The details of the speakers of a schedule, such as biographies; a speaker is identified by the name."""

from collections.abc import Iterable, Iterator
from typing import Any

from summitcli.budgets import KNOWN_SPEAKERS
from summitcli.formats.assembly import languages, prose
from summitcli.formats.assembly.links import Links
from summitcli.formats.assembly.texts import Texts
from summitcli.formats.draft import Person


class People:
    """The details of speakers by their names, merged if the source has a speaker in several places."""

    def __init__(self) -> None:
        self._known: dict[str, Person] = {}
        self.left_out = 0
        """The number of times that the details of a speaker were dropped, as there were too many speakers."""

    def __iter__(self) -> Iterator[Person]:
        return iter(self._known.values())

    def add(self, people: Iterable[Person]) -> None:
        """Add details of speakers. If the same detail is given twice for a name, the first is kept."""
        for person in people:
            if not has_details(person):
                continue
            known = self._known.get(person.name)
            if known is not None:
                self._known[person.name] = merged(known, person)
            elif len(self._known) < KNOWN_SPEAKERS.maximum:
                self._known[person.name] = person
            else:
                self.left_out += 1

    def after(self, first: Iterable[Person]) -> "People":
        """Return a new object with the details of ``first`` and of this object.

        If both have the same detail of a person, the detail in ``first`` is used.
        """
        everyone = People()
        everyone.add(first)
        everyone.add(self)
        everyone.left_out += self.left_out
        return everyone


def speakers(people: Iterable[Person], texts: Texts, links: Links, own: str) -> Iterator[dict[str, Any]]:
    """Yield the fields of a speaker in the model, for each person who has more than a name.

    Args:
        people: the people. If several have the same name after cleaning, the first with details is used.
        texts: the object that cleans the texts of the schedule.
        links: the object that reads the links of the schedule.
        own: the conference's language.
    """
    seen: set[str] = set()
    for person in people:
        name = texts.line(prose.line(person.name), report=False)
        biography = texts.long_versions(person.biography, person.biographies, own)
        linked = tuple(links.of_person(person.links))
        others = _other_names(person, texts, own, name)
        if name and name not in seen and (biography or linked or others):
            seen.add(name)
            yield {
                "name": {own: name, **others} if others else name,
                "biography": biography or None,
                "links": linked,
            }


def _other_names(person: Person, texts: Texts, own: str, name: str) -> dict[str, str]:
    """Return a person's name in all languages except that of the conference, such as ``{"en": "Li Bai"}``.

    Args:
        person: the person.
        texts: the object that cleans the texts of the schedule.
        own: the conference's language.
        name: the person's name in the conference's language.
    """
    names = {languages.tag(tag): texts.line(text, report=False) for tag, text in person.names.items()}
    return {tag: text for tag, text in names.items() if tag and text and tag != own and text != name}


def has_details(person: Person) -> bool:
    """Return whether a person has more than a name, such as a biography."""
    return bool(person.biography or person.biographies or person.links or len(person.names) > 1)


def merged(known: Person, other: Person) -> Person:
    """Return a person with the details of ``known``; details that it lacks are taken from ``other``."""
    if other == known or (known.biography and known.links and known.names):
        return known
    has_biography = known.biography.strip() or any(map(str.strip, known.biographies.values()))
    about = known if has_biography else other
    return Person(
        known.name,
        known.names or other.names,
        about.biography,
        about.biographies,
        known.links or other.links,
    )
