"""Reading the components, such as events, of iCalendar files (RFC 5545 sections 3.4 and 3.6).

Lines are read one by one: a broken line does not affect the others, and every event knows its line number.
"""

import re

from summitcli.budgets import COMPONENTS, EVENTS, OBSERVANCES, Spending, overspent_calendar
from summitcli.errors import InvalidSchedule
from summitcli.formats.calendars.components import CALENDAR, EVENT, KEPT_PROPERTIES, PARENTS, ZONE, Component
from summitcli.formats.calendars.lines import UNREADABLE, ContentLine, LineComponent, Lines, Shapes
from summitcli.formats.findings import CUT_SHORT, Findings, Kind
from summitcli.i18n import _
from summitcli.progress import Work

UNCLOSED_EVENT = Kind("{n} event without an END line", "{n} events without END lines")
UNCLOSED_PART = Kind(
    "{n} calendar component without an END line", "{n} calendar components without END lines"
)
UNOPENED = Kind(
    "{n} END line without a BEGIN line",
    "{n} END lines without BEGIN lines",
)
MISPLACED = Kind(
    "{n} misplaced line in a calendar was ignored",
    "{n} misplaced lines in a calendar were ignored",
)
EVENT_OUTSIDE = Kind("{n} event outside a calendar", "{n} events outside a calendar")
_EXCERPT_LENGTH = 60
"""The maximum length of a line in a finding, in characters; longer lines are cut."""

MAX_DEPTH = 50
"""The maximum depth of components inside components; the standard needs three levels."""

_PROPERTY = re.compile(rb"\s*([A-Za-z0-9-]+)\s*([:;])")
_EVENT_PROPERTIES = frozenset(
    {"ATTENDEE", "DTEND", "DTSTART", "EXDATE", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE"}
)
"""The properties of events that a calendar itself can't have (RFC 5545 section 3.7; RFC 7986 section 5)."""


def read_components(data: bytes, name: str, findings: Findings, spending: Spending) -> list[Component]:
    """Return the calendars in ``data``, with the events and time zones in them, in the order of the file.

    Args:
        data: the whole file.
        name: the file's name, for messages.
        findings: the object that collects problems.
        spending: the object that counts components, events and clock changes of time zones, and limits them.

    Raises:
        InvalidSchedule: the components are nested too deeply, or there are more of them than
            :mod:`summitcli.budgets` allows.
    """
    if fault := overspent_calendar(data):
        raise InvalidSchedule(name, [("", fault)])
    lines = Lines(data)
    nesting = _Nesting(lines, findings)
    with Work(_("reading")) as work:
        for line, key in lines:
            if not key:
                match = _PROPERTY.match(lines.unfolded(line))
                if not match:
                    nesting.report_invalid(line)
                    continue
                key = match[1].decode().upper()
            if key == "BEGIN":
                spending.spend(COMPONENTS)
                component = nesting.name(line)
                if component == EVENT:
                    spending.spend(EVENTS)
                    work.step()
                elif PARENTS.get(component) == ZONE:
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
    """The components that are open (whose END line has not come yet), and the calendars read so far."""

    def __init__(self, lines: Lines, findings: Findings) -> None:
        self.calendars: list[Component] = []
        self._lines = lines
        self._findings = findings
        self._shapes: Shapes = {}
        self._open: list[tuple[str, int, LineComponent | None]] = []
        """The open components, the outermost first: name, line number and component of each.

        The component is None if it is ignored.
        """
        self._events = 0

    @property
    def depth(self) -> int:
        """Return the number of open components."""
        return len(self._open)

    def name(self, line: ContentLine) -> str:
        """Return the kind of component, such as ``VEVENT``, that a BEGIN or END line names."""
        unfolded = self._lines.unfolded(line)
        match = _PROPERTY.match(unfolded)
        return unfolded[match.end() :].decode("ascii", "replace").strip().upper() if match else ""

    def finish(self) -> None:
        """Report a component that is still open at the end of the file; if several are, the innermost."""
        if self._open:
            name, line, _component = self._open[-1]
            self._findings.add(CUT_SHORT, name, line, name)

    def begin(self, name: str, line: int) -> None:
        """Open a component at its BEGIN line, after closing the open components that can't contain it."""
        outer = PARENTS.get(name)
        if name == CALENDAR:
            self._close_to(0)
        elif outer and self._depth_of(outer):
            self._close_to(self._depth_of(outer))
        self._open.append((name, line, self._component(name, outer, line)))

    def end(self, name: str, line: int) -> None:
        """Close a component at its END line, with all open components inside it."""
        if depth := self._depth_of(name):
            self._close_to(depth)
            _name, _line, component = self._open.pop()
            if component:
                component.pack(self._shapes)
        else:
            self._findings.add(UNOPENED, self._where(), line, name[:_EXCERPT_LENGTH])

    def property(self, name: str, line: ContentLine) -> None:
        """Add a property to the innermost open component."""
        component = self._open[-1][2] if self._open else None
        if component and name in KEPT_PROPERTIES[component.kind]:
            component.add(name, line, line.number)
        elif not self._open or (component and component.kind == CALENDAR and name in _EVENT_PROPERTIES):
            self._ignore(line)

    def report_invalid(self, line: ContentLine) -> None:
        """Report a line that can't be read as a property."""
        component = self._open[-1][2] if self._open else None
        if not self._open:
            self._ignore(line)
        elif component:
            component.report(UNREADABLE, "", line.number, self._lines.unfolded(line).decode(errors="replace"))

    def _ignore(self, line: ContentLine) -> None:
        text = self._lines.unfolded(line)[:_EXCERPT_LENGTH].decode(errors="replace")
        self._findings.add(MISPLACED, self._where(), line.number, text)

    def _where(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _component(self, name: str, outer: str | None, line: int) -> LineComponent | None:
        """Make the component of a BEGIN line, and add it to the component that encloses it.

        Return None if the component is ignored.

        Args:
            name: the kind of the component.
            outer: the kind of component that must enclose it; None for a calendar, and for a kind that is
                ignored.
            line: the number of the line.
        """
        if name == CALENDAR:
            calendar = LineComponent(name, name, line, self._findings, self._lines)
            self.calendars.append(calendar)
            return calendar
        parent = self._open[-1][2] if self._open else next(reversed(self.calendars), None)
        if not (outer and parent and parent.kind == outer):
            return None
        where = name
        if name == EVENT and not self._open:
            self._findings.add(EVENT_OUTSIDE, name, line)
        if name == EVENT:
            where = f"{name}[{self._events}]"
            self._events += 1
        part = LineComponent(name, where, line, self._findings, self._lines)
        parent.parts.append(part)
        return part

    def _depth_of(self, name: str) -> int:
        """Return the depth of the innermost open component of a kind: 1 for the outermost, 0 for none."""
        for depth in range(len(self._open), 0, -1):
            if self._open[depth - 1][0] == name:
                return depth
        return 0

    def _close_to(self, depth: int) -> None:
        """Close all open components deeper than ``depth``, and report that their END lines are missing."""
        while len(self._open) > depth:
            name, line, component = self._open.pop()
            if component:
                component.pack(self._shapes)
            if component and component.kind == EVENT:
                component.report(UNCLOSED_EVENT)
            else:
                self._findings.add(UNCLOSED_PART, name, line)
