"""Faults: the places where a document breaks the rules of its format."""

from typing import NamedTuple

MAX_SHOWN = 60
"""The maximum length of a value that is shown, in characters."""


class Fault(NamedTuple):
    """A broken rule at one place of a document."""

    path: str
    """The path to the value: ``schedule.version`` in JSON, ``schedule/day[1]/@index`` in XML.

    It is empty for the whole document.
    """
    sentence: str
    """The message, in the current language. It is the same for all faults of a kind."""
    value: str = ""
    """The wrong value; empty if showing it would not help."""
    place: tuple[int, int | None] | None = None
    """The line and the column of the fault, such as ``(12, 5)``; ``(12, None)`` if the column is unknown.

    It is None if the place can be found by ``path``.
    """


def shortened(value: str) -> str:
    """Return ``value``; if it is longer than :data:`MAX_SHOWN` characters, cut it."""
    return value if len(value) <= MAX_SHOWN else value[: MAX_SHOWN - 1] + "…"
