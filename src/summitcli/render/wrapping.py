"""A title on as many lines as it takes, broken where its script allows it."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

CLOSING = "，。、；：？！）》」』】〕〉”’…—·～,.;:?!)]}%"
"""What no line begins with."""
OPENING = "（《「『【〔〈“‘([{"
"""What no line ends with. Both are of W3C's Requirements for Chinese Text Layout, section 3.1.5."""


def wrapped(text: Text, width: int) -> list[Text]:
    """``text`` as lines of at most ``width`` columns; its styles stay where they are.

    Words of Latin script are kept whole, Chinese breaks between any two characters but before a mark that
    closes and after one that opens.
    """
    lines = list(text.divide(_breaks(text.plain, max(width, 2))))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where each line but the first begins."""
    start = 0
    while cell_len(text[start:].rstrip()) > width:
        end = start + len(chop_cells(text[start:], width)[0])
        cut = next((place for place in range(end, start, -1) if _may_break(text, place)), end)
        while cut < len(text) and text[cut] == " ":
            cut += 1
        yield cut
        start = cut


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if after == " " or before in " -":
        return True
    if after in CLOSING or before in OPENING:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2
