"""The command that draws a schedule as one picture."""

from __future__ import annotations

import os
from collections.abc import Sequence

from summitcli.agenda.planner import overlapping
from summitcli.catalog.conditions import Query
from summitcli.catalog.selection import Selection
from summitcli.catalog.times import times_of
from summitcli.cli.call import Call
from summitcli.cli.days import another_day, as_of, is_over, nothing_on, still_running
from summitcli.cli.declare import Completes, Rows, examples, typer
from summitcli.cli.filters import query
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, drawn, is_drawn, write_file, write_pieces
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import ScheduleError, Status, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.library.reference import STDIN
from summitcli.rows import Listing
from summitcli.when import find_day

if TYPE_CHECKING:
    from rich.console import RenderableType

NARROWEST, SVG_WIDTH = 40, 120
"""The fewest columns of a picture in a file, and those where neither a terminal nor COLUMNS says how many."""


@examples(
    ("summit grid", "The whole conference, or today where times are known."),
    ("summit grid 2 -c forum", "The forums of the second day."),
    ("summit grid --svg schedule.svg", "A picture for a web page."),
)
def grid(
    call: Call,
    filters: Filters,
    output: Annotated[Output, Rows("rows:Listing")],
    when: Annotated[
        str | None,
        typer.Argument(metavar="[WHEN]", help="Which day; else today, or the first one with clock times."),
        Completes("day"),
    ] = None,
    svg: Annotated[
        str | None,
        typer.Option("--svg", metavar="FILE", help="Write the picture into FILE instead, as SVG."),
        Completes("file"),
    ] = None,
) -> Status:
    """The picture of the schedule. For a day, hours beside rooms; or days where no times are published."""
    asked = None if when is None else find_day(when, call.days, call.today)
    wanted = query(call, filters, asked)
    found, day = _held(call, wanted, asked)
    rows = call.marked(found, filters.name)
    shown = rows if day is None else as_of(call, day, rows)
    nothing = _("no session matches")
    if asked and not any(filters):
        nothing = nothing_on(call, asked)
    elif day and not asked:
        nothing = _("no session on {day}; `summit days` shows where there are some").format(day=day)

    context: dict[str, Any] = {
        "colors": call.catalog.colors,
        "days": lambda: call.days,
        "every_day": not wanted.days,
        "now": lambda: call.now,
        "rooms": lambda: call.catalog.facts()["rooms"],
        "conflicting": lambda: _clashing(call, filters.name),
    }
    if svg is None:
        status = answer(call, Listing, rows, output, nothing, picture="grid", shown=shown, **context)
        if rows and is_drawn(call, output):
            hint(call, *_next_commands(call, shown))
        return status
    if any(output):
        raise UsageError(_("--svg is a format of its own: leave out --format, --fields and --template"))
    if not rows:
        say(nothing)
        return Status.NOTHING
    _write_picture(call, svg, drawn(call, "grid", shown, context))
    return Status.DONE


def _held(call: Call, wanted: Query, asked: str | None) -> tuple[list[Listing], str | None]:
    """Return what is in the picture, and the day that it is of; None if it is of several."""
    day = asked
    held = [] if wanted.days else Selection(call.catalog, wanted).days()
    if timed := [one.day for one in held if one.timed]:
        day = _day_to_show(call, timed)
        wanted = wanted._replace(days=(day,))
    rows = call.catalog.listings(wanted)
    return rows if day is None else [*still_running(call, day, wanted), *rows], day


def _write_picture(call: Call, file: str, picture: RenderableType) -> None:
    from summitcli.render.svg import svg

    pieces = svg(picture, _width(call), call.name(call.conference.titles))
    if file == STDIN:
        write_pieces(pieces)
    else:
        write_file(file, pieces)
        say(_("wrote the picture to {name}").format(name=file))


def _day_to_show(call: Call, timed: Sequence[str]) -> str:
    """Today, the last day in the night after it, and else the first of the days with clock times."""
    today, (start, end) = call.now.date().isoformat(), (call.conference.start, call.conference.end)
    if today < start or is_over(call):
        return timed[0]
    return min(today, end)


def _next_commands(call: Call, rows: Sequence[Listing]) -> tuple[str, ...]:
    days = [f"summit day {rows[0].day_number}"]
    if any(not row.all_day for row in rows):
        other = another_day(call, rows[-1].day_number)
        days = [] if other is None else [f"summit grid {other}"]
    return *days, "summit show ID", "summit grid --svg FILE"


def _width(call: Call) -> int:
    """The columns of a picture in a file: the terminal's, or what COLUMNS says."""
    if call.terminal:
        return call.console.width
    asked = os.environ.get("COLUMNS", "")
    given = asked.isascii() and asked.isdigit() and len(asked) < 5
    return max(int(asked), NARROWEST) if given else SVG_WIDTH


def _clashing(call: Call, name: str | None) -> set[tuple[str, int]]:
    """What of my agenda certainly overlaps something else of it."""
    try:
        return overlapping(times_of(call.catalog, call.agenda(name).pairs()))
    except (ScheduleError, Unreachable):
        # Said already, where the rows were marked.
        return set()
