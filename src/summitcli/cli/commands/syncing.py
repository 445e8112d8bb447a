"""The command that writes the agenda into a directory of calendar events, which calendar programs read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from summitcli.agenda.place import DEFAULT, is_kept
from summitcli.cli.call import Call
from summitcli.cli.declare import Completes, Rows, changes, examples, typer
from summitcli.cli.filters import planned_marks
from summitcli.cli.options import AgendaName, Alarms, Output, OverwriteEdited, PlannedMarks
from summitcli.cli.output.answer import answer, is_drawn, validate_output
from summitcli.cli.output.hints import hint
from summitcli.cli.picks import empty_agenda_message
from summitcli.cli.syncing import SyncFlags, kept_directory, report_synced, sync_agenda, up_to_date_message
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated
from summitcli.text.shell import quote
from summitcli.vdir import kept as kept_directories
from summitcli.vdir.kept import KeptDirectory
from summitcli.vdir.listed import EventRow, event_rows
from summitcli.when import find_duration


@changes
@examples(
    ("summit agenda sync calendar/conference --dry-run", "Only list what would change."),
    ("summit agenda sync calendar/conference", "To a directory that the calendar app khal reads."),
    (
        "summit agenda sync calendar/conference --keep",
        "The same, and again after each change to your agenda.",
    ),
    (
        "summit agenda sync calendar/conference --keep --alarm 10m",
        "The same, with reminders.",
    ),
)
def sync(
    call: Call,
    output: Annotated[Output, Rows("vdir.listed:EventRow")],
    directory: Annotated[
        str | None,
        typer.Argument(metavar="[DIR]", help="Directory to sync to (default: the one given with --keep)."),
        Completes("file"),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="From now on, also sync after each change to your agenda.")
    ] = False,
    stop: Annotated[
        bool, typer.Option("--stop", help="Stop syncing after each change; the events stay.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what would change, and change nothing.")
    ] = False,
    force: OverwriteEdited = False,
    alarm: Alarms = (),
    pick: PlannedMarks = (),
    name: AgendaName = None,
) -> Status:
    """Sync your agenda to a directory of calendar events. Removes what left your agenda; keeps others."""
    if stop:
        return _stop(call, name, directory, keep or dry_run or force or bool(alarm or pick))
    if keep and dry_run:
        raise UsageError(_("--keep can't be used with --dry-run"))
    if output.fields == "help":
        return answer(call, EventRow, (), output)
    validate_output(call, EventRow, output)
    wanted = _with_options(_directory(call, name, directory, is_new=keep), alarm, pick)
    if not is_kept(call.agenda_key(), name or DEFAULT):
        say(empty_agenda_message(call, name))
        return Status.NOTHING
    done = sync_agenda(call, name, wanted, SyncFlags(force, dry_run))
    if dry_run or output != Output():
        rows = list(event_rows(done.steps, call.zone))
        answer(call, EventRow, rows, output, up_to_date_message(done, wanted.path) if dry_run else "")
    if dry_run and is_drawn(call, output) and done.steps:
        options = {"--pick": pick, "--alarm": alarm, "--name": (name,) if name else ()}
        hint(call, _command(directory, force, options))
    if dry_run:
        return Status.DONE
    report_synced(done, wanted.path)
    if keep:
        kept_directories.write(call.agenda_key(), name or DEFAULT, wanted)
        say(_("it is synced after each change from now on; end that with `summit agenda sync --stop`"))
    return Status.DONE


def _with_options(wanted: KeptDirectory, alarm: Sequence[str], pick: Sequence[str]) -> KeptDirectory:
    """Return a directory with the alarms and marks that the command line gives, if it gives any."""
    if alarm:
        wanted = wanted._replace(alarms=tuple(map(find_duration, alarm)))
    if pick:
        wanted = wanted._replace(marks=planned_marks(pick))
    return wanted


def _command(directory: str | None, force: bool, options: Mapping[str, Sequence[str]]) -> str:
    """Return the command that does what was only listed with ``--dry-run``.

    Args:
        directory: the directory that the user has given, if any.
        force: whether the user has given ``--force``.
        options: the values of other options, by their names.
    """
    words = ["summit agenda sync", *([quote(directory)] if directory else []), *(["--force"] * force)]
    words += [f"{option} {quote(value)}" for option, values in options.items() for value in values]
    return " ".join(words)


def _directory(call: Call, name: str | None, given: str | None, is_new: bool) -> KeptDirectory:
    """Return the directory of calendar events to write: the given one, or that of an earlier ``--keep``.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        given: the directory that the user has given; None for the one that ``--keep`` has stored for the
            agenda.
        is_new: whether the command line has ``--keep``. The settings stored for a given directory, such as
            its alarms, are then ignored.

    Raises:
        UsageError: no directory is given, and ``--keep`` has stored none.
    """
    found = None if is_new and given else kept_directory(call, name)
    if given and (found is None or found.path != os.path.abspath(given)):
        found = KeptDirectory(os.path.abspath(given))
    if found is None or given == "":
        raise UsageError(_("no directory; use `summit agenda sync DIR`"))
    return found if call.asked_language is None else found._replace(language=call.asked_language)


def _stop(call: Call, name: str | None, directory: str | None, has_others: bool) -> Status:
    """End the syncing of an agenda: forget the directory to which it was synced after each change.

    Raises:
        UsageError: ``directory`` is given, or the command line has other options (``has_others``).
    """
    if directory is not None or has_others:
        raise UsageError(_("--stop can't be used with a directory or other options"))
    kept = kept_directory(call, name)
    if kept is None:
        say(_("your agenda is not synced after each change; start that with `summit agenda sync DIR --keep`"))
        return Status.NOTHING
    kept_directories.remove(call.agenda_key(), name or DEFAULT)
    say(_("no longer synced after each change: {path}").format(path=kept.path))
    return Status.DONE
