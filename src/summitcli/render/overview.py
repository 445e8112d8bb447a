"""The conference at a glance, and the counts of what there is to filter by."""

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.catalog.rows import CategoryRow, DayRow, NameRow
from summitcli.i18n import _, ngettext
from summitcli.printable import printable
from summitcli.render import dates
from summitcli.render.lines import ACCENT, DIM
from summitcli.render.setting import Setting

WIDEST_BAR = 24


def glance(
    setting: Setting, rows: Sequence[DayRow], counts: tuple[int, int], stage: str, today: str
) -> RenderableType:
    """Name, dates, where the conference stands now, and the sessions of each day.

    Args:
        setting: the conference and the reader.
        rows: the days.
        counts: the number of sessions, and of their listings.
        stage: ``before``, ``running`` or ``over``.
        today: the date now, ISO, in the conference's time zone.
    """
    conference = setting.conference
    heading = Text(printable(setting.name(conference.titles)), "bold")
    other = printable(setting.other(conference.titles))
    when = Text(dates.period(conference.start, conference.end))
    when.append(f"   {_standing(setting, stage, today)}", ACCENT)
    sessions = ngettext("{n} session", "{n} sessions", counts[0])
    return Group(
        heading,
        *([Text(other, DIM)] if other else []),
        when,
        Text(),
        days(rows, today),
        Text(),
        Text(sessions, DIM),
    )


def days(rows: Sequence[DayRow], today: str) -> RenderableType:
    """The days with their numbers, today marked."""
    lines = [
        ("▸" if row.day == today else "", f"{row.day_number}  {dates.day_and_weekday(row.day)}", row.sessions)
        for row in rows
    ]
    return _bars([(mark, name, "", count) for mark, name, count in lines])


def categories(setting: Setting, rows: Sequence[CategoryRow]) -> RenderableType:
    """The categories with their ids and the number of sessions in each."""
    return _bars([("", setting.name(row.names), row.id, row.sessions) for row in rows])


def names(rows: Sequence[NameRow]) -> RenderableType:
    """Rooms or speakers with the number of sessions of each."""
    return _bars([("", row.name, "", row.sessions) for row in rows])


def _standing(setting: Setting, stage: str, today: str) -> str:
    start = date.fromisoformat(setting.conference.start)
    if stage == "before":
        return ngettext("begins in {n} day", "begins in {n} days", (start - date.fromisoformat(today)).days)
    if stage == "over":
        return _("over")
    return dates.day_number((date.fromisoformat(today) - start).days + 1, setting.days)


def _bars(rows: Sequence[tuple[str, str, str, int]]) -> RenderableType:
    """Lines of a mark, a name, an id and a count with its bar."""
    shown = [(mark, printable(name), printable(id_), count) for mark, name, id_, count in rows]
    name_width = max(cell_len(name) for _mark, name, _id, _count in shown)
    id_width = max(cell_len(id_) for _mark, _name, id_, _count in shown)
    count_width = max(len(str(count)) for *_row, count in shown)
    most = max(*(count for *_row, count in shown), 1)
    lines = []
    for mark, name, id_, count in shown:
        line = Text(no_wrap=True, overflow="crop").append(f"{mark or ' '} ", ACCENT)
        line.append(name + " " * (name_width - cell_len(name) + 2))
        if id_width:
            line.append(id_ + " " * (id_width - cell_len(id_) + 2), DIM)
        line.append(f"{count:>{count_width}}  ")
        lines.append(line.append("━" * round(count / most * WIDEST_BAR), ACCENT))
    return Group(*lines)
