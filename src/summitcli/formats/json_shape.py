"""JSON of which long lists stay where they are, in the bytes, until they are gone through.

A large document is never decoded as a whole, and no more of it is text at once than a piece.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from summitcli.text import strict_json

PIECE = 256 * 1024
"""How many bytes are text at once, and more where a value is longer."""
_BLANKS = re.compile(r"[ \t\n\r]+")
_COMMA = ", "
"""How most programs write it, for which nothing else is to be asked."""
_MOST_OF_A_NUMBER = 3
"""How many characters of a number may be missing behind one that is complete, too: ``e-`` and a digit."""
_MOST_OCTETS = 4
"""Of one character."""
_STRICT = strict_json.DECODER.raw_decode
_CHECKED = json.JSONDecoder().raw_decode
"""For what was decoded strictly before, which takes longer."""


class Shape(NamedTuple):
    """Where in a value the lists are that stay where they are."""

    stays: bool = False
    """Whether the value itself stays, if it is a list."""
    members: Mapping[str, "Shape"] = {}
    """The shapes of members of an object."""
    each: "Shape | None" = None
    """That of any other member, and of the entries of a list that does not stay."""


class LongList:
    """A list that stayed in the bytes; its entries are decoded each time that they are gone through.

    Args:
        data: the document.
        begin: where in it the list begins.
        end: where it has ended.
        gists: what is kept of each entry.
    """

    def __init__(self, data: bytes, begin: int, end: int, gists: list[Any]) -> None:
        self._data = data
        self._bounds = begin, end
        self.gists = gists

    def __len__(self) -> int:
        return len(self.gists)

    def __iter__(self) -> Iterator[Any]:
        return _Reader(self._data, *self._bounds, _CHECKED).entries()


def load(data: bytes, shape: Shape, gist: Callable[[Any], Any]) -> Any:
    """Return the document in ``data``, decoded strictly as :mod:`summitcli.text.strict_json` does.

    Args:
        data: the document, perhaps with a byte order mark.
        shape: says which lists become a :class:`LongList`.
        gist: makes of an entry of such what is kept of it.

    Raises:
        ValueError: it is not such a document, or holds more than may be decoded.
        RecursionError: it is nested too deeply.
    """
    strict_json.must_be_affordable(data)
    begin = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    reader = _Reader(data, begin, len(data), _STRICT)
    found = reader.shaped(shape, gist)
    if reader.mark():
        raise ValueError(reader.mark())
    return found


class _Reader:
    """Goes through a stretch of a document."""

    def __init__(
        self, data: bytes, begin: int, end: int, decode: Callable[[str, int], tuple[Any, int]]
    ) -> None:
        self._data = data
        self._last = end
        self._decode = decode
        self._text = ""
        """The piece that is text."""
        self._at = 0
        """Where in it the reading is."""
        self._end = begin
        """Where in the document it ends."""
        self._known = 0, begin
        """A place in it, and where that is in the document."""

    def shaped(self, shape: Shape | None, gist: Callable[[Any], Any]) -> Any:
        """Return the value that comes next, lists of that shape where they are, and go behind it."""
        mark = self.mark() if shape else ""
        if not shape or mark not in "{[":
            return self.value()
        if mark == "{":
            return self._members(shape, gist)
        if shape.stays:
            begin = self._place()
            gists = [*map(gist, self.entries())]
            return LongList(self._data, begin, self._place(), gists)
        if shape.each:
            return [self.shaped(shape.each, gist) for _entry in self._each("[", "]")]
        return self.value()

    def entries(self) -> Iterator[Any]:
        """Yield the entries of the list that comes next, and go behind it."""
        self._take("[")
        if self.mark() != "]":
            yield self.value()
            while self._goes_on():
                yield self.value()
        self._take("]")

    def mark(self) -> str:
        """Return the character that comes next and is no blank; empty at the end."""
        mark = self._text[self._at : self._at + 1]
        while mark <= " ":
            if blanks := _BLANKS.match(self._text, self._at):
                self._at = blanks.end()
            elif mark or not self._more():
                break
            mark = self._text[self._at : self._at + 1]
        return mark

    def value(self) -> Any:
        """Return the value that comes next, and go behind it."""
        if self._text[self._at : self._at + 1] <= " ":
            self.mark()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except ValueError:
                if not self._more():
                    raise
                continue
            if end + _MOST_OF_A_NUMBER <= len(self._text) or not self._more():
                self._at = end
                return value

    def _members(self, shape: Shape, gist: Callable[[Any], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _member in self._each("{", "}"):
            if self.mark() != '"':
                raise ValueError(self.mark())
            key = self.value()
            self._take(":")
            if key in found:
                raise ValueError(key)
            found[key] = self.shaped(shape.members.get(key, shape.each), gist)
        return found

    def _each(self, opening: str, closing: str) -> Iterator[None]:
        """Go into an object or a list, yield at each of its members, and go behind it."""
        self._take(opening)
        if self.mark() == closing:
            self._at += 1
            return
        while True:
            yield
            if self.mark() == closing:
                self._at += 1
                return
            self._take(",")

    def _goes_on(self) -> bool:
        """Return whether a comma comes next, and go behind it."""
        if self._text.startswith(_COMMA, self._at):
            self._at += len(_COMMA)
            return True
        if self.mark() != ",":
            return False
        self._at += 1
        return True

    def _take(self, mark: str) -> None:
        if self.mark() != mark:
            raise ValueError(mark)
        self._at += 1

    def _more(self) -> bool:
        """Have more of the document as text; False if there is no more."""
        if self._end == self._last:
            return False
        begin = self._place()
        # What is left of the piece was too short, so that the next is longer.
        end = min(begin + max(PIECE, 2 * (self._end - begin)), self._last)
        for _octet in range(_MOST_OCTETS - 1):
            # No character is cut in two.
            end -= end < self._last and self._data[end] & 0xC0 == 0x80
        self._text = self._data[begin:end].decode()
        self._end = end
        self._at = 0
        self._known = 0, begin
        return True

    def _place(self) -> int:
        """Return where in the document the reading is."""
        at, place = self._known
        place += len(self._text[at : self._at].encode())
        self._known = self._at, place
        return place
