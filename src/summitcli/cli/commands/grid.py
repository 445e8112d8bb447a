"""The command that draws a schedule as a grid."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial

from summitcli.catalog.conditions import Query
from summitcli.catalog.selection import Selection
from summitcli.cli.call import Call
from summitcli.cli.days import another_day, as_of, full_date, is_over, no_sessions_on, still_running
from summitcli.cli.declare import Completes, Rows, examples, typer
from summitcli.cli.filters import hidden_count, only_hidden, query, visible
from summitcli.cli.marks import marks
from summitcli.cli.options import Filters, Output, Stars
from summitcli.cli.output.answer import answer, drawn, is_drawn, write_file, write_pieces
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.library.reference import STDIN
from summitcli.rows import Listing
from summitcli.when import find_day

if TYPE_CHECKING:
    from rich.console import RenderableType

MIN_SVG_WIDTH, SVG_WIDTH = 40, 120
"""The smallest width of an SVG and its default width, in columns of text.

The default applies outside a terminal if COLUMNS is not set.
"""


@examples(
    ("summit grid", "Today if times are published, otherwise the whole conference."),
    ("summit grid 2 -c forum", "The forums on the second day."),
    ("summit grid --svg schedule.svg", "An image for a web page."),
)
def grid(
    call: Call,
    filters: Filters,
    output: Annotated[Output, Rows("rows:Listing")],
    when: Annotated[
        str | None,
        typer.Argument(
            metavar="[WHEN]", help="Day to draw (default: today, or the first day that has times)."
        ),
        Completes("day"),
    ] = None,
    svg: Annotated[
        str | None,
        typer.Option("--svg", metavar="FILE", help="Write the grid to this file as an SVG image."),
        Completes("file"),
    ] = None,
    stars: Stars = False,
) -> Status:
    """Draw the schedule as a grid. Shows a day by room and time, or all days if no times are published."""
    asked = None if when is None else find_day(when, call.days, call.today)
    # A picture in a file is for others, too: it tells neither what is picked nor what is hidden.
    marked = stars or svg is None
    wanted = (visible if marked else query)(call, filters, asked)
    found, day = _listings_to_draw(call, wanted, asked)
    rows = call.marked(found, filters.name) if marked else found
    shown = rows if day is None else as_of(call, day, rows)
    nothing = only_hidden(call, wanted) or _no_match(call, filters, asked, day)
    context = _context(call, every_day=not wanted.days)
    shown_days = wanted if day is None else wanted._replace(days=(day,))
    hidden = partial(hidden_count, call, shown_days)
    context["marks"] = marks(call, filters.name, in_agenda=marked, hidden=hidden if marked else int)
    if svg is None:
        status = answer(
            call, Listing, rows, output, nothing, picture="grid", shown=shown, stars=stars, **context
        )
        if rows and is_drawn(call, output):
            hint(call, *_next_commands(call, shown))
        return status
    if any(output):
        raise UsageError(_("--svg can't be used with --format, --fields or --template"))
    if not rows:
        say(nothing)
        return Status.NOTHING
    _write_svg(call, svg, drawn(call, "grid", shown, context))
    return Status.DONE


def _no_match(call: Call, filters: Filters, asked: str | None, day: str | None) -> str:
    """Return the message that there is nothing to draw.

    ``asked`` is the day that the user gave, ``day`` the day to draw; both are ISO dates, or None if there is
    no such day.
    """
    if asked and not any(filters):
        return no_sessions_on(call, asked)
    if day and not asked:
        return _("no sessions on {day}; see `summit days`").format(day=full_date(day))
    return _("no matching sessions")


def _context(call: Call, every_day: bool) -> dict[str, Any]:
    """Return arguments for drawing a grid, by name: data of the schedule, such as its days and rooms.

    The sessions and their conflicts are not among them.

    Args:
        call: the running command.
        every_day: whether the grid shows all days.
    """
    return {
        "colors": call.catalog.colors,
        "days": lambda: call.days,
        "every_day": every_day,
        "rooms": lambda: call.catalog.facts()["rooms"],
    }


def _listings_to_draw(call: Call, wanted: Query, asked: str | None) -> tuple[list[Listing], str | None]:
    """Return the listings (each a session on one day) to draw, and the ISO date of the day that is drawn.

    The date is None if several days are drawn.

    Args:
        call: the running command.
        wanted: the query for the filters on the command line.
        asked: the day that the user typed; None if there is none.
    """
    day = asked
    days = [] if wanted.days else Selection(call.catalog, wanted).days()
    if timed := [one.day for one in days if one.timed]:
        day = _day_to_show(call, timed)
        wanted = wanted._replace(days=(day,))
    rows = call.catalog.listings(wanted)
    return rows if day is None else [*still_running(call, day, wanted), *rows], day


def _write_svg(call: Call, file: str, picture: RenderableType) -> None:
    from summitcli.render.svg import svg

    pieces = svg(picture, _width(call), call.name(call.conference.titles))
    if file == STDIN:
        write_pieces(pieces)
    else:
        write_file(file, pieces)
        say(_("wrote the grid to {name}").format(name=file))


def _day_to_show(call: Call, timed: Sequence[str]) -> str:
    """Return the ISO date of the day to draw if the user gave none.

    It is today if that is a day of the conference; in the night after the last day, it is still the last day.
    Otherwise it is the first day with times.

    Args:
        call: the running command.
        timed: the ISO dates of the days with published times.
    """
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
    """Return the width of an SVG in columns of text.

    It is the value of COLUMNS, or else the width of the terminal, or else :data:`SVG_WIDTH`.
    """
    if call.terminal:
        return call.console.width
    asked = os.environ.get("COLUMNS", "")
    given = asked.isascii() and asked.isdigit() and len(asked) < 5
    return max(int(asked), MIN_SVG_WIDTH) if given else SVG_WIDTH
