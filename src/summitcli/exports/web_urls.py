"""Recognising the URLs in schedules that may become clickable links."""

import re

from summitcli.exports.calendar.content import clean

_WEB_URL = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


def is_web_url(text: str | None) -> bool:
    """Return whether ``text`` is the URL of a web page without characters that are invalid in a page."""
    return bool(text) and bool(_WEB_URL.fullmatch(text or "")) and clean(text or "") == text
