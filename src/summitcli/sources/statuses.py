"""What a status of HTTP says, in the reader's words."""

from __future__ import annotations

from summitcli.i18n import _


def refused_by_proxy(answer: str) -> str:
    """Return what a proxy says that makes no connection, whose answer begins with a status, if it has one."""
    status = answer.partition(" ")[0]
    if status == "407":
        return meaning(int(status))
    sentence = _("the proxy set in the environment refused the connection")
    return f"{sentence} ({status})" if status.isascii() and status.isdigit() else sentence


def meaning(status: int) -> str:
    """Return what a server's status says (RFC 9110, 15), in the reader's words."""
    from http import HTTPStatus

    meanings = {
        204: _("the server sent an empty response"),
        206: _("the server sent only a part of the file"),
        401: _("login required; use https://USER:PASSWORD@…"),
        403: _("access denied"),
        404: _("not found"),
        407: _("the proxy set in the environment requires a login"),
        410: _("permanently removed"),
        429: _("too many requests; try again later"),
    }
    said = meanings.get(status, "")
    if not said and status >= 500:
        said = _("server error; try again later")
    if not said and status in HTTPStatus._value2member_map_:
        said = HTTPStatus(status).phrase
    return f"{said} ({status})".lstrip()
