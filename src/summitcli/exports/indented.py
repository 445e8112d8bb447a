"""JSON (RFC 8259) with one value per line, made in pieces, for documents that are too large for memory.

The result is the same as that of :func:`json.dumps` with an indent of two.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring

from summitcli.lazy_typing import Any
from summitcli.text.printable import printable_json

STEP = "  "


class RawJson(str):
    """A string that is JSON already, with the indentation that its position in the document needs."""


class RawEntries:
    """A JSON object whose entries are generated one by one, so that they need not be in memory at once.

    Args:
        entries: the entries as JSON text: each a name, a colon and a value, such as ``"a": 1``.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = entries


def iterencode(value: Any, indent: str = "") -> Iterator[str]:
    """Yield the JSON of ``value`` in pieces.

    Args:
        value: a value as for :func:`dumps`. It may also be or contain an iterator (which becomes an array) or
            a :class:`RawEntries` (which becomes an object).
        indent: the indentation of every line but the first.
    """
    inner = indent + STEP
    named: Iterable[tuple[str, Any]]
    if isinstance(value, RawEntries):
        named = (("", RawJson(entry)) for entry in value.entries)
        brackets = "{}"
    elif isinstance(value, dict):
        named = ((_name(key), entry) for key, entry in value.items())
        brackets = "{}"
    elif isinstance(value, Iterator | list | tuple):
        named = (("", entry) for entry in value)
        brackets = "[]"
    else:
        yield dumps(value, indent)
        return
    separator = f"{brackets[0]}\n{inner}"
    for name, entry in named:
        yield separator + name
        yield from iterencode(entry, inner)
        separator = f",\n{inner}"
    yield brackets if separator[0] == brackets[0] else f"\n{indent}{brackets[1]}"


def dumps(value: Any, indent: str = "") -> str:
    """Return the JSON of ``value``; DEL, C1 and bidirectional control characters are escaped.

    Args:
        value: a string, number, boolean, None or :class:`RawJson`; or a list, tuple or dictionary of such
            values.
        indent: the indentation of every line but the first.
    """
    kind = type(value)
    if kind is str:
        return printable_json(encode_basestring(value))
    if kind is RawJson:
        return str(value)
    inner = indent + STEP
    if kind is dict:
        entries = [f"{_name(key)}{dumps(entry, inner)}" for key, entry in value.items()]
        brackets = "{}"
    elif kind is list or kind is tuple:
        entries = [dumps(entry, inner) for entry in value]
        brackets = "[]"
    else:
        return json.dumps(value)
    if not entries:
        return brackets
    return f"{brackets[0]}\n{inner}" + f",\n{inner}".join(entries) + f"\n{indent}{brackets[1]}"


@lru_cache(256)
def _name(name: str) -> str:
    """Return the name of an entry as JSON, followed by a colon and a blank, such as ``"title": ``."""
    return f"{printable_json(encode_basestring(name))}: "
