"""How much of each thing is read of one file, counted while it is read, or before where that is cheap.

A limit on bytes does not limit what they cost: three bytes of JSON, ``{},``, make an object of seventy. So
everything that a format can repeat has a :class:`Budget`. Most grow with the size of the file: published
files spend many bytes on a thing, and those that are meant to swell spend few, so that what a file may cost
is in proportion to its size. All are far above what conferences publish: the largest known have 25,000
sessions, and 100,000 with texts, speakers and links fit into each budget.

A reader holds one :class:`Spending` for its file and tells it of each thing that it comes across.
"""

from __future__ import annotations

from summitcli.errors import InvalidSchedule
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple


class Budget(NamedTuple):
    """How many things of a kind a file may hold."""

    kind: str
    """In English; a key of the names in :func:`too_many`."""
    free: int
    """So many in any file."""
    each: int
    """One more for so many bytes of the file; 0 where its size makes no difference."""
    most: int
    """No more than these, however large the file is."""

    def of(self, size: int) -> int:
        """Return how many a file of ``size`` bytes may hold."""
        return min(self.most, self.free + (size // self.each if self.each else 0))


EVENTS = Budget("events", 30_000, 300, 200_000)
"""Events, or times at which sessions are held. Published ones take 500 bytes and more, without texts 300."""
DAYS = Budget("days", 5_000, 0, 5_000)
"""A conference lasts a year at the most."""
ROOMS = Budget("rooms", 50_000, 0, 50_000)
"""Each room once for each day that lists it."""
TRACKS = Budget("tracks", 10_000, 0, 10_000)
"""Or other categories; the largest programmes have some hundred."""
PERSONS = Budget("speakers", 100_000, 100, 2_000_000)
"""Each speaker once for each session."""
LINKS = Budget("links", 100_000, 100, 2_000_000)
"""Attachments among them."""

CONTAINERS = Budget("objects and lists", 100_000, 48, 6_000_000)
"""Objects and lists of JSON, counted as brackets before it is decoded. Published files have one for 160
bytes and more; decoded, one takes 60 to 250."""
VALUES = Budget("values", 200_000, 20, 16_000_000)
"""Values of JSON, counted as commas and brackets before it is decoded. Published files have one for 35 bytes
and more; decoded, one takes 8 to 90."""

ELEMENTS = Budget("elements", 100_000, 32, 6_000_000)
"""Elements of XML. Published files have one for 50 bytes and more; one takes 200 in memory."""
ATTRIBUTES = Budget("attributes", 100_000, 50, 3_000_000)
"""Attributes of XML, declarations of namespaces among them. Published files have one for 290 bytes and up."""
ATTRIBUTES_OF_ONE = Budget("attributes in one element", 100, 0, 100)
"""Those of one element, which has ten at the most."""
EQUALS_SIGNS = Budget("attributes", 500_000, 20, 16_000_000)
"""In XML: as many attributes at the most, counted before any is read, since all those of an element come at
once. Addresses have such signs, too."""

LINES = Budget("lines", 200_000, 20, 10_000_000)
"""Lines of iCalendar as they are in the file, folded. Published files have one for 40 bytes and more."""
COMPONENTS = Budget("components", 60_000, 60, 1_000_000)
"""Components of iCalendar, alarms and parts of time zones among them."""
OBSERVANCES = Budget("changes of time zones", 20_000, 0, 20_000)
"""Parts of time zones; programs that write one for every year have some hundred for each zone."""
TIMES = Budget("times of recurring events", 100_000, 0, 100_000)
"""Times that RDATE and EXDATE list, in all events of a calendar."""
RULES = Budget("rules of recurring events", 20_000, 0, 20_000)
"""Those of RRULE; to read one takes 200 µs."""

ENTRIES = Budget("sessions", 200_000, 0, 200_000)
"""Sessions that a file names which is imported into an agenda."""

TAGS = Budget("tags in its texts", 200_000, 40, 4_000_000)
"""Tags of HTML, counted before anything is read. Published texts have one for 90 bytes and more."""
HTML_WORK = 50_000
"""How much HTML of one schedule becomes Markdown, in tags; what is more only loses its tags. A tag takes 50
to 100 µs. A full programme of a thousand sessions has some 5,000."""


def too_many(budget: Budget, size: int) -> str:
    """Return the sentence that says that a file of ``size`` bytes holds more than ``budget`` allows."""
    names = {
        "events": _("events"),
        "days": _("days"),
        "rooms": _("rooms"),
        "tracks": _("tracks"),
        "speakers": _("speakers"),
        "links": _("links"),
        "objects and lists": _("objects and lists"),
        "values": _("values"),
        "elements": _("elements"),
        "attributes": _("attributes"),
        "attributes in one element": _("attributes in one element"),
        "lines": _("lines"),
        "components": _("components"),
        "changes of time zones": _("changes of time zones"),
        "times of recurring events": _("times of recurring events"),
        "rules of recurring events": _("rules of recurring events"),
        "sessions": _("sessions"),
        "tags in its texts": _("tags in its texts"),
    }
    sentence = _(
        "it holds more than {n} {things}, which is too much for its size; split it, or leave some out"
    )
    return sentence.format(n=f"{budget.of(size):,}", things=names[budget.kind])


class Spending:
    """What has been spent of each budget while one file is read.

    Args:
        name: the source as the user knows it, for messages.
        size: of the file, in bytes.
    """

    __slots__ = ("_left", "_name", "_size")

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._left: dict[Budget, int] = {}

    def spend(self, budget: Budget, number: int = 1) -> None:
        """Count ``number`` things of the kind of ``budget``.

        Raises:
            InvalidSchedule: there have been more than the file may hold.
        """
        left = self._left.get(budget)
        left = (budget.of(self._size) if left is None else left) - number
        self._left[budget] = left
        if left < 0:
            raise InvalidSchedule(self._name, [("", too_many(budget, self._size))])


def overspent_json(data: bytes) -> str:
    """Return why JSON is not to be decoded, as a sentence; empty if it may be.

    All brackets and commas are counted, those in texts too: that takes some milliseconds for each 10 MB, and
    no text has so many that it would make a difference.
    """
    size = len(data)
    containers = data.count(b"{") + data.count(b"[")
    if containers > CONTAINERS.of(size):
        return too_many(CONTAINERS, size)
    if containers + data.count(b",") > VALUES.of(size):
        return too_many(VALUES, size)
    return _overspent_tags(data, (b"<", b"&lt;", rb"\u003c", rb"\u003C"))


def overspent_xml(data: bytes) -> str:
    """Return why XML is not to be parsed, as a sentence; empty if it may be.

    What can be in comments and sections (XML 1.0, 2.5 and 2.7) is only counted while it is parsed.
    """
    size = len(data)
    if b"<!" not in data and data.count(b"<") - data.count(b"</") > ELEMENTS.of(size):
        return too_many(ELEMENTS, size)
    if data.count(b"=") > EQUALS_SIGNS.of(size):
        return too_many(EQUALS_SIGNS, size)
    return _overspent_tags(data, (b"&lt;", b"&#60;"))


def overspent_calendar(data: bytes) -> str:
    """Return why iCalendar is not to be read, as a sentence; empty if it may be."""
    size = len(data)
    if max(data.count(b"\n"), data.count(b"\r")) > LINES.of(size):
        return too_many(LINES, size)
    return _overspent_tags(data, (b"<", b"&lt;"))


def _overspent_tags(data: bytes, ways: tuple[bytes, ...]) -> str:
    """Return that there are too many tags, each begun in one of some ways, as a sentence; empty if not."""
    # That a byte is nowhere is found thirty times faster than how often a sequence is there.
    number = sum(data.count(way) for way in ways if way[0] in data)
    return too_many(TAGS, len(data)) if number > TAGS.of(len(data)) else ""
