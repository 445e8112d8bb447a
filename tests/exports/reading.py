"""Calendars as text, and their lines parsed without a library."""

import re
from collections.abc import Iterable
from typing import Any

from summitcli.exports.calendar.ics import PLAIN, Entry, Options, ics
from summitcli.rows import ConferenceRow
from tests.exports.conferences import Rows


def calendar_of(conference: ConferenceRow, entries: Iterable[Entry], options: Options = PLAIN) -> str:
    """Return the calendar of some entries."""
    return "".join(ics(conference, entries, options))


def export(rows: Rows, options: Options = PLAIN, **entry: Any) -> str:
    """Return the calendar of all sessions of a conference; ``entry`` applies to each of them."""
    return calendar_of(rows[0], [Entry(session, **entry) for session in rows[1]], options)


def logical_lines(text: str) -> list[str]:
    """Return the content lines of a calendar, unfolded (RFC 5545 section 3.1)."""
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def values(text: str, name: str) -> list[str]:
    """Return the raw values of every property called ``name``."""
    return [line.split(":", 1)[1] for line in logical_lines(text) if re.match(rf"{name}[:;]", line)]


def assert_bytes_keep_the_rules(text: str, number_of_events: int) -> None:
    """Check that lines are short, end with CRLF and split no character, and that nothing is injected."""
    octets = text.encode()
    assert octets.endswith(b"END:VCALENDAR\r\n")
    assert octets.count(b"\r\n") == octets.count(b"\r") == octets.count(b"\n")
    lines = octets.split(b"\r\n")[:-1]
    assert max(map(len, lines)) <= 75
    for line in lines:
        assert line.decode()
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]", octets)
    logical = octets.replace(b"\r\n ", b"").split(b"\r\n")
    for name in (b"UID:", b"DTSTAMP:", b"SEQUENCE:", b"BEGIN:VEVENT", b"END:VEVENT"):
        assert sum(line.startswith(name) for line in logical) == number_of_events
    assert not any(line.startswith((b"METHOD", b"COMMENT", b"X-LIC-LOCATION")) for line in logical)
