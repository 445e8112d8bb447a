"""Broken rules of a document's format."""

from typing import NamedTuple

MAX_SHOWN = 60
"""The most characters of a value that are shown."""


class Fault(NamedTuple):
    """One broken rule at one place."""

    path: str
    """``schedule.version`` in JSON, ``schedule/day[1]/@index`` in XML; empty for the whole document."""
    sentence: str
    """What is wrong, in the current language; the same for all faults of a kind."""
    value: str = ""
    """The value found, if showing it helps."""
    place: tuple[int, int | None] | None = None
    """The line and the column, if known; None if they follow from the path."""


def shortened(value: str) -> str:
    """Return ``value``, cut to :data:`MAX_SHOWN` characters."""
    return value if len(value) <= MAX_SHOWN else value[: MAX_SHOWN - 1] + "…"
