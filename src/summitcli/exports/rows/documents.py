"""JSON (RFC 8259): an array with a row a line, or JSON Lines without the array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from summitcli.exports.rows import Request, batches
from summitcli.lazy_typing import Any
from summitcli.text.plain_json import encode
from summitcli.text.printable import printable_json


def json(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield one array, an object for each row, also where there are no rows."""
    between = "[\n"
    for objects in _objects(rows, request.columns):
        yield between + ",\n".join(objects)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def jsonl(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield an object a line."""
    for objects in _objects(rows, request.columns):
        yield "".join([f"{line}\n" for line in objects])


def compact(value: Any) -> str:
    """Any value as JSON on one line."""
    return printable_json(encode(plain(value)))


_PLAIN = ("str", "str | None", "int", "int | None", "bool", "float", "Mapping[str, str]", "tuple[str, ...]")
"""The annotations of fields that JSON has as they are."""


def _objects(rows: Iterable[Any], columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows as the texts of objects, in batches."""
    # The rows of a catalog are written by SQLite.
    if objects := getattr(rows, "objects", None):
        for written in batches(objects(columns)):
            yield [printable_json(text) for text in written]
    else:
        for batch in batches(rows):
            yield _encoded(batch, columns)


def _encoded(rows: Sequence[Any], columns: Sequence[str]) -> list[str]:
    """Each row, of which there is one at the least, as the text of an object."""
    kind = type(rows[0])
    places = [kind._fields.index(column) for column in columns]
    as_they_are = tuple(columns) == kind._fields
    # A large conference has a million fields: none is touched in vain.
    nested = [column for column in columns if kind.__annotations__[column] not in _PLAIN]
    texts = []
    for row in rows:
        named = dict(zip(columns, row if as_they_are else [row[place] for place in places], strict=True))
        for column in nested:
            named[column] = plain(named[column])
        texts.append(printable_json(encode(named)))
    return texts


def plain(value: Any) -> Any:
    """Return ``value`` with its named tuples as maps."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value
