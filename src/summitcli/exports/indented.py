"""JSON (RFC 8259) with one entry per line, generated incrementally.

The result is that of :func:`json.dumps` with an indent of two, for documents too large for memory.
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
    """A value that is JSON already, indented for its position."""


class RawEntries:
    """The entries of an object, generated one by one.

    Args:
        entries: each as JSON, name and value.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = entries


def iterencode(value: Any, indent: str = "") -> Iterator[str]:
    """Yield ``value`` as a JSON document, piece by piece.

    Args:
        value: as for :func:`dumps`; its lists and dictionaries may also contain iterators, as arrays, and
            :class:`RawEntries`.
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
    """Return ``value`` as JSON without raw DEL, C1 or bidirectional controls.

    Args:
        value: a string, number, boolean or None, or a list or dictionary of such values.
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
    """Return the name of an entry as JSON, with the colon."""
    return f"{printable_json(encode_basestring(name))}: "
