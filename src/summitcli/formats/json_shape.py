"""A lazy JSON decoder: a long list stays in the document as bytes, and is decoded when it is iterated over.

So a large document is never decoded as a whole, and only one piece of it at a time is held as text.
"""

import json
import re
from array import array
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from summitcli.text import strict_json

PIECE_SIZE = 32 * 1024
"""The number of bytes of a document that are held as text at a time. A longer value is held as a whole."""
_BLANKS = re.compile(r"[ \t\n\r]+")
_BETWEEN = " \t\n\r,"
"""The characters that may stand between two entries of a list."""
_COMMA = ", "
"""The text that most programs write between two entries of a list."""
_NUMBER_LOOKAHEAD = 3
"""The number of characters to read after the digits of a number, as it might go on with ``e-1``."""
_MAX_CHARACTER_BYTES = 4
"""The largest number of bytes of a character in UTF-8."""
_STRICT = strict_json.DECODER.raw_decode
_CHECKED = json.JSONDecoder().raw_decode
"""A decoder that is faster but less strict, for values that the strict decoder has already accepted."""


class Shape(NamedTuple):
    """A description of a JSON value that says which lists in it stay undecoded."""

    lazy: bool = False
    """True if the value itself stays undecoded. This has no effect unless the value is a list."""
    members: Mapping[str, "Shape"] = {}
    """The shapes of the values in an object, by key."""
    each: "Shape | None" = None
    """The shape of each entry of a list, or of the values in an object whose keys are not in ``members``."""


class LazyList:
    """A JSON list that is still undecoded. Each iteration over it decodes its entries again.

    Args:
        data: the document.
        bounds: the offsets in the document at which the list is divided into parts that are decoded at once:
            that after ``[``, some that follow an entry, and that of ``]``.
        summaries: for each entry, in order, the data about it that is kept in memory, such as its ID.
    """

    def __init__(self, data: bytes, bounds: "array[int]", summaries: list[Any]) -> None:
        self._data = data
        self._bounds = bounds
        self.summaries = summaries

    def __len__(self) -> int:
        return len(self.summaries)

    def __iter__(self) -> Iterator[Any]:
        for begin, end in pairwise(self._bounds):
            # Decoding many entries at once takes less time than looking for the end of each.
            entries, _end = _CHECKED(f"[{self._data[begin:end].decode().lstrip(_BETWEEN)}]", 0)
            yield from entries


def load(data: bytes, shape: Shape, summarise: Callable[[Any], Any]) -> Any:
    """Return the document in ``data``, decoded as strictly as by :mod:`summitcli.text.strict_json`.

    Args:
        data: the document, with or without a byte order mark.
        shape: says which lists are returned undecoded, as a :class:`LazyList`.
        summarise: a function that is called with each entry of an undecoded list. The list keeps only what it
            returns in memory (:attr:`LazyList.summaries`).

    Raises:
        ValueError: the document is not valid JSON, or too large to be decoded.
        RecursionError: the document is nested too deeply.
    """
    strict_json.check_budget(data)
    begin = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    decoder = _Decoder(data, begin)
    found = decoder.shaped(shape, summarise)
    if decoder.peek():
        raise ValueError(decoder.peek())
    return found


class _Decoder:
    """A decoder of a document, from an offset on."""

    def __init__(self, data: bytes, begin: int) -> None:
        self._data = data
        self._text = ""
        """The piece of the document that is held as text."""
        self._at = 0
        """The current position in ``_text``."""
        self._end = begin
        """The offset in the document at which ``_text`` ends, in bytes."""
        self._checkpoint = 0, begin
        """A position in ``_text``, and the same place as an offset in the document, in bytes."""

    def shaped(self, shape: Shape | None, summarise: Callable[[Any], Any]) -> Any:
        """Return the next value. Lists that ``shape`` selects are returned undecoded, as a :class:`LazyList`.

        Args:
            shape: says which lists stay undecoded; None to decode the whole value.
            summarise: a function that is called with each entry of an undecoded list. The list keeps only
                what it returns in memory (:attr:`LazyList.summaries`).
        """
        mark = self.peek() if shape else ""
        if not shape or mark not in "{[":
            return self.value()
        if mark == "{":
            return self._members(shape, summarise)
        if shape.lazy:
            return self._undecoded(summarise)
        if shape.each:
            return [self.shaped(shape.each, summarise) for _entry in self._each("[", "]")]
        return self.value()

    def _undecoded(self, summarise: Callable[[Any], Any]) -> LazyList:
        """Return the next value, which must be a list, undecoded. Its entries are checked and summarised."""
        bounds, summaries = array("Q", [self._offset() + 1]), []
        end = self._end
        for entry in self._entries():
            summaries.append(summarise(entry))
            if self._end != end:
                bounds.append(self._offset())
                end = self._end
        bounds.append(self._offset() - 1)
        return LazyList(self._data, bounds, summaries)

    def _entries(self) -> Iterator[Any]:
        """Yield the decoded entries of the next value, which must be a list."""
        self._expect("[")
        if self.peek() != "]":
            yield self.value()
            while self._skip_comma():
                yield self.value()
        self._expect("]")

    def peek(self) -> str:
        """Return the next character that is not white space, without moving past it; empty at the end."""
        mark = self._text[self._at : self._at + 1]
        while mark <= " ":
            if blanks := _BLANKS.match(self._text, self._at):
                self._at = blanks.end()
            elif mark or not self._read_more():
                break
            mark = self._text[self._at : self._at + 1]
        return mark

    def value(self) -> Any:
        """Decode the next value and return it."""
        if self._text[self._at : self._at + 1] <= " ":
            self.peek()
        while True:
            try:
                value, end = _STRICT(self._text, self._at)
            except ValueError:
                if not self._read_more():
                    raise
                continue
            if end + _NUMBER_LOOKAHEAD <= len(self._text) or not self._read_more():
                self._at = end
                return value

    def _members(self, shape: Shape, summarise: Callable[[Any], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for _member in self._each("{", "}"):
            if self.peek() != '"':
                raise ValueError(self.peek())
            key = self.value()
            self._expect(":")
            if key in found:
                raise ValueError(key)
            found[key] = self.shaped(shape.members.get(key, shape.each), summarise)
        return found

    def _each(self, opening: str, closing: str) -> Iterator[None]:
        """Yield None before each member of an object, or before each entry of a list.

        The object or list must come next. After each None, the caller must decode the member or entry.

        Args:
            opening: ``{`` or ``[``.
            closing: ``}`` or ``]``.
        """
        self._expect(opening)
        if self.peek() == closing:
            self._at += 1
            return
        while True:
            yield
            if self.peek() == closing:
                self._at += 1
                return
            self._expect(",")

    def _skip_comma(self) -> bool:
        """Move past a comma if one comes next, and return whether there was one."""
        if self._text.startswith(_COMMA, self._at):
            self._at += len(_COMMA)
            return True
        if self.peek() != ",":
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if self.peek() != mark:
            raise ValueError(mark)
        self._at += 1

    def _read_more(self) -> bool:
        """Replace the piece of the document in ``_text`` by the next one, and return True.

        The new piece begins at the current position. It is longer if the next value did not fit into the old
        one. At the end of the document, return False and replace nothing.
        """
        if self._end == len(self._data):
            return False
        begin = self._offset()
        # The rest of the piece did not hold the value, so the next piece is longer.
        end = min(begin + max(PIECE_SIZE, 2 * (self._end - begin)), len(self._data))
        for _byte in range(_MAX_CHARACTER_BYTES - 1):
            # Don't cut a character in two.
            end -= end < len(self._data) and self._data[end] & 0xC0 == 0x80
        self._text = self._data[begin:end].decode()
        self._end = end
        self._at = 0
        self._checkpoint = 0, begin
        return True

    def _offset(self) -> int:
        """Return the current position as an offset in the document, in bytes."""
        at, offset = self._checkpoint
        offset += len(self._text[at : self._at].encode())
        self._checkpoint = self._at, offset
        return offset
