"""The parts of an iCalendar file (RFC 5545 section 3.6) that say something of a schedule.

What a calendar is made of is told apart here, line by line, so that whatever is broken costs no more than its
own line, and so that every event knows its line. What a line says is read by ``icalendar``. Only properties
that are looked at are kept: what else strangers put into a calendar costs neither time nor trouble.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from icalendar.parser import Contentline
from icalendar.prop import vDDDTypes

from summitcli.budgets import COMPONENTS, EVENTS, OBSERVANCES, Spending, overspent_calendar
from summitcli.errors import InvalidSchedule
from summitcli.formats.calendars.content_lines import ContentLine, content_lines
from summitcli.formats.findings import Findings, Kind
from summitcli.i18n import _
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

UNREADABLE = Kind("{n} line of a calendar that can't be read", "{n} lines of a calendar that can't be read")
UNENDED = Kind("{n} event that does not end", "{n} events that do not end")
NOT_UTF_8 = Kind("{n} line that is not UTF-8 text", "{n} lines that are not UTF-8 text")
TOO_MANY = Kind("{n} line too many in an event", "{n} lines too many in an event")

MOST_OF_A_KIND = 1_000
"""How often one property may be in one component."""
LONGEST_LINE = 2**20
"""In octets, of one that is looked at."""
DEEPEST = 50
"""How many components may be in one another; the standard knows three."""

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""Those that a conference can be in."""

CALENDAR, EVENT, ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"

_LOOKED_AT = {
    CALENDAR: frozenset({"PRODID", "NAME", "X-WR-CALNAME", "SUMMARY", "X-WR-TIMEZONE", "URL"}),
    EVENT: frozenset(
        {
            "ATTACH", "ATTENDEE", "CATEGORIES", "CONFERENCE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART",
            "DURATION", "EXDATE", "EXRULE", "LAST-MODIFIED", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE",
            "STATUS", "SUMMARY", "UID", "URL", "X-ALT-DESC",
        }
    ),
    ZONE: frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
}  # fmt: skip
_WITHIN = {EVENT: CALENDAR, ZONE: CALENDAR, "STANDARD": ZONE, "DAYLIGHT": ZONE}
"""What each component is a part of. Those that are not named here may be anywhere, and are passed over."""

_PROPERTY = re.compile(rb"\s*([A-Za-z0-9-]+)\s*([:;])")
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SHOWN = 60
"""How many characters of an odd line a finding shows."""

Value = TypeVar("Value")


class Property(NamedTuple):
    """One line of a component."""

    value: str
    """Unescaped as TEXT is (RFC 5545 section 3.3.11)."""
    parameters: Mapping[str, str]
    """By their names in capitals; of several values of one, the first."""
    line: int
    raw: str
    """The value as it is written."""

    def values(self) -> list[str]:
        """Those of a list, which commas separate."""
        return [_ESCAPED.sub(_unescaped, part) for part in _COMMA.sub("\\1\0", self.raw).split("\0")]


class Component:
    """One part of a calendar with the properties that are looked at, each of which is read when asked for."""

    __slots__ = ("_findings", "_lines", "kind", "line", "parts", "where")

    def __init__(self, kind: str, where: str, line: int, findings: Findings) -> None:
        self.kind = kind
        self.where = where
        self.line = line
        self.parts: list[Component] = []
        self._lines: dict[str, list[ContentLine]] = {}
        self._findings = findings

    def add(self, name: str, line: ContentLine) -> None:
        """Keep a line of it, unless there are too many of its kind."""
        lines = self._lines.setdefault(name, [])
        if len(lines) < MOST_OF_A_KIND:
            lines.append(line)
        else:
            self.note(TOO_MANY, name, line.number)

    def has(self, name: str) -> bool:
        """Whether it has such a property."""
        return name in self._lines

    def all(self, name: str) -> Iterator[Property]:
        """Each of its properties of that name that can be read."""
        for line in self._lines.get(name, ()):
            found = self._property(name, line)
            if found:
                yield found

    def first(self, name: str) -> Property | None:
        """The first of its properties of that name that can be read; more of most are against the rules."""
        return next(self.all(name), None)

    def text(self, *names: str) -> str:
        """The text of the first of ``names`` that it has, without blanks around; empty where it has none."""
        for name in names:
            found = next((one.value.strip() for one in self.all(name) if one.value.strip()), "")
            if found:
                return found
        return ""

    def read(self, name: str, found: Property, reader: Callable[[str], Value]) -> Value | None:
        """What ``reader`` makes of a property; None, with a finding, where it can't be read.

        ``icalendar`` means to raise a ValueError then, and raises whatever comes up in it.
        """
        try:
            return reader(found.raw.strip())
        except Exception:
            self.note(UNREADABLE, name, found.line, found.raw)
            return None

    def note(self, kind: Kind, name: str = "", line: int | None = None, value: str = "") -> None:
        """Note an oddity of it."""
        where = f"{self.where}.{name}" if name else self.where
        self._findings.add(kind, where, self.line if line is None else line, value[:_SHOWN])

    def _property(self, name: str, line: ContentLine) -> Property | None:
        if len(line.octets) > LONGEST_LINE:
            self.note(UNREADABLE, name, line.number, f"{len(line.octets)}")
            return None
        try:
            text = line.octets.decode()
        except UnicodeDecodeError:
            text = line.octets.decode(errors="replace")
            self.note(NOT_UTF_8, name, line.number, text)
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
        InvalidSchedule: it was cut short, or it holds more than :mod:`summitcli.budgets` allows.
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
            elif _WITHIN.get(component) == ZONE:
                spending.spend(OBSERVANCES)
            nesting.begin(component, line.number)
        elif key == "END":
            nesting.end(_name(line.octets[found.end() :]))
        else:
            nesting.property(key, line)
        if nesting.depth > DEEPEST:
            raise InvalidSchedule(name, [("", _("it is nested too deeply"))])
    begun = nesting.begun
    if begun:
        fault = _("it was cut short: {component}, which begins in line {line}, does not end")
        raise InvalidSchedule(name, [("", fault.format(component=begun[0], line=begun[1]))])
    return nesting.calendars


def read_moment(text: str, years: range = YEARS) -> date:
    """A day, or a time with or without ``Z`` (RFC 5545 sections 3.3.4 and 3.3.5).

    Raises:
        ValueError: it is neither, or not in one of ``years``.
    """
    moment = vDDDTypes.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    if not isinstance(moment, date) or moment.year not in years:
        raise ValueError(text)
    return moment


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

    @property
    def begun(self) -> tuple[str, int] | None:
        """The innermost component that has not ended, and its line."""
        return (self._open[-1][0], self._open[-1][1]) if self._open else None

    def begin(self, name: str, line: int) -> None:
        outer = _WITHIN.get(name)
        if name == CALENDAR:
            self._leave(0)
        elif outer and self._around(outer):
            self._leave(self._around(outer))
        self._open.append((name, line, self._kept(name, outer, line)))

    def end(self, name: str) -> None:
        if depth := self._around(name):
            self._leave(depth)
            self._open.pop()

    def property(self, name: str, line: ContentLine) -> None:
        component = self._open[-1][2] if self._open else None
        if component and name in _LOOKED_AT[component.kind]:
            component.add(name, line)

    def stray(self, line: ContentLine) -> None:
        """Note a line that is no property of an event."""
        component = self._open[-1][2] if self._open else None
        if component and line.octets.strip():
            component.note(UNREADABLE, "", line.number, line.octets.decode(errors="replace"))

    def _kept(self, name: str, outer: str | None, line: int) -> Component | None:
        """The component that begins, where it is one to keep."""
        if name == CALENDAR:
            self.calendars.append(Component(name, name, line, self._findings))
            return self.calendars[-1]
        around = self._open[-1][2] if self._open else next(reversed(self.calendars), None)
        if not (outer and around and around.kind == outer):
            return None
        where = name
        if name == EVENT:
            where = f"{name}[{self._events}]"
            self._events += 1
        around.parts.append(Component(name, where, line, self._findings))
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
            _name, _line, component = self._open.pop()
            if component and component.kind == EVENT:
                component.note(UNENDED)


def _name(octets: bytes) -> str:
    return octets.decode("ascii", "replace").strip().upper()


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]
