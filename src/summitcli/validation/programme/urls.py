"""The check whether a URL can work, by its form alone. Nothing is downloaded."""

import re

_PLACEHOLDER_HOST = r"(?:[a-z0-9-]+\.)*example\.(?:com|net|org)|localhost|127\.0\.0\.1"
_HOST = r"(?:[^\s/?#@:\[\]]+|\[[0-9a-f:.]+\])"
_SOUND = re.compile(
    rf"https?://(?!(?:{_PLACEHOLDER_HOST})(?:[:/?#]|\Z))(?:[^\s/?#@]*@)?{_HOST}(?::\d+)?(?:[/?#]\S*)?"
    r"|(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)\S+",
    re.IGNORECASE,
)
"""The URLs that can work: web addresses whose host is no placeholder, and URLs with other schemes."""
_PLACEHOLDER = re.compile(rf"https?://(?:{_PLACEHOLDER_HOST})(?:[:/?#]|\Z)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


def is_sound(url: str) -> bool:
    """Return whether ``url`` can work: it has a scheme and a host, no spaces, and is no placeholder."""
    return _SOUND.fullmatch(url) is not None


def is_placeholder(url: str) -> bool:
    """Return whether the host of a URL is one for examples (RFC 2606), or the user's own computer."""
    return _PLACEHOLDER.match(url) is not None


def has_scheme(url: str) -> bool:
    """Return whether ``url`` begins with a scheme, such as ``https:``."""
    return _SCHEME.match(url) is not None
