"""The terminal output of ``summit validate``: problems by kind, each with its place and the text there."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.wrapping import wrapped
from summitcli.text.printable import printable
from summitcli.validation.problems import Examination, Problem
from summitcli.validation.problems import Group as Kind
from summitcli.validation.rules import FORMAT

MAX_PROBLEMS = 10
"""The maximum number of problems of one kind that are shown."""
INDENT = "  "
MIN_WIDTH = 8


def problems(found: Examination, name: str) -> RenderableType:
    """Return the problems of a schedule drawn for a terminal; errors come first.

    Args:
        found: the problems.
        name: the name of the schedule.
    """
    headings = {"error": _("Errors"), "warning": _("Warnings"), "note": _("Notes")}
    pieces: list[RenderableType] = []
    for severity, kinds in groupby(found.groups, key=lambda kind: kind.severity):
        pieces.append(Text(f"{headings[severity]} · {found.number(severity)}", ACCENT))
        for kind in kinds:
            pieces += _kind(kind, found.lines, name)
    return Group(*pieces)


def _kind(kind: Kind, lines: Mapping[int, str], name: str) -> Iterable[RenderableType]:
    """Yield a heading for one kind of problem, and the places of the first :data:`MAX_PROBLEMS` problems.

    Args:
        kind: the kind, with its problems.
        lines: the text of the lines that have problems, by line number.
        name: the name of the file.
    """
    yield _Indented(kind.heading, INDENT, "bold", "" if kind.rule == FORMAT else kind.rule)
    for problem in kind.problems[:MAX_PROBLEMS]:
        if problem.sessions:
            yield _Indented(problem.reason, INDENT * 2)
            yield _Location(problem, {}, name, "", INDENT * 3, DIM)
        elif problem.line is not None:
            yield _Location(problem, lines, name, problem.reason if problem.reason != kind.heading else "")
        elif problem.path or problem.reason != kind.heading:
            yield _Indented(": ".join(filter(None, (problem.path, problem.reason))), INDENT * 2)
    more = kind.number - MAX_PROBLEMS
    if more > 0:
        yield _Indented(ngettext("and {n} more", "and {n} more", more), INDENT * 2, DIM)


class _Indented:
    """A sentence with all of its lines indented, and the name of a rule after it."""

    def __init__(self, text: str, indent: str, style: str = "", rule: str = "") -> None:
        self._text = Text(printable(text), style)
        if rule:
            self._text = Text().append_text(self._text).append(f" · {rule}", DIM)
        self._indent = indent

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the text, wrapped between words."""
        for line in wrapped(self._text, options.max_width - len(self._indent)):
            yield Text(self._indent).append_text(line)


class _Location:
    """The place of a problem, such as ``plan.json:12:5``, its path in the file, and the text there."""

    def __init__(
        self,
        problem: Problem,
        lines: Mapping[int, str],
        name: str,
        reason: str,
        indent: str = INDENT * 2,
        style: str = "",
    ) -> None:
        self._indent = indent
        self._style = style
        place = (name, problem.line, problem.column)
        self._place = printable(":".join(str(part) for part in place if part))
        self._path = printable(problem.path)
        self._reason = printable(reason) if problem.column is None else ""
        self._column = (problem.column or 1) - 1
        number = problem.line or 0
        self._line = lines.get(number, "")

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the place and the path on one line if they fit, otherwise on two; draw the text below them."""
        width = max(options.max_width - len(self._indent), MIN_WIDTH)
        beside = INDENT.join(filter(None, (self._place, self._path)))
        texts = [beside] if cell_len(beside) <= width else [self._place, self._path]
        for text in filter(None, texts):
            yield from (Text(self._indent + piece, self._style) for piece in chop_cells(text, width))
        room = width - len(INDENT)
        if text := self._reason or self._excerpt(room):
            shown = text if cell_len(text) <= room else chop_cells(text, room - 1)[0] + "…"
            yield Text(self._indent + INDENT + shown, DIM)

    def _excerpt(self, width: int) -> str:
        """Return the text at the place, cut to ``width`` columns; empty if it is only a bracket, as ``{``."""
        first = len(self._line) - len(self._line.lstrip())
        begin = max(first, min(self._column - width // 4, len(self._line) - width + 1))
        text = printable(self._line[begin : begin + width + 1].rstrip())
        if len(text) <= 1:
            return ""
        return f"…{text}" if begin > first else text
