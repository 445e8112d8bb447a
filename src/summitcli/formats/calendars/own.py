"""The speakers of events in calendars that this program wrote, in a non-standard property."""

import re
from typing import NamedTuple

from summitcli.formats.calendars.components import Component
from summitcli.text import calendar_properties as own

_LABELS = (*own.SPEAKERS.values(), own.SPEAKERS_ELSEWHERE)
_PARAGRAPH = re.compile(rf"({'|'.join(label for label, _comma in _LABELS)})(.+)")


class SplitDescription(NamedTuple):
    """The description of an event without the paragraph that lists its speakers, and the speakers' names."""

    description: str
    speakers: tuple[str, ...]


def split_speakers(component: Component, description: str, versioned: bool) -> SplitDescription:
    """Return an event's speakers, and its description without the paragraph that lists the speakers.

    Args:
        component: the event; this program wrote it.
        description: the event's DESCRIPTION.
        versioned: True if the calendar has a property for each speaker. Older calendars have the names only
            in that paragraph.
    """
    paragraphs = description.split("\n\n")
    speakers = tuple(dict.fromkeys(found.value for found in component.all(own.SPEAKER)))
    expected = {label + comma.join(speakers) for label, comma in _LABELS} if speakers else set()
    # The paragraph is the first, or follows the titles in other languages.
    for number, paragraph in enumerate(paragraphs[:2]):
        rest = "\n\n".join([*paragraphs[:number], *paragraphs[number + 1 :]])
        if paragraph in expected:
            return SplitDescription(rest, speakers)
        if not versioned and (found := _PARAGRAPH.fullmatch(paragraph)):
            return SplitDescription(rest, tuple(found[2].split(dict(_LABELS)[found[1]])))
    return SplitDescription(description, speakers)
