"""Links to schedules in an HTML page that was found instead of a schedule.

``rel=alternate`` links (HTML, 4.6.7.1) in the head come first, then others. JSON is preferred to XML, and XML
to iCalendar, as it has more data.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from summitcli.lazy_typing import NamedTuple

MAX_LINKS = 5
"""The most links of a page that are tried."""

MAX_PARSED = 256 * 1024
"""The number of bytes of a page that are parsed."""

_TYPES = {
    "application/json": 0,
    "application/xml": 1,
    "text/xml": 1,
    "text/calendar": 2,
    "application/calendar+xml": 3,
}
_ENDINGS = {"json": 0, "xml": 1, "ics": 2, "xcal": 3}
_FILE = re.compile(r"schedule[^/]*\.(json|xml|ics|xcal)(?:\.gz)?", re.IGNORECASE)
_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
"""The beginning of an HTML page. Comments are matched without backtracking, which would take for ever."""
_BASED = ("http", "https", "webcal", "webcals")


def is_page(content: bytes, content_type: str = "") -> bool:
    """Return whether ``content`` is an HTML page, by its beginning or its Content-Type."""
    head = content[:4096]
    named = content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    return _BEGINNING.match(head) is not None or (named and head.lstrip()[:1] == b"<")


def links(content: bytes, url: str) -> list[str]:
    """Return the URLs of schedules that a page links to, best first, at most :data:`MAX_LINKS`.

    Args:
        content: the page.
        url: the page's URL.
    """
    parser = _LinkParser(url)
    parser.feed(content[:MAX_PARSED].decode("utf-8", "replace"))
    found = sorted(parser.found, key=lambda link: (not link.in_head, link.rank))
    return [target for target in dict.fromkeys(link.url for link in found) if target != url][:MAX_LINKS]


class _Link(NamedTuple):
    """A link to what may be a schedule; a lower rank means a richer format."""

    url: str
    in_head: bool
    rank: int


class _LinkParser(HTMLParser):
    """A parser that collects the links of a page."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.found: list[_Link] = []
        self._base = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Handle the start of an element; only ``base``, ``link`` and ``a`` matter."""
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
        elif tag == "a" and (file := _FILE.fullmatch(urlsplit(url).path.rpartition("/")[2])):
            self.found.append(_Link(url, False, _ENDINGS[file[1].lower()]))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Treat ``<![`` as a bogus comment (HTML, 13.2.5.42), where the base class may raise."""
        return self.parse_bogus_comment(i, report)

    def _absolute(self, href: str) -> str:
        """Return ``href``, a link on this page, as an absolute URL; empty if it can't be downloaded."""
        try:
            url = urljoin(self._base, href.strip())
            parts = urlsplit(url)
        except ValueError:
            return ""
        return url if href and parts.scheme in _BASED and parts.netloc else ""
