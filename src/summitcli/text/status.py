"""The status of a session in the current language."""

from summitcli.i18n import _

CONFIRMED, CANCELLED, TENTATIVE = "confirmed", "cancelled", "tentative"


def status_word(status: str | None) -> str:
    """Return the word for a session's status in the current language; empty if it has none.

    A status that the program does not know is returned unchanged.
    """
    known = {
        TENTATIVE: _("tentative"),
        "rescheduled": _("rescheduled"),
        "postponed": _("postponed"),
    }
    return known.get(status or "", status or "")
