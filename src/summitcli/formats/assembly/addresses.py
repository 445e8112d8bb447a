"""URLs in published schedules: absolute URLs are kept, relative ones are made absolute if possible."""

import re
from urllib.parse import urljoin, urlsplit

from summitcli.formats.assembly import prose
from summitcli.formats.draft import DraftLink

WEB_SCHEMES = frozenset({"http", "https"})
"""The schemes of web pages."""

LINK_SCHEMES = WEB_SCHEMES | {
    "mailto", "tel", "sip", "xmpp", "matrix", "irc", "ircs", "ftp", "ftps", "geo", "webcal", "webcals",
    "gemini",
}  # fmt: skip
"""The schemes allowed in links.

Opening a link with another scheme might run a program or read a local file.
"""

_SIMPLE_URL = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(:\d{1,4})?([/?#]\S*)?", re.IGNORECASE)
"""The pattern of ordinary web addresses, which need no further checks. Nearly all URLs match it."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,24})(?::\d{1,4})?(/|[?#]|\Z)", re.IGNORECASE
)
"""The pattern of a host name at the beginning of a URL without a scheme, as in ``github.com/x``."""
_PAGE_EXTENSIONS = frozenset({"asp", "aspx", "cgi", "htm", "html", "jsp", "jspx", "php", "shtml", "xhtml"})
_FILE_EXTENSIONS = _PAGE_EXTENSIONS | {
    "bin", "bz", "csv", "doc", "docx", "epub", "gif", "gz", "ics", "iso", "jpeg", "jpg", "js", "json", "key",
    "markdown", "md", "mkv", "mov", "mp", "odp", "odt", "ogg", "ogv", "opus", "pdf", "png", "pps", "ppt",
    "pptx", "ps", "py", "rst", "rtf", "sh", "svg", "svgz", "tar", "tex", "tgz", "tif", "tiff", "txt", "wav",
    "webm", "webp", "xls", "xlsx", "xml", "xz", "yaml", "yml", "zip",
}  # fmt: skip
"""Extensions of file names. So ``report.pdf`` is taken for a file, not for a host in a domain ``pdf``."""

_PLACEHOLDERS = frozenset({"-", "--", "?", "n/a", "none", "null", "tba", "tbd"})
"""Texts, in lower case, that authors enter if they have no URL."""
_PATH_MARKS = re.compile(r"/|[.?#]\w")


def unswapped(link: DraftLink) -> DraftLink:
    """Return ``link``, with its URL and title swapped if the title is a URL and the URL is not."""
    url, title = link.url.strip(), link.title.strip()
    if any(map(str.isspace, url)) and not _SCHEME.match(url) and _SIMPLE_URL.fullmatch(title):
        return link._replace(url=title, title=url)
    return link


def is_relative(url: str) -> bool:
    """Return whether ``url`` is probably a relative URL: it has no scheme, and is no text such as "tba"."""
    return not _SCHEME.match(url.strip()) and not _is_text(url)


def absolute(url: str, base: str, schemes: frozenset[str] = WEB_SCHEMES) -> str | None:
    """Return ``url`` as an absolute URL; None if that is impossible, or if its scheme is not allowed.

    Args:
        url: an absolute or relative URL, as in the source. ``https:`` is added if it begins with a host
            (``github.com/x``), or if it begins with ``//`` and ``base`` is empty.
        base: the URL of the page on which ``url`` stands, to complete a relative URL; empty if unknown.
        schemes: the allowed schemes.
    """
    url = prose.line(url)
    if not url or _is_text(url):
        return None
    url = url.replace(" ", "%20")
    if url[:4].lower() == "www." or _begins_with_host(url):
        url = f"https://{url}"
    elif url.startswith("//") and not base:
        url = f"https:{url}"
    if _SIMPLE_URL.fullmatch(url):
        return url
    try:
        whole = urljoin(base, url) if base else url
        if _SIMPLE_URL.fullmatch(whole):
            return whole
        parts = urlsplit(whole)
        # Accessing the port raises ValueError if it is not a number.
        if parts.scheme.lower() not in schemes or (parts.scheme in WEB_SCHEMES and not parts.hostname):
            return None
        return whole if parts.port is None or parts.port >= 0 else None
    except ValueError:
        return None


def _is_text(url: str) -> bool:
    """Return whether ``url`` is not a URL but a text such as "tba" or "no link"."""
    url = url.strip().lower()
    has_words = any(map(str.isspace, url)) and not _SCHEME.match(url) and not _PATH_MARKS.search(url)
    return url in _PLACEHOLDERS or has_words


def _begins_with_host(url: str) -> bool:
    found = _HOST.match(url)
    return found is not None and found[1].lower() not in (
        _PAGE_EXTENSIONS if found[2] == "/" else _FILE_EXTENSIONS
    )
