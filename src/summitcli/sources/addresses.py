"""Distinguishing URLs from files, and showing them without passwords."""

from summitcli.errors import UsageError
from summitcli.i18n import _

_ADDRESS = r"(?i)(https?|webcals?)://"
_MEANT = {"webcal": "https", "webcals": "https"}
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*://"
_LOGIN = r"(?<=://)([^/?#@:]*+)(:?)([^/?#]*)@"
_UNENCODED_LOGIN = r"(?s)(?<=://)([^/?#@:\[]*+)(:)(?![0-9]+(?:[/?#]|$))(.*)@"
"""The pattern of user name and password in a URL if the password has an unescaped ``/``, ``?`` or ``#``."""


def is_url(reference: str) -> bool:
    """Return whether ``reference`` is a URL rather than a file.

    Raises:
        UsageError: ``reference`` is a URL with an unsupported scheme.
    """
    import re

    if re.match(_ADDRESS, reference):
        return True
    if re.match(_SCHEME, reference):
        sentence = _("can't download {url}: only https and http URLs are supported")
        raise UsageError(sentence.format(url=without_password(reference)))
    return False


def is_webcal(reference: str) -> bool:
    """Return whether ``reference`` is a ``webcal:`` URL, which calendar apps use for calendars."""
    import re

    return re.match(r"(?i)webcals?://", reference) is not None


def http_url(reference: str) -> str:
    """Return the URL to download for ``reference``: ``https:`` replaces ``webcal:`` and ``webcals:``."""
    scheme, rest = reference.split("://", 1)
    return f"{_MEANT.get(scheme.lower(), scheme.lower())}://{rest}"


def requested(reference: str) -> str:
    """Return a ``webcal:`` URL as the ``https:`` URL to download; return any other reference unchanged."""
    return http_url(reference) if is_webcal(reference) else reference


def without_password(reference: str) -> str:
    """Return ``reference`` with ``***`` in place of the password.

    A user name without a password is replaced, too, as it may be an access token.
    """
    import re

    # A login ends with @, so only the text up to the last one is searched, which keeps this fast.
    end = reference.rfind("@") + 1
    logins, rest = reference[:end], reference[end:]
    for pattern in (_LOGIN, _UNENCODED_LOGIN):
        if found := re.search(pattern, logins):
            hidden = f"{found[1]}{found[2]}***@" if found[2] else "***@"
            return logins[: found.start()] + hidden + logins[found.end() :] + rest
    return reference
