"""Decoding a large agenda pick by pick, if its file has the layout of :mod:`summitcli.agenda.writing`.

In that layout a line indented by two spaces is a key of the document, and a line indented by four begins or
ends a pick. JSON strings can't contain line breaks (RFC 8259, 7), so no title can be mistaken for layout.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.agenda.checks import LazyList
from summitcli.i18n import _
from summitcli.lazy_typing import Any
from summitcli.progress import steps
from summitcli.text import strict_json

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
    rest = strict_json.loads(data[:begin] + _MARK + data[end:])
    if not isinstance(rest, dict) or rest.get("picks") != [_MARK.strip(b'"').decode()]:
        raise ValueError("the picks are not where they are expected")
    return {**rest, "picks": _LazyPicks(data, begin, end)}


class _LazyPicks(LazyList):
    """The picks of an agenda file, each decoded from its JSON when the iteration reaches it.

    Args:
        data: the file's bytes.
        begin: the position of the first pick.
        end: the position after the last pick.
    """

    def __init__(self, data: bytes, begin: int, end: int) -> None:
        self._data = data
        self._begin = begin
        self._end = end

    def __iter__(self) -> Iterator[object]:
        return iter(steps(_("reading"), self._decoded()))

    def _decoded(self) -> Iterator[object]:
        decode = strict_json.DECODER.decode
        begin = self._begin
        while begin < self._end:
            end = self._data.find(_BETWEEN, begin, self._end)
            end = self._end if end < 0 else end + len(_LAST)
            yield decode(self._data[begin:end].decode())
            begin = end + len(b",\n")
