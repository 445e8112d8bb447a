"""iCalendar (RFC 5545): the calendar that a conference publishes, or one that this program has written.

Telling that bytes are a calendar is all that is done here: ``icalendar`` and all that reads one take their
time to load, so only a calendar loads them.
"""

import re
from datetime import tzinfo
from typing import TYPE_CHECKING

from summitcli.budgets import Spending
from summitcli.formats.assembly.schedule import assemble
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings
from summitcli.formats.parsed import Parsed
from summitcli.formats.times import find_zone
from summitcli.sources.source import Hints

if TYPE_CHECKING:
    from summitcli.formats.calendars.events import Calendar

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
"""How a calendar begins; some programs put a mark of UTF-8 or blank lines before it."""


_WITHIN = re.compile(rb"^[ \t]*(?:<!--|<pre>)?[ \t]*BEGIN:VCALENDAR[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
"""How one begins within something else, such as the comment of a page."""
_OTHERS = (b"{", b"[", b"<?xml")
"""How what may hold the text of a calendar begins, and is none."""
_LOOKED_AT = 2**18
"""In how many bytes the beginning of a calendar is looked for."""


def detect(data: bytes) -> bool:
    """Return whether the bytes begin as a calendar does, or a line near their beginning does."""
    if _BEGINNING.match(data):
        return True
    head = data[:_LOOKED_AT]
    return not head.lstrip().startswith(_OTHERS) and _WITHIN.search(head) is not None


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """Return the schedule that ``data`` holds.

    Raises:
        InvalidSchedule: there is too much of it, or nothing in it can be a schedule.
    """
    return assemble(read(data, name, find_zone(hints.time_zone or "")), name, hints)


def read(data: bytes, name: str, wished: tzinfo | None = None) -> Draft:
    """Return what ``data`` says, as far as it says it.

    Args:
        data: one or several calendars.
        name: the source as the user knows it, for messages.
        wished: the zone that its local times are in, as the user says.

    Raises:
        InvalidSchedule: there is too much of it.
    """
    from summitcli.formats.calendars.drafting import draft

    return draft(read_calendar(data, name, wished))


def read_calendar(data: bytes, name: str, wished: tzinfo | None = None) -> "Calendar":
    """Return the events in ``data``; the arguments and errors are those of :func:`read`."""
    from summitcli.formats.calendars.content_lines import read_components
    from summitcli.formats.calendars.events import read_events

    findings, spending = Findings(), Spending(name, len(data))
    return read_events(read_components(data, name, findings, spending), findings, spending, wished)
