"""Content lines of iCalendar (RFC 5545 section 3.1): values as text, and lines folded for the wire."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from summitcli.text.printable import BIDI_CONTROLS

LONGEST_LINE = 75
"""The most octets of one physical line, its line break not counted (RFC 5545 section 3.1)."""

_LOOK_BACK = 12
"""How many characters a fold may move back for a better place."""

_LINE_ENDS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
"""What Unicode breaks a line at always (UAX #14: BK, CR, LF, NL); some readers split lines there too."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_OVERRIDES = dict.fromkeys(BIDI_CONTROLS)
_UNQUOTED = re.compile(r'[^\x00-\x1f\x7f-\x9f":;,]*')
_JOINER = "\u200d"
_DAY = timedelta(days=1)


def clean(text: str) -> str:
    """``text`` as it goes into a file: the one place where text from a schedule is made safe for one.

    Every line end is ``\\n``; there is no other control character but the tab, nothing that turns the
    direction of what follows, and no half of a character, which can't be encoded.
    """
    # Nothing but its line ends is unprintable in nearly every text of several lines.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).translate(_OVERRIDES)
    return _SURROGATES.sub("\ufffd", text)


def escape(text: str) -> str:
    """``text``, cleaned, as a value of type TEXT (RFC 5545 section 3.3.11)."""
    escaped = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def uri(address: str) -> str | None:
    """``address`` as it is, for a value of type URI is not escaped (RFC 5545 section 3.3.13).

    None where it is blank, or holds what no URI does: control characters, line ends, blanks around it, and
    backslashes, which some readers take for escapes all the same.
    """
    fit = address.strip() == clean(address) == address and not re.search(r"[\n\t\\]", address)
    return address if fit and address else None


def parameter(value: str) -> str:
    """``value`` for a property parameter, in double quotes where it needs them (RFC 5545 section 3.2)."""
    value = clean(value)
    if _UNQUOTED.fullmatch(value):
        return value
    return '"{}"'.format(value.replace('"', "'").replace("\n", " "))


def day(value: date) -> str:
    """A value of type DATE (RFC 5545 section 3.3.4)."""
    return value.isoformat().replace("-", "")


def wall_clock(moment: datetime) -> str:
    """A local time as a value of type DATE-TIME, form 1 or 3 (RFC 5545 section 3.3.5), to the second."""
    local = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return local.replace("-", "").replace(":", "")


def instant(moment: datetime) -> str:
    """A zone-aware moment as a value of type DATE-TIME in UTC, form 2 (RFC 5545 section 3.3.5)."""
    return wall_clock(moment.astimezone(UTC)) + "Z"


def duration(length: timedelta) -> str:
    """A value of type DURATION (RFC 5545 section 3.3.6), to the second; zero is ``PT0S``."""
    sign, length = ("-", -length) if length < timedelta(0) else ("", length)
    days, rest = divmod(length, _DAY)
    minutes, seconds = divmod(rest // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    units = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    clock = "".join(f"{number}{unit}" for number, unit in units if number)
    if days and not clock:
        return f"{sign}P{days}D"
    return f"{sign}P{f'{days}D' if days else ''}T{clock or '0S'}"


def offset(value: timedelta) -> str:
    """A value of type UTC-OFFSET (RFC 5545 section 3.3.14)."""
    seconds = value // timedelta(seconds=1)
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}"


def fold(line: str) -> str:
    """A logical line as physical ones of at most 75 octets (RFC 5545 section 3.1), without the last CRLF.

    A character is never cut. Where it can be helped, neither is an escape such as ``\\n``, nor a letter
    with its accents, and no space comes to either end of a line, where careless readers trim it.
    """
    if len(line) <= LONGEST_LINE and (line.isascii() or len(line.encode()) <= LONGEST_LINE):
        return line
    pieces = []
    start = 0
    room = LONGEST_LINE
    while True:
        octets = line[start : start + room].encode()[:room]
        end = start + len(octets.decode("utf-8", "ignore"))
        if end == len(line):
            pieces.append(line[start:])
            return "\r\n ".join(pieces)
        end = _better(line, start, end)
        pieces.append(line[start:end])
        start = end
        # The space that marks a continuation counts.
        room = LONGEST_LINE - 1


def _better(line: str, start: int, end: int) -> int:
    """The last place at or shortly before ``end`` where a fold parts nothing that belongs together."""
    for place in range(end, max(start, end - _LOOK_BACK), -1):
        if not _belong_together(line, start, place):
            return place
    return end


def _belong_together(line: str, start: int, place: int) -> bool:
    """Whether the characters on both sides of ``place`` are better kept on one line, begun at ``start``."""
    before, after = line[place - 1], line[place]
    if before.isspace() or after.isspace() or _JOINER in (before, after):
        return True
    if unicodedata.category(after)[0] == "M" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    piece = line[start:place]
    return (len(piece) - len(piece.rstrip("\\"))) % 2 == 1
