"""What calendars are made of (RFC 5545 section 3.6), however they are written.

:mod:`~summitcli.formats.calendars.content_lines` reads iCalendar and :mod:`~summitcli.formats.calendars.xcal`
reads XML into these components. All that follows, events, times and zones, knows components alone. A property
is read when it is asked for, so that whatever is broken costs no more than itself.
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

TOO_MANY = Kind("{n} line too many in an event", "{n} lines too many in an event")

MOST_OF_A_KIND = 1_000
"""How often one property may be in one component."""

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""Those that a conference can be in."""

CALENDAR, EVENT, ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"

WITHIN = {EVENT: CALENDAR, ZONE: CALENDAR, "STANDARD": ZONE, "DAYLIGHT": ZONE}
"""What each component is a part of. Those that are not named here may be anywhere, and are passed over."""

LOOKED_AT = {
    CALENDAR: own.OF_CALENDARS | {"PRODID", "NAME", "X-WR-CALNAME", "SUMMARY", "X-WR-TIMEZONE", "URL"},
    EVENT: frozenset(
        {
            "ATTACH", "ATTENDEE", "CATEGORIES", "CONFERENCE", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART",
            "DURATION", "EXDATE", "EXRULE", "LAST-MODIFIED", "LOCATION", "RDATE", "RECURRENCE-ID", "RRULE",
            "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL", "X-ALT-DESC", ID_PROPERTY,
            *own.OF_EVENTS,
        }
    ),
    ZONE: frozenset({"TZID", "X-LIC-LOCATION"}),
    "STANDARD": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
    "DAYLIGHT": frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"}),
}  # fmt: skip
"""The properties of each component that are kept. What else strangers put into a calendar costs nothing."""

_BASIC = re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?")
_COMMA = re.compile(r"(?<!\\)((?:\\\\)*),")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SHOWN = 60
"""How many characters of an odd value a finding shows."""

Value = TypeVar("Value")


class Property(NamedTuple):
    """A property of a component."""

    value: str
    """Unescaped as TEXT is (RFC 5545 section 3.3.11)."""
    parameters: Mapping[str, str]
    """By their names in capitals; of several values of one, the first."""
    line: int
    raw: str
    """The value as iCalendar writes it."""

    def values(self) -> list[str]:
        """Return those of a list, which commas separate."""
        return [_ESCAPED.sub(_unescaped, part) for part in _COMMA.sub("\\1\0", self.raw).split("\0")]


class Component:
    """A part of a calendar; what it is written in is known by a subclass."""

    __slots__ = ("_findings", "_properties", "kind", "line", "parts", "where")

    unreadable: ClassVar[Kind]
    """What a property that can't be read is called."""

    def __init__(self, kind: str, where: str, line: int, findings: Findings) -> None:
        self.kind = kind
        self.where = where
        self.line = line
        self.parts: list[Component] = []
        self._properties: Mapping[str, list[Any]] = {}
        self._findings = findings

    def property(self, name: str, written: Any) -> Property | None:
        """Read a property as it is written; None, with a finding, where it can't be read."""
        raise NotImplementedError

    def place(self, name: str) -> str:
        """Return how findings name the place of one of its properties."""
        raise NotImplementedError

    def add(self, name: str, written: Any, line: int) -> None:
        """Keep a property as it is written, unless there are too many of its kind."""
        kept = cast("dict[str, list[Any]]", self._properties).setdefault(name, [])
        if len(kept) < MOST_OF_A_KIND:
            kept.append(written)
        else:
            self.note(TOO_MANY, name, line)

    def has(self, name: str) -> bool:
        """Return whether it has such a property."""
        return name in self._properties

    def count(self, *names: str) -> int:
        """Return how many properties it has of some names; none of them is read for that."""
        return sum(len(self._properties.get(name, ())) for name in names)

    def all(self, name: str) -> Iterator[Property]:
        """Yield each of its properties of that name that can be read."""
        for written in self._properties.get(name, ()):
            if found := self.property(name, written):
                yield found

    def first(self, name: str) -> Property | None:
        """Return the first of its properties of that name that can be read."""
        for written in self._properties.get(name, ()):
            if found := self.property(name, written):
                return found
        return None

    def text(self, *names: str) -> str:
        """Return the first of ``names`` that is not blank, without blanks around; empty where all are."""
        for name in names:
            for written in self._properties.get(name, ()):
                if (found := self.property(name, written)) and (text := found.value.strip()):
                    return text
        return ""

    def read(self, name: str, found: Property, reader: Callable[[str], Value]) -> Value | None:
        """Return what ``reader`` makes of a property; None, with a finding, where it can't be read.

        ``icalendar`` means to raise a ValueError then, and raises whatever comes up in it.
        """
        try:
            return reader(found.raw.strip())
        except Exception:
            self.note(self.unreadable, name, found.line, found.raw)
            return None

    def note(self, kind: Kind, name: str = "", line: int | None = None, value: str = "") -> None:
        """Note an oddity of it."""
        where = self.place(name) if name else self.where
        self._findings.add(kind, where, self.line if line is None else line, value[:_SHOWN])


def read_moment(text: str, years: range = YEARS) -> date:
    """Return a day, or a time with or without ``Z`` (RFC 5545 sections 3.3.4 and 3.3.5).

    It may also be written as in RFC 3339, as xCal does, and then have an offset.

    Raises:
        ValueError: it is neither, or not in one of ``years``.
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
