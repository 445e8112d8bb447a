"""The commands that list a stretch of the schedule."""

from __future__ import annotations

from summitcli.cli.call import Call
from summitcli.cli.days import another_day, as_of, is_over, nothing_on, still_running
from summitcli.cli.declare import Completes, Rows, examples, typer
from summitcli.cli.filters import check_number, query, selection
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated
from summitcli.rows import Listing
from summitcli.when import find_day


@examples(
    ("summit today --at 2022-07-24", "As if it were that day."),
    ("summit today --at 2022-07-24 -c forum", "Only its forums."),
)
def today(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Today's sessions. With what began before and still runs."""
    return _day(call, call.today().isoformat(), filters, output)


@examples(
    ("summit tomorrow --at 2022-07-23", "What comes, seen from the first day."),
)
def tomorrow(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Tomorrow's sessions. With what began before and still runs."""
    return _day(call, find_day("tomorrow", call.days, call.today), filters, output)


@examples(
    ("summit day 1", "The first day."),
    ("summit day sat -c forum", "The forums of Saturday."),
    ("summit day 7月24日 --json", "A day as JSON, for other programs."),
)
def day(
    call: Call,
    when: Annotated[
        str,
        typer.Argument(metavar="WHEN", help="1, 2022-07-23, 7-23, 23 July, 7月23日, sat, 周六, today …"),
        Completes("day"),
    ],
    filters: Filters,
    output: Annotated[Output, Rows("rows:Listing")],
) -> Status:
    """The sessions of one day. With what began before and still runs."""
    return _day(call, find_day(when, call.days, call.today), filters, output)


@examples(
    ("summit now --at 2022-07-24T10:00", "What was running on that morning."),
    ("summit now --at 2022-07-24T10:00 --agenda", "What of it I had picked."),
)
def now(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """What runs at this moment."""
    rows = call.marked(call.catalog.running(call.instant, query(call, filters)), filters.name)
    # Neither is asked in vain: a time zone takes long to load.
    nothing = "" if rows else _nothing_now(call)
    return answer(call, Listing, rows, output, nothing, now=lambda: call.now)


@examples(
    ("summit next --at 2022-07-22", "What came first."),
    ("summit next -n 3 --at 2022-07-23", "The next three."),
)
def next_(
    call: Call,
    filters: Filters,
    output: Annotated[Output, Rows("rows:Listing")],
    number: Annotated[
        int | None,
        typer.Option(
            "-n", "--number", metavar="N", help="How many; without it, all that start at the next moment."
        ),
    ] = None,
) -> Status:
    """What starts next, however far away."""
    check_number(number)
    found = call.catalog.upcoming(call.instant, query(call, filters), number)
    rows = call.marked(found, filters.name)
    nothing = "" if rows else _nothing_next(call)
    return answer(call, Listing, rows, output, nothing, now=lambda: call.now)


@examples(
    ("summit list -c forum -d 2", "The forums of the second day."),
    ("summit list -c contest -c exhibition", "Two categories."),
    ("summit list --fields day,title -f csv", "Two columns, for a spreadsheet."),
    ("summit list --template '{day} {title}'", "Lines of your own."),
)
def list_(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Every session, or those that the filters leave."""
    rows = selection(call, filters)
    return answer(call, Listing, rows, output, _no_match(call, filters), picture="list")


def _day(call: Call, iso: str, filters: Filters, output: Output) -> Status:
    wanted = query(call, filters, iso)
    found = [*still_running(call, iso, wanted), *call.catalog.listings(wanted)]
    rows = call.marked(found, filters.name)
    nothing = _no_match(call, filters) if any(filters) else nothing_on(call, iso)
    status = answer(call, Listing, rows, output, nothing, shown=lambda: as_of(call, iso, rows))
    if rows and is_drawn(call, output):
        other = another_day(call, as_of(call, iso, rows)[0].day_number)
        days = () if other is None else (f"summit day {other}",)
        hint(call, "summit show ID", *days, "summit categories")
    return status


def _no_match(call: Call, filters: Filters) -> str:
    if (filters.from_time or filters.to_time) and not call.catalog.publishes_times():
        return _("no session matches: this schedule publishes days, no clock times")
    return _("no session matches")


def _nothing_now(call: Call) -> str:
    today = call.today().isoformat()
    if today < call.conference.start or is_over(call):
        return nothing_on(call, today)
    if call.catalog.upcoming(call.instant, limit=1):
        return _("nothing is running now; `summit next` shows what comes")
    return _nothing_left(call)


def _nothing_next(call: Call) -> str:
    if is_over(call):
        return nothing_on(call, call.today().isoformat())
    if call.catalog.upcoming(call.instant, limit=1):
        return _("no session matches")
    if call.catalog.running(call.instant):
        return _("nothing more starts; `summit now` shows what is running")
    return _nothing_left(call)


def _nothing_left(call: Call) -> str:
    """What to say where nothing of the conference is to come, and nothing that was asked for runs."""
    if call.catalog.running(call.instant):
        return _("no session matches")
    return _("nothing is running, and nothing more starts; `summit day 1` shows the first day")
