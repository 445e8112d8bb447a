"""A place where a document breaks a rule of its format."""

from typing import NamedTuple

LONGEST = 60
"""How many characters of an odd value are shown."""


class Fault(NamedTuple):
    """One broken rule at one place."""

    path: str
    """Such as ``schedule.version`` in JSON, ``schedule/day[1]/@index`` in XML; empty for the whole."""
    sentence: str
    """What is wrong, in the language spoken; alike for all faults of a kind."""
    value: str = ""
    """What stands there instead, where showing it helps."""
    place: tuple[int, int | None] | None = None
    """Its line and, as far as that is known, its column, where the path alone does not tell."""


def shortened(value: str) -> str:
    """``value`` as far as it is shown."""
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
