"""A page of HTML where a schedule was expected: the schedules that it links to.

What a page says of itself in its head (HTML, 4.6.7.1, ``rel=alternate``) counts more than where it leads to,
and JSON says more of a schedule than XML, that more than iCalendar.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from summitcli.lazy_typing import NamedTuple

MAX_LINKS = 5
"""How many links of a page are tried."""

LARGEST_HEAD = 256 * 1024
"""How many bytes of a page are looked at."""

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
"""A comment ends where it first can: tried in every other way as well, a few dozen would take for ever."""
_BASED = ("http", "https", "webcal", "webcals")


def is_page(content: bytes, content_type: str = "") -> bool:
    """Whether ``content`` is a page of HTML, by its beginning or what its server calls it."""
    head = content[:4096]
    named = content_type.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    return _BEGINNING.match(head) is not None or (named and head.lstrip()[:1] == b"<")


def links(content: bytes, url: str) -> list[str]:
    """The addresses of schedules that a page links to, best first, :data:`MAX_LINKS` at the most.

    Args:
        content: the page.
        url: its address.
    """
    reader = _Reader(url)
    reader.feed(content[:LARGEST_HEAD].decode("utf-8", "replace"))
    found = sorted(reader.found, key=lambda link: (not link.in_head, link.rank))
    return [address for address in dict.fromkeys(link.address for link in found) if address != url][
        :MAX_LINKS
    ]


class _Link(NamedTuple):
    """A link to what may be a schedule; the lower the rank, the more such a schedule says."""

    address: str
    in_head: bool
    rank: int


class _Reader(HTMLParser):
    """Notes the links of a page."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.found: list[_Link] = []
        self._base = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a ``base``, ``link`` or ``a`` says."""
        if tag not in ("base", "link", "a"):
            return
        said = {name: value or "" for name, value in attrs}
        address = self._absolute(said.get("href", ""))
        if not address:
            return
        type_ = said.get("type", "").partition(";")[0].strip().lower()
        if tag == "base":
            self._base = address
        elif type_ in _TYPES and "alternate" in said.get("rel", "").lower().split():
            self.found.append(_Link(address, tag == "link", _TYPES[type_]))
        elif tag == "a" and (file := _FILE.fullmatch(urlsplit(address).path.rpartition("/")[2])):
            self.found.append(_Link(address, False, _ENDINGS[file[1].lower()]))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read on after ``<![``, which the parser may give up at and HTML gives no meaning (13.2.5.42)."""
        return self.parse_bogus_comment(i, report)

    def _absolute(self, href: str) -> str:
        """The address that ``href`` means on this page; empty where it is none that can be fetched."""
        try:
            address = urljoin(self._base, href.strip())
            parts = urlsplit(address)
        except ValueError:
            return ""
        return address if href and parts.scheme in _BASED and parts.netloc else ""
