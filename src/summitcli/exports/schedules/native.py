"""A schedule in our own format: JSON laid out for people who edit it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from json.encoder import encode_basestring

from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.text.plain_json import encode
from summitcli.text.printable import printable_json

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed

MAX_WIDTH = 100
"""The maximum length of a line with several values, in characters."""

_INDENT = "  "
_MIN_WRAPPED_SESSIONS = 10
"""The number of sessions from which on every session is written on a line of its own.

The sessions of a smaller schedule are written on one line if they fit.
"""


def native(parsed: Parsed) -> Iterator[str]:
    """Yield a schedule in our own format (JSON), in pieces. Reading it gives an equal schedule.

    Fields with their default value, such as None, are left out.

    Raises:
        InvalidSchedule: a session is invalid.
    """
    outline = parsed.outline.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sessions = (
        session.model_dump(mode="json", by_alias=True, exclude_defaults=True) for session in parsed.sessions
    )
    first = list(islice(sessions, _MIN_WRAPPED_SESSIONS))
    if len(first) < _MIN_WRAPPED_SESSIONS:
        content = {**outline, "sessions": first} if first else outline
        yield _formatted(content, "", 0) + "\n"
        return
    yield _formatted(outline, "", MAX_WIDTH).removesuffix("\n}")
    separator = f',\n{_INDENT}"sessions": [\n'
    for session in chain(first, sessions):
        yield separator + 2 * _INDENT + _formatted(session, 2 * _INDENT, 0)
        separator = ",\n"
    yield f"\n{_INDENT}]\n}}\n"


def _formatted(value: Any, indent: str, taken: int) -> str:
    """Return the JSON of ``value``: on one line if it fits, otherwise with each entry on its own line.

    Args:
        value: the value.
        indent: the indentation of the line on which it begins.
        taken: the number of characters already on that line, after the indentation.
    """
    if isinstance(value, str):
        return printable_json(encode_basestring(value))
    flat = encode(value)
    # The comma that follows counts, too.
    if not isinstance(value, dict | list) or len(indent) + taken + len(flat) + 1 <= MAX_WIDTH:
        return printable_json(flat)
    deeper = indent + _INDENT
    if isinstance(value, list):
        entries = [_formatted(entry, deeper, 0) for entry in value]
        brackets = "[]"
    else:
        named = ((f"{encode_basestring(key)}: ", entry) for key, entry in value.items())
        entries = [name + _formatted(entry, deeper, len(name)) for name, entry in named]
        brackets = "{}"
    return f"{brackets[0]}\n{deeper}" + f",\n{deeper}".join(entries) + f"\n{indent}{brackets[1]}"
