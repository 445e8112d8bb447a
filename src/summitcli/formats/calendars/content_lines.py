"""The components that the lines of iCalendar make up (RFC 5545 sections 3.4 and 3.6).

Lines are told apart here, so that whatever is broken costs no more than its own line, and so that every event
knows its line.
"""

import re

from summitcli.budgets import COMPONENTS, EVENTS, OBSERVANCES, Spending, overspent_calendar
from summitcli.errors import InvalidSchedule
from summitcli.formats.calendars.components import CALENDAR, EVENT, LOOKED_AT, WITHIN, ZONE, Component
from summitcli.formats.calendars.lines import UNREADABLE, ContentLine, Lines, Shapes, WrittenInLines
from summitcli.formats.findings import CUT_SHORT, Findings, Kind
from summitcli.i18n import _

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
_SHOWN = 60
"""How many characters of an odd line a finding shows."""

MAX_DEPTH = 50
"""How many components may be in one another; the standard knows three."""

_PROPERTY = re.compile(rb"\s*([A-Za-z0-9-]+)\s*([:;])")
_OF_EVENTS = frozenset(
    {"ATTENDEE", "DTEND", "DTSTART", "EXDATE", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE"}
)
"""Properties that a calendar itself can't have (RFC 5545 section 3.7, RFC 7986 section 5)."""


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
    lines = Lines(data)
    nesting = _Nesting(lines, findings)
    for line, key in lines:
        if not key:
            found = _PROPERTY.match(lines.octets(line))
            if not found:
                nesting.stray(line)
                continue
            key = found[1].decode().upper()
        if key == "BEGIN":
            spending.spend(COMPONENTS)
            component = nesting.name(line)
            if component == EVENT:
                spending.spend(EVENTS)
            elif WITHIN.get(component) == ZONE:
                spending.spend(OBSERVANCES)
            nesting.begin(component, line.number)
            if nesting.depth > MAX_DEPTH:
                raise InvalidSchedule(name, [("", _("it is nested too deeply"))])
        elif key == "END":
            nesting.end(nesting.name(line), line.number)
        else:
            nesting.property(key, line)
    nesting.finish()
    return nesting.calendars


class _Nesting:
    """The components that have begun, and what has come of them."""

    def __init__(self, lines: Lines, findings: Findings) -> None:
        self.calendars: list[Component] = []
        self._lines = lines
        self._findings = findings
        self._shapes: Shapes = {}
        self._open: list[tuple[str, int, WrittenInLines | None]] = []
        """Each with its name, its line, and the component where that is one to keep."""
        self._events = 0

    @property
    def depth(self) -> int:
        """How many components are open."""
        return len(self._open)

    def name(self, line: ContentLine) -> str:
        """Return the name of the component that a line begins or ends."""
        octets = self._lines.octets(line)
        found = _PROPERTY.match(octets)
        return octets[found.end() :].decode("ascii", "replace").strip().upper() if found else ""

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
            _name, _line, component = self._open.pop()
            if component:
                component.pack(self._shapes)
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
        elif component:
            component.note(UNREADABLE, "", line.number, self._lines.octets(line).decode(errors="replace"))

    def _pass_over(self, line: ContentLine) -> None:
        text = self._lines.octets(line)[:_SHOWN].decode(errors="replace")
        self._findings.add(OUTSIDE, self._where(), line.number, text)

    def _where(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _kept(self, name: str, outer: str | None, line: int) -> WrittenInLines | None:
        """The component that begins, where it is one to keep."""
        if name == CALENDAR:
            calendar = WrittenInLines(name, name, line, self._findings, self._lines)
            self.calendars.append(calendar)
            return calendar
        around = self._open[-1][2] if self._open else next(reversed(self.calendars), None)
        if not (outer and around and around.kind == outer):
            return None
        where = name
        if name == EVENT and not self._open:
            self._findings.add(EVENT_OUTSIDE, name, line)
        if name == EVENT:
            where = f"{name}[{self._events}]"
            self._events += 1
        part = WrittenInLines(name, where, line, self._findings, self._lines)
        around.parts.append(part)
        return part

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
            if component:
                component.pack(self._shapes)
            if component and component.kind == EVENT:
                component.note(UNENDED)
            else:
                self._findings.add(UNENDED_PART, name, line)
