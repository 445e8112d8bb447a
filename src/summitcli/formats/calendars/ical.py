"""iCalendar files (RFC 5545), published by conferences or written by this program.

This module only recognises calendars. The modules that read them, and the library ``icalendar``, are slow to
import, so they are imported only when they are needed.
"""

import re
from datetime import tzinfo
from typing import TYPE_CHECKING

from summitcli.budgets import Spending
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings
from summitcli.formats.times import find_zone
from summitcli.sources.source import NO_HINTS, Hints

if TYPE_CHECKING:
    from summitcli.formats.calendars.events import Calendar

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
"""The pattern of a calendar's first line, which may follow a byte order mark and blank lines."""
_WITHIN = re.compile(rb"^[ \t]*(?:<!--|<pre>)?[ \t]*BEGIN:VCALENDAR[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
"""The pattern of a calendar's first line after other lines, such as those of a web page.

``<!--`` or ``<pre>`` may stand before it.
"""
_OTHERS = (b"{", b"[", b"<?xml")
"""The beginnings of files in other formats. Such files are not searched for a calendar."""
_LOOKED_AT = 2**18
"""The number of bytes at the start of a file that are searched for the first line of a calendar."""


def detect(data: bytes) -> bool:
    """Return whether ``data`` is a calendar: it begins with one, or one begins on a line near the start."""
    if _BEGINNING.match(data):
        return True
    head = data[:_LOOKED_AT]
    return not head.lstrip().startswith(_OTHERS) and _WITHIN.search(head) is not None


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the calendar states it).

    Args:
        data: the bytes of the file, which has one or several calendars.
        name: the name of the source, for messages.
        hints: the choices of the user, such as the time zone in which to read local times.

    Raises:
        InvalidSchedule: it is too large.
        UnknownValue: the time zone in ``hints`` does not exist.
    """
    from summitcli.formats.calendars.drafting import draft

    return draft(read_calendar(data, name, find_zone(hints.time_zone or "")))


def read_calendar(data: bytes, name: str, user_zone: tzinfo | None = None) -> "Calendar":
    """Return the calendar in ``data`` with its events.

    Args:
        data: the bytes of the file, which has one or several calendars.
        name: the name of the source, for messages.
        user_zone: the zone in which to read local times; None for the calendar's own.

    Raises:
        InvalidSchedule: the calendar can't be read, or is too large.
    """
    from summitcli.formats.calendars.content_lines import read_components
    from summitcli.formats.calendars.events import read_events

    findings, spending = Findings(), Spending(name, len(data))
    return read_events(read_components(data, name, findings, spending), findings, spending, user_zone)
