"""The components of calendars, such as events (RFC 5545 section 3.6), whatever their syntax.

The modules :mod:`~summitcli.formats.calendars.content_lines` (for iCalendar) and
:mod:`~summitcli.formats.calendars.xcal` (for XML) make them; other modules read events, times and time zones
from them. A property is read only when it is needed, so a broken property does no harm until then.
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

TOO_MANY_LINES = Kind(
    "{n} line in an event with too many lines was skipped",
    "{n} lines in events with too many lines were skipped",
)

MAX_REPEATS = 1_000
"""The maximum number of properties with one name in one component; further ones are dropped."""

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""The years that are accepted in dates."""

CALENDAR, EVENT, ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"

PARENTS = {EVENT: CALENDAR, ZONE: CALENDAR, "STANDARD": ZONE, "DAYLIGHT": ZONE}
"""For each kind of component, the kind that must enclose it. Other kinds may be anywhere and are ignored."""

KEPT_PROPERTIES = {
    CALENDAR: own.OF_CALENDARS | {"PRODID", "NAME", "X-WR-CALNAME", "SUMMARY", "X-WR-TIMEZONE", "URL"},
    EVENT: frozenset(
        {
            "ATTACH", "ATTENDEE", "CATEGORIES", "CONFERENCE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART",
            "DURATION", "EXDATE", "EXRULE", "LAST-MODIFIED", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE",
            "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "URL", "X-ALT-DESC",
            "X-MICROSOFT-CDO-BUSYSTATUS", ID_PROPERTY,
            *own.OF_EVENTS,
        }
    ),
    ZONE: frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
}  # fmt: skip
"""The names of the properties that are stored, by the kind of component; all other properties are dropped."""

_BASIC = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_EXCERPT_LENGTH = 60
"""The maximum length of a value in a finding, in characters; longer values are cut."""

Value = TypeVar("Value")


class Property(NamedTuple):
    """A property of a component, such as the SUMMARY of an event."""

    value: str
    """The value with backslash escapes resolved, as for the type TEXT (RFC 5545 section 3.3.11)."""
    parameters: Mapping[str, str]
    """The parameters of the property: the first value of each, by its name in upper case."""
    line: int
    raw: str
    """The value as written in iCalendar, with backslash escapes."""

    def values(self) -> list[str]:
        """Return the values of a property with a list of values separated by commas; escapes are resolved."""
        return [_ESCAPED.sub(_unescaped, part) for part in _COMMA.sub("\\1\0", self.raw).split("\0")]


class Component:
    """A part of a calendar, such as an event. Subclasses read its properties from iCalendar or XML."""

    __slots__ = ("_findings", "_properties", "kind", "line", "parts", "where")

    unreadable: ClassVar[Kind]
    """The kind of finding that is reported for a property that can't be read."""

    def __init__(self, kind: str, where: str, line: int, findings: Findings) -> None:
        self.kind = kind
        self.where = where
        self.line = line
        self.parts: list[Component] = []
        self._properties: Mapping[str, list[Any]] = {}
        self._findings = findings

    def property(self, name: str, written: Any) -> Property | None:
        """Return the property ``name``; if it can't be read, report that as a finding and return None.

        ``written`` is the property as it is in the file: a content line, or an XML element.
        """
        raise NotImplementedError

    def place(self, name: str) -> str:
        """Return the place of the property ``name`` for findings, such as ``VEVENT[3].SUMMARY``."""
        raise NotImplementedError

    def add(self, name: str, written: Any, line: int) -> None:
        """Store a property as it is in the file; it is read only when it is needed.

        If the component has too many properties of this name, report that as a finding instead.

        Args:
            name: the name of the property.
            written: the property as it is in the file: a content line, or an XML element.
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
        """Return how many properties with one of these names the component has, without reading them."""
        return sum(len(self._properties.get(name, ())) for name in names)

    def all(self, name: str) -> Iterator[Property]:
        """Yield all properties called ``name`` that can be read."""
        for written in self._properties.get(name, ()):
            if found := self.property(name, written):
                yield found

    def first(self, name: str) -> Property | None:
        """Return the first property called ``name`` that can be read; None if there is no such property."""
        for written in self._properties.get(name, ()):
            if found := self.property(name, written):
                return found
        return None

    def text(self, *names: str) -> str:
        """Return the value of the first property with one of ``names`` whose value is not blank.

        White space around the value is removed. If there is no such property, return an empty text.
        """
        for name in names:
            for written in self._properties.get(name, ()):
                if (found := self.property(name, written)) and (text := found.value.strip()):
                    return text
        return ""

    def read(self, name: str, found: Property, reader: Callable[[str], Value]) -> Value | None:
        """Return the value of a property, converted by ``reader``; if that fails, report it and return None.

        Every exception is caught, because ``icalendar`` does not always raise ValueError.

        Args:
            name: the name of the property, for the report.
            found: the property.
            reader: the function that converts the value.
        """
        try:
            return reader(found.raw.strip())
        except Exception:
            self.report(self.unreadable, name, found.line, found.raw)
            return None

    def report(self, kind: Kind, name: str = "", line: int | None = None, value: str = "") -> None:
        """Report a finding (something odd in the file) about the component or its property ``name``."""
        where = self.place(name) if name else self.where
        self._findings.add(kind, where, self.line if line is None else line, value[:_EXCERPT_LENGTH])


def read_moment(text: str, years: range = YEARS) -> date:
    """Parse a DATE or DATE-TIME such as ``20220723T090000Z`` (RFC 5545 sections 3.3.4 and 3.3.5).

    The form of xCal, ``2022-07-23T09:00:00Z`` (RFC 3339), is accepted too, and may have an offset.

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
