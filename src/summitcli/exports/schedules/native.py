"""Our own format: the JSON of :class:`summitcli.model.Schedule`, laid out for people who edit it."""

from __future__ import annotations

import json

from summitcli.lazy_typing import TYPE_CHECKING, Any
from summitcli.text.printable import printable_json

if TYPE_CHECKING:
    from summitcli.model import Schedule

WIDEST = 100
"""The longest line of what stands on one line, in characters."""

_INDENT = "  "


def native(schedule: Schedule) -> str:
    """``schedule`` as a JSON document that reads back equal; what is not known is left out."""
    content = schedule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return printable_json(_laid_out(content, "", 0)) + "\n"


def _laid_out(value: Any, indent: str, taken: int) -> str:
    """``value`` on one line where it fits, else an entry a line.

    Args:
        value: what to write.
        indent: what the line begins with.
        taken: how many characters stand on the first line already, the indent not counted.
    """
    flat = json.dumps(value, ensure_ascii=False)
    # The comma after it counts.
    if not isinstance(value, dict | list) or len(indent) + taken + len(flat) + 1 <= WIDEST:
        return flat
    deeper = indent + _INDENT
    if isinstance(value, list):
        entries = [_laid_out(entry, deeper, 0) for entry in value]
        brackets = "[]"
    else:
        named = ((json.dumps(key, ensure_ascii=False) + ": ", entry) for key, entry in value.items())
        entries = [name + _laid_out(entry, deeper, len(name)) for name, entry in named]
        brackets = "{}"
    return brackets[0] + "\n" + ",\n".join(deeper + entry for entry in entries) + "\n" + indent + brackets[1]
