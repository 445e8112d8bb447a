"""The terminal output of ``summit find``: the conferences found in directories (lists of conferences)."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.i18n import ngettext
from summitcli.render.lines import DIM, MARK_WIDTH, Columns, Line, Lines
from summitcli.rows import DirectoryRow
from summitcli.sources.addresses import without_password
from summitcli.text import dates
from summitcli.text.printable import printable


def conferences(rows: Sequence[DirectoryRow]) -> RenderableType:
    """Return a list of conferences, each with the URL of its schedule on the next line.

    The last line says how many conferences there are.
    """
    lines = [_line(row) for row in rows]
    columns = Columns(lines)
    pieces: list[RenderableType] = []
    for row, line in zip(rows, lines, strict=True):
        url = " " * MARK_WIDTH + printable(without_password(row.url))
        # Left to the terminal to wrap, so that it can be copied.
        pieces += [Lines([line], columns), Text(url, DIM, no_wrap=True, overflow="ignore")]
    count = ngettext("{n} conference", "{n} conferences", len(rows))
    return Group(*pieces, Text(), Text(count, DIM))


def _line(row: DirectoryRow) -> Line:
    return Line(row.title, (dates.period(row.start, row.end), row.time_zone or "", row.name))
