"""Reading a cell with several names of speakers, or with several tags."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"(?<![^\s<>()\[\],;])[^\s<>()\[\],;@]+@[^\s<>()\[\],;]+")
"""The pattern of a mail address, which is left out.

It must begin a word. Otherwise the search would be slow in long words.
"""
_EMPTY = re.compile(r"[<(\[]\s*[>)\]]")
"""The pattern of the brackets that are left after a mail address in them was removed."""
_STRONG = re.compile(r"[;；、|\n\r\t]")
_WEAK = re.compile(r"[,，]|\s(?:&|\+|/|and|und|et|和|与)\s")
_OWN = re.compile(r",(?!\s)")
_OPENING, _CLOSING = "([{（【", ")]}）】"


def read_names(text: str, is_own: bool = False) -> tuple[str, ...]:
    """Return the names in a cell. They are separated by semicolons or line ends, or else by commas or "and".

    A text in parentheses, such as a company, stays with the name before it.

    Args:
        text: the text of the cell.
        is_own: True if this program wrote the cell: names are separated by commas without blanks.
    """
    if is_own:
        return tuple(filter(None, _split(text, _OWN) if _is_balanced(text) else _OWN.split(text)))
    text = _EMPTY.sub("", _ADDRESS.sub("", text)) if "@" in text else text
    separator = _STRONG if any(True for _found in _outside(_STRONG, text)) else _WEAK
    return tuple(dict.fromkeys(filter(None, map(str.strip, _split(text, separator)))))


def most_names(text: str) -> int:
    """Return an upper limit for the number of names in a cell.

    It is found fast, without reading the names.
    """
    return len(text) and 1 + sum(1 for pattern in (_STRONG, _WEAK) for _found in pattern.finditer(text))


def _is_balanced(text: str) -> bool:
    """Return whether a text has as many opening parentheses as closing ones."""
    return sum(map(text.count, _OPENING)) == sum(map(text.count, _CLOSING))


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between separators. Separators in parentheses are ignored."""
    names, begin = [], 0
    for found in _outside(separator, text):
        names.append(text[begin : found.start()])
        begin = found.end()
    names.append(text[begin:])
    return names


def _outside(separator: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the separators in a text that are not in parentheses."""
    depth, place = 0, 0
    for found in separator.finditer(text):
        skipped = text[place : found.start()]
        depth += sum(map(skipped.count, _OPENING)) - sum(map(skipped.count, _CLOSING))
        depth, place = max(depth, 0), found.start()
        if not depth:
            yield found
