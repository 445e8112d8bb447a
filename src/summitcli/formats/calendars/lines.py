"""The lines of iCalendar (RFC 5545 section 3.1): where each of them is, and the property that it holds.

What a line says is read by ``icalendar``, where that can be doubtful. Of an event it is kept where its lines
are, and not what they say: the file is in memory anyway.
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

LONGEST_LINE = 2**20
"""In octets, of one that is looked at."""
_LINE = re.compile(rb"(?:([A-Za-z0-9-]+)[:;])?[^\n]*(?:\n[ \t][^\n]*)*\n?")
"""A line as it is folded, with the name of its property where that stands in the first piece as it should."""
_FOLD = re.compile(rb"\r*\n[ \t]")
_TIMES = frozenset({"DTEND", "DTSTAMP", "DTSTART", "EXDATE", "LAST-MODIFIED", "RDATE", "RECURRENCE-ID"})
_MENDED = _TIMES | {"ATTENDEE"}
"""Properties of which the colon before the value may be another than the first."""
_BASIC_TIMES = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?(?:[,/][0-9TZPWDHMS+]+)*")
_QUOTED = re.compile(r'"[^"]*"')
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|.*?)(?=;[A-Za-z0-9-]+=|$)')
_ADDRESS_UNQUOTED = re.compile(
    r'(;[A-Za-z-]+=)((?:https?://|mailto:|cid:)[^\s":;,]+(?::[0-9]{1,5}[^\s":;,]*)?)(?=[:;])', re.IGNORECASE
)
_MAILTO = ":mailto:"
_UNDOUBTED = r'[^"\x00-\x1f\x7f%,:;=^\\]'
_VALUE = rf'(?:(?!\s){_UNDOUBTED}+(?<!\s)|"[^"\x00-\x1f\x7f%^\\]+")'
_PLAIN = re.compile(rf"[A-Za-z0-9-]+((?:;[A-Za-z0-9-]+={_VALUE})*):(.*)", re.DOTALL)
"""A line of which every reader makes the same: no parameter has more than one value, or anything escaped."""
_PLAIN_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE})")
_NO_PARAMETERS: Mapping[str, str] = {}

_FOUR_BYTES = 2**32
"""What no number of four bytes reaches."""

Shapes = dict[tuple[tuple[str, int], ...], Mapping[str, range]]
"""Which of the properties of a component have each name, by how many there are of each."""


class ContentLine(NamedTuple):
    """Where a line is, in as many lines of the file as it was folded into."""

    begin: int
    """The place of its first octet in the file."""
    number: int
    """That of the first of its lines, counted from 1."""


class Lines:
    """The lines of a file that are not blank.

    Lines end with CRLF; LF and CR alone are taken too.
    """

    def __init__(self, data: bytes) -> None:
        data = data.removeprefix(BOM_UTF8)
        self._data = data if b"\n" in data else data.replace(b"\r", b"\n")

    def __iter__(self) -> Iterator[tuple[ContentLine, str]]:
        """Yield each line with the name of its property; empty where that takes a closer look."""
        data, number = self._data, 1
        # What goes on from nothing is a line, too.
        for line in _LINE.finditer(data, int(data[:1] in (b" ", b"\t"))):
            begin, end = line.span()
            name = line[1]
            if name or not (begin == end or line[0].isspace()):
                yield ContentLine(begin, number), name.decode().upper() if name else ""
            number += data.count(b"\n", begin, end)

    def octets(self, line: ContentLine) -> bytes:
        """Return a line unfolded.

        Some programs fold within a character of UTF-8, so unfolding comes before decoding.
        """
        found = _LINE.match(self._data, line.begin)
        octets = found[0].rstrip(b"\r\n") if found else b""
        return _FOLD.sub(b"", octets).rstrip(b"\r\n") if b"\n" in octets else octets


class WrittenInLines(Component):
    """A component of which each property is a content line."""

    __slots__ = ("_lines",)

    unreadable = UNREADABLE

    def __init__(self, kind: str, where: str, line: int, findings: Findings, lines: Lines) -> None:
        super().__init__(kind, where, line, findings)
        self._lines = lines

    def place(self, name: str) -> str:
        """Return the name of a property behind that of its component."""
        return f"{self.where}.{name}"

    def property(self, name: str, written: Any) -> Property | None:
        """Read a content line."""
        octets, number = self._lines.octets(written), written.number
        if len(octets) > LONGEST_LINE:
            self.note(UNREADABLE, name, number, f"{len(octets)}")
            return None
        try:
            text = octets.decode()
        except UnicodeDecodeError:
            text = octets.decode(errors="replace")
            self.note(NOT_UTF_8, name, number, text)
        value = text[len(name) + 1 :]
        if text.startswith(":", len(name)) and not (name in _MENDED and ":" in value):
            # Nothing is doubtful in a line without parameters, as most are.
            return Property(unescaped(value), _NO_PARAMETERS, number, value)
        if mended := _mended(name, text):
            self.note(UNQUOTED, name, number, text)
            value, parameters = mended
            return Property(value, parameters, number, value)
        if _ADDRESS_UNQUOTED.match(text, len(name)):
            self.note(UNQUOTED, name, number, text)
            text = _ADDRESS_UNQUOTED.sub(r'\1"\2"', text, count=1)
        if plain := _PLAIN.fullmatch(text):
            return Property(unescaped(plain[2]), _parameters(plain[1]), number, plain[2])
        try:
            return read_line(text, number)
        except Exception:
            self.note(UNREADABLE, name, number, text)
            return None

    def pack(self, shapes: Shapes) -> None:
        """Take less memory, now that no property will be added.

        Args:
            shapes: what components have in common, as nearly all do.
        """
        self._properties = _Packed(self._properties, shapes)


class _Packed(Mapping[str, list[ContentLine]]):
    """The lines of a component by their names, in little memory."""

    __slots__ = ("_places", "_shape")

    def __init__(self, properties: Mapping[str, Sequence[ContentLine]], shapes: Shapes) -> None:
        numbers = tuple((name, len(lines)) for name, lines in properties.items())
        if numbers not in shapes:
            ends = accumulate(number for _name, number in numbers)
            shapes[numbers] = {
                name: range(end - number, end) for (name, number), end in zip(numbers, ends, strict=True)
            }
        self._shape = shapes[numbers]
        places = [*chain.from_iterable(chain.from_iterable(properties.values()))]
        self._places = array("I" if max(places, default=0) < _FOUR_BYTES else "Q", places)

    def get(self, name: str, default: Any = None) -> Any:
        """Return the lines of a name, or ``default``; that of all mappings takes long to know of none."""
        return self[name] if name in self._shape else default

    def __contains__(self, name: object) -> bool:
        return name in self._shape

    def __getitem__(self, name: str) -> list[ContentLine]:
        places = self._places
        return [ContentLine(places[2 * number], places[2 * number + 1]) for number in self._shape[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shape)

    def __len__(self) -> int:
        return len(self._shape)


def read_line(text: str, number: int) -> Property:
    """Return the property in a content line, as ``icalendar`` reads it.

    ``icalendar`` means to raise a ValueError where it can't, and raises whatever comes up in it.
    """
    whole = Contentline(text)  # type: ignore[no-untyped-call]
    parts = whole.parts()
    parameters = {
        key.upper(): value if isinstance(value, str) else str(value[0]) for key, value in parts[1].items()
    }
    return Property(parts[2], parameters, number, text[whole.value_separator_index() + 1 :])


def unescaped(value: str) -> str:
    """Return a value without what escapes its characters."""
    return unescape_backslash(value) if "\\" in value else value


def _parameters(text: str) -> Mapping[str, str]:
    """Return the parameters of a plain line."""
    if not text:
        return _NO_PARAMETERS
    return {found[1].upper(): found[2].strip('"') for found in _PLAIN_PARAMETER.finditer(text)}


def _mended(name: str, text: str) -> tuple[str, dict[str, str]] | None:
    """Return the value and the parameters of a line with colons or commas in parameters without quotes.

    Google and Exchange wrote such lines (against RFC 5545 section 3.2): what follows the last colon is the
    value. None where the line is as it should be, or the last colon is part of a value.
    """
    if name not in _MENDED:
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
