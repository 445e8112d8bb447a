"""The flat format of c3voc and its hub, a draft of what is to replace ``schedule.json``.

All events are in one list next to the conference. They refer to rooms, tracks and persons by ID.
"""

from summitcli.formats.draft import Draft
from summitcli.formats.frab.family import looks_flat, read_event, read_family, read_times
from summitcli.formats.spooled import spooled
from summitcli.sources.source import NO_HINTS, Hints


def detect(data: bytes) -> bool:
    """Return whether the bytes are JSON with a conference and a single list of events."""
    return looks_flat(data)


def read(data: bytes, name: str, _hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    The events are in the order of the file.

    Raises:
        InvalidSchedule: the document is not JSON, has no conference or no list of events, or is too large.
    """
    family = read_family(data, name, "events")
    events = (
        read_event(event, family, read_times(event, event.instant("start")))
        for event in family.schedule.children("events")
    )
    return family.draft._replace(events=spooled(events))
