"""One object as text: a document of JSON, or lines of paths and values."""

from __future__ import annotations

import json as encoder
from collections.abc import Mapping

from summitcli.exports.rows.cells import text
from summitcli.exports.rows.documents import plain
from summitcli.lazy_typing import Any
from summitcli.text.printable import printable, printable_json


def json(value: Any) -> str:
    """Return any value as an indented JSON document (RFC 8259)."""
    return printable_json(encoder.dumps(plain(value), ensure_ascii=False, indent=2)) + "\n"


def tsv(value: Any, path: str = "") -> str:
    """Return lines of a path, such as ``hosts.0.zh``, a tab and a value; the unknown is left out."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, list | tuple):
        value = dict(enumerate(value))
    if isinstance(value, Mapping):
        return "".join(tsv(entry, f"{path}.{key}".removeprefix(".")) for key, entry in value.items())
    return "" if value is None else f"{path}\t{printable(text(value))}\n"
