"""The lines of iCalendar (RFC 5545 section 3.1), and the components that they make up.

Lines are told apart here, so that whatever is broken costs no more than its own line, and so that every event
knows its line. What a line says is read by ``icalendar``.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from icalendar.parser import Contentline

from summitcli.budgets import COMPONENTS, EVENTS, OBSERVANCES, Spending, overspent_calendar
from summitcli.errors import InvalidSchedule
from summitcli.formats.calendars.components import (
    CALENDAR,
    EVENT,
    LOOKED_AT,
    WITHIN,
    ZONE,
    Component,
    Property,
)
from summitcli.formats.findings import CUT_SHORT, Findings, Kind
from summitcli.i18n import _

UNREADABLE = Kind("{n} line of a calendar that can't be read", "{n} lines of a calendar that can't be read")
UNENDED = Kind("{n} event that does not end", "{n} events that do not end")
UNENDED_PART = Kind("{n} part of a calendar that does not end", "{n} parts of a calendar that do not end")
UNBEGUN = Kind(
    "{n} end of a part of a calendar that has not begun",
    "{n} ends of parts of a calendar that have not begun",
)
OUTSIDE = Kind(
    "{n} line outside of the events and the calendar, which is passed over",
    "{n} lines outside of the events and the calendar, which are passed over",
)
EVENT_OUTSIDE = Kind("{n} event outside of a calendar", "{n} events outside of a calendar")
UNQUOTED = Kind(
    "{n} parameter in a calendar that should be in quotes",
    "{n} parameters in a calendar that should be in quotes",
)
NOT_UTF_8 = Kind("{n} line that is not UTF-8 text", "{n} lines that are not UTF-8 text")

_SHOWN = 60
"""How many characters of an odd line a finding shows."""

LONGEST_LINE = 2**20
"""In octets, of one that is looked at."""
DEEPEST = 50
"""How many components may be in one another; the standard knows three."""

_PROPERTY = re.compile(rb"\s*([A-Za-z0-9-]+)\s*([:;])")
_BLANKS = (b" ", b"\t")
_OF_EVENTS = frozenset(
    {"ATTENDEE", "DTEND", "DTSTART", "EXDATE", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE"}
)
"""Properties that a calendar itself can't have (RFC 5545 section 3.7, RFC 7986 section 5)."""
_TIMES = frozenset({"DTEND", "DTSTAMP", "DTSTART", "EXDATE", "LAST-MODIFIED", "RDATE", "RECURRENCE-ID"})
_BASIC_TIMES = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?(?:[,/][0-9TZPWDHMS+]+)*")
_QUOTED = re.compile(r'"[^"]*"')
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|.*?)(?=;[A-Za-z0-9-]+=|$)')
_ADDRESS_UNQUOTED = re.compile(
    r'(;[A-Za-z-]+=)((?:https?://|mailto:|cid:)[^\s":;,]+(?::[0-9]{1,5}[^\s":;,]*)?)(?=[:;])', re.IGNORECASE
)
_MAILTO = ":mailto:"


class ContentLine(NamedTuple):
    """One line, in as many lines of the file as it was folded into."""

    number: int
    """That of the first of them, counted from 1."""
    octets: bytes


class WrittenInLines(Component):
    """A component of which each property is a content line."""

    __slots__ = ()

    unreadable = UNREADABLE

    def place(self, name: str) -> str:
        """Return the name of a property behind that of its component."""
        return f"{self.where}.{name}"

    def property(self, name: str, written: Any) -> Property | None:
        """Read a content line."""
        line: ContentLine = written
        if len(line.octets) > LONGEST_LINE:
            self.note(UNREADABLE, name, line.number, f"{len(line.octets)}")
            return None
        try:
            text = line.octets.decode()
        except UnicodeDecodeError:
            text = line.octets.decode(errors="replace")
            self.note(NOT_UTF_8, name, line.number, text)
        if mended := _mended(name, text):
            self.note(UNQUOTED, name, line.number, text)
            value, parameters = mended
            return Property(value, parameters, line.number, value)
        if _ADDRESS_UNQUOTED.match(text, len(name)):
            self.note(UNQUOTED, name, line.number, text)
            text = _ADDRESS_UNQUOTED.sub(r'\1"\2"', text, count=1)
        try:
            whole = Contentline(text)  # type: ignore[no-untyped-call]
            parts = whole.parts()
            parameters = {
                key.upper(): value if isinstance(value, str) else str(value[0])
                for key, value in parts[1].items()
            }
        except Exception:
            self.note(UNREADABLE, name, line.number, text)
            return None
        return Property(parts[2], parameters, line.number, text[whole.value_separator_index() + 1 :])


def read_components(data: bytes, name: str, findings: Findings, spending: Spending) -> list[Component]:
    """The calendars in ``data`` with their events and time zones, in its order.

    Args:
        data: the whole file.
        name: the file, for messages.
        findings: where to note what is odd.
        spending: where to count what the file holds.

    Raises:
        InvalidSchedule: it holds more than :mod:`summitcli.budgets` allows.
    """
    if fault := overspent_calendar(data):
        raise InvalidSchedule(name, [("", fault)])
    nesting = _Nesting(findings)
    for line in content_lines(data.removeprefix(BOM_UTF8)):
        found = _PROPERTY.match(line.octets)
        if not found:
            nesting.stray(line)
            continue
        key = found[1].decode().upper()
        if key == "BEGIN":
            spending.spend(COMPONENTS)
            component = _name(line.octets[found.end() :])
            if component == EVENT:
                spending.spend(EVENTS)
            elif WITHIN.get(component) == ZONE:
                spending.spend(OBSERVANCES)
            nesting.begin(component, line.number)
        elif key == "END":
            nesting.end(_name(line.octets[found.end() :]), line.number)
        else:
            nesting.property(key, line)
        if nesting.depth > DEEPEST:
            raise InvalidSchedule(name, [("", _("it is nested too deeply"))])
    nesting.finish()
    return nesting.calendars


class _Nesting:
    """The components that have begun, and what has come of them."""

    def __init__(self, findings: Findings) -> None:
        self.calendars: list[Component] = []
        self._findings = findings
        self._open: list[tuple[str, int, Component | None]] = []
        """Each with its name, its line, and the component where that is one to keep."""
        self._events = 0

    @property
    def depth(self) -> int:
        """How many components are open."""
        return len(self._open)

    def finish(self) -> None:
        """Note where the file ends before its components do."""
        if self._open:
            name, line, _component = self._open[-1]
            self._findings.add(CUT_SHORT, name, line, name)

    def begin(self, name: str, line: int) -> None:
        """Open a component."""
        outer = WITHIN.get(name)
        if name == CALENDAR:
            self._leave(0)
        elif outer and self._around(outer):
            self._leave(self._around(outer))
        self._open.append((name, line, self._kept(name, outer, line)))

    def end(self, name: str, line: int) -> None:
        """Close a component, and all that is open in it."""
        if depth := self._around(name):
            self._leave(depth)
            self._open.pop()
        else:
            self._findings.add(UNBEGUN, self._where(), line, name[:_SHOWN])

    def property(self, name: str, line: ContentLine) -> None:
        """Keep a property of the innermost component."""
        component = self._open[-1][2] if self._open else None
        if component and name in LOOKED_AT[component.kind]:
            component.add(name, line, line.number)
        elif not self._open or (component and component.kind == CALENDAR and name in _OF_EVENTS):
            self._pass_over(line)

    def stray(self, line: ContentLine) -> None:
        """Note a line that is no property of an event."""
        component = self._open[-1][2] if self._open else None
        if not self._open:
            self._pass_over(line)
        elif component and line.octets.strip():
            component.note(UNREADABLE, "", line.number, line.octets.decode(errors="replace"))

    def _pass_over(self, line: ContentLine) -> None:
        text = line.octets[:_SHOWN].decode(errors="replace")
        self._findings.add(OUTSIDE, self._where(), line.number, text)

    def _where(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _kept(self, name: str, outer: str | None, line: int) -> Component | None:
        """The component that begins, where it is one to keep."""
        if name == CALENDAR:
            self.calendars.append(WrittenInLines(name, name, line, self._findings))
            return self.calendars[-1]
        around = self._open[-1][2] if self._open else next(reversed(self.calendars), None)
        if not (outer and around and around.kind == outer):
            return None
        where = name
        if name == EVENT and not self._open:
            self._findings.add(EVENT_OUTSIDE, name, line)
        if name == EVENT:
            where = f"{name}[{self._events}]"
            self._events += 1
        around.parts.append(WrittenInLines(name, where, line, self._findings))
        return around.parts[-1]

    def _around(self, name: str) -> int:
        """How many components are open down to the innermost of that name; 0 where there is none."""
        for depth in range(len(self._open), 0, -1):
            if self._open[depth - 1][0] == name:
                return depth
        return 0

    def _leave(self, depth: int) -> None:
        """Close what does not end itself, down to ``depth`` components."""
        while len(self._open) > depth:
            name, line, component = self._open.pop()
            if component and component.kind == EVENT:
                component.note(UNENDED)
            else:
                self._findings.add(UNENDED_PART, name, line)


def _mended(name: str, text: str) -> tuple[str, dict[str, str]] | None:
    """Return the value and the parameters of a line with colons or commas in parameters without quotes.

    Google and Exchange wrote such lines (against RFC 5545 section 3.2): what follows the last colon is the
    value. None where the line is as it should be, or the last colon is part of a value.
    """
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


def _name(octets: bytes) -> str:
    return octets.decode("ascii", "replace").strip().upper()


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
