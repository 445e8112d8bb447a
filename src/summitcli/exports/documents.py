"""JSON (RFC 8259): an array with a row a line, or JSON Lines without the array."""

import json as encoder
from collections.abc import Callable, Mapping, Sequence
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
    """Each row as the text of an object."""
    if not rows:
        return []
    fields = type(rows[0])._fields
    places = [fields.index(column) for column in columns]
    as_they_are = tuple(columns) == fields
    lists = [place for place in places if type(rows[0][place]) is tuple]
    encode = _encoder()
    texts = []
    for row in rows:
        named = dict(zip(columns, row if as_they_are else [row[place] for place in places], strict=True))
        for place in lists:
            # Texts are plain already. A large conference has a million fields: none is touched in vain.
            if row[place] and type(row[place][0]) is not str:
                named[fields[place]] = _plain(row[place])
        texts.append(printable_json(encode(named)))
    return texts


def _encoder() -> Callable[[Any], str]:
    """The library's encoder, to be used again and again: it makes a new one for each object otherwise, which
    takes longer than to encode it.
    """
    made = encoder.JSONEncoder(ensure_ascii=False)
    make = getattr(encoder.encoder, "c_make_encoder", None)
    if make is None:
        return made.encode
    parts = make(None, made.default, encoder.encoder.encode_basestring, None, ": ", ", ", False, False, True)
    return lambda value: "".join(parts(value, 0))


def _plain(value: Any) -> Any:
    """``value`` with its named tuples as maps."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value
