"""The commands that look at an agenda as a plan: what clashes, and what is free."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summitcli.agenda.planner import MOST, key_of
from summitcli.agenda.planner import conflicts as find_conflicts
from summitcli.agenda.planner import fits as find_fits
from summitcli.agenda.planner import gaps as find_gaps
from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.declare import Rows, examples, typer
from summitcli.cli.filters import query
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import nothing_picked, picked_listings
from summitcli.cli.terminal.messages import warn
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated, NamedTuple
from summitcli.rows import Listing
from summitcli.when import find_length

SHORTEST_GAP = "30m"


class ConflictRow(NamedTuple):
    """Two picks that overlap, certainly or possibly; times are RFC 3339, null where none are published."""

    kind: str
    day: str
    start: str | None
    end: str | None
    first: str
    second: str
    first_title: str
    second_title: str


class GapRow(NamedTuple):
    """A free stretch between two picks, in minutes and RFC 3339, with the ids of what would fit into it."""

    day: str
    start: str
    end: str
    minutes: int
    fits: tuple[str, ...]


@examples(
    ("summit agenda conflicts", "What clashes."),
    ("summit agenda conflicts --json", "The same for other programs."),
)
def conflicts(
    call: Call, filters: Filters, output: Annotated[Output, Rows("cli.commands.planning:ConflictRow")]
) -> Status:
    """What clashes in my agenda. Where no times are published, what possibly does."""
    mine = picked_listings(call, filters.name)
    found = find_conflicts(mine)
    if any(filters._replace(name=None)):
        # What clashes with anything that is asked for, whatever that is.
        meant = {key_of(one) for one in call.catalog.listings(query(call, filters._replace(agenda=True)))}
        found = [one for one in found if key_of(one.first) in meant or key_of(one.second) in meant]
    rows = [
        ConflictRow(
            "certain" if one.certain else "possible",
            one.day,
            one.start,
            one.end,
            one.first.id,
            one.second.id,
            one.first.title,
            one.second.title,
        )
        for one in found
    ]

    nothing = _("nothing clashes") if mine else nothing_picked(call, filters.name)
    status = answer(call, ConflictRow, rows, output, nothing, shown=found, listings=mine)
    if len(found) == MOST:
        warn(_("these are the first {n} clashes; there may be more").format(n=MOST))
    if rows and is_drawn(call, output):
        option = f" --name {filters.name}" if filters.name else ""
        hint(call, "summit show ID", f"summit agenda remove ID{option}")
    return status


@examples(
    ("summit agenda gaps --schedule timed.json", "Where the schedule publishes clock times."),
    ("summit agenda gaps --schedule timed.json --min 1h", "Only an hour or more."),
)
def gaps(
    call: Call,
    filters: Filters,
    output: Annotated[Output, Rows("cli.commands.planning:GapRow")],
    shortest: Annotated[
        str, typer.Option("--min", metavar="LENGTH", help="Leave out what is shorter, such as 1h.")
    ] = SHORTEST_GAP,
) -> Status:
    """What is free between my picks. With what of the schedule would fit."""
    minutes = int(find_length(shortest).total_seconds()) // 60
    # Of the agenda filters choose the days alone: all that is picked takes its time.
    wanted = query(call, filters._replace(agenda=False))
    mine = picked_listings(call, filters.name)
    picked = {listing.id for listing in mine}
    days = [day for day in dict.fromkeys(one.day for one in mine) if day in (wanted.days or (day,))]
    found = [find_gaps(mine, day, minutes) for day in days]
    fitting = [
        (gap, find_fits(gap, _others(call, wanted._replace(days=(day.day,)), picked)))
        for day in found
        for gap in day.gaps
    ]
    rows = [
        GapRow(gap.day, gap.start, gap.end, gap.minutes, tuple(dict.fromkeys(one.id for one in listings)))
        for gap, listings in fitting
    ]

    nothing = _("nothing is picked on that day") if mine else nothing_picked(call, filters.name)
    if found:
        nothing = ""
    if any(day.timed for day in found):
        nothing = _("nothing is free between picks")
    status = answer(call, GapRow, rows, output, nothing, shown=fitting)
    if untimed := [day.day for day in found if not day.timed]:
        sentence = _("{days}: no times are published, so nothing is known to be free")
        warn(sentence.format(days=_(", ").join(untimed)))
    return status


def _others(call: Call, wanted: Query, picked: Collection[str]) -> Sequence[Listing]:
    """What else the schedule has of what is wanted."""
    return [listing for listing in call.catalog.listings(wanted) if listing.id not in picked]
