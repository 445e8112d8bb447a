"""The content lines of iCalendar (RFC 5545 section 3.1): their positions and their properties.

Only lines that are not simple are parsed by ``icalendar``, which is slow. Components store the positions of
their lines and not their text, since the whole file is in memory anyway.
"""

import re
from array import array
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

from icalendar.parser import Contentline, unescape_backslash

from summitcli.formats.calendars.components import Component, Property
from summitcli.formats.findings import Findings, Kind

UNREADABLE = Kind("{n} line of a calendar that can't be read", "{n} lines of a calendar that can't be read")
UNQUOTED = Kind(
    "{n} parameter in a calendar that should be in quotes",
    "{n} parameters in a calendar that should be in quotes",
)
NOT_UTF_8 = Kind("{n} line that is not UTF-8 text", "{n} lines that are not UTF-8 text")

MAX_LINE = 2**20
"""The maximum length of a line, in bytes."""
_LINE = re.compile(rb"(?:([A-Za-z0-9-]+)[:;])?[^\n]*(?:\n[ \t][^\n]*)*\n?")
"""The pattern of a content line, which may be folded; its group is the property's name."""
_FOLD = re.compile(rb"\r*\n[ \t]")
_TIMES = frozenset({"DTEND", "DTSTAMP", "DTSTART", "EXDATE", "LAST-MODIFIED", "RDATE", "RECURRENCE-ID"})
_REPAIRABLE = _TIMES | {"ATTENDEE"}
"""The properties whose lines are repaired if a parameter contains an unquoted colon.

In such an invalid line, the value does not begin after the first colon, but after a later one.
"""
_BASIC_TIMES = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?(?:[,/][0-9TZPWDHMS+]+)*")
_QUOTED = re.compile(r'"[^"]*"')
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|.*?)(?=;[A-Za-z0-9-]+=|$)')
_ADDRESS_UNQUOTED = re.compile(
    r'(;[A-Za-z-]+=)((?:https?://|mailto:|cid:)[^\s":;,]+(?::[0-9]{1,5}[^\s":;,]*)?)(?=[:;])', re.IGNORECASE
)
_MAILTO = ":mailto:"
_UNAMBIGUOUS = r'[^"\x00-\x1f\x7f%,:;=^\\]'
_VALUE = rf'(?:(?!\s){_UNAMBIGUOUS}+(?<!\s)|"[^"\x00-\x1f\x7f%^\\]+")'
_SIMPLE = re.compile(rf"[A-Za-z0-9-]+((?:;[A-Za-z0-9-]+={_VALUE})*):(.*)", re.DOTALL)
"""The pattern of a simple line: without escapes, and with one value for each parameter."""
_SIMPLE_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE})")
_NO_PARAMETERS: Mapping[str, str] = {}

_FOUR_BYTES = 2**32
"""The smallest number that does not fit into four bytes."""

Shapes = dict[tuple[tuple[str, int], ...], Mapping[str, range]]
"""The layouts in which components store their lines.

A key has the name of each property with its number of lines, such as ``(("SUMMARY", 1), ("ATTENDEE", 2))``.
The value has the positions of these lines, such as ``{"SUMMARY": range(0, 1), "ATTENDEE": range(1, 3)}``.
"""


class ContentLine(NamedTuple):
    """The position of a content line in the file; the line may be folded into several physical lines."""

    begin: int
    """The position of the line's first byte in the file."""
    number: int
    """The number of the first physical line of the content line, counted from 1."""


class Lines:
    """The content lines of a file, without blank lines.

    Lines should end with CRLF; a single LF or CR is accepted, too.
    """

    def __init__(self, data: bytes) -> None:
        data = data.removeprefix(BOM_UTF8)
        self._data = data if b"\n" in data else data.replace(b"\r", b"\n")

    def __iter__(self) -> Iterator[tuple[ContentLine, str]]:
        """Yield each content line with the name of its property in upper case.

        The name is empty if the line does not begin with a name and ``:`` or ``;``.
        """
        data, number = self._data, 1
        # A continuation of nothing is a line, too.
        for line in _LINE.finditer(data, int(data[:1] in (b" ", b"\t"))):
            begin, end = line.span()
            name = line[1]
            if name or not (begin == end or line[0].isspace()):
                yield ContentLine(begin, number), name.decode().upper() if name else ""
            number += data.count(b"\n", begin, end)

    def unfolded(self, line: ContentLine) -> bytes:
        """Return the bytes of a content line; if it is folded, its physical lines are joined.

        They are joined before decoding, since some programs fold a line inside a UTF-8 character.
        """
        found = _LINE.match(self._data, line.begin)
        unfolded = found[0].rstrip(b"\r\n") if found else b""
        return _FOLD.sub(b"", unfolded).rstrip(b"\r\n") if b"\n" in unfolded else unfolded


class LineComponent(Component):
    """A component (such as an event) whose properties are content lines of an iCalendar file."""

    __slots__ = ("_lines",)

    unreadable = UNREADABLE

    def __init__(self, kind: str, where: str, line: int, findings: Findings, lines: Lines) -> None:
        super().__init__(kind, where, line, findings)
        self._lines = lines

    def place(self, name: str) -> str:
        """Return the place of the property ``name`` for findings, such as ``VEVENT[3].SUMMARY``."""
        return f"{self.where}.{name}"

    def property(self, name: str, written: Any) -> Property | None:
        """Return the property in a content line; if it can't be read, report a finding and return None."""
        unfolded, number = self._lines.unfolded(written), written.number
        if len(unfolded) > MAX_LINE:
            self.report(UNREADABLE, name, number, f"{len(unfolded)}")
            return None
        try:
            text = unfolded.decode()
        except UnicodeDecodeError:
            text = unfolded.decode(errors="replace")
            self.report(NOT_UTF_8, name, number, text)
        value = text[len(name) + 1 :]
        if text.startswith(":", len(name)) and not (name in _REPAIRABLE and ":" in value):
            # Most lines have no parameters and are unambiguous.
            return Property(unescaped(value), _NO_PARAMETERS, number, value)
        if repaired := _repaired(name, text):
            self.report(UNQUOTED, name, number, text)
            value, parameters = repaired
            return Property(value, parameters, number, value)
        if _ADDRESS_UNQUOTED.match(text, len(name)):
            self.report(UNQUOTED, name, number, text)
            text = _ADDRESS_UNQUOTED.sub(r'\1"\2"', text, count=1)
        if simple := _SIMPLE.fullmatch(text):
            return Property(unescaped(simple[2]), _parameters(simple[1]), number, simple[2])
        try:
            return read_line(text, number)
        except Exception:
            self.report(UNREADABLE, name, number, text)
            return None

    def pack(self, shapes: Shapes) -> None:
        """Store the properties in less memory; after that no property can be added.

        Args:
            shapes: the layouts of the components read so far in the file. Components with the same properties
                share one layout.
        """
        self._properties = _Packed(self._properties, shapes)


class _Packed(Mapping[str, list[ContentLine]]):
    """A mapping from property names to content lines, stored in little memory."""

    __slots__ = ("_positions", "_shape")

    def __init__(self, properties: Mapping[str, Sequence[ContentLine]], shapes: Shapes) -> None:
        counts = tuple((name, len(lines)) for name, lines in properties.items())
        if counts not in shapes:
            ends = accumulate(number for _name, number in counts)
            shapes[counts] = {
                name: range(end - number, end) for (name, number), end in zip(counts, ends, strict=True)
            }
        self._shape = shapes[counts]
        positions = [*chain.from_iterable(chain.from_iterable(properties.values()))]
        self._positions = array("I" if max(positions, default=0) < _FOUR_BYTES else "Q", positions)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the lines of the property ``name``, or ``default``; faster than the inherited method."""
        return self[name] if name in self._shape else default

    def __contains__(self, name: object) -> bool:
        return name in self._shape

    def __getitem__(self, name: str) -> list[ContentLine]:
        positions = self._positions
        return [ContentLine(positions[2 * number], positions[2 * number + 1]) for number in self._shape[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shape)

    def __len__(self) -> int:
        return len(self._shape)


def read_line(text: str, number: int) -> Property:
    """Parse a content line with ``icalendar``.

    An invalid line may raise any exception, since ``icalendar`` does not always raise ValueError.
    """
    whole = Contentline(text)  # type: ignore[no-untyped-call]
    parts = whole.parts()
    parameters = {
        key.upper(): value if isinstance(value, str) else str(value[0]) for key, value in parts[1].items()
    }
    return Property(parts[2], parameters, number, text[whole.value_separator_index() + 1 :])


def unescaped(value: str) -> str:
    """Return a value with its backslash escapes resolved."""
    return unescape_backslash(value) if "\\" in value else value


def _parameters(text: str) -> Mapping[str, str]:
    """Return the parameters in ``text`` by name.

    ``text`` is the part of a simple line (see :data:`_SIMPLE`) before its value: ``;CN=Ada;ROLE=CHAIR``, for
    example.
    """
    if not text:
        return _NO_PARAMETERS
    return {found[1].upper(): found[2].strip('"') for found in _SIMPLE_PARAMETER.finditer(text)}


def _repaired(name: str, text: str) -> tuple[str, dict[str, str]] | None:
    """Return the value and the parameters of a line whose parameters contain colons or commas without quotes.

    Google and Exchange wrote such lines, which RFC 5545 section 3.2 forbids. In them, the value follows the
    last colon. Return None if the line is valid, or if the last colon belongs to the value.
    """
    if name not in _REPAIRABLE:
        return None
    head, _colon, value = text.rpartition(":")
    value = value.strip()
    if name == "ATTENDEE" and (place := text.lower().rfind(_MAILTO)) > 0:
        head, value = text[:place], text[place + 1 :]
    elif name not in _TIMES or not _BASIC_TIMES.fullmatch(value):
        return None
    bare = _QUOTED.sub("", head)
    if ":" not in bare and (name == "ATTENDEE" or "," not in bare):
        return None
    return value, {found[1].upper(): found[2].strip('"') for found in _PARAMETER.finditer(head)}
