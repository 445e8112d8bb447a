"""The terminal output of ``summit schedules``: the built-in schedule and the saved ones, as a list."""

from collections.abc import Sequence

from rich.console import RenderableType

from summitcli.i18n import _, ngettext
from summitcli.render.lines import Line, Lines
from summitcli.rows import ScheduleRow
from summitcli.text import dates

CURRENT_MARK = "▸"


def schedules(rows: Sequence[ScheduleRow]) -> RenderableType:
    """Return a list of schedules, one on a line. The current schedule is marked."""
    return Lines([_line(row) for row in rows])


def size(count: int) -> str:
    """Return a number of bytes as text, such as ``12 KB``."""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:.1f} MB"


def _date(instant: str) -> str:
    """Return the date of an RFC 3339 timestamp in the local time zone, as text."""
    day = dates.local(instant).date().isoformat()
    return dates.period(day, day)


def _line(row: ScheduleRow) -> Line:
    details = (
        row.name,
        dates.period(row.start, row.end) if row.start and row.end else "",
        ngettext("{n} session", "{n} sessions", row.sessions),
        size(row.bytes),
        _("downloaded {day}").format(day=_date(row.fetched)) if row.fetched else "",
    )
    return Line(row.title or row.name, details, mark=CURRENT_MARK if row.current else "")
