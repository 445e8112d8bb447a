"""The three parts of an agenda's file: the text before its picks (its sessions), the picks, and the rest.

A large agenda is written and read pick by pick, so that it is never in memory as a whole. A file can be read
in this way only if it has the layout that :mod:`summitcli.agenda.writing` writes: a line indented by two
spaces is a key of the document, and a line indented by four begins or ends a pick. JSON strings can't contain
line breaks (RFC 8259, 7), so no title can be mistaken for layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitcli.agenda.checks import LazyList
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.progress import steps
from summitcli.storage.spool import BLOCK, Spool
from summitcli.text import strict_json

_FIRST = b"    {\n"
_LAST = b"\n    }"
_BEGIN = b'\n  "picks": [\n' + _FIRST
_END = _LAST + b"\n  ]"
_BETWEEN = _LAST + b",\n" + _FIRST
_MARK = b'"the picks"'
"""The JSON string that is put in place of all picks, so that the rest of the document can be decoded."""


class AgendaText(NamedTuple):
    """The content of an agenda's file, in three parts: before the picks, the picks, and after them.

    If the picks are long, they are in a temporary file, so that they are never in memory as a whole.
    """

    before: bytes
    """The text before the first pick."""
    picks: Spool
    """The JSON texts of the picks."""
    after: bytes
    """The text after the last pick."""

    def size(self) -> int:
        """Return the number of bytes of the content."""
        return sum(map(len, self.pieces()))

    def pieces(self) -> Iterator[bytes]:
        """Yield the content in consecutive pieces, each with many picks."""
        piece = bytearray(self.before)
        begin = b"\n    "
        for pick in self.picks:
            piece += begin
            piece += pick
            begin = b",\n    "
            if len(piece) >= BLOCK:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece) + (b"\n  " if self.picks else b"") + self.after


def load_lazily(data: bytes) -> dict[str, Any]:
    """Return the JSON document in ``data``; a pick is decoded only when an iteration reaches it.

    Raises:
        ValueError: the file is not valid JSON, or does not have the layout that the module's docstring
            describes. Iterating the picks may raise this, too.
        RecursionError: the JSON is nested too deeply. Iterating the picks may raise this, too.
    """
    begin = data.index(_BEGIN) + len(_BEGIN) - len(_FIRST)
    end = data.index(_END, begin) + len(_LAST)
    return _document(data[:begin], _Picks(data, begin, end), data[end:])


def load_parts(text: AgendaText) -> dict[str, Any]:
    """Return the JSON document in ``text``; a pick is decoded only when an iteration reaches it."""
    return _document(text.before, text.picks, text.after)


def _document(before: bytes, picks: Iterable[bytes], after: bytes) -> dict[str, Any]:
    """Return the JSON document whose three parts are ``before``, ``picks`` and ``after``."""
    rest = strict_json.loads(before + _MARK + after)
    if not isinstance(rest, dict) or rest.get("picks") != [_MARK.strip(b'"').decode()]:
        raise ValueError("the picks are not where they are expected")
    return {**rest, "picks": _LazyPicks(picks)}


class _LazyPicks(LazyList):
    """The picks of an agenda; each is decoded from its JSON text when the iteration reaches it."""

    def __init__(self, texts: Iterable[bytes]) -> None:
        self._texts = texts

    def __iter__(self) -> Iterator[object]:
        decode = strict_json.DECODER.decode
        return (decode(text.decode()) for text in steps(_("reading"), self._texts))


class _Picks(Iterable[bytes]):
    """The JSON texts of the picks in an agenda file.

    Args:
        data: the file's bytes.
        begin: the position of the first pick.
        end: the position after the last pick.
    """

    def __init__(self, data: bytes, begin: int, end: int) -> None:
        self._data = data
        self._begin = begin
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        begin = self._begin
        while begin < self._end:
            end = self._data.find(_BETWEEN, begin, self._end)
            end = self._end if end < 0 else end + len(_LAST)
            yield self._data[begin:end]
            begin = end + len(b",\n")
