"""The layout of all lists in a terminal: one line for each session, fitted to the width.

A line has a mark (such as a star), a time, a title, and details such as a room and an ID. If there is space,
the details are in columns beside the title, otherwise below it. All widths are in columns of text.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from summitcli.render.console import shade
from summitcli.render.widths import padded, shown_width, widest
from summitcli.render.wrapping import wrapped
from summitcli.text.printable import printable

MARK_WIDTH = 2
"""The width of the mark before each line."""
GAP = 2
MIN_TITLE_WIDTH = 28
"""The minimum width of a title beside details. If there is less space, the details are below the title.

Columns right after the title that are empty on most lines count as a part of it.
"""
MIN_TITLE_WIDTH_BESIDE_DETAILS = 20
"""The minimum width of a title with a detail right next to it."""
MAX_TITLE_WIDTH = 96
"""The maximum width of titles.

With wider titles, it would be hard to see which details belong to which title.
"""
MIN_SPEAKERS_WIDTH, MAX_SPEAKERS_WIDTH, TITLE_WIDTHS_BESIDE_SPEAKERS = 16, 40, (40, 60)
"""The minimum and maximum width of speakers, and the width that must remain for long titles beside them.

The remaining width is 40 if most lines have speakers, otherwise 60.
"""
MAX_TAG_WIDTH = 18
"""The maximum width of a tag (category), without its mark."""
MAX_DETAIL_WIDTH, MIN_ROOM_WIDTH = 28, 16
"""The maximum width of details if titles lack space, and the minimum width to which rooms are then cut.

IDs, which come last, are never cut.
"""
ROOM_FROM_END = 2
"""The position of the room among the details, counted from the end."""
SPEAKERS_FROM_END = -3
"""The index of the detail to which a line's speakers are appended: the third from the end.

In most lists, this detail is ``day 1 of 2``, or empty for a session on one day.
"""
MIN_WIDTH = 4
TAG_MARK = "╸"
"""The coloured mark before a tag (category), as in ``╸ forum``."""
SEPARATOR = " · "
"""The text between two details that are not in columns."""

ACCENT = "magenta"
DIM = "dim"


class Line(NamedTuple):
    """The content of one line of a list, which is usually about one session.

    ``beside`` is the title in the conference's language if ``title`` is in another one; it is shown if there
    is plenty of space. ``details`` are texts such as a room and an ID; they may be empty. All lines of a list
    have equally many details. The last is an ID. If there are three or more, the one before the last is a
    room, which is cut if titles lack space. ``spans`` are the parts of the title to highlight, as pairs of
    start and end. ``tag`` is a category. It follows the title, after a mark that is drawn in ``color``.
    ``speakers`` are shown beside the title if there is plenty of space. The line is dimmed if ``past``.
    """

    title: str
    details: tuple[str, ...] = ()
    time: str = ""
    beside: str = ""
    mark: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    tag: str = ""
    color: str = ""
    speakers: str = ""
    past: bool = False


class _Fitted(NamedTuple):
    """The widths of a list's columns, fitted to the width of the terminal."""

    left: int
    title: int
    details: tuple[int, ...]
    beside: bool
    """True if the details of every line are beside its title, even if the title is long."""
    mixed: bool
    """True if each line decides: details are beside a short title, and below a long one."""
    speakers: bool
    """True if the speakers are beside the title."""


class Columns:
    """The widths of a list's columns, the same for all of its lines.

    They are measured only once, even if the list is drawn in several pieces. The arguments ``time``,
    ``details`` and ``mark`` are needed only if ``lines`` are not all lines of the list.

    Args:
        lines: all lines of the list, or its first lines.
        time: the minimum width of the times.
        details: the minimum width of each detail, such as the room and the ID.
        mark: the minimum width of the marks.
    """

    def __init__(
        self, lines: Sequence[Line], time: int = 0, details: Sequence[int] = (), mark: int = 0
    ) -> None:
        self._lines = lines
        self.mark = max(max(widest(line.mark for line in lines), mark) + 1, MARK_WIDTH)
        self.time = max(widest(line.time for line in lines), time)
        self._title_widths = [shown_width(line.title) + _tag_width(line) for line in lines]
        self._speakers = widest(line.speakers for line in lines)
        self._has_many_speakers = 2 * sum(bool(line.speakers) for line in lines) > len(lines)
        columns = list(zip(*(line.details for line in lines), strict=True))
        self._widest_details = [
            max(widest(column), least)
            for column, least in zip(columns, details or [0] * len(columns), strict=True)
        ]
        self._mostly_empty = [2 * sum(map(bool, details)) <= len(details) for details in columns]
        self._fitted: dict[int, _Fitted] = {}

    def fitted(self, whole: int) -> _Fitted:
        """Return the widths of the columns if the title and the details together have the width ``whole``."""
        if whole not in self._fitted:
            details = self._detail_widths(whole)
            left = whole - _details_width(details)
            if has_speakers := self._widen_for_speakers(details, left):
                left = whole - _details_width(details)
            beside = (
                left >= MIN_TITLE_WIDTH_BESIDE_DETAILS
                and left + self._usually_empty_width(details) >= MIN_TITLE_WIDTH
            )
            mixed = beside or 2 * sum(width <= left for width in self._title_widths) > len(self._title_widths)
            title = self._titles_width(details, min(left, MAX_TITLE_WIDTH))
            self._fitted[whole] = _Fitted(left, title, tuple(details), beside, mixed, has_speakers)
        return self._fitted[whole]

    def _widen_for_speakers(self, details: list[int], left: int) -> bool:
        """Make the detail with the speakers wider if there is space for them; return whether there is.

        If most lines have speakers, titles may get narrower for this.

        Args:
            details: the widths of the details, one of which is changed.
            left: the width that the details leave for titles.
        """
        most = TITLE_WIDTHS_BESIDE_SPEAKERS[not self._has_many_speakers]
        if not self._speakers:
            return False
        spare = left - min(max(self._title_widths), most)
        taken = details[SPEAKERS_FROM_END]
        width = min(self._speakers, MAX_SPEAKERS_WIDTH, taken + spare - (0 if taken else GAP))
        if width < min(self._speakers, MIN_SPEAKERS_WIDTH):
            return False
        details[SPEAKERS_FROM_END] = max(width, taken)
        return True

    def _titles_width(self, details: Sequence[int], most: int) -> int:
        """Return the width of the column of titles, at most ``most``, given the widths of the details.

        If there is space for titles in a second language (``Line.beside``), the width includes them.
        """
        widest = 0
        for line, title in zip(self._lines, self._title_widths, strict=True):
            both = title + _beside_width(line) - _empty_width(list(zip(line.details, details, strict=True)))
            widest = max(widest, title, both if both <= most else 0)
        return min(widest, most)

    def _detail_widths(self, whole: int) -> list[int]:
        """Return the widths of the details, given the width ``whole`` of titles and details together.

        Details get all the width that they need if that leaves enough for titles. Otherwise a detail gets at
        most :data:`MAX_DETAIL_WIDTH`, and a room even less if needed.
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
        """Return the width of the columns right after the titles that are empty on most lines; 0 if none are.

        Titles can use this width. ``details`` are the widths of all details.
        """
        free = 0
        for width, empty in zip(details, self._mostly_empty, strict=True):
            if not empty:
                break
            free += GAP + width if width else 0
        return free


class Lines:
    """A list, or a part of a list, drawn as lines with aligned columns.

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
        mark = self._columns.mark
        indent = mark + (time + GAP if time else 0)
        whole = max(options.max_width - indent, MIN_WIDTH)
        fitted = self._columns.fitted(whole)
        fits = fitted.beside and indent + fitted.title + _details_width(fitted.details) <= options.max_width
        shades = {line.color: shade(console, line.color) for line in self._lines if line.color}
        styles = {name: console.get_style(name) for name in (ACCENT, DIM, *shades.values())}
        for line in self._lines:
            line = line._replace(color=shades.get(line.color, ""))
            if fits and (styled_texts := _single_line(line, fitted, time, mark)):
                yield from (Segment(text, styles.get(style)) for text, style in styled_texts)
                yield Segment.line()
                continue
            drawn = Text().append(set_cell_size(line.mark, mark), ACCENT if line.mark else None)
            if time:
                drawn.append(padded(line.time, time + GAP), DIM)
            details = _columns_of(line, fitted)
            if fitted.beside or (fitted.mixed and shown_width(line.title) <= fitted.left):
                yield from _in_columns(line, drawn, fitted.title, details, indent)
            else:
                yield from _below(line, drawn, whole, indent)


def _single_line(line: Line, fitted: _Fitted, time: int, mark: int) -> list[tuple[str, str]]:
    """Return a line with its details beside the title, as pairs of a text and the name of its style.

    The result looks the same as that of :func:`_in_columns`, but is made much faster. Return [] if the title
    needs several lines or is highlighted somewhere.

    Args:
        line: the line of the list.
        fitted: the widths of the list's columns.
        time: the width of the column of times; 0 if there is none.
        mark: the width of the column of marks.
    """
    title = printable(line.title).rstrip()
    taken = shown_width(title) + _tag_width(line)
    columns = _columns_of(line, fitted)
    room = fitted.title + _empty_width(columns)
    if taken > room or line.spans:
        return []
    found = [(set_cell_size(line.mark, mark), ACCENT if line.mark else "")]
    if time:
        found.append((padded(line.time, time + GAP), DIM))
    missing = fitted.title - taken
    found.append((title, DIM if line.past else ""))
    plain = ""
    if line.beside and taken + _beside_width(line) <= room:
        found.append((" " * GAP + printable(line.beside), DIM))
        missing -= _beside_width(line)
    found += _tag(line)
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
        columns: each detail with the width of its column, such as ``[("Hall", 8), ("tea", 12)]``.
        indent: the width of ``drawn``.
    """
    room = width + _empty_width(columns)
    has_beside = line.beside and shown_width(line.title) + _tag_width(line) + _beside_width(line) <= room
    first, *more = _title_lines(line, room, line.beside if has_beside else "")
    drawn.append_text(first)
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

    The arguments are as for :func:`_in_columns`. ``width`` is the width of the title and of the details.
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
    return sum(GAP + width for width in details if width)


def _empty_width(columns: Sequence[tuple[str, int]]) -> int:
    """Return the width of the empty details that follow a line's title directly, which the title may use."""
    free = 0
    for text, width in columns:
        if text and width:
            break
        free += GAP + width if width else 0
    return free


def _beside_width(line: Line) -> int:
    """Return the width of ``beside``, the title in a second language, and of the gap before it; 0 if none."""
    return GAP + shown_width(line.beside) if line.beside else 0


def _title_lines(line: Line, width: int, beside: str = "") -> list[Text]:
    """Return the title of ``line``, ``beside`` (its title in another language) and its category, wrapped."""
    shown = printable(line.title)
    title = Text().append(shown, DIM if line.past else None)
    if shown == line.title:
        for start, end in line.spans:
            title.stylize(f"bold {ACCENT}", start, end)
    if beside:
        title.append(" " * GAP + printable(beside), DIM)
    lines = wrapped(title, width)
    tag = Text.assemble(*_tag(line))
    if tag and lines[-1].cell_len + tag.cell_len <= width:
        lines[-1].append_text(tag)
    elif tag:
        lines.append(tag[GAP:])
    return lines


def _tag(line: Line) -> list[tuple[str, str]]:
    """Return a gap, a mark and the tag of a line (its category), each with its style; [] if it has none."""
    if not line.tag:
        return []
    tag = padded(line.tag, min(shown_width(line.tag), MAX_TAG_WIDTH))
    return [(" " * GAP, ""), (f"{TAG_MARK} ", line.color), (tag, DIM)]


def _tag_width(line: Line) -> int:
    """Return the width that the tag of a line takes, with its mark and the gap; 0 if it has none."""
    return GAP + len(TAG_MARK) + 1 + min(shown_width(line.tag), MAX_TAG_WIDTH) if line.tag else 0


def _columns_of(line: Line, fitted: _Fitted) -> list[tuple[str, int]]:
    """Return the texts beside a line's title, each with the width of its column: ``[("Hall", 8), …]``."""
    details = list(line.details)
    if fitted.speakers and line.speakers:
        details[SPEAKERS_FROM_END] = SEPARATOR.join(filter(None, (details[SPEAKERS_FROM_END], line.speakers)))
    return list(zip(details, fitted.details, strict=True))
