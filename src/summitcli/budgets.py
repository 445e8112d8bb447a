"""Budgets: limits on how much of each kind an input file may contain, such as events or links.

A limit on the file size alone does not limit memory: three bytes of JSON, ``{},``, become an object of
seventy bytes. So there is a :class:`Budget` for everything that a file can contain many times. Most budgets
grow with the size of the file, so that the memory and time for reading it stay in proportion to its size.

All budgets are far above what conferences publish. The largest schedules found have 25,000 sessions; a file
with 100,000 sessions, with their texts, speakers and links, is still within every budget.

The code that reads a format creates one :class:`Spending` for its file and counts on it each thing that it
reads. Some budgets are checked before reading, because that is cheap.
"""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.errors import InvalidSchedule
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple


class Budget(NamedTuple):
    """The limit on how many things of one kind, such as events, a file may contain.

    The limit may grow with the size of the file.
    """

    kind: str
    """The English name of the things, such as ``events``; :func:`too_many` translates it for its message."""
    base: int
    """The number of things allowed in any file, however small."""
    bytes_each: int
    """The number of bytes by which a file must grow for the limit to grow by one; 0 if the limit is fixed."""
    maximum: int
    """The largest limit, however large the file is."""

    def limit(self, size: int) -> int:
        """Return how many things a file of ``size`` bytes may contain."""
        return min(self.maximum, self.base + (size // self.bytes_each if self.bytes_each else 0))


EVENTS = Budget("events", 30_000, 300, 200_000)
"""The budget of events, or of slots (the times and rooms of sessions).

In published files an event takes 300 bytes or more, so the limit grows by one for each 300 bytes.
"""
DAYS = Budget("days", 5_000, 0, 5_000)
"""The budget of days. It is generous, as a conference lasts at most a year."""
ROOMS = Budget("rooms", 50_000, 0, 50_000)
"""The budget of rooms. A room is counted once for each day that lists it."""
TRACKS = Budget("categories", 10_000, 0, 10_000)
"""The budget of categories, such as tracks. The largest programmes have about a hundred."""
PERSONS = Budget("speakers", 100_000, 100, 2_000_000)
"""The budget of speakers. A speaker is counted once for each session."""
LINKS = Budget("links", 100_000, 100, 2_000_000)
"""The budget of links and attachments."""
LABELS = Budget("tags", 100_000, 100, 2_000_000)
"""The budget of tags and other labels. A tag is counted once for each session that has it."""

KNOWN_SPEAKERS = Budget("speakers", 50_000, 0, 50_000)
"""The budget of speakers with a biography or links. Each is counted once, and takes two kilobytes in memory.

If a file has more of them, the biographies and links of the rest are left out; in our own format, it is an
error.
"""

CONTAINERS = Budget("objects and arrays", 100_000, 48, 6_000_000)
"""The budget of JSON objects and arrays. Before decoding, opening brackets are counted.

A large file may have one per 48 bytes; published files have at most one per 160. Each takes 60 to 250 bytes
in memory.
"""
VALUES = Budget("values", 200_000, 20, 16_000_000)
"""The budget of JSON values. Before decoding, commas and opening brackets are counted as values.

A large file may have one per 20 bytes; published files have at most one per 35. Each takes 8 to 90 bytes in
memory.
"""

ELEMENTS = Budget("elements", 100_000, 32, 6_000_000)
"""The budget of XML elements.

A large file may have one per 32 bytes; published files have at most one per 50. Each takes 200 bytes in
memory.
"""
ATTRIBUTES = Budget("attributes", 100_000, 50, 3_000_000)
"""The budget of XML attributes and namespace declarations.

A large file may have one per 50 bytes; published files have at most one per 290.
"""
ATTRIBUTES_PER_ELEMENT = Budget("attributes in one element", 100, 0, 100)
"""The budget of attributes of one XML element. Elements in published files have at most ten."""
EQUALS_SIGNS = Budget("attributes", 500_000, 20, 16_000_000)
"""The budget of equals signs in an XML file. It limits the number of attributes before the file is parsed.

It is needed because the parser reads all attributes of an element at once, before they can be counted. Equals
signs in URLs are counted, too.
"""

LINES = Budget("lines", 200_000, 20, 10_000_000)
"""The budget of lines of iCalendar, before folded lines are joined.

A large file may have one per 20 bytes; published files have at most one per 40.
"""
COMPONENTS = Budget("components", 60_000, 60, 1_000_000)
"""The budget of iCalendar components, including alarms and the parts of time zones."""
OBSERVANCES = Budget("time zone changes", 20_000, 0, 20_000)
"""The budget of STANDARD and DAYLIGHT components, the parts of a time zone.

Some programs write about a hundred for each time zone.
"""
TIMES = Budget("times of recurring events", 100_000, 0, 100_000)
"""The budget of the times in RDATE and EXDATE, for all events of a calendar together."""
RULES = Budget("recurrence rules", 20_000, 0, 20_000)
"""The budget of RRULE properties. Parsing one takes 200 µs."""

ROWS = Budget("rows", 100_000, 20, 1_000_000)
"""The budget of spreadsheet rows that are not blank."""
COLUMNS = Budget("columns", 1_000, 0, 1_000)
"""The budget of spreadsheet columns. People use a few dozen at most."""
CELLS = Budget("cells", 500_000, 8, 8_000_000)
"""The budget of spreadsheet cells. A large file may have one per 8 bytes.

In memory, an empty cell takes 8 bytes, any other cell 50 or more.
"""
SHEETS = Budget("sheets", 200, 0, 200)
"""The budget of sheets in a workbook."""

ENTRIES = Budget("sessions", 200_000, 0, 200_000)
"""The budget of sessions in a file that is imported into an agenda."""

CONFERENCES = Budget("conferences", 2_000, 0, 2_000)
"""The budget of conferences in a directory (a list of conferences). The largest known has several hundred.

Searching 2,000 conferences with the longest titles takes five seconds.
"""

TAGS = Budget("HTML tags", 200_000, 40, 4_000_000)
"""The budget of HTML tags, counted before the texts are read.

A large file may have one per 40 bytes; published texts have at most one per 90.
"""
MAX_HTML_TAGS = 50_000
"""The number of HTML tags of one schedule that are converted to Markdown.

All tags after them are only removed. Converting a tag takes 50 to 100 µs. A programme of a thousand sessions
has about 5,000 tags.
"""


def too_many(budget: Budget, size: int) -> str:
    """Return the error message that a file of ``size`` bytes contains more than ``budget`` allows."""
    names = {
        "events": _("events"),
        "days": _("days"),
        "rooms": _("rooms"),
        "categories": _("categories"),
        "speakers": _("speakers"),
        "links": _("links"),
        "tags": _("tags"),
        "objects and arrays": _("objects and arrays"),
        "values": _("values"),
        "elements": _("elements"),
        "attributes": _("attributes"),
        "attributes in one element": _("attributes in one element"),
        "lines": _("lines"),
        "components": _("components"),
        "time zone changes": _("time zone changes"),
        "times of recurring events": _("times of recurring events"),
        "recurrence rules": _("recurrence rules"),
        "rows": _("rows"),
        "columns": _("columns"),
        "cells": _("cells"),
        "sheets": _("sheets"),
        "sessions": _("sessions"),
        "conferences": _("conferences"),
        "HTML tags": _("HTML tags"),
    }
    sentence = _("more than {n} {things}, too many for a file of this size; split it or remove some")
    return sentence.format(n=f"{budget.limit(size):,}", things=names[budget.kind])


class Spending:
    """A counter of the things read from one file. It raises an error when a budget is exceeded.

    Args:
        name: the name of the source, for messages.
        size: the size of the file, in bytes.
    """

    __slots__ = ("_left", "_name", "_size")

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._left: dict[Budget, int] = {}

    def spend(self, budget: Budget, number: int = 1) -> None:
        """Count ``number`` more things of the kind that ``budget`` limits.

        Raises:
            InvalidSchedule: the file contains more of them than the budget allows.
        """
        left = self._left.get(budget)
        left = (budget.limit(self._size) if left is None else left) - number
        self._left[budget] = left
        if left < 0:
            raise InvalidSchedule(self._name, [("", too_many(budget, self._size))])


def overspent_json(pieces: Iterable[bytes], size: int) -> str:
    """Return an error message if a JSON file contains more than a budget allows, else an empty string.

    It counts brackets and commas, without decoding the JSON; this takes only a few milliseconds per 10 MB.
    Brackets and commas within strings are counted as well, but there are too few of them to matter.

    Args:
        pieces: the file's content in consecutive pieces.
        size: the size of the whole file, in bytes.
    """
    containers = commas = tags = 0
    for piece in pieces:
        containers += piece.count(b"{") + piece.count(b"[")
        commas += piece.count(b",")
        tags += _tags(piece, (b"<", b"&lt;", rb"\u003c", rb"\u003C"))
    numbers = {CONTAINERS: containers, VALUES: containers + commas, TAGS: tags}
    return next((too_many(kind, size) for kind, number in numbers.items() if number > kind.limit(size)), "")


def overspent_xml(data: bytes) -> str:
    """Return an error message if an XML file contains more than a budget allows, else an empty string.

    If a file has comments or CDATA sections (XML 1.0, 2.5 and 2.7), its elements can't be counted here. They
    are counted later, when the file is parsed.
    """
    size = len(data)
    if b"<!" not in data and data.count(b"<") - data.count(b"</") > ELEMENTS.limit(size):
        return too_many(ELEMENTS, size)
    if data.count(b"=") > EQUALS_SIGNS.limit(size):
        return too_many(EQUALS_SIGNS, size)
    return too_many(TAGS, size) if _tags(data, (b"&lt;", b"&#60;")) > TAGS.limit(size) else ""


def overspent_calendar(data: bytes) -> str:
    """Return an error message if a calendar contains more than a budget allows, else an empty string."""
    size = len(data)
    if max(data.count(b"\n"), data.count(b"\r")) > LINES.limit(size):
        return too_many(LINES, size)
    return too_many(TAGS, size) if _tags(data, (b"<", b"&lt;")) > TAGS.limit(size) else ""


def _tags(data: bytes, starts: tuple[bytes, ...]) -> int:
    """Return how many HTML tags are in ``data``: how often one of ``starts``, such as ``<``, occurs."""
    # Looking for a single byte is thirty times faster than counting a sequence.
    return sum(data.count(start) for start in starts if start[0] in data)
