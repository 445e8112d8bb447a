"""iCalendar (RFC 5545): the calendar that a conference publishes, or one that this program has written.

Telling that bytes are a calendar is all that is done here: ``icalendar`` and all that reads one take their
time to load, so only a calendar loads them.
"""

from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.calendars.content_lines import BEGINNING
from summitcli.formats.draft import Draft
from summitcli.formats.parsed import Parsed
from summitcli.sources.source import Hints


def detect(data: bytes) -> bool:
    """Whether the bytes begin as a calendar does."""
    return BEGINNING.match(data) is not None


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """The schedule that ``data`` holds.

    Raises:
        InvalidSchedule: it was cut short, there is too much of it, or nothing in it can be a schedule.
    """
    return assemble(read(data, name), name, hints)


def read(data: bytes, name: str) -> Draft:
    """What ``data`` says, as far as it says it; see :mod:`summitcli.formats.calendars.events`.

    Args:
        data: one or several calendars.
        name: the source as the user knows it, for messages.

    Raises:
        InvalidSchedule: it was cut short, or there is too much of it.
    """
    from summitcli.formats.calendars.events import read_events

    return read_events(data, name)
