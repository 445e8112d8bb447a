"""The commands that list a stretch of the schedule."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from summitcli.cli.call import Call
from summitcli.cli.filters import query
from summitcli.cli.grammar.params import Argument, Option
from summitcli.cli.options import Filters, Output
from summitcli.cli.output.answer import answer, is_drawn
from summitcli.cli.output.hints import hint
from summitcli.errors import Status, UsageError
from summitcli.i18n import _, ngettext
from summitcli.rows import Listing
from summitcli.when import find_day

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST = 1_000_000
"""The largest number that ``-n`` takes."""


def today(call: Call, filters: Filters, output: Output) -> Status:
    """Today's sessions."""
    return _day(call, call.today().isoformat(), filters, output)


def tomorrow(call: Call, filters: Filters, output: Output) -> Status:
    """Tomorrow's sessions."""
    return _day(call, find_day("tomorrow", call.days, call.today), filters, output)


def day(
    call: Call,
    when: Annotated[
        str, Argument("WHEN", "1, 2022-07-23, 7-23, 23 July, 7月23日, sat, 周六, today …", "day")
    ],
    filters: Filters,
    output: Output,
) -> Status:
    """The sessions of one day."""
    return _day(call, find_day(when, call.days, call.today), filters, output)


def now(call: Call, filters: Filters, output: Output) -> Status:
    """What runs at this moment."""
    rows = call.marked(call.catalog.running(call.instant, query(call, filters)), filters.name)
    return answer(call, Listing, rows, output, lambda: _picture(call, rows, call.now), _nothing_now(call))


def next_(
    call: Call,
    filters: Filters,
    output: Output,
    number: Annotated[
        int | None,
        Option(("-n", "--number"), "How many; without it, all that start at the next moment.", "N"),
    ] = None,
) -> Status:
    """What starts next, however far away."""
    if number is not None and not 1 <= number <= MOST:
        raise UsageError(_("-n takes a number from 1 to {most}").format(most=MOST))
    found = call.catalog.upcoming(call.instant, query(call, filters), number)
    rows = call.marked(found, filters.name)
    return answer(call, Listing, rows, output, lambda: _picture(call, rows, call.now), _nothing_next(call))


def list_(call: Call, filters: Filters, output: Output) -> Status:
    """Every session, or those that the filters leave."""
    rows = call.marked(call.catalog.listings(query(call, filters)), filters.name)
    return answer(call, Listing, rows, output, lambda: _picture(call, rows), _no_match(call, filters))


def another_day(call: Call, number: int) -> int | None:
    """The next day with sessions after that of ``number``, the first again after the last; or None."""
    others = [row.day_number for row in call.days if row.sessions and row.day_number != number]
    return next((other for other in others if other > number), others[0] if others else None)


def is_over(call: Call) -> bool:
    """Whether the last day has passed, and the night after it as far as anything is still held in it."""
    past = call.today().isoformat() > call.conference.end
    return past and not (call.catalog.running(call.instant) or call.catalog.upcoming(call.instant, limit=1))


def _day(call: Call, iso: str, filters: Filters, output: Output) -> Status:
    rows = call.marked(call.catalog.listings(query(call, filters, iso)), filters.name)
    nothing = _no_match(call, filters) if any(filters) else nothing_on(call, iso)
    status = answer(call, Listing, rows, output, lambda: _picture(call, rows), nothing)
    if rows and is_drawn(call, output):
        other = another_day(call, rows[0].day_number)
        days = () if other is None else (f"summit day {other}",)
        hint(call, "summit show ID", *days, "summit categories")
    return status


def _picture(call: Call, rows: Sequence[Listing], now: datetime | None = None) -> "RenderableType":
    from summitcli.render.listings import schedule

    return schedule(call.setting, rows, now)


def _no_match(call: Call, filters: Filters) -> str:
    if (filters.from_time or filters.to_time) and not call.catalog.publishes_times():
        return _("no session matches: this schedule publishes days, no clock times")
    return _("no session matches")


def nothing_on(call: Call, iso: str) -> str:
    """Why a day has no sessions, and where there are some."""
    conference = call.conference
    if iso > conference.end and iso == call.today().isoformat() and not is_over(call):
        return _("the night of the last day is not over; `summit now` and `summit next` show what is left")
    if iso > conference.end:
        return _("{title} ended on {day}; `summit day 1` shows its first day").format(
            title=call.name(conference.titles), day=conference.end
        )
    if iso < conference.start:
        days = (date.fromisoformat(conference.start) - date.fromisoformat(iso)).days
        return ngettext(
            "{title} begins on {day}, {n} day later; `summit day 1` shows its first day",
            "{title} begins on {day}, {n} days later; `summit day 1` shows its first day",
            days,
            title=call.name(conference.titles),
            day=conference.start,
        )
    return _("no session on {day}; `summit days` shows where there are some").format(day=iso)


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
