"""The commands for the user's own time: entries such as lunch in the agenda, and other calendars."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from summitcli.agenda.calendar_files import calendar_files, uncounted_days
from summitcli.agenda.own_entries import MAX_TITLE, add_entries, entry_id, entry_times
from summitcli.agenda.picks import Agenda, OwnEntry
from summitcli.agenda.planner import Span, overlaps, span
from summitcli.cli.call import Call
from summitcli.cli.days import days_of_conference
from summitcli.cli.declare import Bundle, Completes, Repeated, Rows, changes, examples, typer
from summitcli.cli.options import AgendaName, Output
from summitcli.cli.output.answer import answer, validate_output
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import bare_picks, name_option, own_entry_text, warn_of_conflicts
from summitcli.cli.syncing import sync_kept
from summitcli.cli.terminal.environment import stderr_is_terminal
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import Status, UnknownValue, UsageError
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated
from summitcli.rows import BusyRow, EntryRow
from summitcli.sources.addresses import is_url, without_password
from summitcli.text.days import NIGHT_ENDS
from summitcli.text.enumeration import enumeration
from summitcli.text.suggest import nearest
from summitcli.when import find_minute

if TYPE_CHECKING:
    from summitcli.agenda.busy import BusyCalendar

MAX_CALENDARS = 20
"""The largest number of the user's other calendars that are taken into account for one agenda."""

EVENING = 18 * 60
"""The beginning of the evening, in minutes from midnight.

An entry that starts then or later may end on the next morning.
"""


class EntryOptions(Bundle):
    """The options of an entry that the user adds to the agenda, such as lunch: days, times and room."""

    day: Annotated[
        Repeated,
        typer.Option("-d", "--day", metavar="WHEN", help="Day of the entry: 1, 7-23, 23 July, sat…"),
        Completes("day"),
    ] = ()
    from_time: Annotated[str | None, typer.Option("--from", metavar="HH:MM", help="Start of the entry.")] = (
        None
    )
    to_time: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="HH:MM",
            help="End of the entry; if it starts in the evening, the end may be on the next morning.",
        ),
    ] = None
    room: Annotated[
        str | None,
        typer.Option("-r", "--room", metavar="NAME", help="Place of the entry; any text."),
        Completes("room"),
    ] = None


@changes
@examples(
    ("summit agenda block Lunch -d 1 --from 12:00 --to 13:00", "Keep an hour free on day 1."),
    ("summit agenda block Tea -d 2 --from 9 --to 10 -r Foyer", "From 9:00 to 10:00, with its place."),
    ("summit agenda block", "List your own entries."),
)
def block(
    call: Call,
    options: EntryOptions,
    output: Annotated[Output, Rows("rows:EntryRow")],
    title: Annotated[
        str | None, typer.Argument(metavar="[TITLE]", help="Title of the entry (default: list all entries).")
    ] = None,
    name: AgendaName = None,
) -> Status:
    """Add an entry of your own to your agenda, such as lunch. Of all exports, only calendars include it."""
    if title is None:
        if any(option not in (None, ()) for option in options):
            raise UsageError(_("give the entry a title, such as `summit agenda block Lunch …`"))
        return _list_entries(call, output, name)
    validate_output(call, EntryRow, output)
    wanted = _entries(call, title, options)

    def edit(mine: Agenda) -> tuple[Agenda, list[OwnEntry]]:
        added = _new_entries(mine, wanted, call.catalog.ids())
        return add_entries(mine, added), added

    changed = call.change_agenda(name, edit, "block")
    if changed.outcome:
        texts = [own_entry_text(entry, stderr_is_terminal()) for entry in changed.outcome]
        say(_("added: {names}").format(names=enumeration(texts)))
        _warn_of_overlaps(call, changed.after, changed.outcome)
    else:
        say(_("already in your agenda: {names}").format(names=wanted[0].title))
    sync_kept(call, name)
    option = name_option(changed.after)
    hint(call, f"summit agenda plan{option}", f"summit agenda undo{option}")
    return Status.DONE


@changes
@examples(
    ("summit agenda busy shifts.ics", "Add your calendar of shifts, for example."),
    ("summit agenda busy --remove shifts.ics", "Remove it again."),
    ("summit agenda busy", "List the calendars that you have added."),
)
def busy(
    call: Call,
    output: Annotated[Output, Rows("rows:BusyRow")],
    files: Annotated[
        Repeated,
        typer.Argument(
            metavar="[FILE…]",
            help="Calendars to add or remove: .ics files or directories of them, read at each use (default:"
            " list those added).",
        ),
        Completes("file"),
    ] = (),
    remove: Annotated[
        bool, typer.Option("--remove", help="Remove these calendars instead of adding them.")
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Treat events in other calendars as times when you are busy. Whole days count only if marked as busy."""
    if not files:
        if remove:
            raise UsageError(_("give the calendars to remove"))
        return _list_calendars(call, output, name)
    validate_output(call, BusyRow, output)
    if remove:
        return _remove_calendars(call, files, name)
    from summitcli.agenda.busy import read_busy_calendar

    paths = [_path(file) for file in files]
    found = {path: read_busy_calendar(path, call.conference, call.zone) for path in paths}

    def edit(mine: Agenda) -> tuple[Agenda, None]:
        known = tuple(dict.fromkeys((*mine.busy, *paths)))
        if len(known) > MAX_CALENDARS:
            raise UsageError(_("an agenda has at most {n} other calendars").format(n=MAX_CALENDARS))
        return mine._replace(busy=known), None

    changed = call.change_agenda(name, edit, "busy")
    for path, calendar in found.items():
        _report_added(path, calendar)
    sync_kept(call, name)
    option = name_option(changed.after)
    hint(call, f"summit agenda plan{option}", f"summit agenda conflicts{option}")
    return Status.DONE


def _report_added(path: str, calendar: BusyCalendar) -> None:
    """Say how many events of a calendar count as busy, and warn of those that can't be read."""
    sentence = ngettext(
        "added {path}: {n} event during the conference",
        "added {path}: {n} events during the conference",
        len(calendar.times),
        path=path,
    )
    say(_("; ").join(filter(None, (sentence, uncounted_days(calendar.whole_days)))))
    for fault in calendar.faults:
        warn(_("{error}; its events are ignored").format(error=fault))
    if calendar_files(path) == []:
        warn(_("{path} has no .ics files; those in its subdirectories don't count").format(path=path))


def _entries(call: Call, title: str, options: EntryOptions) -> list[OwnEntry]:
    """Return the entries to add, one for each day of ``--day``; they have no IDs yet.

    Raises:
        UnknownValue: there is no such day.
        UsageError: something is missing or invalid.
    """
    title, room = _one_line(title), _one_line(options.room or "") or None
    if not title:
        raise UsageError(_("the title can't be empty"))
    if not options.day:
        raise UsageError(_("give the day with --day, such as -d 1"))
    start, end = _times(options.from_time, options.to_time)
    return [OwnEntry("", title, day, start, end, room) for day in days_of_conference(call, options.day)]


def _new_entries(mine: Agenda, wanted: Iterable[OwnEntry], ids: Iterable[str]) -> list[OwnEntry]:
    """Return the entries of ``wanted`` that an agenda does not have yet, and give them IDs.

    Args:
        mine: the agenda.
        wanted: the entries, without IDs.
        ids: the IDs of the schedule's sessions, which entries must not have.
    """
    known = [entry._replace(id="") for entry in mine.entries]
    taken = {*ids, *mine.ids(), *(entry.id for entry in mine.entries)}
    added: list[OwnEntry] = []
    for entry in wanted:
        if entry not in known:
            added.append(entry._replace(id=entry_id(entry.title, taken)))
            taken.add(added[-1].id)
    return added


def _list_entries(call: Call, output: Output, name: str | None) -> Status:
    rows = [EntryRow(*entry[:6]) for entry in call.agenda(name).entries]
    nothing = _(
        "you have no entries of your own; add one with `summit agenda block TITLE -d DAY --from HH:MM"
        " --to HH:MM`"
    )
    return answer(call, EntryRow, rows, output, nothing)


def _list_calendars(call: Call, output: Output, name: str | None) -> Status:
    rows = []
    for path in call.agenda(name).busy:
        from summitcli.agenda.busy import UnreadableCalendar, read_busy_calendar

        count = whole_days = None
        try:
            calendar = read_busy_calendar(path, call.conference, call.zone)
            count, whole_days = len(calendar.times), calendar.whole_days
            for fault in calendar.faults:
                warn(str(fault))
        except UnreadableCalendar as error:
            warn(str(error))
        rows.append(BusyRow(path, count, whole_days))
    nothing = _("you have added no other calendars; add one with `summit agenda busy FILE.ics|DIR`")
    return answer(call, BusyRow, rows, output, nothing)


def _remove_calendars(call: Call, files: Sequence[str], name: str | None) -> Status:
    known = call.agenda(name).busy
    paths = [file if file in known else _path(file) for file in files]
    for file, path in zip(files, paths, strict=True):
        if path not in known:
            sentence = _('"{name}" is not one of the calendars that you have added').format(name=file)
            raise UnknownValue(sentence, nearest(path, known), known)

    def edit(mine: Agenda) -> tuple[Agenda, None]:
        return mine._replace(busy=tuple(path for path in mine.busy if path not in paths)), None

    call.change_agenda(name, edit, "busy --remove")
    say(_("removed: {names}").format(names=enumeration([*dict.fromkeys(paths)])))
    sync_kept(call, name)
    return Status.DONE


def _path(file: str) -> str:
    """Return the absolute path of a calendar that the user named.

    Raises:
        UsageError: there is no such file, or its path can't be saved.
    """
    if file == "-" or is_url(file):
        sentence = _("{name} is not a file; save the calendar as an .ics file first")
        raise UsageError(sentence.format(name=without_password(file)))
    path = os.path.abspath(os.path.expanduser(file))
    try:
        path.encode()
    except UnicodeEncodeError:
        raise UsageError(_("the name of the file is not UTF-8; rename the file first")) from None
    return path


def _one_line(text: str) -> str:
    """Make typed text fit to be saved: on one line, without invalid characters, cut if it is long."""
    return " ".join(text.encode("utf-8", "replace").decode().split())[:MAX_TITLE]


def _times(from_time: str | None, to_time: str | None) -> tuple[str, str]:
    """Return the start and end of an entry as ``("12:00", "13:30")``.

    Raises:
        UsageError: a time is missing or invalid, or the entry ends before it begins.
    """
    if from_time is None or to_time is None:
        raise UsageError(_("give the start and the end with --from HH:MM and --to HH:MM"))
    start, end = find_minute(from_time), find_minute(to_time)
    ends_in_night = start >= EVENING and end <= find_minute(NIGHT_ENDS)
    if end <= start and not ends_in_night:
        raise UsageError(_("--to must be later than --from"))
    first, last = (f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in (start, end))
    return first, last


def _warn_of_overlaps(call: Call, mine: Agenda, added: Iterable[OwnEntry]) -> None:
    """Warn about the added entries that overlap sessions in the agenda."""
    spans = [when for listing in bare_picks(call, mine.name, only_decided=True) if (when := span(listing))]
    own = [(entry, entry_times(entry, call.zone)) for entry in added]
    named = [(entry.title if stderr_is_terminal() else entry.id, times) for entry, times in own]
    found = [name for name, times in named if times and any(overlaps(Span(*times), one) for one in spans)]
    if found:
        warn_of_conflicts(mine, enumeration(found))
