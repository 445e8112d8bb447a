"""The terminal output of the user's own entries (such as a lunch), and of the user's other calendars."""

from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.agenda.calendar_files import uncounted_days
from summitcli.i18n import _, ngettext
from summitcli.render.lines import ACCENT, DIM, Columns, Line, Lines
from summitcli.render.setting import Setting
from summitcli.render.wrapping import Paragraph
from summitcli.rows import BusyRow, EntryRow
from summitcli.text import dates


def entries(_setting: Setting, rows: Sequence[EntryRow]) -> RenderableType:
    """Return the user's own entries in an agenda (such as a lunch), drawn by day."""
    columns = Columns([_line(row) for row in rows])
    pieces: list[RenderableType] = [Text(_("Your own entries"), ACCENT)]
    for day, on_day in groupby(rows, key=lambda row: row.day):
        pieces.append(Text(f"  {dates.day_and_weekday(day)}", DIM))
        pieces.append(Lines([_line(row) for row in on_day], columns))
    return Group(*pieces)


def _line(row: EntryRow) -> Line:
    time = f"{row.start}–{row.end}" if row.start and row.end else ""
    return Line(row.title, (row.room or "", row.id), time)


def calendars(rows: Sequence[BusyRow]) -> RenderableType:
    """Return a list of the user's other calendars, with the numbers of their events during the conference."""
    pieces: list[RenderableType] = []
    for row in rows:
        pieces.append(Paragraph(row.path, ""))
        count = _("can't be read")
        if row.events is not None:
            count = ngettext(
                "{n} event during the conference", "{n} events during the conference", row.events
            )
        text = _("; ").join(filter(None, (count, uncounted_days(row.whole_days or 0))))
        pieces.append(Paragraph(text, DIM, mark=Text("  ")))
    return Group(*pieces)
