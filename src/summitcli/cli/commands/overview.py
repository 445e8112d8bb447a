"""The commands that show the conference as a whole, and the values to filter by."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.cli.call import Call
from summitcli.cli.days import is_over, without_long_gaps
from summitcli.cli.declare import Rows, examples, typer
from summitcli.cli.filters import query, visible
from summitcli.cli.options import Document, Filters, Output
from summitcli.cli.output.answer import answer, write_document
from summitcli.cli.output.hints import hint
from summitcli.details import SpeakerRow
from summitcli.errors import Status
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.rows import CategoryRow, DayRow, NameRow

if TYPE_CHECKING:
    from summitcli.render.overview import Standing


def glance(call: Call, output: Document) -> Status:
    """Show the conference at a glance. Includes dates, sessions per day, and what is on now and next."""
    stage = _stage(call)

    facts = _glance_facts(call, stage)
    write_document(
        call,
        facts,
        output,
        "glance",
        without_long_gaps(call.days),
        counts=(facts["sessions"], facts["listings"]),
        standing=lambda: _standing(call, stage),
    )
    first = f"summit day {next((row.day_number for row in call.days if row.sessions), 1)}"
    # In the night after the last day, `today` would be no day of the conference.
    ended = call.today().isoformat() > call.conference.end
    today = f"summit day {len(call.days)}" if ended else "summit today"
    next_commands = {
        "before": (first, "summit next", "summit about"),
        "running": (today, "summit now", "summit next"),
        "over": (first, "summit list", "summit about"),
    }
    hint(call, *next_commands[stage])
    return Status.DONE


@examples(
    ("summit about --full", "All information, with the whole introduction."),
    ("summit about --json", "As JSON, with all facts."),
)
def about(
    call: Call,
    output: Document,
    full: Annotated[bool, typer.Option("--full", help="Include the full introduction.")] = False,
) -> Status:
    """Show information about the conference. Includes theme, hosts, purpose, programme, figures and more."""
    facts = call.catalog.facts()

    write_document(call, facts, output, "about", full=full)
    if facts["topics"] and not full:
        hint(call, "summit about --full")
    return Status.DONE


@examples(
    ("summit days", "Sessions per day."),
    ("summit days -c forum", "Forums per day."),
)
def days(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:DayRow")]) -> Status:
    """List the conference days. Shows the number of sessions on each."""
    wanted = query(call, filters)
    return answer(
        call,
        DayRow,
        without_long_gaps(call.catalog.days(wanted)),
        output,
        _("no matching sessions"),
        held=lambda: call.catalog.days_by_category(wanted),
        own=call.catalog.colors,
        today=lambda: call.today().isoformat(),
    )


@examples(
    ("summit categories", "All categories, as values for --category."),
    ("summit categories -d 2", "Categories on the second day."),
)
def categories(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:CategoryRow")]) -> Status:
    """List categories. Shows the number of sessions in each."""
    rows = call.catalog.categories(query(call, filters))
    return answer(call, CategoryRow, rows, output, _("this schedule has no categories"))


@examples(
    ("summit rooms --schedule meetup.json", "Rooms in meetup.json, as values for --room."),
)
def rooms(call: Call, filters: Filters, output: Annotated[Output, Rows("rows:NameRow")]) -> Status:
    """List rooms. Shows the number of sessions in each."""
    rows = call.catalog.rooms(query(call, filters))
    return answer(call, NameRow, rows, output, _("this schedule has no rooms"))


@examples(
    (
        "summit speakers --schedule meetup.json",
        "Speakers in meetup.json, as values for --speaker.",
    ),
)
def speakers(call: Call, filters: Filters, output: Annotated[Output, Rows("details:SpeakerRow")]) -> Status:
    """List speakers. Shows the number of sessions of each."""
    rows = call.catalog.speakers(query(call, filters))
    return answer(call, SpeakerRow, rows, output, _("this schedule has no speakers"))


def _stage(call: Call) -> str:
    today = call.now.date().isoformat()
    if today < call.conference.start:
        return "before"
    return "over" if is_over(call) else "running"


def _standing(call: Call, stage: str) -> Standing:
    """Return what is on at the conference: the sessions in progress and those that start next.

    Args:
        call: the running command.
        stage: ``before``, ``running`` or ``over``: whether the conference is to come, in progress or over.
    """
    from summitcli.render.overview import Standing

    standing = Standing(call.now, stage, call.catalog.publishes_times())
    if stage == "running" and standing.timed:
        wanted = visible(call, Filters())
        running = call.catalog.running(call.instant, wanted)
        coming = call.catalog.upcoming(call.instant, wanted, limit=1)
        standing = standing._replace(running=running, coming=coming)
    return standing


def _glance_facts(call: Call, stage: str) -> Mapping[str, Any]:
    """Return the data that ``summit`` without arguments shows, as the object for its output in JSON.

    Args:
        call: the running command.
        stage: ``before``, ``running`` or ``over``: whether the conference is to come, in progress or over.
    """
    conference = call.conference
    today = call.now.date().isoformat()
    sessions, listings = call.catalog.counts()
    return {
        "id": conference.id,
        "title": conference.title,
        "titles": conference.titles,
        "start": conference.start,
        "end": conference.end,
        "time_zone": conference.time_zone,
        "stage": stage,
        "today": today,
        "day_number": next((row.day_number for row in call.days if row.day == today), None),
        "sessions": sessions,
        "listings": listings,
        "days": call.days,
    }
