"""The components of calendars, such as events (RFC 5545 section 3.6), independent of their syntax.

:mod:`~summitcli.formats.calendars.content_lines` reads iCalendar and :mod:`~summitcli.formats.calendars.xcal`
reads XML into these components, which events, times and zones are read from. A property is read only when it
is needed, so that a broken one affects nothing else.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, TypeVar, cast

from summitcli.formats.findings import Findings, Kind
from summitcli.formats.times import read_day, read_instant
from summitcli.text import calendar_properties as own
from summitcli.text.days import FIRST_YEAR, LAST_YEAR
from summitcli.text.uids import ID_PROPERTY

TOO_MANY_LINES = Kind("{n} excess line in an event was skipped", "{n} excess lines in events were skipped")

MAX_REPEATS = 1_000
"""The number of times that a property may occur in one component; further ones are dropped."""

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""The years in which a conference can be."""

CALENDAR, EVENT, ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"

PARENTS = {EVENT: CALENDAR, ZONE: CALENDAR, "STANDARD": ZONE, "DAYLIGHT": ZONE}
"""The kind of component that must enclose each kind. Other kinds may be anywhere and are ignored."""

KEPT_PROPERTIES = {
    CALENDAR: own.OF_CALENDARS | {"PRODID", "NAME", "X-WR-CALNAME", "SUMMARY", "X-WR-TIMEZONE", "URL"},
    EVENT: frozenset(
        {
            "ATTACH", "ATTENDEE", "CATEGORIES", "CONFERENCE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART",
            "DURATION", "EXDATE", "EXRULE", "LAST-MODIFIED", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE",
            "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "URL", "X-ALT-DESC", ID_PROPERTY,
            *own.OF_EVENTS,
        }
    ),
    ZONE: frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
}  # fmt: skip
"""The names of the properties that are kept, by the kind of component; all others are dropped."""

_BASIC = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_EXCERPT_LENGTH = 60
"""The largest length of the value that a finding shows, in characters."""

Value = TypeVar("Value")


class Property(NamedTuple):
    """A property of a component."""

    value: str
    """The value with backslash escapes resolved, as in a TEXT (RFC 5545 section 3.3.11)."""
    parameters: Mapping[str, str]
    """The first value of each parameter, by name in upper case."""
    line: int
    raw: str
    """The value as written in iCalendar, with backslash escapes."""

    def values(self) -> list[str]:
        """Return the values of a property whose value is a comma-separated list, with escapes resolved."""
        return [_ESCAPED.sub(_unescaped, part) for part in _COMMA.sub("\\1\0", self.raw).split("\0")]


class Component:
    """A part of a calendar, such as an event; subclasses read its properties from iCalendar or XML."""

    __slots__ = ("_findings", "_properties", "kind", "line", "parts", "where")

    unreadable: ClassVar[Kind]
    """The kind of finding for a property that can't be read."""

    def __init__(self, kind: str, where: str, line: int, findings: Findings) -> None:
        self.kind = kind
        self.where = where
        self.line = line
        self.parts: list[Component] = []
        self._properties: Mapping[str, list[Any]] = {}
        self._findings = findings

    def property(self, name: str, written: Any) -> Property | None:
        """Return the property ``name``; if it can't be read, add a finding and return None.

        ``written`` is the property as it is in the file: a content line, or an XML element.
        """
        raise NotImplementedError

    def place(self, name: str) -> str:
        """Return the place of the property ``name`` in the file, for findings."""
        raise NotImplementedError

    def add(self, name: str, written: Any, line: int) -> None:
        """Add a property as it is in the file; it is only read when it is needed.

        If the property occurs too often, add a finding instead.

        Args:
            name: its name.
            written: its content line or XML element.
            line: its line number, for the finding.
        """
        kept = cast("dict[str, list[Any]]", self._properties).setdefault(name, [])
        if len(kept) < MAX_REPEATS:
            kept.append(written)
        else:
            self.report(TOO_MANY_LINES, name, line)

    def has(self, name: str) -> bool:
        """Return whether the component has a property called ``name``."""
        return name in self._properties

    def count(self, *names: str) -> int:
        """Return the number of properties with these names, without reading them."""
        return sum(len(self._properties.get(name, ())) for name in names)

    def all(self, name: str) -> Iterator[Property]:
        """Yield each property called ``name`` that can be read."""
        for written in self._properties.get(name, ()):
            if found := self.property(name, written):
                yield found

    def first(self, name: str) -> Property | None:
        """Return the first property called ``name`` that can be read; None if there is none."""
        for written in self._properties.get(name, ()):
            if found := self.property(name, written):
                return found
        return None

    def text(self, *names: str) -> str:
        """Return the value of the first property with one of ``names`` that is not blank.

        White space around it is removed. Without such a property, return an empty text.
        """
        for name in names:
            for written in self._properties.get(name, ()):
                if (found := self.property(name, written)) and (text := found.value.strip()):
                    return text
        return ""

    def read(self, name: str, found: Property, reader: Callable[[str], Value]) -> Value | None:
        """Return a property's value, converted by ``reader``; if that raises, add a finding and return None.

        Every exception is caught, since ``icalendar`` does not always raise ValueError.
        """
        try:
            return reader(found.raw.strip())
        except Exception:
            self.report(self.unreadable, name, found.line, found.raw)
            return None

    def report(self, kind: Kind, name: str = "", line: int | None = None, value: str = "") -> None:
        """Add a finding about the component, or about its property ``name``."""
        where = self.place(name) if name else self.where
        self._findings.add(kind, where, self.line if line is None else line, value[:_EXCERPT_LENGTH])


def read_moment(text: str, years: range = YEARS) -> date:
    """Parse a DATE or DATE-TIME such as ``20220723T090000Z`` (RFC 5545 sections 3.3.4 and 3.3.5).

    The format of RFC 3339, which xCal uses, is accepted too, and may have an offset.

    Raises:
        ValueError: ``text`` is neither a date nor a date with a time, or its year is not in ``years``.
    """
    text = text.strip().upper()
    moment: date | None
    if _BASIC.fullmatch(text):
        moment = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    else:
        moment = read_instant(text) if "T" in text else read_day(text)
    if moment is None or moment.year not in years:
        raise ValueError(text)
    return moment


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]
