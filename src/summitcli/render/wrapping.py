"""A title on as many lines as it takes, broken where its script allows it."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from summitcli.text.printable import printable
from summitcli.text.width import may_break

BLANKS = " \u3000"
"""What no line begins with: the blank of Latin and that of Chinese script."""


class Paragraph:
    """A text on as many lines as it takes, with ``mark`` before it and the lines below each other."""

    def __init__(self, text: str, style: str = "", mark: Text | None = None) -> None:
        self._text = Text(printable(text), style)
        self._mark = mark or Text()

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        indent = self._mark.cell_len
        first, *more = wrapped(self._text, options.max_width - indent)
        yield self._mark.copy().append_text(first)
        yield from (Text(" " * indent).append_text(line) for line in more)


def unwrapped(line: Text, console: Console, width: int) -> RenderResult:
    """Yield a line as it is where it fits into ``width`` columns, which Rich takes long to find out."""
    if line.cell_len <= width and "\n" not in line.plain:
        yield from line.render(console, "\n")
    else:
        yield line


def wrapped(text: Text, width: int) -> list[Text]:
    """``text`` as lines of at most ``width`` columns; its styles stay where they are.

    It breaks where :func:`~summitcli.text.width.may_break` says, and after a hyphen.
    """
    lines = list(text.divide(_breaks(text.plain, max(width, 2))))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where each line but the first begins."""
    start = 0
    # As much as a line may hold, so that a long text takes no longer than its length.
    window = 8 * width + 64
    while len(text) - start > window or cell_len(text[start:].rstrip()) > width:
        lines = chop_cells(text[start : start + window], width)
        # What has no width, such as nothing but accents, is no line for that function.
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
