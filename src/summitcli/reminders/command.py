"""Commands that the user wants to be run for a reminder, such as ``play {title}``."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from string import Formatter

from summitcli.errors import UnknownValue, UsageError
from summitcli.i18n import _
from summitcli.text.suggest import nearest

FIELDS = ("title", "room", "start", "end", "mark", "text")
"""The fields that a command may contain in braces."""


def parse_command(text: str) -> list[str]:
    """Return the words of a command; fields such as ``{title}`` stay in them.

    Raises:
        UsageError: quotes or braces don't match, or there is no word.
        UnknownValue: a field does not exist.
    """
    try:
        words = shlex.split(text)
        parts = [part for word in words for part in Formatter().parse(word)]
    except ValueError:
        raise UsageError(_("unmatched quote or brace in the command of --run")) from None
    if not words:
        raise UsageError(_("--run needs a command"))
    for _literal, field, specification, conversion in parts:
        if field is not None and (field not in FIELDS or specification or conversion):
            field += f"!{conversion}" * bool(conversion) + f":{specification}" * bool(specification)
            raise UnknownValue(_('no field "{field}"').format(field=field), nearest(field, FIELDS), FIELDS)
    return words


def filled(words: list[str], values: Mapping[str, str]) -> list[str]:
    """Return the words of a command, with fields such as ``{title}`` replaced by their values.

    No shell interprets them, and a word stays one word. If a value at the beginning of a word looks like an
    option, a space is put before it.
    """
    safe = {name: f" {value}" if value.startswith("-") else value for name, value in values.items()}
    first, *others = words
    return [first.format_map(values), *(word.format_map(safe) for word in others)]
