"""A large agenda decoded pick by pick, where its file is laid out as :mod:`summitcli.agenda.writing` does.

There a line that begins with two spaces is a key of the document, and one with four begins or ends a pick. No
text of JSON has the end of a line in it (RFC 8259, 7), so that this holds whatever the texts are.
"""

from __future__ import annotations

from collections.abc import Iterator

from summitcli.agenda.checks import Parts
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
"""Stands for them in the rest of the document."""


def in_parts(data: bytes) -> dict[str, Any]:
    """Return the document in ``data``, whose picks are decoded when they are gone through.

    Raises:
        ValueError: it is laid out otherwise, or no such document; this, or when the picks are gone through.
        RecursionError: likewise, where it is nested too deeply.
    """
    begin = data.index(_BEGIN) + len(_BEGIN) - len(_FIRST)
    end = data.index(_END, begin) + len(_LAST)
    rest = strict_json.loads(data[:begin] + _MARK + data[end:])
    if not isinstance(rest, dict) or rest.get("picks") != [_MARK.strip(b'"').decode()]:
        raise ValueError("the picks are elsewhere")
    return {**rest, "picks": _Picks(data, begin, end)}


class _Picks(Parts):
    """The picks of a file.

    Args:
        data: the file.
        begin: where the first begins.
        end: where the last is over.
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
