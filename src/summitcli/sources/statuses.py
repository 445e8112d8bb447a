"""What a status of HTTP says, in the reader's words."""

from __future__ import annotations

from summitcli.i18n import _


def refused_by_proxy(answer: str) -> str:
    """Return what a proxy says that makes no connection, whose answer begins with a status, if it has one."""
    status = answer.partition(" ")[0]
    if status == "407":
        return meaning(int(status))
    sentence = _("the proxy that the environment names refused")
    return f"{sentence} ({status})" if status.isascii() and status.isdigit() else sentence


def meaning(status: int) -> str:
    """Return what a server's status says (RFC 9110, 15), in the reader's words."""
    from http import HTTPStatus

    meanings = {
        204: _("the server says that there is nothing in its answer"),
        206: _("the server sent only a part of it"),
        401: _("it asks for a name and a password, as in https://NAME:PASSWORD@…"),
        403: _("the server forbids it"),
        404: _("there is nothing at this address"),
        407: _("the proxy that the environment names asks for a name and a password"),
        410: _("it is gone for good"),
        429: _("the server has been asked too often; try again later"),
    }
    said = meanings.get(status, "")
    if not said and status >= 500:
        said = _("the server is at fault; try again later")
    if not said and status in HTTPStatus._value2member_map_:
        said = HTTPStatus(status).phrase
    return f"{said} ({status})".lstrip()
