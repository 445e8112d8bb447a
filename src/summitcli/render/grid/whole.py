"""The whole terminal output of ``summit grid``.

Each day with times gets a grid of hours and rooms. All days without times share one grid of days.
"""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from summitcli.render.console import Pieces
from summitcli.render.grid.days import Days
from summitcli.render.grid.hours import Hours
from summitcli.render.marks import Marks
from summitcli.render.setting import Setting
from summitcli.rows import DayRow, Listing


def grid(
    setting: Setting,
    listings: Sequence[Listing],
    colors: Mapping[str, str],
    days: Sequence[DayRow],
    every_day: bool,
    marks: Marks,
    rooms: Sequence[str] = (),
) -> Pieces:
    """Return ``listings`` drawn as grids, piece by piece.

    Args:
        setting: the conference and the language to show.
        listings: the listings to show (each is a session at one of its times), in the order of the schedule.
        colors: the colours that the schedule gives to categories, by the category's ID.
        days: the days of the conference.
        every_day: whether to show days without sessions, too, if no day has times.
        marks: the current time and the conflicts to mark.
        rooms: the rooms in the order of the schedule, if it has one.
    """
    timed = {row.day for row in listings if not row.all_day}
    whole = [row for row in listings if row.day not in timed]

    def pieces(console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        for number, day in enumerate(sorted(timed)):
            yield from [Text()] if number else []
            held = [row for row in listings if row.day == day]
            # The hidden sessions of all days are counted below the last grid.
            is_last = number == len(timed) - 1 and not whole
            noted = marks if is_last else marks._replace(hidden=0)
            yield from Hours(setting, colors, held, noted, rooms).pieces(console, options)
        if whole:
            yield from [Text()] if timed else []
            shown = {row.day for row in whole}
            beside = [row for row in days if row.day in shown or (every_day and not timed)]
            yield Days(setting, colors, beside, whole, marks)

    return Pieces(pieces)
