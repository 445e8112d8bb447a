"""Links to schedules in an HTML page that was found in place of a schedule.

They are tried in this order: first the ``rel=alternate`` links (HTML, 4.6.7.1) in the head, then all others.
In both groups our own format and c3voc's media types come first, as only schedules have them. JSON, XML,
iCalendar and xCal follow, in this order: the formats named first usually have more data. Several links of one
kind are tried in the order of the page.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from summitcli.lazy_typing import NamedTuple

MAX_LINKS = 5
"""The maximum number of links of a page that are tried."""

MAX_CALENDARS = 3
"""If a page links to more calendars than this, none of them is tried.

Each is then probably the calendar of one session. Calendars with a name such as ``schedule.ics`` are not
counted; they are tried.
"""

MAX_PARSED = 256 * 1024
"""The maximum number of bytes of a page that are parsed."""

SUMMIT_JSON = "application/vnd.summitcli.schedule+json"
"""The media type of our own format. The pages that this program makes link to such files."""
C3VOC_JSON, C3VOC_XML = "application/vnd.c3voc.schedule+json", "application/vnd.c3voc.schedule+xml"

_TYPES = {
    SUMMIT_JSON: -1,
    C3VOC_JSON: 0,
    C3VOC_XML: 1,
    "application/json": 2,
    "application/xml": 3,
    "text/xml": 3,
    "text/calendar": 4,
    "application/calendar+xml": 5,
}
_ENDINGS = {"json": 2, "xml": 3, "ics": 4, "xcal": 5}
_CALENDAR = 6
"""The rank of a link to a calendar whose name is not like ``schedule.ics``. Such links are tried last."""
_FILE = re.compile(r"schedule[^/]*\.(json|xml|ics|xcal)(?:\.gz)?", re.IGNORECASE)
_CALENDAR_FILE = re.compile(r"[^/]+\.ics", re.IGNORECASE)
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The pattern of an HTML page's beginning. It skips comments without slow backtracking."""
_BASED = ("http", "https", "webcal", "webcals")


def is_page(content: bytes, content_type: str = "") -> bool:
    """Return whether ``content`` is an HTML page, judged by its beginning and its Content-Type."""
    head = content[:4096]
    named = content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    return _BEGINNING.match(head) is not None or (named and head.lstrip()[:1] == b"<")


def links(content: bytes, url: str) -> list[str]:
    """Return the URLs of the schedules to which a page links, best first; at most :data:`MAX_LINKS`.

    Args:
        content: the page.
        url: the page's URL.
    """
    parser = _LinkParser(url)
    parser.feed(content[:MAX_PARSED].decode("utf-8", "replace"))
    calendars = {link.url for link in parser.found if link.rank == _CALENDAR}
    last = _CALENDAR if len(calendars) <= MAX_CALENDARS else _CALENDAR - 1
    found = sorted(
        (link for link in parser.found if link.rank <= last), key=lambda link: (not link.in_head, link.rank)
    )
    return [target for target in dict.fromkeys(link.url for link in found) if target != url][:MAX_LINKS]


class _Link(NamedTuple):
    """A link to something that may be a schedule. The lower its rank, the more data its format has."""

    url: str
    in_head: bool
    rank: int


class _LinkParser(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.found: list[_Link] = []
        self._base = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Handle the start of an element; all except ``base``, ``link`` and ``a`` are ignored."""
        if tag not in ("base", "link", "a"):
            return
        attributes = {name: value or "" for name, value in attrs}
        url = self._absolute(attributes.get("href", ""))
        if not url:
            return
        type_ = attributes.get("type", "").partition(";")[0].strip().lower()
        if tag == "base":
            self._base = url
        elif type_ in _TYPES and "alternate" in attributes.get("rel", "").lower().split():
            self.found.append(_Link(url, tag == "link", _TYPES[type_]))
        elif tag == "a" and (rank := _rank(url)) is not None:
            self.found.append(_Link(url, False, rank))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Treat ``<![`` as a bogus comment (HTML, 13.2.5.42); the base class may raise an exception."""
        return self.parse_bogus_comment(i, report)

    def _absolute(self, href: str) -> str:
        """Return the URL of a link on the page; empty if it can't be downloaded."""
        try:
            url = urljoin(self._base, href.strip())
            parts = urlsplit(url)
        except ValueError:
            return ""
        return url if href and parts.scheme in _BASED and parts.netloc else ""


def _rank(url: str) -> int | None:
    """Return the rank of a link, judged by its URL alone: the lower, the better.

    Return None if the URL does not look like the URL of a schedule.
    """
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2]
    if file := _FILE.fullmatch(name):
        return _ENDINGS[file[1].lower()]
    if parts.scheme.startswith("webcal"):
        # A calendar to subscribe to, which those of single sessions are not.
        return _ENDINGS["ics"]
    return _CALENDAR if _CALENDAR_FILE.fullmatch(name) else None
