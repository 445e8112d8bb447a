"""Addresses in published schedules: whole ones are kept, others are completed where that can be."""

import re
from urllib.parse import urljoin, urlsplit

from summitcli.formats.assembly import prose
from summitcli.formats.draft import DraftLink

PAGES = frozenset({"http", "https"})
"""The schemes of what a browser shows."""

LINKS = PAGES | {
    "mailto", "tel", "sip", "xmpp", "matrix", "irc", "ircs", "ftp", "ftps", "geo", "webcal", "gemini",
}  # fmt: skip
"""The schemes of what a link may lead to. Others are not followed by chance: they run or read something."""


_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(:\d{1,4})?([/?#]\S*)?", re.IGNORECASE)
"""An address that needs no closer look, as nearly all are."""


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,24})(?::\d{1,4})?(/|[?#]|\Z)", re.IGNORECASE
)
"""What an address begins with that has lost its scheme."""
_PAGES_OF_PROGRAMS = frozenset({"asp", "aspx", "cgi", "htm", "html", "jsp", "jspx", "php", "shtml", "xhtml"})
_FILES = _PAGES_OF_PROGRAMS | {
    "bin", "bz", "csv", "doc", "docx", "epub", "gif", "gz", "ics", "iso", "jpeg", "jpg", "js", "json", "key",
    "markdown", "md", "mkv", "mov", "mp", "odp", "odt", "ogg", "ogv", "opus", "pdf", "png", "pps", "ppt",
    "pptx", "ps", "py", "rst", "rtf", "sh", "svg", "svgz", "tar", "tex", "tgz", "tif", "tiff", "txt", "wav",
    "webm", "webp", "xls", "xlsx", "xml", "xz", "yaml", "yml", "zip",
}  # fmt: skip
"""What the names of files end with, and those of few hosts."""


_NO_LINKS = frozenset({"-", "--", "?", "n/a", "none", "null", "tba", "tbd"})
"""What people write where a form asks for an address and there is none."""
_OF_PATHS = re.compile(r"/|[.?#]\w")


def turned(link: DraftLink) -> DraftLink:
    """Return ``link`` with address and title in their places, where the title alone is an address."""
    url, title = link.url.strip(), link.title.strip()
    if any(map(str.isspace, url)) and not _SCHEME.match(url) and _PLAIN.fullmatch(title):
        return link._replace(url=title, title=url)
    return link


def is_relative(url: str) -> bool:
    """Return whether ``url`` may be an address, and says neither a scheme nor a host."""
    return not _SCHEME.match(url.strip()) and not _is_text(url)


def absolute(url: str, base: str, schemes: frozenset[str] = PAGES) -> str | None:
    """``url`` as a whole address of one of ``schemes``, or None where it is none and can't become one.

    Args:
        url: as the source has it, whole or relative; what begins with a host, as ``github.com/x`` does, or
            with ``//`` is taken as a page.
        base: the address that it is relative to, empty where none is known.
        schemes: the schemes that will do.
    """
    url = prose.line(url)
    if not url or _is_text(url):
        return None
    url = url.replace(" ", "%20")
    if url[:4].lower() == "www." or _begins_with_host(url):
        url = f"https://{url}"
    elif url.startswith("//") and not base:
        url = f"https:{url}"
    if _PLAIN.fullmatch(url):
        return url
    try:
        whole = urljoin(base, url) if base else url
        if _PLAIN.fullmatch(whole):
            return whole
        parts = urlsplit(whole)
        # The port is read only when asked for, and may be no number.
        if parts.scheme.lower() not in schemes or (parts.scheme in PAGES and not parts.hostname):
            return None
        return whole if parts.port is None or parts.port >= 0 else None
    except ValueError:
        return None


def _is_text(url: str) -> bool:
    """Return whether words stand where an address should, such as "no link"."""
    url = url.strip().lower()
    has_words = any(map(str.isspace, url)) and not _SCHEME.match(url) and not _OF_PATHS.search(url)
    return url in _NO_LINKS or has_words


def _begins_with_host(url: str) -> bool:
    found = _HOST.match(url)
    return found is not None and found[1].lower() not in (_PAGES_OF_PROGRAMS if found[2] == "/" else _FILES)
