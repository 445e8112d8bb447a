"""How sure it is that a session is held, in the reader's words."""

from summitcli.i18n import _

CONFIRMED, CANCELLED, TENTATIVE = "confirmed", "cancelled", "tentative"


def status_word(status: str | None) -> str:
    """Return a status in the reader's language; as the source has it if it is not known, empty for none."""
    known = {
        TENTATIVE: _("tentative"),
        "rescheduled": _("rescheduled"),
        "postponed": _("postponed"),
    }
    return known.get(status or "", status or "")
