"""The picture of a schedule: each day with clock times as hours, the others together beside each other."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text

from summitcli.render.grid.days import Days
from summitcli.render.grid.hours import Hours, Marks
from summitcli.render.setting import Setting
from summitcli.rows import DayRow, Listing


def grid(
    setting: Setting,
    listings: Sequence[Listing],
    colors: Mapping[str, str],
    days: Sequence[DayRow],
    every_day: bool,
    now: datetime,
    clashing: Collection[tuple[str, int]],
    rooms: Sequence[str] = (),
) -> RenderableType:
    """Return the picture of ``listings``.

    Args:
        setting: the conference and the reader.
        listings: what to show, in order of output.
        colors: the colours of the categories that have one of their own, by id.
        days: the days of the conference.
        every_day: whether days are shown, too, on which nothing is listed; only if none has clock times.
        now: the moment to answer for, in the conference's zone.
        clashing: what of my agenda overlaps something else of it: ids, each with the number of the part.
        rooms: the rooms in the schedule's own order, if it has one.
    """
    timed = {row.day for row in listings if not row.all_day}
    marks = Marks(now, clashing)
    pieces: list[RenderableType] = []
    for day in sorted(timed):
        pieces += [Text(), Hours(setting, colors, [row for row in listings if row.day == day], marks, rooms)]
    if whole := [row for row in listings if row.day not in timed]:
        shown = {row.day for row in whole}
        beside = [row for row in days if row.day in shown or (every_day and not timed)]
        pieces += [Text(), Days(setting, colors, beside, whole, now.date().isoformat())]
    return Group(*pieces[1:])
