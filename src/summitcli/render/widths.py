"""Widths of text in columns of a terminal."""

from collections.abc import Iterable
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from summitcli.text.printable import printable


@lru_cache(4096)
def padded(text: str, width: int) -> str:
    """Return ``text`` in exactly ``width`` columns: padded with blanks, or cut with an ellipsis."""
    text = printable(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def widest(texts: Iterable[str]) -> int:
    """Return the width of the widest of ``texts``; 0 if there are none."""
    return max(map(shown_width, texts), default=0)


def shown_width(text: str) -> int:
    """Return the number of terminal columns that ``text`` takes, with unprintable characters escaped."""
    shown = printable(text)
    return len(shown) if shown.isascii() else cell_len(shown)
