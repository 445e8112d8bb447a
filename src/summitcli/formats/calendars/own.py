"""What the events of our own calendars say in properties of our own."""

import re
from typing import NamedTuple

from summitcli.formats.calendars.components import Component
from summitcli.text import calendar_properties as own

_LABELS = (*own.SPEAKERS.values(), own.SPEAKERS_ELSEWHERE)
_PARAGRAPH = re.compile(rf"({'|'.join(label for label, _comma in _LABELS)})(.+)")


class Told(NamedTuple):
    """A description without the paragraph that says who speaks, and who does."""

    description: str
    speakers: tuple[str, ...]


def told(component: Component, description: str, versioned: bool) -> Told:
    """Return who speaks in an event of ours, and its description without that.

    Args:
        component: the event.
        description: as it is written.
        versioned: whether the calendar has properties of our own; earlier ones said it in a paragraph alone.
    """
    paragraphs = description.split("\n\n")
    speakers = tuple(dict.fromkeys(found.value for found in component.all(own.SPEAKER)))
    said = {label + comma.join(speakers) for label, comma in _LABELS} if speakers else set()
    # It is the first, or comes after the titles in other languages.
    for number, paragraph in enumerate(paragraphs[:2]):
        rest = "\n\n".join([*paragraphs[:number], *paragraphs[number + 1 :]])
        if paragraph in said:
            return Told(rest, speakers)
        if not versioned and (found := _PARAGRAPH.fullmatch(paragraph)):
            return Told(rest, tuple(found[2].split(dict(_LABELS)[found[1]])))
    return Told(description, speakers)
