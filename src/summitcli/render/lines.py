"""One line for each session, as wide as the terminal allows: the shape that all lists share.

Where there is room the details stand in columns beside the title; where there is not, below it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from summitcli.printable import printable
from summitcli.render.wrapping import wrapped

MARK = 2
"""The columns before each line, where a mark may stand."""
GAP = 2
NARROWEST_TITLE = 32
WIDEST_DETAIL = 28
WIDEST_BESIDE = 60

ACCENT = "magenta"
DIM = "dim"


class Line(NamedTuple):
    """What one line shows.

    ``beside`` is the title in the other language, shown where there is plenty of room. ``details`` are
    columns of their own where they fit; all lines have as many, and each may be empty. ``spans`` are the
    stretches of the title to stress, as positions in it.
    """

    title: str
    details: tuple[str, ...] = ()
    time: str = ""
    beside: str = ""
    mark: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class Lines:
    """Lines under each other, their columns aligned.

    Args:
        lines: what to show.
        alike: all the lines of the picture, to which the columns are fitted; ``lines`` when None.
    """

    def __init__(self, lines: Sequence[Line], alike: Sequence[Line] | None = None) -> None:
        self._lines = lines
        alike = alike or lines
        self._time = _widest(line.time for line in alike)
        self._title = _widest(line.title for line in alike)
        self._beside = min(_widest(line.beside for line in alike), WIDEST_BESIDE)
        self._details = [
            min(_widest(details), WIDEST_DETAIL)
            for details in zip(*(line.details for line in alike), strict=True)
        ]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines."""
        indent = MARK + (self._time + GAP if self._time else 0)
        whole = options.max_width - indent
        left = whole - sum(GAP + width for width in self._details if width)
        in_columns = left >= min(self._title, NARROWEST_TITLE)
        beside = self._beside if in_columns and left >= self._title + GAP + self._beside else 0
        title = min(left if in_columns else whole, self._title)
        for line in self._lines:
            drawn = Text(set_cell_size(line.mark, MARK), ACCENT)
            if self._time:
                drawn.append(_padded(line.time, self._time + GAP), DIM)
            tail = (
                [(line.beside, beside), *zip(line.details, self._details, strict=True)] if in_columns else []
            )
            first, *more = _title(line, title + _free(tail))
            drawn.append_text(first)
            self._append(drawn, title - first.cell_len, tail)
            yield drawn
            for piece in more:
                yield Text(" " * indent).append_text(piece)
            below = " · ".join(printable(detail) for detail in line.details if detail)
            if not in_columns and below:
                yield Text(" " * indent).append(set_cell_size(below, min(cell_len(below), whole)), DIM)

    @staticmethod
    def _append(drawn: Text, missing: int, columns: list[tuple[str, int]]) -> None:
        """Append ``columns`` to what is drawn, after the blanks that its last column is short of."""
        blanks = missing
        for text, width in columns:
            if not width:
                continue
            blanks += GAP
            if text:
                cell = _padded(text, width)
                bare = cell.rstrip()
                drawn.append(" " * blanks).append(bare, DIM)
                blanks = width - cell_len(bare)
            else:
                blanks += width


def _free(columns: Sequence[tuple[str, int]]) -> int:
    """The width of the columns next to the title that are empty on this line, which the title may take."""
    free = 0
    for text, width in columns:
        if text:
            break
        free += GAP + width if width else 0
    return free


def _title(line: Line, width: int) -> list[Text]:
    """The title on as many lines as it takes."""
    shown = printable(line.title)
    title = Text(shown)
    if shown == line.title:
        for start, end in line.spans:
            title.stylize(f"bold {ACCENT}", start, end)
    return wrapped(title, width)


def _padded(text: str, width: int) -> str:
    """``text`` in exactly ``width`` columns, with an ellipsis where it is cut."""
    text = printable(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def _widest(texts: Iterable[str]) -> int:
    return max((cell_len(printable(text)) for text in texts), default=0)
