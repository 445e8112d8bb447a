"""Many names in one line."""

from collections.abc import Sequence

from summitcli.i18n import _, ngettext

MAX_NAMES = 8
"""How many names a line has where there are more; one that would alone be left out is named, too."""


def enumeration(names: Sequence[str]) -> str:
    """Return names in one line: of many the first, and how many more there are."""
    more = len(names) - MAX_NAMES
    if more <= 1:
        return _(", ").join(names)
    first = _(", ").join(names[:MAX_NAMES])
    return ngettext("{names} and {n} more", "{names} and {n} more", more, names=first)
