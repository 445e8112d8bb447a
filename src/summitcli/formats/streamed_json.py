"""The offsets of a list's entries in a JSON document, with which they can be decoded one by one."""

import json
import re
from array import array
from collections.abc import Iterator

from summitcli.text import strict_json

_BLANKS = re.compile(r"[ \t\n\r]*")


class ListBounds:
    """The offsets at which a list and each of its entries begin and end in a text; ends are exclusive."""

    def __init__(self) -> None:
        self.begin = self.end = 0
        self._bounds = array("q")

    def add(self, begin: int, end: int) -> None:
        """Add the offsets of the next entry."""
        self._bounds.extend((begin, end))

    def __len__(self) -> int:
        return len(self._bounds) // 2

    def entries(self) -> Iterator[tuple[int, int]]:
        """Yield the offsets of the beginning and the end of each entry, in order."""
        bounds = iter(self._bounds)
        return zip(bounds, bounds, strict=True)


def list_bounds(text: str, name: str) -> ListBounds:
    """Return the offsets of a list and its entries in a JSON text.

    The text is an object, and the list is its member ``name``. All of the text is checked on the way, as
    strictly as :mod:`summitcli.text.strict_json` does.

    Raises:
        ValueError: the text is not valid JSON, or not an object with such a list.
        RecursionError: it is nested too deeply.
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
    """Add the offsets of the entries of a list to ``found``; return the offset behind the list.

    Args:
        text: the JSON text.
        at: the offset at which the list begins.
        found: receives the offsets.
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
    """Return the first position from ``at`` on that is not white space."""
    if text[at : at + 1] > " ":
        return at
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at
