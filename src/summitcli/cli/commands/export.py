"""The commands that take a selection along: into a calendar, a file, another program."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from summitcli.cli.call import Call
from summitcli.cli.declare import Bundle, Completes, Repeated, examples, typer
from summitcli.cli.filters import query
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import CALENDAR, text_of, write, write_file
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import bring_up_to_date, describe, nothing_picked, picked_sessions
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.exports import FORMATS, OF_SESSIONS
from summitcli.i18n import _, ngettext
from summitcli.rows import Listing, SessionRow
from summitcli.text.suggest import nearest
from summitcli.when import find_length

if TYPE_CHECKING:
    from summitcli.exports.ics import Options


OTHER_ENDINGS = {"htm": "html", "ical": CALENDAR, "icalendar": CALENDAR, "ifb": CALENDAR, "markdown": "md"}
"""What else files of our formats end with (for iCalendar: RFC 5545, 8.1)."""


class Carrying(Bundle):
    """What is written, how, and where to."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="ics, html, csv, tsv, json, jsonl, md or ids; else as FILE ends, or ics.",
        ),
        Completes("carried"),
    ] = None
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="The file to write; - or nothing is stdout."),
        Completes("file"),
    ] = None
    alarm: Annotated[
        Repeated,
        typer.Option(
            "--alarm",
            metavar="LENGTH",
            help="Remind so long before, such as 30m or 1d; all-day: the evening before.",
        ),
    ] = ()
    utc: Annotated[
        bool, typer.Option("--utc", help="Clock times in UTC instead of the conference's zone.")
    ] = False
    calendar_name: Annotated[
        str | None,
        typer.Option(
            "--calendar-name", metavar="NAME", help="What the calendar is called; else the conference."
        ),
    ] = None


@examples(
    ("summit export -c forum -d 2 -o forums.ics", "The forums of the second day, as a calendar."),
    ("summit export -o schedule.csv", "Everything, for a spreadsheet."),
    ("summit export -f md", "Everything as Markdown, to stdout."),
)
def export(call: Call, filters: Filters, carrying: Carrying) -> Status:
    """Any selection in any format, to stdout or a file."""
    rows = call.marked(call.catalog.listings(query(call, filters)), filters.name)
    if not rows:
        say(_("no session matches"))
        return Status.NOTHING
    from summitcli.cli.output.calendar import calendar, entries

    if _format(carrying) == CALENDAR:
        text = calendar(call, entries(call, rows), _options(carrying))
    else:
        text = _text(call, Listing, rows, carrying)
    return _deliver(call, text, carrying, len({row.id for row in rows}))


@examples(
    ("summit agenda export -o agenda.ics", "For any calendar."),
    ("summit agenda export -o agenda.ics --alarm 30m", "With an alarm before each session."),
    ("summit agenda export -o agenda.html", "As a page to print."),
)
def export_agenda(call: Call, carrying: Carrying, name: AgendaName = None) -> Status:
    """My agenda as a calendar, or in any other format. What has changed since the last export is said."""
    mine, changes = bring_up_to_date(call, name)
    if not mine.picks:
        say(nothing_picked(call, name))
        return Status.NOTHING
    for changed in changes:
        say(describe(changed))
    if _format(carrying) == CALENDAR:
        from summitcli.cli.output.calendar import calendar, picked_entries

        text = calendar(call, picked_entries(call, mine), _options(carrying))
    else:
        rows = call.marked(picked_sessions(call, mine, query(call, Filters(agenda=True, name=name))), name)
        text = _text(call, SessionRow, rows, carrying)
    return _deliver(call, text, carrying, len(mine.picks), sum(pick.gone for pick in mine.picks))


def _format(carrying: Carrying) -> str:
    """The format asked for, or else that of the file's ending, or else iCalendar.

    Raises:
        UnknownValue: the file has the ending of something else.
    """
    if carrying.format:
        return carrying.format
    ending = os.path.splitext(carrying.output or "")[1].removeprefix(".").lower()
    known = (*FORMATS, *OF_SESSIONS)
    if ending in known or not ending:
        return ending or CALENDAR
    if ending in OTHER_ENDINGS:
        return OTHER_ENDINGS[ending]
    sentence = _('no format is known by the ending ".{name}"; say with --format what to write')
    raise UnknownValue(sentence.format(name=ending), nearest(ending, known), known)


def _text(call: Call, kind: type, rows: Sequence[Any], carrying: Carrying) -> str:
    if carrying.alarm or carrying.utc or carrying.calendar_name:
        raise UsageError(_("--alarm, --utc and --calendar-name go with --format ics"))
    return text_of(call, kind, rows, Output(_format(carrying)))


def _options(carrying: Carrying) -> Options:
    from summitcli.exports.ics import Options

    alarms = tuple(dict.fromkeys(find_length(text) for text in carrying.alarm))
    return Options(carrying.calendar_name, alarms, carrying.utc)


def _deliver(call: Call, text: str, carrying: Carrying, count: int, cancelled: int = 0) -> Status:
    if carrying.output in (None, "-"):
        write(text)
        return Status.DONE
    assert carrying.output is not None  # noqa: S101
    write_file(carrying.output, text)
    said = ngettext(
        "wrote {n} session to {name}", "wrote {n} sessions to {name}", count, name=carrying.output
    )
    if cancelled:
        said += ngettext(", {n} of them as cancelled", ", {n} of them as cancelled", cancelled)
    say(said)
    if _format(carrying) == CALENDAR:
        hint(call, f"khal import {carrying.output}", _("or open it with any calendar"))
    return Status.DONE
