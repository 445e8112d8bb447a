"""JSON (RFC 8259) with an entry a line, made piece by piece.

It is what :func:`json.dumps` makes with an indent of two, for documents that are never in memory as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from json.encoder import encode_basestring

from summitcli.lazy_typing import Any
from summitcli.text.printable import printable_json

STEP = "  "


class Written(str):
    """JSON that is written already, for the place where it stands."""


class Entries:
    """The entries of an object, made one by one.

    Args:
        entries: each written already, with its name.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries = entries


def pieces(value: Any, indent: str = "") -> Iterator[str]:
    """Yield ``value`` as a document, piece by piece.

    Args:
        value: what :func:`text` takes, and within lists and dictionaries iterators, for arrays, and
            :class:`Entries`.
        indent: what the lines begin with, the first of them not.
    """
    inner = indent + STEP
    named: Iterable[tuple[str, Any]]
    if isinstance(value, Entries):
        named = (("", Written(entry)) for entry in value.entries)
        brackets = "{}"
    elif isinstance(value, dict):
        named = ((_name(key), entry) for key, entry in value.items())
        brackets = "{}"
    elif isinstance(value, Iterator | list | tuple):
        named = (("", entry) for entry in value)
        brackets = "[]"
    else:
        yield text(value, indent)
        return
    between = f"{brackets[0]}\n{inner}"
    for name, entry in named:
        yield between + name
        yield from pieces(entry, inner)
        between = f",\n{inner}"
    yield brackets if between[0] == brackets[0] else f"\n{indent}{brackets[1]}"


def text(value: Any, indent: str = "") -> str:
    """Return ``value`` as JSON without raw DEL, C1 or bidirectional controls.

    Args:
        value: of strings, numbers, truth values, lists and dictionaries.
        indent: what the lines begin with, the first of them not.
    """
    kind = type(value)
    if kind is str:
        return printable_json(encode_basestring(value))
    if kind is Written:
        return str(value)
    inner = indent + STEP
    if kind is dict:
        entries = [f"{_name(key)}{text(entry, inner)}" for key, entry in value.items()]
        brackets = "{}"
    elif kind is list or kind is tuple:
        entries = [text(entry, inner) for entry in value]
        brackets = "[]"
    else:
        return json.dumps(value)
    if not entries:
        return brackets
    return f"{brackets[0]}\n{inner}" + f",\n{inner}".join(entries) + f"\n{indent}{brackets[1]}"


@lru_cache(256)
def _name(name: str) -> str:
    """Return the name of an entry as it stands before its value."""
    return f"{printable_json(encode_basestring(name))}: "
