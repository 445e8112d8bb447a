"""One object as text: as a JSON document, or as lines with a path and a value."""

from __future__ import annotations

import json as encoder
from collections.abc import Iterator, Mapping

from summitcli.exports.rows.cells import text
from summitcli.exports.rows.documents import plain
from summitcli.lazy_typing import Any
from summitcli.text.printable import printable, printable_json


def json(value: Any) -> Iterator[str]:
    """Yield ``value`` as an indented JSON document (RFC 8259), in a single string."""
    yield printable_json(encoder.dumps(plain(value), ensure_ascii=False, indent=2)) + "\n"


def tsv(value: Any) -> Iterator[str]:
    """Yield one string with a line for each value within ``value``.

    A line has the path of the value, such as ``hosts.0.zh``, a tab and the value. A value that is None is
    left out.
    """
    yield "".join(_lines(value, ""))


def _lines(value: Any, path: str) -> Iterator[str]:
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, list | tuple):
        value = dict(enumerate(value))
    if isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _lines(entry, f"{path}.{key}".removeprefix("."))
    elif value is not None:
        yield f"{path}\t{printable(text(value))}\n"
