"""The commands that export sessions and agendas to calendars and other formats."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.cli.call import Call
from summitcli.cli.declare import Bundle, Completes, Repeated, examples, typer
from summitcli.cli.filters import selection
from summitcli.cli.options import AgendaName, Filters, Output, Stars
from summitcli.cli.output.answer import pieces_of, write_file, write_pieces
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import bring_up_to_date, descriptions, empty_agenda_message, title_in_language
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.exports import Format, format_named, format_of_file
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.rows import Listing
from summitcli.text.shell import quote
from summitcli.when import find_duration

if TYPE_CHECKING:
    from summitcli.exports.calendar.ics import Options

CALENDAR = "ics"
"""The format of an export, iCalendar, if neither ``--format`` nor the file's extension tells another."""


class ExportOptions(Bundle):
    """The options of an export: its format, its file, and for calendars reminders and the like."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="Output format: {formats} (default: from FILE's extension, otherwise ics).",
        ),
        Completes("carried"),
    ] = None
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to FILE (default: -, which is stdout)."),
        Completes("file"),
    ] = None
    alarm: Annotated[
        Repeated,
        typer.Option(
            "--alarm",
            metavar="LENGTH",
            help="Add a reminder this long before each session, such as 30m or 1d; for all-day"
            " sessions, at 18:00 the day before or earlier.",
        ),
    ] = ()
    utc: Annotated[
        bool, typer.Option("--utc", help="Write times in UTC instead of the conference's time zone.")
    ] = False
    calendar_name: Annotated[
        str | None,
        typer.Option(
            "--calendar-name", metavar="NAME", help="Name of the calendar (default: the conference's title)."
        ),
    ] = None
    stars: Stars = False


@examples(
    ("summit export -c forum -d 2 -o forums.ics", "The forums on the second day, as a calendar."),
    ("summit export -o schedule.csv", "All sessions, for a spreadsheet."),
    ("summit export -f md", "All sessions as Markdown, to stdout."),
)
def export(call: Call, filters: Filters, options: ExportOptions) -> Status:
    """Export any selection of sessions to a file or stdout."""
    format_ = _format(options)
    rows = selection(call, filters, marked=options.stars)
    if not rows:
        say(_("no matching sessions"))
        return Status.NOTHING
    pieces = pieces_of(
        call, Listing, rows, Output(format_.name), _calendar(options, format_), stars=options.stars
    )
    return _write(call, pieces, options, format_, rows.sessions())


@examples(
    ("summit agenda export -o agenda.ics", "For any calendar app."),
    ("summit agenda export -o agenda.ics --alarm 30m", "With a reminder before each session."),
    ("summit agenda export -o agenda.html", "As a web page to print."),
)
def export_agenda(call: Call, options: ExportOptions, name: AgendaName = None) -> Status:
    """Export your agenda as a calendar or in another format. Reports changes since the last export."""
    format_ = _format(options)
    calendar = _calendar(options, format_)
    mine, changes = bring_up_to_date(call, name)
    if not mine.planned():
        say(empty_agenda_message(call, name))
        return Status.NOTHING
    for sentence in descriptions(changes, title_in_language(call)):
        say(sentence)
    if format_.name == CALENDAR:
        from summitcli.cli.output.calendar import picked_entries

        rows: Iterable[Any] = picked_entries(mine, call.catalog)
    else:
        rows = selection(call, Filters(agenda=True, name=name))
    pieces = pieces_of(call, Listing, rows, Output(format_.name), calendar, options.stars)
    return _write(
        call,
        pieces,
        options,
        format_,
        len(mine.planned()),
        sum(pick.state == "cancelled" for pick in mine.planned()),
    )


def _format(options: ExportOptions) -> Format:
    """Return the format given with ``--format``, or that of the file's extension, or else iCalendar.

    Raises:
        UnknownValue: the format or the file's extension is unknown.
    """
    if options.format is not None:
        asked = format_named(options.format, Listing, drawn=False)
    else:
        asked = format_of_file(options.output or "", Listing) or format_named(CALENDAR, Listing)
    assert asked is not None  # noqa: S101
    return asked


def _calendar(options: ExportOptions, format_: Format) -> Options | None:
    """Return the options that apply to calendars only; None if ``format_`` is not iCalendar.

    Raises:
        UsageError: calendar options are used with another format, or a duration is invalid.
    """
    if format_.name != CALENDAR:
        if options.alarm or options.utc or options.calendar_name:
            raise UsageError(_("--alarm, --utc and --calendar-name work only with --format ics"))
        return None
    from summitcli.exports.calendar.ics import Options

    alarms = tuple(dict.fromkeys(find_duration(text) for text in options.alarm))
    return Options(options.calendar_name, alarms, options.utc)


def _write(
    call: Call, pieces: Iterable[str], options: ExportOptions, format_: Format, count: int, cancelled: int = 0
) -> Status:
    if options.output in (None, "-"):
        write_pieces(pieces, format_)
        return Status.DONE
    assert options.output is not None  # noqa: S101
    write_file(options.output, pieces)
    sentence = ngettext(
        "exported {n} session to {name}", "exported {n} sessions to {name}", count, name=options.output
    )
    if cancelled:
        sentence += ngettext(" ({n} cancelled)", " ({n} cancelled)", cancelled)
    say(sentence)
    _hint(call, format_, options.output)
    return Status.DONE


def _hint(call: Call, format_: Format, file: str) -> None:
    """Suggest to the user of a terminal what to do with an exported calendar or page."""
    if format_.name == CALENDAR:
        from shutil import which

        own = [f"khal import {quote(file)}"] if which("khal") else []
        hint(call, *own, _("send it to your phone, or open it in a calendar app"))
    elif format_.name == "html":
        hint(call, _("open it in a browser, to read or print it"))
