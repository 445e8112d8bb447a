"""The flat draft that c3voc and its hub write as the next generation of ``schedule.json``: the events in one
list beside the conference, and rooms, tracks and persons named by reference.
"""

from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft
from summitcli.formats.frab.family import looks_flat, read_event, read_family, read_times
from summitcli.formats.parsed import Parsed
from summitcli.formats.spooled import spooled
from summitcli.sources.source import Hints


def detect(data: bytes) -> bool:
    """Whether the bytes are JSON with a conference and one list of all events."""
    return looks_flat(data)


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """The schedule that ``data`` holds.

    Raises:
        InvalidSchedule: it is not JSON, or no conference with a list of events, or holds too much.
    """
    return assemble(read(data, name), name, hints)


def read(data: bytes, name: str) -> Draft:
    """What ``data`` says, event by event in the order of the file.

    Raises:
        InvalidSchedule: it is not JSON, or no conference with a list of events, or holds too much.
    """
    family = read_family(data, name, "events")
    events = (
        read_event(event, family, read_times(event, event.instant("start")))
        for event in family.schedule.children("events")
    )
    return family.draft._replace(events=spooled(events))
