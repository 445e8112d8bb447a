"""Natural order: names with numbers in the order of the numbers, room 2 before room 10."""

from __future__ import annotations

import re
from collections.abc import Iterable

from summitcli.text.folding import fold

_PARTS = re.compile(r"\d{1,18}|\D+")
_NUMBER = re.compile(r"\d+")


def natural_key(name: str) -> tuple[list[tuple[bool, int, str]], str]:
    """Return a key for sorting names by their numbers: room 2 before room 10, 1 before A. Case is ignored."""
    parts = _PARTS.findall(fold(name))
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts], name


def numbers_in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return ``names`` in their order, except that names that differ only in numbers are sorted by these.

    They are all put in the place of the first of them: ``Room 10``, ``Hall``, ``Room 2`` becomes ``Room 2``,
    ``Room 10``, ``Hall``.
    """
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(_NUMBER.sub("0", fold(name)), []).append(name)
    return tuple(name for group in alike.values() for name in sorted(group, key=natural_key))
