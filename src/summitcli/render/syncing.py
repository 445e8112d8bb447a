"""The terminal output of ``summit agenda sync --dry-run``: the events that a sync would write or remove."""

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.i18n import _
from summitcli.render.changes import heading
from summitcli.render.lines import Columns, Line, Lines
from summitcli.rows import MAYBE, STAR
from summitcli.text import dates
from summitcli.vdir.listed import EventRow


def events(rows: Sequence[EventRow]) -> RenderableType:
    """Return events drawn in a list, in groups by what a sync would do, each group in order of time."""
    ordered = sorted(rows, key=lambda row: (row.day or "", row.start or ""))
    lines = {row: _line(row) for row in ordered}
    columns = Columns(list(lines.values()))
    pieces: list[RenderableType] = []
    for action, name in _headings().items():
        if alike := [line for row, line in lines.items() if row.action == action]:
            pieces += [heading(name, len(alike)), Lines(alike, columns), Text()]
    return Group(*pieces[:-1])


def _headings() -> Mapping[str, str]:
    """Return the heading for each action, in the order of the output."""
    return {
        "add": _("To add"),
        "change": _("To change"),
        "remove": _("To remove"),
        "edited": _("Left as you edited it"),
        "deleted": _("Not written again, as you deleted it"),
        "foreign": _("Left as another program wrote it"),
        "shared": _("Left as it is, in a file with other events"),
    }


def _line(row: EventRow) -> Line:
    when = ""
    if row.day is not None:
        days = dates.day(row.day) if len(row.days) == 1 else dates.days(row.day, row.days[-1])
        when = f"{days} {dates.clock_on(row.day, row.start, row.end)}".strip()
    signs: Mapping[str | None, str] = {"yes": STAR, "maybe": MAYBE}
    return Line(row.title, (row.room or "",), when, mark=signs.get(row.pick, ""))
