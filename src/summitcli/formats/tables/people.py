"""Reading a cell with several names, of speakers or tags."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?<![^\s<>()\[\],;])[^\s<>()\[\],;@]+@[^\s<>()\[\],;]+")
"""The pattern of a mail address, which is not read. It begins only at the beginning of a word, so that a long
word is searched once."""
_EMPTY = re.compile(r"[<(\[]\s*[>)\]]")
"""The pattern of what is left of a mail address in brackets."""
_STRONG = re.compile(r"[;；、|\n\r\t]")
_WEAK = re.compile(r"[,，]|\s(?:&|\+|/|and|und|et|和|与)\s")
_OWN = re.compile(r",(?!\s)")
_OPENING, _CLOSING = "([{（【", ")]}）】"


def read_names(text: str, is_own: bool = False) -> tuple[str, ...]:
    """Return the names in a cell, separated by semicolons or line ends, or else by commas and "and".

    Text in parentheses, such as a company, stays with its name.

    Args:
        text: the text of the cell.
        is_own: whether this program wrote the cell, in which names are separated by commas without blanks.
    """
    if is_own:
        return tuple(filter(None, _split(text, _OWN) if _is_balanced(text) else _OWN.split(text)))
    text = _EMPTY.sub("", _ADDRESS.sub("", text)) if "@" in text else text
    separator = _STRONG if any(True for _found in _outside(_STRONG, text)) else _WEAK
    return tuple(dict.fromkeys(filter(None, map(str.strip, _split(text, separator)))))


def most_names(text: str) -> int:
    """Return an upper bound for the number of names in the text of a cell, without parsing them."""
    return len(text) and 1 + sum(1 for pattern in (_STRONG, _WEAK) for _found in pattern.finditer(text))


def _is_balanced(text: str) -> bool:
    """Return whether a text has as many opening as closing parentheses."""
    return sum(map(text.count, _OPENING)) == sum(map(text.count, _CLOSING))


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between the separators that are not in parentheses."""
    names, begin = [], 0
    for found in _outside(separator, text):
        names.append(text[begin : found.start()])
        begin = found.end()
    names.append(text[begin:])
    return names


def _outside(separator: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the separators that are not in parentheses."""
    depth, place = 0, 0
    for found in separator.finditer(text):
        skipped = text[place : found.start()]
        depth += sum(map(skipped.count, _OPENING)) - sum(map(skipped.count, _CLOSING))
        depth, place = max(depth, 0), found.start()
        if not depth:
            yield found
