"""iCalendar files (RFC 5545), published by conferences or written by this program.

This module only detects calendars; the modules that read them, and ``icalendar``, are slow to import and
loaded when needed.
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
"""The pattern of a calendar's beginning, after an optional byte order mark and blank lines."""
_WITHIN = re.compile(rb"^[ \t]*(?:<!--|<pre>)?[ \t]*BEGIN:VCALENDAR[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
"""The pattern of a calendar's beginning inside other text, such as an HTML comment."""
_OTHERS = (b"{", b"[", b"<?xml")
"""The beginnings of files in other formats, in which the text of a calendar is not searched for."""
_LOOKED_AT = 2**18
"""The number of bytes that are searched for the beginning of a calendar."""


def detect(data: bytes) -> bool:
    """Return whether a calendar begins at the start of the file, or on a line near it."""
    if _BEGINNING.match(data):
        return True
    head = data[:_LOOKED_AT]
    return not head.lstrip().startswith(_OTHERS) and _WITHIN.search(head) is not None


def parse(data: bytes, name: str, hints: Hints) -> Parsed:
    """Return the schedule in ``data``, an iCalendar file.

    The parameters are those of :func:`summitcli.formats.parse`.

    Raises:
        InvalidSchedule: it is too large, or has no usable events.
        UnknownValue: the time zone in ``hints`` does not exist.
    """
    return assemble(read(data, name, find_zone(hints.time_zone or "")), name, hints)


def read(data: bytes, name: str, user_zone: tzinfo | None = None) -> Draft:
    """Return the draft of the schedule in ``data``.

    Args:
        data: one or several calendars.
        name: the source's name, for messages.
        user_zone: the zone of local times that the user asked for; None for the calendar's own.

    Raises:
        InvalidSchedule: it is too large.
    """
    from summitcli.formats.calendars.drafting import draft

    return draft(read_calendar(data, name, user_zone))


def read_calendar(data: bytes, name: str, user_zone: tzinfo | None = None) -> "Calendar":
    """Return the calendar in ``data`` with its events; arguments and errors are those of :func:`read`."""
    from summitcli.formats.calendars.content_lines import read_components
    from summitcli.formats.calendars.events import read_events

    findings, spending = Findings(), Spending(name, len(data))
    return read_events(read_components(data, name, findings, spending), findings, spending, user_zone)
