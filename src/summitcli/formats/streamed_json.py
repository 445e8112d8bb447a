"""A list in a document of JSON, entry by entry, so that no more than one of them is ever decoded."""

import json
import re
from array import array
from collections.abc import Iterator

from summitcli.text import strict_json

_BLANKS = re.compile(r"[ \t\n\r]*")


class Places:
    """Where in a text a list is, and where each of its entries: offsets of the first character and of the
    one after the last.
    """

    def __init__(self) -> None:
        self.begin = self.end = 0
        self._bounds = array("q")

    def note(self, begin: int, end: int) -> None:
        """Note the next entry."""
        self._bounds.extend((begin, end))

    def __len__(self) -> int:
        return len(self._bounds) // 2

    def entries(self) -> Iterator[tuple[int, int]]:
        """The entries, in order."""
        bounds = iter(self._bounds)
        return zip(bounds, bounds, strict=True)


def places(text: str, name: str) -> Places:
    """Where the member ``name`` of the object in ``text`` is, which is a list.

    The whole is decoded on the way, strictly as :mod:`summitcli.text.strict_json` does.

    Raises:
        ValueError: the text is no such document.
        RecursionError: it is nested too deeply.
    """
    found = Places()
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


def _entries(text: str, at: int, found: Places) -> int:
    """Note the entries of the list that begins at ``at``; where it ends."""
    at = _after(text, at, "[")
    if _next(text, at) == "]":
        return _after(text, at, "]")
    while True:
        begin = _blanks(text, at)
        _entry, at = _decoded(text, begin)
        found.note(begin, at)
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
    """The first place from ``at`` on that is no blank."""
    if text[at : at + 1] > " ":
        return at
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at
