"""Our own format: the JSON of :class:`summitcli.model.Schedule`, laid out for people who edit it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from json.encoder import encode_basestring

from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.text.plain_json import encode
from summitcli.text.printable import printable_json

if TYPE_CHECKING:
    from summitcli.formats.parsed import Parsed

WIDEST = 100
"""The longest line of what stands on one line, in characters."""

_INDENT = "  "
_FEW = 10
"""So many sessions don't fit on a line, whatever is in them."""


def native(parsed: Parsed) -> Iterator[str]:
    """Yield a schedule as a JSON document that reads back equal; what is not known is left out.

    Raises:
        InvalidSchedule: a session is none.
    """
    outline = parsed.outline.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sessions = (
        session.model_dump(mode="json", by_alias=True, exclude_defaults=True) for session in parsed.sessions
    )
    first = list(islice(sessions, _FEW))
    if len(first) < _FEW:
        content = {**outline, "sessions": first} if first else outline
        yield _laid_out(content, "", 0) + "\n"
        return
    yield _laid_out(outline, "", WIDEST).removesuffix("\n}")
    between = f',\n{_INDENT}"sessions": [\n'
    for session in chain(first, sessions):
        yield between + 2 * _INDENT + _laid_out(session, 2 * _INDENT, 0)
        between = ",\n"
    yield f"\n{_INDENT}]\n}}\n"


def _laid_out(value: Any, indent: str, taken: int) -> str:
    """``value`` on one line where it fits, else an entry a line.

    Args:
        value: what to write.
        indent: what the line begins with.
        taken: how many characters stand on the first line already, the indent not counted.
    """
    if isinstance(value, str):
        return printable_json(encode_basestring(value))
    flat = encode(value)
    # The comma after it counts.
    if not isinstance(value, dict | list) or len(indent) + taken + len(flat) + 1 <= WIDEST:
        return printable_json(flat)
    deeper = indent + _INDENT
    if isinstance(value, list):
        entries = [_laid_out(entry, deeper, 0) for entry in value]
        brackets = "[]"
    else:
        named = ((f"{encode_basestring(key)}: ", entry) for key, entry in value.items())
        entries = [name + _laid_out(entry, deeper, len(name)) for name, entry in named]
        brackets = "{}"
    return f"{brackets[0]}\n{deeper}" + f",\n{deeper}".join(entries) + f"\n{indent}{brackets[1]}"
