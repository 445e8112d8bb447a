"""The lines of iCalendar as they were before they were folded (RFC 5545 section 3.1)."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR\b", re.IGNORECASE)
"""How a calendar begins; some programs put a mark of UTF-8 or blank lines before it."""

_BLANKS = (b" ", b"\t")


class ContentLine(NamedTuple):
    """One line, in as many lines of the file as it was folded into."""

    number: int
    """That of the first of them, counted from 1."""
    octets: bytes


def content_lines(data: bytes) -> Iterator[ContentLine]:
    """The lines of ``data`` that are not blank.

    Some programs fold within a character of UTF-8, so unfolding comes before decoding. Lines end with CRLF;
    LF and CR alone are taken too.
    """
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    number, parts = 1, [b""]
    for here, line in enumerate(BytesIO(data), 1):
        line = line.rstrip(b"\r\n")
        if line.startswith(_BLANKS):
            parts.append(line[1:])
            continue
        yield from _line(number, parts)
        number, parts = here, [line]
    yield from _line(number, parts)


def _line(number: int, parts: list[bytes]) -> Iterator[ContentLine]:
    octets = parts[0] if len(parts) == 1 else b"".join(parts)
    if octets.strip():
        yield ContentLine(number, octets)
