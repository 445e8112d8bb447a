"""Rows as JSON (RFC 8259): as an array with a row on each line, or as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from summitcli.exports.rows import Request, batches
from summitcli.lazy_typing import Any
from summitcli.text.plain_json import encode
from summitcli.text.printable import printable_json


def json(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield a JSON array with an object for each row, ``[]`` if there are no rows."""
    separator = "[\n"
    for objects in _objects(rows, request.columns):
        yield separator + ",\n".join(objects)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def jsonl(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield JSON Lines: a line with a JSON object for each row."""
    for objects in _objects(rows, request.columns):
        yield "".join([f"{line}\n" for line in objects])


def compact(value: Any) -> str:
    """Return any value as JSON on one line."""
    return printable_json(encode(plain(value)))


_JSON_TYPES = (
    "str",
    "str | None",
    "int",
    "int | None",
    "bool",
    "float",
    "Mapping[str, str]",
    "tuple[str, ...]",
)
"""The type annotations of fields whose values JSON can represent directly."""


def _objects(rows: Iterable[Any], columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield, for each batch of rows, a list with a JSON object for each row."""
    # SQLite encodes the rows of a catalog itself.
    if objects := getattr(rows, "objects", None):
        for written in batches(objects(columns)):
            yield [printable_json(text) for text in written]
    else:
        for batch in batches(rows):
            yield _encoded(batch, columns)


def _encoded(rows: Sequence[Any], columns: Sequence[str]) -> list[str]:
    """Return a JSON object for each of ``rows``, with the fields ``columns``. ``rows`` must not be empty."""
    kind = type(rows[0])
    places = [kind._fields.index(column) for column in columns]
    is_whole = tuple(columns) == kind._fields
    # A large conference has a million fields; only those that need it are converted.
    converted = [column for column in columns if kind.__annotations__[column] not in _JSON_TYPES]
    texts = []
    for row in rows:
        named = dict(zip(columns, row if is_whole else [row[place] for place in places], strict=True))
        for column in converted:
            named[column] = plain(named[column])
        texts.append(printable_json(encode(named)))
    return texts


def plain(value: Any) -> Any:
    """Return ``value`` with dictionaries in place of all NamedTuples in it."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value
