"""Decoding an agenda pick by pick, if its file has the layout of :mod:`summitcli.agenda.writing`.

In that layout a line indented by two spaces is a key of the document, and a line indented by four begins or
ends a pick. JSON strings can't contain line breaks (RFC 8259, 7), so no title can be mistaken for layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summitcli.agenda.checks import LazyList
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.progress import steps
from summitcli.text import strict_json

if TYPE_CHECKING:
    from summitcli.agenda.writing import AgendaText

_FIRST = b"    {\n"
_LAST = b"\n    }"
_BEGIN = b'\n  "picks": [\n' + _FIRST
_END = _LAST + b"\n  ]"
_BETWEEN = _LAST + b",\n" + _FIRST
_MARK = b'"the picks"'
"""The JSON string put in place of the picks, so that the rest of the document can be decoded alone."""


def load_lazily(data: bytes) -> dict[str, Any]:
    """Return the JSON document in ``data``, whose picks are decoded only when they are iterated over.

    Raises:
        ValueError: the file has another layout or is not valid JSON. Iterating the picks may raise this, too.
        RecursionError: the JSON is nested too deeply. Iterating the picks may raise this, too.
    """
    begin = data.index(_BEGIN) + len(_BEGIN) - len(_FIRST)
    end = data.index(_END, begin) + len(_LAST)
    return _document(data[:begin], _Picks(data, begin, end), data[end:])


def load_parts(text: AgendaText) -> dict[str, Any]:
    """Return the JSON document in ``text``; see :func:`load_lazily`."""
    return _document(text.before, text.picks, text.after)


def _document(before: bytes, picks: Iterable[bytes], after: bytes) -> dict[str, Any]:
    """Return the JSON document that has the texts of ``picks`` between ``before`` and ``after``."""
    rest = strict_json.loads(before + _MARK + after)
    if not isinstance(rest, dict) or rest.get("picks") != [_MARK.strip(b'"').decode()]:
        raise ValueError("the picks are not where they are expected")
    return {**rest, "picks": _LazyPicks(picks)}


class _LazyPicks(LazyList):
    """The picks of an agenda, each decoded from its JSON when the iteration reaches it."""

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
