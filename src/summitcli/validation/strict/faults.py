"""Faults: broken rules of the format of a document."""

from typing import NamedTuple

MAX_SHOWN = 60
"""The most characters of a value that are shown."""


class Fault(NamedTuple):
    """One broken rule at one place."""

    path: str
    """The path to the value, such as ``schedule.version`` in JSON or ``schedule/day[1]/@index`` in XML; empty
    for the whole document."""
    sentence: str
    """What is wrong, in the current language; the same for all faults of a kind."""
    value: str = ""
    """The value found, if showing it helps."""
    place: tuple[int, int | None] | None = None
    """The line and the column (None if unknown); None in all if the place is to be found by the path."""


def shortened(value: str) -> str:
    """Return ``value``, cut to :data:`MAX_SHOWN` characters if it is longer."""
    return value if len(value) <= MAX_SHOWN else value[: MAX_SHOWN - 1] + "…"
