"""Wrapping text to a width, at positions where its writing system allows a line break."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from summitcli.text.printable import printable
from summitcli.text.width import may_break

BLANKS = " \u3000"
"""The characters that are left out at the start of a wrapped line: the space and the ideographic space."""


class Paragraph:
    """A text wrapped to the width of the terminal.

    ``mark`` is put before its first line. All other lines are indented by the width of ``mark``.
    """

    def __init__(self, text: str, style: str = "", mark: Text | None = None) -> None:
        self._text = Text(printable(text), style)
        self._mark = mark or Text()

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the text."""
        indent = self._mark.cell_len
        first, *more = wrapped(self._text, options.max_width - indent)
        yield self._mark.copy().append_text(first)
        yield from (Text(" " * indent).append_text(line) for line in more)


def unwrapped(line: Text, console: Console, width: int) -> RenderResult:
    """Yield the segments of a line as Rich draws it, but faster if it fits into ``width`` columns."""
    if line.cell_len <= width and "\n" not in line.plain:
        yield from line.render(console, "\n")
    else:
        yield line


def wrapped(text: Text, width: int) -> list[Text]:
    """Return ``text`` as lines of at most ``width`` columns, in the same styles.

    Lines are broken where :func:`~summitcli.text.width.may_break` allows it, and after a hyphen.
    """
    lines = list(text.divide(_breaks(text.plain, max(width, 2))))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int) -> Iterator[int]:
    """Yield the position in ``text`` of the first character of each line except the first line."""
    start = 0
    # More than a line can hold, so that the time is linear in the length of the text.
    window = 8 * width + 64
    while len(text) - start > window or cell_len(text[start:].rstrip()) > width:
        lines = chop_cells(text[start : start + window], width)
        # For text without width, such as combining marks alone, that function returns no lines.
        end = start + (len(lines[0]) if lines else window)
        cut = next((place for place in range(end, start, -1) if _may_break(text, place)), end)
        while cut < len(text) and text[cut] in BLANKS:
            cut += 1
        if cut == len(text):
            return
        yield cut
        start = cut


def _may_break(text: str, place: int) -> bool:
    return text[place - 1] == "-" or may_break(text, place)
