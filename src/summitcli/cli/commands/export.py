"""The commands that export sessions and agendas to calendars and other formats."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from summitcli.cli.call import Call
from summitcli.cli.declare import Bundle, Completes, examples, typer
from summitcli.cli.filters import planned_marks, query, selection
from summitcli.cli.options import AgendaName, Alarms, Filters, Output, PlannedMarks, Stars
from summitcli.cli.output.answer import pieces_of, write_file, write_pieces
from summitcli.cli.output.groups import groups, left_out
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import (
    bring_up_to_date,
    descriptions,
    empty_agenda_message,
    no_match,
    title_in_language,
)
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, Unreachable, UsageError
from summitcli.exports import Format, format_named, format_of_file
from summitcli.exports.page import PageOptions
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, Any
from summitcli.rows import Listing
from summitcli.text.enumeration import enumeration
from summitcli.text.filenames import file_names
from summitcli.text.folding import fold
from summitcli.text.shell import quote
from summitcli.when import find_duration

if TYPE_CHECKING:
    from summitcli.exports.calendar.ics import Options

PAGE = "html"
CALENDAR = "ics"
"""The format of an export if neither ``--format`` nor the file's extension states one: iCalendar."""


class ExportOptions(Bundle):
    """The options of an export: format and file, and options for calendars, such as reminders."""

    format: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="Output format: {formats} (default: from the extension of the output file, otherwise ics).",
        ),
        Completes("carried"),
    ] = None
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write to this file (default: -, which is stdout)."
        ),
        Completes("file"),
    ] = None
    alarm: Alarms = ()
    utc: Annotated[
        bool,
        typer.Option("--utc", help="Write a calendar's times in UTC, not in the conference's time zone."),
    ] = False
    calendar_name: Annotated[
        str | None,
        typer.Option(
            "--calendar-name",
            metavar="NAME",
            help="Name of a calendar, shown by apps (default: the conference's title).",
        ),
    ] = None
    title: Annotated[
        str | None,
        typer.Option(
            "--title",
            metavar="TEXT",
            help="Heading of a page in the format html (default: the conference's title).",
        ),
    ] = None
    stars: Stars = False


@examples(
    ("summit export -c forum -d 2 -o forums.ics", "The forums on the second day, as a calendar."),
    ("summit export -o schedule.csv", "Everything, for a spreadsheet."),
    ("summit export -f md", "Print all as Markdown."),
    (
        "summit export --per category -f html -o sheets",
        "A printable page per category.",
    ),
)
def export(
    call: Call,
    filters: Filters,
    options: ExportOptions,
    per: Annotated[
        str | None,
        typer.Option(
            "--per",
            metavar="room|speaker|category|day",
            help="Write a file for each room, speaker, category or day into the directory given with -o;"
            " other files there are kept.",
        ),
        Completes("group"),
    ] = None,
) -> Status:
    """Export any selection of sessions to a file or stdout. Without filters, exports all sessions."""
    if per is not None:
        return _export_per(call, filters, options, per)
    format_ = _format(options)
    rows = selection(call, filters, marked=options.stars)
    if not rows:
        say(_("no matching sessions"))
        return Status.NOTHING
    pieces = _pieces(call, rows, options, format_)
    return _write(call, pieces, options, format_, rows.sessions())


@examples(
    ("summit agenda export -o agenda.ics", "A calendar to open in any calendar app."),
    ("summit agenda export -o agenda.ics --alarm 30m", "With a reminder before each session."),
    ("summit agenda export -o agenda.html", "As a web page to print."),
    ("summit agenda export --pick yes -o plan.ics", "Without the sessions marked as maybe."),
)
def export_agenda(
    call: Call,
    options: ExportOptions,
    pick: PlannedMarks = (),
    name: AgendaName = None,
) -> Status:
    """Export your agenda as a calendar or in another format. Also shows changes since the last export."""
    format_ = _format(options)
    _check(options, format_)
    marks = planned_marks(pick)
    mine, changes = bring_up_to_date(call, name)
    if pick:
        mine = mine._replace(picks=tuple(one for one in mine.picks if one.pick in marks))
        changes = tuple(changed for changed in changes if changed.after.pick in marks)
    is_calendar = format_.name == CALENDAR
    if not mine.planned() and not (is_calendar and mine.entries):
        say(no_match() if pick else empty_agenda_message(call, name))
        return Status.NOTHING
    for sentence in descriptions(changes, title_in_language(call)):
        say(sentence)
    if is_calendar:
        from summitcli.cli.output.calendar import own_calendar_entries, picked_entries

        # Only calendars have own entries: they are the user's, and other files may be published.
        rows: Iterable[Any] = chain(picked_entries(mine, call.catalog), own_calendar_entries(mine, call.zone))
    else:
        rows = selection(call, Filters(agenda=True, pick=marks, name=name))
    pieces = _pieces(call, rows, options, format_)
    return _write(
        call,
        pieces,
        options,
        format_,
        len(mine.planned()),
        sum(pick.state == "cancelled" for pick in mine.planned()),
    )


def _format(options: ExportOptions) -> Format:
    """Return the format given with ``--format``, or else that of the file's extension, or else iCalendar.

    Raises:
        UnknownValue: the format or the file's extension is unknown.
    """
    if options.format is not None:
        asked = format_named(options.format, Listing, drawn=False)
    else:
        asked = format_of_file(options.output or "", Listing) or format_named(CALENDAR, Listing)
    assert asked is not None  # noqa: S101
    return asked


def _export_per(call: Call, filters: Filters, options: ExportOptions, kind: str) -> Status:
    """Write a file for each group of sessions, such as those of one day, and report each file.

    ``kind`` is what the sessions of a group have in common, one of :data:`~summitcli.cli.options.GROUPS`.

    Raises:
        UsageError: no directory is given, or options don't go together.
        Unreachable: a file can't be written; the files reported before it are complete.
    """
    folder = options.output
    if folder in (None, "", "-"):
        raise UsageError(_("--per writes files; give their directory with -o DIR"))
    assert folder is not None  # noqa: S101
    if options.title is not None:
        raise UsageError(_("--title can't be used with --per, which makes a heading for each file"))
    format_ = format_named(options.format or CALENDAR, Listing, drawn=False)
    assert format_ is not None  # noqa: S101
    _check(options, format_)
    wanted = query(call, filters)
    found = groups(call, wanted, kind)
    if not found:
        say(_("no matching sessions"))
        return Status.NOTHING
    _make_directory(folder)
    files = [f"{name}.{format_.extensions[0]}" for name in file_names(group.name for group in found)]
    for group, file in zip(found, files, strict=True):
        rows = selection(call, filters, group.query, options.stars)
        path = os.path.join(folder, file)
        write_file(path, _pieces(call, rows, options, format_, group.title))
        say(_exported(rows.sessions(), path))
    if sentence := left_out(selection(call, filters, wanted, marked=False), kind):
        say(sentence)
    if others := _other_files(folder, format_.extensions[0], files):
        say(_("other files there, left as they were: {names}").format(names=enumeration(others)))
    return Status.DONE


def _other_files(folder: str, extension: str, written: Sequence[str]) -> list[str]:
    """Return the names of the files in a directory that have ``extension`` and are not in ``written``."""
    # A file system may keep names in another form, or not tell capitals from small letters.
    known = {fold(file) for file in written}
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(f".{extension}"))
    except OSError:
        return []
    return [name for name in names if fold(name) not in known]


def _make_directory(path: str) -> None:
    """Create a directory that the user named, and its missing parents, unless it exists.

    Raises:
        Unreachable: the directory can't be created.
    """
    try:
        os.makedirs(path, exist_ok=True)
    except FileExistsError as error:
        raise Unreachable(_("can't write {name}").format(name=path), _("it is not a directory")) from error
    except OSError as error:
        raise Unreachable(_("can't write {name}").format(name=path), error) from error


def _check(options: ExportOptions, format_: Format) -> None:
    """Raise UsageError if options for calendars or pages are used with another format, or are invalid."""
    if format_.name != CALENDAR and (options.alarm or options.utc or options.calendar_name):
        raise UsageError(_("--alarm, --utc and --calendar-name work only with --format ics"))
    if format_.name != PAGE and options.title is not None:
        raise UsageError(_("--title works only with --format html"))
    for text in options.alarm:
        find_duration(text)


def _pieces(
    call: Call, rows: Iterable[Any], options: ExportOptions, format_: Format, group: str = ""
) -> Iterator[str]:
    """Return an iterator over the pieces of the exported text.

    Args:
        call: the running command.
        rows: the rows to export.
        options: the options of the export.
        format_: the format of the export.
        group: a heading if only one group of sessions is exported, such as the name of their room.

    Raises:
        UsageError: as for :func:`_check`.
    """
    _check(options, format_)
    calendar = _calendar(call, options, group) if format_.name == CALENDAR else None
    page = PageOptions(
        options.stars,
        group or options.title,
        is_sheet=bool(group),
        has_calendar=True,
        is_agenda=bool(getattr(rows, "is_agenda", False)),
    )
    return pieces_of(call, Listing, rows, Output(format_.name), calendar, page)


def _calendar(call: Call, options: ExportOptions, group: str) -> Options:
    """Return the options for writing a calendar, whose name ends in ``group`` if that is not empty."""
    from summitcli.exports.calendar.ics import Options

    name = options.calendar_name
    if group:
        name = f"{name or call.name(call.conference.titles)} – {group}"
    alarms = tuple(dict.fromkeys(find_duration(text) for text in options.alarm))
    return Options(name, alarms, options.utc)


def _write(
    call: Call, pieces: Iterable[str], options: ExportOptions, format_: Format, count: int, cancelled: int = 0
) -> Status:
    if options.output in (None, "-"):
        write_pieces(pieces, format_)
        return Status.DONE
    assert options.output is not None  # noqa: S101
    write_file(options.output, pieces)
    sentence = _exported(count, options.output)
    if cancelled:
        sentence += ngettext(" ({n} cancelled)", " ({n} cancelled)", cancelled)
    say(sentence)
    _hint(call, format_, options.output)
    return Status.DONE


def _exported(count: int, path: str) -> str:
    return ngettext("exported {n} session to {name}", "exported {n} sessions to {name}", count, name=path)


def _hint(call: Call, format_: Format, file: str) -> None:
    """Suggest to the user of a terminal what to do with an exported calendar or page."""
    if format_.name == CALENDAR:
        from shutil import which

        own = [f"khal import {quote(file)}"] if which("khal") else []
        hint(call, *own, _("send it to your phone, or open it in a calendar app"))
    elif format_.name == PAGE:
        hint(call, _("open it in a browser, to read or print it"))
