"""The layout of all lists in a terminal: one line for each session, fitted to the width.

A line has a mark, such as a star, a time, a title and details, such as room and ID. If there is room, the
details are in columns beside the title, otherwise below it. All widths are in columns of text.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from summitcli.render.wrapping import wrapped
from summitcli.text.printable import printable

MARK_WIDTH = 2
"""The width of the mark before each line."""
GAP = 2
MIN_TITLE_WIDTH = 28
"""The minimum width of titles without a detail beside them; below it, details are under the titles."""
MIN_TITLE_WIDTH_BESIDE_DETAILS = 20
"""The minimum width of a title with a detail next to it."""
MAX_TITLE_WIDTH = 96
"""The maximum width of a title; after a wider one, the eye does not find the details."""
MAX_DETAIL_WIDTH, MIN_ROOM_WIDTH = 28, 16
"""The maximum width of a detail, and the width to which a room may be cut if titles lack space.

IDs, which come last, are never cut."""
ROOM_FROM_END = 2
"""The position of the room among the details, counted from the end."""
MIN_WIDTH = 4
SEPARATOR = " · "
"""The text between two details that are not in columns."""

ACCENT = "magenta"
DIM = "dim"


class Line(NamedTuple):
    """The content of one line of a list, which is usually about one session.

    ``beside`` is the title in the other language, shown if there is plenty of room. ``details`` are texts
    such as a room and an ID; any of them may be empty, and all lines of a list have equally many. The last
    detail is an ID. If there are three or more, the one before it is a room, which is cut if titles lack
    space. ``spans`` are the ranges of the title to highlight, as pairs of start and end.
    """

    title: str
    details: tuple[str, ...] = ()
    time: str = ""
    beside: str = ""
    mark: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class _Fitted(NamedTuple):
    """The widths of a list's columns, fitted to the width of the terminal."""

    left: int
    """The width that the details leave for titles."""
    title: int
    details: tuple[int, ...]
    beside: bool
    """True if details are beside all titles."""
    mixed: bool
    """True if details are beside those titles that leave enough room, and below the others."""


class Columns:
    """The columns of a list, which are the same for all of its lines.

    Widths are measured only once, even if the list is drawn in several pieces.

    Args:
        lines: all lines of the list, or the first of them.
        time: the minimum width of the times, if ``lines`` has not all of them.
        details: the minimum width of each detail, if ``lines`` has not all of them.
    """

    def __init__(self, lines: Sequence[Line], time: int = 0, details: Sequence[int] = ()) -> None:
        self._lines = lines
        self.time = max(_widest(line.time for line in lines), time)
        """The width of the column of times."""
        self._title_widths = [shown_width(line.title) for line in lines]
        columns = list(zip(*(line.details for line in lines), strict=True))
        self._widest_details = [
            max(_widest(column), least)
            for column, least in zip(columns, details or [0] * len(columns), strict=True)
        ]
        self._mostly_empty = [2 * sum(map(bool, details)) <= len(details) for details in columns]
        self._fitted: dict[int, _Fitted] = {}

    def fitted(self, whole: int) -> _Fitted:
        """Return the widths for lines with ``whole`` columns to the right of mark and time."""
        if whole not in self._fitted:
            details = self._detail_widths(whole)
            left = whole - _details_width(details)
            beside = (
                left >= MIN_TITLE_WIDTH_BESIDE_DETAILS
                and left + self._usually_empty_width(details) >= MIN_TITLE_WIDTH
            )
            mixed = beside or 2 * sum(width <= left for width in self._title_widths) > len(self._title_widths)
            title = self._titles_width(details, min(left, MAX_TITLE_WIDTH))
            self._fitted[whole] = _Fitted(left, title, tuple(details), beside, mixed)
        return self._fitted[whole]

    def _titles_width(self, details: Sequence[int], most: int) -> int:
        """Return the width of the column of titles, at most ``most``.

        It includes titles in the other language if they fit. ``details`` are the widths of the details.
        """
        widest = 0
        for line, title in zip(self._lines, self._title_widths, strict=True):
            both = title + _beside_width(line) - _empty_width(list(zip(line.details, details, strict=True)))
            widest = max(widest, title, both if both <= most else 0)
        return min(widest, most)

    def _detail_widths(self, whole: int) -> list[int]:
        """Return the widths of the details, given the width ``whole`` of titles and details together.

        Details get all the width that they need, if that leaves enough for titles. Otherwise they get at most
        :data:`MAX_DETAIL_WIDTH`, and rooms even less if needed.
        """
        details = [
            min(width, MAX_DETAIL_WIDTH) for width in self._widest_details[:-1]
        ] + self._widest_details[-1:]
        left = whole - _details_width(details)
        spare = left - min(max(self._title_widths, default=0), MAX_TITLE_WIDTH)
        for place, width in enumerate(self._widest_details):
            more = max(min(width - details[place], spare), 0)
            details[place] += more
            spare -= more
        left = whole - _details_width(details)
        missing = max(
            MIN_TITLE_WIDTH - left - self._usually_empty_width(details), MIN_TITLE_WIDTH_BESIDE_DETAILS - left
        )
        if len(details) > ROOM_FROM_END and missing > 0:
            details[-ROOM_FROM_END] = min(
                details[-ROOM_FROM_END], max(details[-ROOM_FROM_END] - missing, MIN_ROOM_WIDTH)
            )
        return details

    def _usually_empty_width(self, details: Sequence[int]) -> int:
        """Return the total width of those details next to the title that are empty on most lines."""
        free = 0
        for width, empty in zip(details, self._mostly_empty, strict=True):
            if not empty:
                break
            free += GAP + width if width else 0
        return free


class Lines:
    """A list, or a part of one, drawn as lines with aligned columns.

    Args:
        lines: the lines.
        columns: the columns of the whole list; None if ``lines`` are the whole list.
    """

    def __init__(self, lines: Sequence[Line], columns: Columns | None = None) -> None:
        self._lines = lines
        self._columns = columns or Columns(lines)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the lines."""
        time = self._columns.time
        indent = MARK_WIDTH + (time + GAP if time else 0)
        whole = max(options.max_width - indent, MIN_WIDTH)
        fitted = self._columns.fitted(whole)
        fits = fitted.beside and indent + fitted.title + _details_width(fitted.details) <= options.max_width
        styles = {name: console.get_style(name) for name in (ACCENT, DIM)}
        for line in self._lines:
            if fits and (styled_texts := _single_line(line, fitted, time)):
                yield from (Segment(text, styles.get(style)) for text, style in styled_texts)
                yield Segment.line()
                continue
            drawn = Text().append(set_cell_size(line.mark, MARK_WIDTH), ACCENT if line.mark else None)
            if time:
                drawn.append(padded(line.time, time + GAP), DIM)
            details = list(zip(line.details, fitted.details, strict=True))
            if fitted.beside or (fitted.mixed and shown_width(line.title) <= fitted.left):
                yield from _in_columns(line, drawn, fitted.title, details, indent)
            else:
                yield from _below(line, drawn, whole, indent)


def _single_line(line: Line, fitted: _Fitted, time: int) -> list[tuple[str, str]]:
    """Return a line with its details beside the title, as pairs of a text and the name of its style.

    The result looks like that of :func:`_in_columns` and is made much faster. It is [] if the title needs
    more than one line or has ranges to highlight.
    """
    title = printable(line.title).rstrip()
    taken = shown_width(title)
    columns = list(zip(line.details, fitted.details, strict=True))
    room = fitted.title + _empty_width(columns)
    if taken > room or line.spans:
        return []
    found = [(set_cell_size(line.mark, MARK_WIDTH), ACCENT if line.mark else "")]
    if time:
        found.append((padded(line.time, time + GAP), DIM))
    missing = fitted.title - taken
    plain = title
    if line.beside and taken + _beside_width(line) <= room:
        found += [(plain, ""), (" " * GAP + printable(line.beside), DIM)]
        missing -= _beside_width(line)
        plain = ""
    for text, column in columns:
        if column and text:
            cell = padded(text, column)
            shown = cell.rstrip()
            found += [(plain + " " * (missing + GAP), ""), (shown, DIM)]
            missing = len(cell) - len(shown)
            plain = ""
        elif column:
            missing += GAP + column
    found.append((plain, ""))
    return found


def _in_columns(
    line: Line, drawn: Text, width: int, columns: Sequence[tuple[str, int]], indent: int
) -> Iterable[Text]:
    """Yield the terminal lines for one line of a list, with its details beside the title.

    Args:
        line: the line of the list.
        drawn: the text before its title: the mark and the time.
        width: the width of the column of titles.
        columns: each detail with the width of its column.
        indent: the width of ``drawn``.
    """
    first, *more = _title_lines(line, width + _empty_width(columns))
    drawn.append_text(first)
    if (
        not more
        and _beside_width(line)
        and first.cell_len + _beside_width(line) <= width + _empty_width(columns)
    ):
        drawn.append(" " * GAP + printable(line.beside), DIM)
    missing = indent + width - drawn.cell_len
    for text, column in columns:
        if column and text:
            cell = padded(text, column)
            drawn.append(" " * (missing + GAP)).append(cell.rstrip(), DIM)
            missing = cell_len(cell) - cell_len(cell.rstrip())
        elif column:
            missing += GAP + column
    yield drawn
    for piece in more:
        yield Text(" " * indent).append_text(piece)


def _below(line: Line, drawn: Text, width: int, indent: int) -> Iterable[Text]:
    """Yield the terminal lines for one line of a list, with its details below the title.

    Args:
        line: the line of the list.
        drawn: the text before its title: the mark and the time.
        width: the width of the title and of the details.
        indent: the width of ``drawn``.
    """
    first, *more = _title_lines(line, width)
    yield drawn.append_text(first)
    for piece in more:
        yield Text(" " * indent).append_text(piece)
    rows: list[str] = []
    for detail in (printable(detail) for detail in line.details if detail):
        if rows and cell_len(rows[-1]) + len(SEPARATOR) + cell_len(detail) <= width:
            rows[-1] += SEPARATOR + detail
        else:
            rows.append(detail)
    for row in rows:
        yield from (Text(" " * indent).append_text(piece) for piece in wrapped(Text(row, DIM), width))


def _details_width(details: Iterable[int]) -> int:
    """Return the total width of details, with the gaps before them."""
    return sum(GAP + width for width in details if width)


def _empty_width(columns: Sequence[tuple[str, int]]) -> int:
    """Return the width of the first details of a line that are empty, so that its title may use it.

    ``columns`` are the details of the line with the widths of their columns.
    """
    free = 0
    for text, width in columns:
        if text:
            break
        free += GAP + width if width else 0
    return free


def _beside_width(line: Line) -> int:
    """Return the width of the title in the other language with the gap before it; 0 if there is none."""
    return GAP + shown_width(line.beside) if line.beside else 0


def _title_lines(line: Line, width: int) -> list[Text]:
    """Return the title of ``line``, highlighted and wrapped to ``width`` columns."""
    shown = printable(line.title)
    title = Text(shown)
    if shown == line.title:
        for start, end in line.spans:
            title.stylize(f"bold {ACCENT}", start, end)
    return wrapped(title, width)


@lru_cache(4096)
def padded(text: str, width: int) -> str:
    """Return ``text`` in exactly ``width`` columns: padded with blanks, or cut with an ellipsis."""
    text = printable(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def _widest(texts: Iterable[str]) -> int:
    return max(map(shown_width, texts), default=0)


def shown_width(text: str) -> int:
    """Return the number of terminal columns that ``text`` takes, with unprintable characters escaped."""
    shown = printable(text)
    return len(shown) if shown.isascii() else cell_len(shown)
