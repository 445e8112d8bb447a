"""Reading the JSON files stored beside a saved schedule; if a file is damaged, nothing of it is used."""

from __future__ import annotations

import json

from summitcli.lazy_typing import Any

DAMAGED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""All exceptions that may be raised when a damaged JSON document is read."""


def document(data: bytes, format_: str, largest: int) -> Any:
    """Return the JSON document in ``data`` after checking its size and the value of its key ``format``.

    Args:
        data: the bytes of the file.
        format_: the value that the key must have, such as ``summit-log/1``.
        largest: the maximum size in bytes.

    Raises:
        ValueError, TypeError, LookupError, AttributeError, RecursionError: the document is damaged, too large
            or of another format.
    """
    if len(data) > largest:
        raise ValueError("it is too large")
    found = json.loads(data)
    if found["format"] != format_:
        raise ValueError("it is of another format")
    return found


def text(value: object) -> str:
    """Return ``value`` if it is a string.

    Raises:
        TypeError: it is anything else.
        ValueError: it can't be encoded in UTF-8.
    """
    if not isinstance(value, str):
        raise TypeError("not a string")
    value.encode()
    return value


def text_or_none(value: object) -> str | None:
    """Return ``value`` if it is a string or None; see :func:`text`."""
    return None if value is None else text(value)
