"""The width of text in terminal columns, and line breaking."""

from unicodedata import category, east_asian_width

CLOSING = "，。、；：？！）》」』】〕〉”’…—·～,.;:?!)]}%"
"""The characters that can't begin a line (W3C, Requirements for Chinese Text Layout, section 3.1.5)."""
OPENING = "（《「『【〔〈“‘([{"
"""The characters that can't end a line (W3C, Requirements for Chinese Text Layout, section 3.1.5)."""


def width(text: str) -> int:
    """Return the number of terminal columns that ``text`` takes.

    A wide character (Unicode Standard Annex 11) takes two columns, a combining or invisible character takes
    none, and every other character takes one.
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def may_break(text: str, place: int) -> bool:
    """Return whether a line of ``text`` may end before the character at offset ``place``.

    Latin words are not broken; Chinese may be broken between any two characters, except before closing and
    after opening punctuation.
    """
    before, after = text[place - 1], text[place]
    if " " in (before, after):
        return True
    if after in CLOSING or before in OPENING:
        return False
    return 2 in (_width(before), _width(after))


def wrapped(text: str, columns: int) -> list[str]:
    """Return ``text`` as lines of at most ``columns`` columns; longer words are broken."""
    lines = []
    while width(text) > columns:
        end = _fitting(text, columns)
        cut = next((place for place in range(end, 0, -1) if may_break(text, place)), end)
        lines.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*lines, text]


def _fitting(text: str, columns: int) -> int:
    """Return how many of the first characters of ``text`` fit into ``columns`` columns; at least 1."""
    taken = 0
    for place, character in enumerate(text):
        taken += _width(character)
        if taken > columns:
            return max(place, 1)
    return len(text)


def _width(character: str) -> int:
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") else 1
