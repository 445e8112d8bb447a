"""Lists of names in one line."""

from collections.abc import Sequence

from summitcli.i18n import _, ngettext

MAX_NAMES = 8
"""The number of names shown of a longer list; a list with only one more name is shown in full."""


def enumeration(names: Sequence[str]) -> str:
    """Return ``names`` joined in one line; if there are many, the first ones and the number of the rest."""
    more = len(names) - MAX_NAMES
    if more <= 1:
        return _(", ").join(names)
    first = _(", ").join(names[:MAX_NAMES])
    return ngettext("{names} and {n} more", "{names} and {n} more", more, names=first)
