"""Messages that explain why a download failed: because of its HTTP status, or of a certificate."""

from __future__ import annotations

from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssl import SSLCertVerificationError


def refused_by_proxy(answer: str) -> str:
    """Return the message that a proxy refused a connection; ``answer`` is, say, ``407 Login required``."""
    status = answer.partition(" ")[0]
    if status == "407":
        return describe_status(int(status))
    sentence = _("the proxy set in an environment variable refused the connection")
    return f"{sentence} ({status})" if status.isascii() and status.isdigit() else sentence


def describe_status(status: int) -> str:
    """Return the meaning of an HTTP status code (RFC 9110, 15) in the user's language, with the code."""
    from http import HTTPStatus

    meanings = {
        204: _("the server sent an empty response"),
        206: _("the server sent only a part of the file"),
        300: _("multiple choices"),
        400: _("bad request"),
        401: _("login required; use https://USER:PASSWORD@…"),
        403: _("access denied"),
        404: _("not found"),
        405: _("method not allowed"),
        406: _("not acceptable"),
        407: _("the proxy set in an environment variable requires a login"),
        408: _("request timed out"),
        410: _("permanently removed"),
        421: _("misdirected request"),
        429: _("too many requests; try again later"),
        451: _("unavailable for legal reasons"),
    }
    text = meanings.get(status, "")
    if not text and status >= 500:
        text = _("server error; try again later")
    if not text and status in HTTPStatus._value2member_map_:
        text = HTTPStatus(status).phrase
    return f"{text} ({status})".lstrip()


def describe_certificate(error: SSLCertVerificationError) -> str:
    """Return the reason why a certificate is not trusted; a rare reason in the words of OpenSSL."""
    reasons = {
        9: _("not valid yet"),
        10: _("expired"),
        18: _("self-signed"),
        19: _("self-signed certificate in the chain"),
        20: _("unknown issuer"),
        21: _("unknown issuer"),
        23: _("revoked"),
        62: _("issued for another host name"),
        64: _("issued for another IP address"),
    }
    # The codes are those of X509_STORE_CTX_get_error in OpenSSL.
    return reasons.get(error.verify_code, error.verify_message)
