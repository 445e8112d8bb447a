"""The commands that take a selection along: into a calendar, a file, another program."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.cli.call import Call
from summitcli.cli.declare import Bundle, Completes, Repeated, examples, typer
from summitcli.cli.filters import selection
from summitcli.cli.options import AgendaName, Filters, Output
from summitcli.cli.output.answer import pieces_of, write_file, write_pieces
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import bring_up_to_date, describe, nothing_picked, title_in_language
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.exports import Format, format_named, format_of_file
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.rows import Listing
from summitcli.when import find_duration

if TYPE_CHECKING:
    from summitcli.exports.calendar.ics import Options

CALENDAR = "ics"
"""What is written unless another format is asked for."""


class Carrying(Bundle):
    """What is written, how, and where to."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="{formats}; else as FILE ends, or ics.",
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
    format_ = _format(carrying)
    rows = selection(call, filters)
    if not rows:
        say(_("no session matches"))
        return Status.NOTHING
    pieces = pieces_of(call, Listing, rows, Output(format_.name), _calendar(carrying, format_))
    return _deliver(call, pieces, carrying, format_, rows.sessions())


@examples(
    ("summit agenda export -o agenda.ics", "For any calendar."),
    ("summit agenda export -o agenda.ics --alarm 30m", "With an alarm before each session."),
    ("summit agenda export -o agenda.html", "As a page to print."),
)
def export_agenda(call: Call, carrying: Carrying, name: AgendaName = None) -> Status:
    """My agenda as a calendar, or in any other format. What has changed since the last export is said."""
    format_ = _format(carrying)
    options = _calendar(carrying, format_)
    mine, changes = bring_up_to_date(call, name)
    if not mine.picks:
        say(nothing_picked(call, name))
        return Status.NOTHING
    title = title_in_language(call)
    for changed in changes:
        say(describe(changed, title))
    if format_.name == CALENDAR:
        from summitcli.cli.output.calendar import picked_entries

        rows: Iterable[Any] = picked_entries(mine, call.catalog)
    else:
        rows = selection(call, Filters(agenda=True, name=name))
    pieces = pieces_of(call, Listing, rows, Output(format_.name), options)
    return _deliver(
        call,
        pieces,
        carrying,
        format_,
        len(mine.picks),
        sum(pick.state == "cancelled" for pick in mine.picks),
    )


def _format(carrying: Carrying) -> Format:
    """Return the format asked for, or else that of the file's ending, or else iCalendar.

    Raises:
        UnknownValue: there is no such format, or the file has the ending of something else.
    """
    if carrying.format is not None:
        asked = format_named(carrying.format, Listing, drawn=False)
    else:
        asked = format_of_file(carrying.output or "", Listing) or format_named(CALENDAR, Listing)
    assert asked is not None  # noqa: S101
    return asked


def _calendar(carrying: Carrying, format_: Format) -> Options | None:
    """Return how a calendar is to be written; None for other formats.

    Raises:
        UsageError: another format is asked for, with options of a calendar; or a length of time is none.
    """
    if format_.name != CALENDAR:
        if carrying.alarm or carrying.utc or carrying.calendar_name:
            raise UsageError(_("--alarm, --utc and --calendar-name go with --format ics"))
        return None
    from summitcli.exports.calendar.ics import Options

    alarms = tuple(dict.fromkeys(find_duration(text) for text in carrying.alarm))
    return Options(carrying.calendar_name, alarms, carrying.utc)


def _deliver(
    call: Call, pieces: Iterable[str], carrying: Carrying, format_: Format, count: int, cancelled: int = 0
) -> Status:
    if carrying.output in (None, "-"):
        write_pieces(pieces, format_)
        return Status.DONE
    assert carrying.output is not None  # noqa: S101
    write_file(carrying.output, pieces)
    said = ngettext(
        "wrote {n} session to {name}", "wrote {n} sessions to {name}", count, name=carrying.output
    )
    if cancelled:
        said += ngettext(", {n} of them as cancelled", ", {n} of them as cancelled", cancelled)
    say(said)
    if format_.name == CALENDAR:
        hint(call, f"khal import {carrying.output}", _("or open it with any calendar"))
    return Status.DONE
