"""Values as YAML 1.2 for people who edit it. Programs for YAML 1.1 read the same values from it.

A text of several lines is written as a block. Any other text is written without quotes if no program can take
it for anything but a text, otherwise in double quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from summitcli.lazy_typing import Any

MAX_WIDTH = 100
"""The maximum length of a line with several values, in characters."""
INDENT = "  "

_TYPED = re.compile(
    r"[-+.]?[0-9][-+.:_0-9a-fA-FxoT ]*|~|null|true|false|yes|no|on|off|y|n|\.inf|\.nan", re.IGNORECASE
)
"""The texts that some version of YAML reads as a number, a time or a boolean."""
_PLAIN = re.compile(r"[^\W_](?:[^:#]|:(?=[^\W_])|(?<! )#)*(?<! )")
"""The texts that need no quotes in YAML.

They begin with a letter or digit. They contain no colon before a blank, and no ``#`` after one.
"""
_FLOW = frozenset(",[]{}")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Plain(str):
    """A text that is written without quotes, such as a day or a time."""

    __slots__ = ()


def lines(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Yield a mapping as lines of YAML, with their line ends."""
    for key, entry in value.items():
        yield from _entry(f"{indent}{scalar(key)}:", entry, indent)


def item(value: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Yield a mapping as lines of YAML, with their line ends; the mapping is an item of a list (``- ``)."""
    first = f"{indent}- "
    for line in lines(value, indent + INDENT):
        yield first + line[len(first) :] if first else line
        first = ""


def scalar(value: Any, flow: bool = False) -> str:
    """Return a text, number, boolean or None as YAML on one line.

    Args:
        value: the value.
        flow: whether the value is in a list or mapping within brackets, such as ``[a, b]``.
    """
    if isinstance(value, Plain):
        return str(value)
    if not isinstance(value, str):
        return "~" if value is None else json.dumps(value)
    if (
        value.isprintable()
        and _PLAIN.fullmatch(value)
        and not _TYPED.fullmatch(value)
        and not (flow and _FLOW.intersection(value))
    ):
        return value
    return f'"{"".join(map(_escaped, value))}"'


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    """Yield a value as lines of YAML.

    The first line begins with ``head``: a key with a colon, or a list hyphen.
    """
    if isinstance(value, str) and _is_block(value):
        yield f"{head} |-\n"
        for line in value.split("\n"):
            yield f"{indent}{INDENT}{line}\n" if line else "\n"
        return
    flat = _flat(value)
    can_wrap = isinstance(value, dict | list) and value
    if flat is not None and (not can_wrap or len(head) + 1 + len(flat) <= MAX_WIDTH):
        yield f"{head} {flat}\n"
        return
    yield f"{head}\n"
    deeper = indent + INDENT
    if isinstance(value, dict):
        yield from lines(value, deeper)
        return
    for entry in value:
        if isinstance(entry, dict) and _is_long(entry, deeper):
            yield from item(entry, deeper)
        else:
            yield from _entry(f"{deeper}-", entry, deeper)


def _is_long(value: dict[str, Any], indent: str) -> bool:
    flat = _flat(value)
    return flat is None or len(indent) + 2 + len(flat) > MAX_WIDTH


def _flat(value: Any) -> str | None:
    """Return a value as YAML on one line.

    Return None if there are objects, lists or texts of several lines among its entries.
    """
    if not isinstance(value, dict | list):
        return scalar(value)
    entries = value.values() if isinstance(value, dict) else value
    if any(isinstance(entry, dict | list) or (isinstance(entry, str) and "\n" in entry) for entry in entries):
        return None
    if isinstance(value, dict):
        pairs = (f"{scalar(key, True)}: {scalar(entry, True)}" for key, entry in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(scalar(entry, True) for entry in value)}]"


def _is_block(text: str) -> bool:
    """Return whether a text can be written as a YAML block: unchanged, on lines of its own."""
    parts = text.split("\n")
    if len(parts) == 1 or not parts[0] or parts[0].startswith(" ") or not parts[-1]:
        return False
    return all(part.isprintable() and (not part or part.strip(" ")) for part in parts)


def _escaped(character: str) -> str:
    """Return a character as it is written within double quotes."""
    if known := _ESCAPES.get(character):
        return known
    code = ord(character)
    if character.isprintable():
        return character
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
