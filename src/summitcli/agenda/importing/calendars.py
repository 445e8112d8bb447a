"""The events of an iCalendar file (RFC 5545), as far as they lead to sessions.

``icalendar`` takes its time to load, so only a calendar loads it. It is given only the properties that are
looked at: what else strangers put into a calendar costs neither time nor trouble then.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo

from summitcli.agenda.importing.entry import Entry
from summitcli.formats.calendars.content_lines import ContentLine, content_lines
from summitcli.i18n import _
from summitcli.lazy_typing import Any

MOST_LINES = 100_000
"""Of those that are looked at: some fifteen thousand events."""
LONGEST_LINE = 10_000
"""In octets, of one that is looked at."""

_NEEDED = re.compile(rb"(BEGIN|END|UID|SUMMARY|URL|STATUS|DTSTART|DTEND)[:;]", re.IGNORECASE)
_NEEDED_OF_ZONES = re.compile(rb"(BEGIN|END|DTSTART|TZ[A-Z]+|RRULE|RDATE)[:;]", re.IGNORECASE)
_MOST_DAYS = 366
"""The most days of one event that are looked at."""


def read_calendar(data: bytes, zone: tzinfo) -> list[Entry]:
    """The events in ``data``, in its order; of one that recurs, its first time.

    Args:
        data: one or several calendars.
        zone: for times that are in no zone.

    Raises:
        Exception: whatever the parser makes of a calendar that breaks the rules.
    """
    from icalendar import Calendar

    text = b"\r\n".join(_needed(content_lines(data))).decode("utf-8", "replace")
    return [
        _entry(event, zone)
        for calendar in Calendar.from_ical(text, multiple=True)
        for event in calendar.walk("VEVENT")
    ]


def _needed(lines: Iterable[ContentLine]) -> Iterator[bytes]:
    """Those of ``lines`` that matter.

    Raises:
        ValueError: components don't begin and end in pairs, as in a file that was cut short, or there is
            too much of it.
    """
    inside: list[bytes] = []
    number = 0
    for _number, line in lines:
        wanted = _NEEDED_OF_ZONES if b"VTIMEZONE" in inside[1:2] else _NEEDED
        found = wanted.match(line)
        if not found:
            continue
        number += 1
        if len(line) > LONGEST_LINE or number > MOST_LINES:
            raise ValueError("more than a calendar of sessions holds")
        key, component = found[1].upper(), line[found.end() :].strip().upper()
        if key == b"BEGIN":
            inside.append(component)
        elif key == b"END" and (not inside or inside.pop() != component):
            raise ValueError("a component ends that has not begun")
        yield line
    if inside:
        raise ValueError("a component does not end")


def _entry(event: Any, zone: tzinfo) -> Entry:
    title, uid, url, status = (_text(event, key) for key in ("SUMMARY", "UID", "URL", "STATUS"))
    start, end = _time(event, "DTSTART"), _time(event, "DTEND")
    cancelled = (status or "").upper() == "CANCELLED"
    named = [title or uid or _("an event without a name")]
    when: datetime | str | None = None
    days = None
    if isinstance(start, datetime):
        when = start if start.tzinfo else start.replace(tzinfo=zone)
        named.append(start.replace(tzinfo=None).isoformat(" ", "minutes"))
    elif isinstance(start, date):
        days = tuple(_days(start, end))
        when = days[0]
        named.append(when)
    if cancelled:
        named.append(_("cancelled"))
    return Entry(
        ", ".join(named),
        uid=uid,
        url=url,
        title=title,
        when=when,
        days=days,
        only_then=isinstance(when, datetime),
        cancelled=cancelled,
    )


def _days(start: date, end: date | None) -> Iterator[str]:
    """The days of an all-day event; its end is exclusive, and left out where it lasts one (section 3.6.1)."""
    length = (end - start).days if end and not isinstance(end, datetime) else 1
    for number in range(max(1, min(length, _MOST_DAYS))):
        yield (start + timedelta(days=number)).isoformat()


def _text(event: Any, key: str) -> str | None:
    value = _first(event, key)
    return str(value).strip() or None if value is not None else None


def _time(event: Any, key: str) -> date | None:
    value = None
    # A value that could not be read answers with an error of the parser's own, once it is asked.
    with contextlib.suppress(Exception):
        value = _first(event, key).dt
    return value if isinstance(value, date) else None


def _first(event: Any, key: str) -> Any:
    """The value of a property; of one that is there more than once, against the rules, the first."""
    value = event.get(key)
    return value[0] if isinstance(value, list) and value else value
