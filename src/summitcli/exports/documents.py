"""JSON (RFC 8259): an array with a row a line, or JSON Lines without the array."""

import json as encoder
from collections.abc import Mapping, Sequence
from typing import Any

from summitcli.printable import printable_json


def json(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """One array, an object for each row, also where there are no rows."""
    if not rows:
        return "[]\n"
    return "[\n" + ",\n".join(_objects(rows, columns)) + "\n]\n"


def jsonl(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """An object a line."""
    return "".join(f"{line}\n" for line in _objects(rows, columns))


def document(value: Any) -> str:
    """Any value as an indented JSON document."""
    return printable_json(encoder.dumps(_plain(value), ensure_ascii=False, indent=2)) + "\n"


def compact(value: Any) -> str:
    """Any value as JSON on one line."""
    return printable_json(encoder.dumps(_plain(value), ensure_ascii=False))


def _objects(rows: Sequence[Any], columns: Sequence[str]) -> list[str]:
    return [compact({column: getattr(row, column) for column in columns}) for row in rows]


def _plain(value: Any) -> Any:
    """``value`` with its named tuples as maps."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value
