"""iCalendar content lines (RFC 5545 section 3.1): values as text, and lines folded to 75 octets."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

from summitcli.text.printable import BIDI_CONTROLS

MAX_LINE_OCTETS = 75
"""The maximum length of a line after folding, in octets, without its line end (RFC 5545 section 3.1)."""

_MAX_LOOK_BACK = 12
"""The largest number of characters before the limit at which a line may be broken, at a better position."""

_LINE_ENDS = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
"""All characters that break lines in Unicode (UAX #14: BK, CR, LF, NL); some apps split lines at them."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_OVERRIDES = dict.fromkeys(BIDI_CONTROLS)
_UNQUOTED = re.compile(r'[^\x00-\x1f\x7f-\x9f":;,]*')
_JOINER = "\u200d"
_DAY = timedelta(days=1)


def clean(text: str) -> str:
    r"""Return ``text`` made safe to write into a file; every text from a schedule passes through here.

    Line ends become ``\n``, and tabs stay. All other control characters are removed, and so are the
    characters that change the direction of text. A lone surrogate, which can't be encoded, becomes U+FFFD.
    """
    # The fast path: in nearly every text only the line ends are unprintable.
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).translate(_OVERRIDES)
    return _SURROGATES.sub("\ufffd", text)


def escape(text: str) -> str:
    """Return ``text`` cleaned and escaped as a value of type TEXT (RFC 5545 section 3.3.11)."""
    escaped = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def uri(address: str) -> str | None:
    """Return ``address`` if it can be a value of type URI (RFC 5545 section 3.3.13), else None.

    A value of this type is written without escapes. So it must not be empty, begin or end with blanks, or
    contain control characters or line ends. It must not contain a backslash, which some apps take for an
    escape.
    """
    fit = address.strip() == clean(address) == address and not re.search(r"[\n\t\\]", address)
    return address if fit and address else None


def parameter(value: str) -> str:
    """Return ``value`` as the value of a parameter (RFC 5545 section 3.2), in double quotes if needed."""
    value = clean(value)
    if _UNQUOTED.fullmatch(value):
        return value
    return '"{}"'.format(value.replace('"', "'").replace("\n", " "))


def day(value: date) -> str:
    """Return a date as a value of type DATE (RFC 5545 section 3.3.4), such as ``20220723``."""
    return value.isoformat().replace("-", "")


def wall_clock(moment: datetime) -> str:
    """Return the date and time of ``moment`` as a value of type DATE-TIME without a zone.

    An example is ``20220723T093000``. The zone of ``moment`` is dropped. This is form 1 or 3 of RFC 5545
    section 3.3.5.
    """
    local = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return local.replace("-", "").replace(":", "")


def instant(moment: datetime) -> str:
    """Return ``moment``, which has a zone, as a value of type DATE-TIME in UTC, such as ``20220723T013000Z``.

    This is form 2 of RFC 5545 section 3.3.5.
    """
    return wall_clock(moment.astimezone(UTC)) + "Z"


def duration(length: timedelta) -> str:
    """Return ``length`` as a value of type DURATION (RFC 5545 section 3.3.6), such as ``-PT30M``.

    Zero is ``PT0S``.
    """
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
    """Return a UTC offset as a value of type UTC-OFFSET (RFC 5545 section 3.3.14), such as ``+0800``."""
    seconds = value // timedelta(seconds=1)
    hours, rest = divmod(abs(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}{f'{rest:02}' if rest else ''}"


def fold(line: str) -> str:
    r"""Return ``line`` folded (RFC 5545 section 3.1): broken into lines of at most 75 octets.

    A character is never split. If possible, an escape such as ``\n`` and a letter with its combining marks
    are not split either. If possible, no line begins or ends with a space of the text, as some apps remove it
    there. No CRLF is added after the last line.
    """
    if len(line) <= MAX_LINE_OCTETS and (line.isascii() or len(line.encode()) <= MAX_LINE_OCTETS):
        return line
    pieces = []
    start = 0
    room = MAX_LINE_OCTETS
    while True:
        octets = line[start : start + room].encode()[:room]
        end = start + len(octets.decode("utf-8", "ignore"))
        if end == len(line):
            pieces.append(line[start:])
            return "\r\n ".join(pieces)
        end = _best_break(line, start, end)
        pieces.append(line[start:end])
        start = end
        # The space that marks a continuation counts, too.
        room = MAX_LINE_OCTETS - 1


def _best_break(line: str, start: int, end: int) -> int:
    """Return the best position at which to break ``line``: ``end`` if possible, else one shortly before it.

    ``start`` is the position of the last break before, or 0.
    """
    for position in range(end, max(start, end - _MAX_LOOK_BACK), -1):
        if not _belongs_together(line, start, position):
            return position
    return end


def _belongs_together(line: str, start: int, position: int) -> bool:
    """Return whether ``line`` should not be broken at ``position``.

    It should not be broken beside a space, within an escape, or between a letter and its accents. ``start``
    is the position of the last break before, or 0.
    """
    before, after = line[position - 1], line[position]
    if before.isalnum() and after.isalnum():
        # The usual case, which is neither of the following ones.
        return False
    if before.isspace() or after.isspace() or _JOINER in (before, after):
        return True
    if unicodedata.category(after)[0] == "M" or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    piece = line[start:position]
    return (len(piece) - len(piece.rstrip("\\"))) % 2 == 1
