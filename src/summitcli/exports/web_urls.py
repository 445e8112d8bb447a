"""The check whether a URL in a schedule may become a link that can be clicked."""

import re

from summitcli.exports.calendar.content import clean

_WEB_URL = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


def is_web_url(text: str | None) -> bool:
    """Return whether ``text`` is the URL of a web page that can be written into an HTML page as it is."""
    return bool(text) and bool(_WEB_URL.fullmatch(text or "")) and clean(text or "") == text
