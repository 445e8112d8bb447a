"""The commands that list sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from summitcli.catalog.conditions import Query
from summitcli.cli.call import Call
from summitcli.cli.days import another_day, as_of, is_over, no_sessions_on, still_running
from summitcli.cli.declare import Completes, Rows, examples, typer
from summitcli.cli.filters import (
    MAX_NUMBER,
    check_number,
    hidden_count,
    hidden_message,
    hidden_query,
    only_hidden,
    selection,
    visible,
)
from summitcli.cli.marks import marks
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.cli.terminal.messages import warn
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated
from summitcli.rows import Listing
from summitcli.text.enumeration import enumeration
from summitcli.when import find_day


@examples(
    ("summit today --at 2022-07-24", "Pretend that today is 24 July."),
    ("summit today --at 2022-07-24 -c forum", "Only the forums of that day."),
)
def today(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Show today's sessions. Includes sessions that began earlier and continue on that day."""
    return _day(call, call.today().isoformat(), filters, output)


@examples(
    ("summit tomorrow --at 2022-07-23", "Pretend that today is the first day; shows the second."),
)
def tomorrow(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Show tomorrow's sessions. Includes sessions that began earlier and continue on that day."""
    return _day(call, find_day("tomorrow", call.days, call.today), filters, output)


@examples(
    ("summit day 1", "Show the first day."),
    ("summit day sat -c forum", "The forums on Saturday."),
    ("summit day 7月24日 --json", "One day as JSON."),
)
def day(
    call: Call,
    when: Annotated[
        str,
        typer.Argument(
            metavar="WHEN", help="Day to show: 1, 2022-07-23, 7-23, 23 July, 7月23日, sat, 周六, today…"
        ),
        Completes("day"),
    ],
    filters: Filters,
    output: Annotated[Output, Rows("rows:Listing")],
) -> Status:
    """Show one day's sessions. Includes sessions that began earlier and continue on that day."""
    return _day(call, find_day(when, call.days, call.today), filters, output)


@examples(
    ("summit now --at 2022-07-24T10:00", "Pretend that it is 10:00 on 24 July."),
    ("summit now --at 2022-07-24T10:00 --agenda", "The same, but only from your agenda."),
)
def now(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """Show sessions in progress."""
    wanted = visible(call, filters)
    rows = call.marked(call.catalog.running(call.instant, wanted), filters.name)

    def hidden() -> int:
        others = hidden_query(wanted)
        return 0 if others is None else _sessions_in(call.catalog.running(call.instant, others))

    # Only if needed, as a time zone is slow to load.
    nothing = "" if rows else hidden_message(hidden()) or _nothing_now(call)
    marked = marks(call, filters.name, hidden=hidden)
    status = answer(call, Listing, rows, output, nothing, now=lambda: call.now, marks=marked)
    if rows and not call.catalog.publishes_times():
        warn(_("this schedule has no times: these are today's sessions"))
    return status


@examples(
    ("summit next --at 2022-07-22", "Pretend that today is 22 July, the day before the conference."),
    ("summit next -n 3 --at 2022-07-23", "Pretend that today is 23 July; shows three sessions."),
)
def next_(
    call: Call,
    filters: Filters,
    output: Annotated[Output, Rows("rows:Listing")],
    number: Annotated[
        int | None,
        typer.Option(
            "-n",
            "--number",
            metavar="N",
            help="Number of sessions to show (default: all that start at the next starting time).",
        ),
    ] = None,
) -> Status:
    """Show the next sessions to start."""
    check_number(number)
    has_times, wanted = call.catalog.publishes_times(), visible(call, filters)
    found = call.catalog.upcoming(call.instant, wanted, number)
    if not found and not has_times:
        found = _listings_of_later_days(call, wanted, number)
    rows = call.marked(found, filters.name)

    def hidden() -> int:
        others = hidden_query(wanted)
        return 0 if others is None else _hidden_before(call, others, rows)

    nothing = "" if rows else hidden_message(hidden()) or _nothing_next(call)
    marked = marks(call, filters.name, hidden=hidden)
    status = answer(call, Listing, rows, output, nothing, now=lambda: call.now, marks=marked)
    if rows and not has_times:
        from summitcli.text import dates

        days = enumeration([dates.day(iso) for iso in dict.fromkeys(row.day for row in rows)])
        warn(_("this schedule has no times: these are sessions of {days}").format(days=days))
    return status


@examples(
    ("summit list -c forum -d 2", "The forums on the second day."),
    ("summit list -c contest -c exhibition", "Sessions in either of two categories."),
    ("summit list --fields day,title -f csv", "Days and titles, for a spreadsheet."),
    ("summit list --template '{day} {title}'", "The same in a format of your own."),
)
def list_(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:Listing")]) -> Status:
    """List sessions, optionally filtered."""
    wanted = visible(call, filters)
    rows = selection(call, filters, wanted)
    nothing = only_hidden(call, wanted) or _no_match(call, filters)
    marked = marks(call, filters.name, hidden=lambda: hidden_count(call, wanted))
    return answer(call, Listing, rows, output, nothing, picture="list", marks=marked)


def _hidden_before(call: Call, hidden: Query, rows: Sequence[Listing]) -> int:
    """Return the number of hidden sessions that have not begun and start no later than the last of ``rows``.

    If there are no rows, return the number of all hidden sessions that have not begun.

    Args:
        call: the running command.
        hidden: the query for the hidden sessions.
        rows: the listings (each a session on one of its days) that are shown.
    """
    # Only if needed, as it slows down short answers.
    from datetime import datetime

    coming = call.catalog.upcoming(call.instant, hidden, MAX_NUMBER)
    if rows and rows[-1].start:
        last = datetime.fromisoformat(rows[-1].start)
        return _sessions_in(one for one in coming if one.start and datetime.fromisoformat(one.start) <= last)
    return _sessions_in(one for one in coming if not rows or one.day <= rows[-1].day)


def _sessions_in(listings: Iterable[Listing]) -> int:
    return len({listing.id for listing in listings})


def _day(call: Call, iso: str, filters: Filters, output: Output) -> Status:
    wanted = visible(call, filters, iso)
    found = [*still_running(call, iso, wanted), *call.catalog.listings(wanted)]
    rows = call.marked(found, filters.name)
    nothing = ""
    if not rows:
        unfiltered = "" if any(filters) else no_sessions_on(call, iso)
        nothing = only_hidden(call, wanted) or unfiltered or _no_match(call, filters)
    status = answer(
        call,
        Listing,
        rows,
        output,
        nothing,
        shown=lambda: as_of(call, iso, rows),
        marks=marks(call, filters.name, hidden=lambda: hidden_count(call, wanted)),
    )
    if rows and is_drawn(call, output):
        other = another_day(call, as_of(call, iso, rows)[0].day_number)
        days = () if other is None else (f"summit day {other}",)
        hint(call, "summit show ID", *days, "summit categories")
    return status


def _no_match(call: Call, filters: Filters) -> str:
    if (filters.from_time or filters.to_time) and not call.catalog.publishes_times():
        return _("no matching sessions: this schedule has days but no times")
    return _("no matching sessions")


def _nothing_now(call: Call) -> str:
    today = call.today().isoformat()
    if today < call.conference.start or is_over(call):
        return no_sessions_on(call, today)
    if call.catalog.upcoming(call.instant, limit=1):
        return _("no sessions in progress; see `summit next`")
    return _nothing_left(call)


def _listings_of_later_days(call: Call, wanted: Query, number: int | None) -> list[Listing]:
    """Return the sessions on the next day that has any; with ``number``, the first ones on all later days.

    ``number`` is the largest number of sessions to return. A session that lasts several days is listed on
    each of them.
    """
    today = call.today().isoformat()
    days = tuple(row.day for row in call.catalog.days(wanted) if row.sessions and row.day > today)
    if not days:
        return []
    shown = days[:1] if number is None else days
    return call.catalog.listings(wanted._replace(days=shown))[:number]


def _nothing_next(call: Call) -> str:
    if is_over(call):
        return no_sessions_on(call, call.today().isoformat())
    if call.catalog.upcoming(call.instant, limit=1):
        return _("no matching sessions")
    if call.catalog.running(call.instant):
        return _("no more sessions to start; see `summit now` for those in progress")
    return _nothing_left(call)


def _nothing_left(call: Call) -> str:
    """Return the message for ``next`` if no more sessions start."""
    if call.catalog.running(call.instant):
        return _("no matching sessions")
    return _("no sessions in progress and none left to start; see `summit day 1`")
