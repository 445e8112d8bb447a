"""Budgets: limits on how much of each kind an input file may contain, such as events or links.

They are checked while the file is read, or before if that is cheap.

A limit on the file size alone does not limit memory: three bytes of JSON, ``{},``, become an object of
seventy bytes. So everything that a format can repeat has a :class:`Budget`. Most budgets grow with the size
of the file, so that the cost of reading it stays in proportion. All are far above what conferences publish:
the largest found have 25,000 sessions; 100,000 with texts, speakers and links fit into each budget.

A reader creates one :class:`Spending` for its file and counts each thing it reads there.
"""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.errors import InvalidSchedule
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple


class Budget(NamedTuple):
    """The limit on how many things of one kind, such as events, a file may contain.

    It may grow with the size of the file.
    """

    kind: str
    """The English name of the things, such as ``events``, which :func:`too_many` translates."""
    base: int
    """The number of things allowed in any file, however small."""
    bytes_each: int
    """The number of bytes of a file for each of which one more is allowed; 0 if the limit does not grow."""
    maximum: int
    """The largest limit, however large the file is."""

    def limit(self, size: int) -> int:
        """Return how many things a file of ``size`` bytes may contain."""
        return min(self.maximum, self.base + (size // self.bytes_each if self.bytes_each else 0))


EVENTS = Budget("events", 30_000, 300, 200_000)
"""The budget of events, or slots of sessions. Published ones take over 500 bytes, or 300 without texts."""
DAYS = Budget("days", 5_000, 0, 5_000)
"""The budget of days. A conference lasts at most a year."""
ROOMS = Budget("rooms", 50_000, 0, 50_000)
"""The budget of rooms, which are counted on each day that lists them."""
TRACKS = Budget("categories", 10_000, 0, 10_000)
"""The budget of tracks or other categories. The largest programmes have about a hundred."""
PERSONS = Budget("speakers", 100_000, 100, 2_000_000)
"""The budget of speakers, who are counted in each session."""
LINKS = Budget("links", 100_000, 100, 2_000_000)
"""The budget of links and attachments."""
LABELS = Budget("tags", 100_000, 100, 2_000_000)
"""The budget of tags and other labels, which are counted in each session."""

KNOWN_SPEAKERS = Budget("speakers", 50_000, 0, 50_000)
"""The budget of speakers with biographies or links, counted once each; each takes two kilobytes in memory.

In formats other than our own, the details of further speakers are left out.
"""

CONTAINERS = Budget("objects and arrays", 100_000, 48, 6_000_000)
"""The budget of JSON objects and arrays, counted as brackets before decoding.

Published files have one per 160 bytes or more; one takes 60 to 250 bytes in memory."""
VALUES = Budget("values", 200_000, 20, 16_000_000)
"""The budget of JSON values, counted as commas and brackets before decoding.

Published files have one per 35 bytes or more; one takes 8 to 90 bytes in memory."""

ELEMENTS = Budget("elements", 100_000, 32, 6_000_000)
"""The budget of XML elements. Published files have one per 50 bytes or more; one takes 200 in memory."""
ATTRIBUTES = Budget("attributes", 100_000, 50, 3_000_000)
"""The budget of XML attributes and namespace declarations. Published files have one per 290 bytes or more."""
ATTRIBUTES_PER_ELEMENT = Budget("attributes in one element", 100, 0, 100)
"""The budget of attributes of one XML element. Published ones have at most ten."""
EQUALS_SIGNS = Budget("attributes", 500_000, 20, 16_000_000)
"""The budget of equals signs in XML, which limits attributes before parsing.

The parser delivers all attributes of an element at once. URLs contain equals signs, too."""

LINES = Budget("lines", 200_000, 20, 10_000_000)
"""The budget of lines of iCalendar before unfolding. Published files have one per 40 bytes or more."""
COMPONENTS = Budget("components", 60_000, 60, 1_000_000)
"""The budget of iCalendar components, including alarms and the parts of time zones."""
OBSERVANCES = Budget("time zone changes", 20_000, 0, 20_000)
"""The budget of STANDARD and DAYLIGHT components. Some programs write about a hundred for each time zone."""
TIMES = Budget("times of recurring events", 100_000, 0, 100_000)
"""The budget of times in RDATE and EXDATE of all events of a calendar together."""
RULES = Budget("recurrence rules", 20_000, 0, 20_000)
"""The budget of RRULE properties. Parsing one takes 200 µs."""

ROWS = Budget("rows", 100_000, 20, 1_000_000)
"""The budget of spreadsheet rows that are not blank."""
COLUMNS = Budget("columns", 1_000, 0, 1_000)
"""The budget of spreadsheet columns; people use a few dozen at most."""
CELLS = Budget("cells", 500_000, 8, 8_000_000)
"""The budget of spreadsheet cells. An empty cell takes 8 bytes in memory, others 50 and more."""
SHEETS = Budget("sheets", 200, 0, 200)
"""The budget of sheets in a workbook."""

ENTRIES = Budget("sessions", 200_000, 0, 200_000)
"""The budget of sessions in a file that is imported into an agenda."""

CONFERENCES = Budget("conferences", 2_000, 0, 2_000)
"""The budget of conferences in a directory; the largest known has several hundred.

Searching 2,000 with the longest titles takes five seconds.
"""

TAGS = Budget("HTML tags", 200_000, 40, 4_000_000)
"""The budget of HTML tags, counted before reading. Published texts have one per 90 bytes or more."""
MAX_HTML_TAGS = 50_000
"""The number of HTML tags of one schedule that are converted to Markdown; further ones are only removed.

A tag takes 50 to 100 µs. A programme of a thousand sessions has about 5,000."""


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
    """A counter of the things read from one file, by budget, that raises an error when a limit is exceeded.

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
            InvalidSchedule: there are more than the budget allows.
        """
        left = self._left.get(budget)
        left = (budget.limit(self._size) if left is None else left) - number
        self._left[budget] = left
        if left < 0:
            raise InvalidSchedule(self._name, [("", too_many(budget, self._size))])


def overspent_json(pieces: Iterable[bytes], size: int) -> str:
    """Return an error message if a JSON file contains more than a budget allows, else an empty string.

    Brackets and commas in strings are counted, too: texts have too few to matter, and counting takes only a
    few milliseconds per 10 MB.

    Args:
        pieces: the file's content in consecutive pieces.
        size: the number of bytes of all pieces.
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

    In a file with comments or CDATA sections (XML 1.0, 2.5 and 2.7), elements can't be counted before
    parsing, so they are counted only while it is parsed.
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
    """Return the number of HTML tags, which begin with one of the texts ``starts``."""
    # Looking for a single byte is thirty times faster than counting a sequence.
    return sum(data.count(start) for start in starts if start[0] in data)
