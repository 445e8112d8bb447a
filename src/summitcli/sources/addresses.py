"""Addresses of the web: told from files, and shown without the passwords in them."""

from summitcli.errors import UsageError
from summitcli.i18n import _

_ADDRESS = r"(?i)(https?|webcals?)://"
_MEANT = {"webcal": "https", "webcals": "https"}
_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*://"
_LOGIN = r"(?<=://)([^/?#@:]*+)(:?)([^/?#]*)@"
_UNENCODED_LOGIN = r"(?s)(?<=://)([^/?#@:\[]*+)(:)(?![0-9]+(?:[/?#]|$))(.*)@"
"""A password with ``/``, ``?`` or ``#`` in it, which should have been escaped."""


def is_address(reference: str) -> bool:
    """Whether ``reference`` is an address rather than a file.

    Raises:
        UsageError: it is one that can't be fetched.
    """
    import re

    if re.match(_ADDRESS, reference):
        return True
    if re.match(_SCHEME, reference):
        sentence = _("can't download {url}: only https and http URLs are supported")
        raise UsageError(sentence.format(url=shown(reference)))
    return False


def is_webcal(reference: str) -> bool:
    """Return whether ``reference`` is the address of a calendar as calendar programs write it."""
    import re

    return re.match(r"(?i)webcals?://", reference) is not None


def address(reference: str) -> str:
    """``reference``, which is an address, as it is asked for: a calendar's ``webcal:`` means ``https:``."""
    scheme, rest = reference.split("://", 1)
    return f"{_MEANT.get(scheme.lower(), scheme.lower())}://{rest}"


def shown(reference: str) -> str:
    """``reference`` as it may be shown, without a password, or a name alone, which may be a token."""
    import re

    # A login ends with the sign, so nothing behind the last one is looked at, again and again.
    end = reference.rfind("@") + 1
    logins, rest = reference[:end], reference[end:]
    for pattern in (_LOGIN, _UNENCODED_LOGIN):
        if found := re.search(pattern, logins):
            hidden = f"{found[1]}{found[2]}***@" if found[2] else "***@"
            return logins[: found.start()] + hidden + logins[found.end() :] + rest
    return reference
