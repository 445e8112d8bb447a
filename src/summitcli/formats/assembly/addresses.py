"""Addresses in published schedules: whole ones are kept, others are completed where that can be."""

import re
from urllib.parse import urljoin, urlsplit

from summitcli.formats.assembly import prose

PAGES = frozenset({"http", "https"})
"""The schemes of what a browser shows."""

LINKS = PAGES | {
    "mailto", "tel", "sip", "xmpp", "matrix", "irc", "ircs", "ftp", "ftps", "geo", "webcal", "gemini",
}  # fmt: skip
"""The schemes of what a link may lead to. Others are not followed by chance: they run or read something."""


_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(:\d{1,4})?([/?#]\S*)?", re.IGNORECASE)
"""An address that needs no closer look, as nearly all are."""


def absolute(url: str, base: str, schemes: frozenset[str] = PAGES) -> str | None:
    """``url`` as a whole address of one of ``schemes``, or None where it is none and can't become one.

    Args:
        url: as the source has it, whole or relative; what begins with ``www.`` is taken as a page.
        base: the address that it is relative to, empty where none is known.
        schemes: the schemes that will do.
    """
    url = prose.line(url).replace(" ", "%20")
    if not url:
        return None
    if url[:4].lower() == "www.":
        url = f"https://{url}"
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
