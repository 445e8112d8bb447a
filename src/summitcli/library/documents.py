"""The JSON documents beside a kept schedule's bytes, which are read whole or not at all."""

from __future__ import annotations

import json

from summitcli.lazy_typing import Any

DAMAGED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What can come of reading a document whose content is not what was written."""


def document(data: bytes, format_: str, largest: int) -> Any:
    """Return the document in ``data``, an object that is marked with its format; the rest is not checked.

    Args:
        data: its bytes.
        format_: the mark that it must have.
        largest: the most bytes of one.

    Raises:
        ValueError, TypeError, LookupError, AttributeError, RecursionError: it is no such document.
    """
    if len(data) > largest:
        raise ValueError("it is too large")
    found = json.loads(data)
    if found["format"] != format_:
        raise ValueError("it is of another format")
    return found


def text(value: object) -> str:
    """Return a value that is text.

    Raises:
        TypeError: it is none.
        ValueError: it can't be written in UTF-8.
    """
    if not isinstance(value, str):
        raise TypeError("a text is none")
    value.encode()
    return value


def text_or_none(value: object) -> str | None:
    """Return a value that is text or None, see :func:`text`."""
    return None if value is None else text(value)
