"""Finding where the entries of a list in a JSON document begin and end, to decode them one by one."""

import json
import re
from array import array
from collections.abc import Iterator

from summitcli.text import strict_json

_BLANKS = re.compile(r"[ \t\n\r]*")


class ListBounds:
    """The offsets in a text at which a list, and each of its entries, begins and ends.

    The ends are exclusive.
    """

    def __init__(self) -> None:
        self.begin = self.end = 0
        self._bounds = array("q")

    def add(self, begin: int, end: int) -> None:
        """Add the offsets of the next entry of the list."""
        self._bounds.extend((begin, end))

    def __len__(self) -> int:
        return len(self._bounds) // 2

    def entries(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of the offsets at which an entry begins and ends, in order."""
        bounds = iter(self._bounds)
        return zip(bounds, bounds, strict=True)


def list_bounds(text: str, name: str) -> ListBounds:
    """Return the offsets of a list and of its entries in a JSON object.

    All of the text is checked at the same time, as strictly as by :mod:`summitcli.text.strict_json`.

    Args:
        text: the JSON object.
        name: the key of the list.

    Raises:
        ValueError: the text is not valid JSON, or not an object with such a list.
        RecursionError: the text is nested too deeply.
    """
    found = ListBounds()
    keys: set[object] = set()
    at = _after(text, 0, "{")
    while True:
        key, at = _decoded(text, at)
        at = _after(text, at, ":")
        if not isinstance(key, str) or key in keys:
            raise ValueError(key)
        keys.add(key)
        if key == name:
            found.begin = _blanks(text, at)
            found.end = at = _entries(text, at, found)
        else:
            _value, at = _decoded(text, at)
        if _next(text, at) == "}":
            break
        at = _after(text, at, ",")
    if not found.end or _blanks(text, _after(text, at, "}")) != len(text):
        raise ValueError(name)
    return found


def _entries(text: str, at: int, found: ListBounds) -> int:
    """Add the offsets of a list's entries to ``found``. Return the offset after the end of the list.

    Args:
        text: the JSON text.
        at: the offset at which the list begins.
        found: collects the offsets.
    """
    at = _after(text, at, "[")
    if _next(text, at) == "]":
        return _after(text, at, "]")
    while True:
        begin = _blanks(text, at)
        _entry, at = _decoded(text, begin)
        found.add(begin, at)
        if _next(text, at) == "]":
            return _after(text, at, "]")
        at = _after(text, at, ",")


def _decoded(text: str, at: int) -> tuple[object, int]:
    return strict_json.DECODER.raw_decode(text, _blanks(text, at))


def _after(text: str, at: int, mark: str) -> int:
    at = _blanks(text, at)
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(mark, text, at)
    return at + 1


def _next(text: str, at: int) -> str:
    at = _blanks(text, at)
    return text[at : at + 1]


def _blanks(text: str, at: int) -> int:
    """Return the offset of the first character that is not white space; begin at ``at``."""
    if text[at : at + 1] > " ":
        return at
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at
