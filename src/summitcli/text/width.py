"""How many columns of a terminal a text takes, and where a line of it may end."""

from unicodedata import category, east_asian_width

CLOSING = "，。、；：？！）》」』】〕〉”’…—·～,.;:?!)]}%"
"""What no line begins with."""
OPENING = "（《「『【〔〈“‘([{"
"""What no line ends with. Both are of W3C's Requirements for Chinese Text Layout, section 3.1.5."""


def width(text: str) -> int:
    """The columns that ``text`` takes: two for each wide character (Unicode Standard Annex 11), none for what
    is put on the one before or can't be seen, else one.
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def may_break(text: str, place: int) -> bool:
    """Whether a line of ``text`` may end before the character at ``place``.

    Words of Latin script are kept whole, Chinese breaks between any two characters but before a mark that
    closes and after one that opens.
    """
    before, after = text[place - 1], text[place]
    if " " in (before, after):
        return True
    if after in CLOSING or before in OPENING:
        return False
    return 2 in (_width(before), _width(after))


def wrapped(text: str, columns: int) -> list[str]:
    """``text`` as lines of at most ``columns`` columns; a word that is longer is cut."""
    lines = []
    while width(text) > columns:
        end = _fitting(text, columns)
        cut = next((place for place in range(end, 0, -1) if may_break(text, place)), end)
        lines.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*lines, text]


def _fitting(text: str, columns: int) -> int:
    """How many of the first characters of ``text`` fit, which is longer; at least one."""
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
