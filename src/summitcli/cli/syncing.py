"""Keeping the events of agendas up to date in a vdir, a directory that calendar programs read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from summitcli.agenda.place import DEFAULT, names
from summitcli.cli.call import Call
from summitcli.cli.picks import bring_up_to_date
from summitcli.cli.terminal.messages import say, warn
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.rows import Mark
from summitcli.text.enumeration import enumeration
from summitcli.vdir import kept as kept_directories
from summitcli.vdir.kept import KeptDirectory

if TYPE_CHECKING:
    from summitcli.vdir.plan import Action, Step
    from summitcli.vdir.syncing import Synced

MAX_NAMED = 3
"""The largest number of events whose titles are in a message."""


class SyncFlags(NamedTuple):
    """The options of one sync."""

    force: bool = False
    dry_run: bool = False


NO_FLAGS = SyncFlags()


def sync_agenda(
    call: Call, name: str | None, directory: KeptDirectory, flags: SyncFlags = NO_FLAGS
) -> Synced:
    """Write the named agenda, updated to the schedule, into a vdir.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        directory: the vdir, and the choice, language and alarms of the events.
        flags: the options of the sync.

    Raises:
        ScheduleError: the agenda, or the record of the events written earlier, is damaged.
        Unreachable: the agenda or the directory can't be read or written.
    """
    # Loading these would slow down every command that changes an agenda without a vdir.
    from summitcli.cli.output.calendar import own_calendar_entries, picked_entries
    from summitcli.exports.calendar.ics import Entry, Options
    from summitcli.exports.calendar.separate import event_calendars
    from summitcli.exports.rows import Request
    from summitcli.exports.rows.calendar import entries
    from summitcli.vdir.plan import Event
    from summitcli.vdir.syncing import sync

    mine = call.reconciled(name).agenda if flags.dry_run else bring_up_to_date(call, name).agenda
    request = Request(catalog=call.catalog, language=directory.language or call.conference.language)
    options = Options(language=request.language, alarms=directory.alarms)
    mine = mine._replace(picks=tuple(pick for pick in mine.picks if pick.pick in directory.marks))

    def events(planned: Iterator[Entry], is_own: bool) -> Iterator[Event]:
        for event in event_calendars(call.conference, entries(planned, request), options):
            pick: Mark | None = None if is_own else "maybe" if event.is_tentative else "yes"
            text = event.text.encode("utf-8", "backslashreplace")
            yield Event(event.uid, event.title, text, event.slots, pick)

    own = own_calendar_entries(mine, call.zone)
    wanted = [*events(picked_entries(mine, call.catalog), False), *events(own, True)]
    owner = f"{mine.conference}/{mine.name}"
    return sync(directory.path, wanted, owner, flags.force, flags.dry_run)


def kept_directory(call: Call, name: str | None) -> KeptDirectory | None:
    """Return the vdir that is kept in step with the named agenda; None if there is none."""
    return kept_directories.read(call.agenda_key(), name or DEFAULT)


def sync_kept(call: Call, name: str | None, report: Callable[[str], None] = say) -> None:
    """Write the named agenda into the vdir that is kept in step with it, if there is one.

    The agenda is saved already, so the command does not fail if the vdir can't be written.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        report: a function that is called with messages: what was written, or why that failed.
    """
    try:
        if (directory := kept_directory(call, name)) is None:
            return
        if not os.path.isdir(directory.path):
            # A drive that is not mounted must not be replaced by a new directory.
            report(
                _("not synced: the directory {path} does not exist; mount its drive or create it").format(
                    path=directory.path
                )
            )
            return
        report_synced(sync_agenda(call, name, directory), directory.path, False, report)
    except (ScheduleError, Unreachable) as error:
        report(str(error))


def sync_all_kept(call: Call) -> None:
    """Write the agendas of the conference into the vdirs kept in step with them.

    Warn if no agenda has such a vdir.
    """
    known = names(call.agenda_key())
    for name in known:
        sync_kept(call, name)
    if not any(kept_directories.is_kept(call.agenda_key(), name) for name in known):
        warn(_("nothing to sync to; give a directory with `summit agenda sync DIR --keep`"))


def report_synced(
    done: Synced, path: str, is_asked: bool = True, report: Callable[[str], None] = say
) -> None:
    """Tell the user what was written into a vdir, and which events were left as they are.

    Args:
        done: the result.
        path: the path of the vdir.
        is_asked: True if the user asked for the sync. If False, unchanged events are not mentioned; an event
            that the user has edited is mentioned only if the agenda has changed it, too.
        report: a function that is called with the messages.
    """
    sentences: tuple[tuple[Action, str], ...] = (
        ("add", _("{n} added")),
        ("change", _("{n} changed")),
        ("remove", _("{n} removed")),
    )
    counts = [(sentence, len(_steps(done, action))) for action, sentence in sentences]
    parts = [sentence.format(n=count) for sentence, count in counts if count]
    if parts:
        report(_("synced to {path}: {changes}").format(path=path, changes=enumeration(parts)))
    elif is_asked:
        report(up_to_date_message(done, path))
    if is_asked:
        for sentence in _left(done):
            report(sentence)
    elif outdated := [step for step in done.steps if step.is_outdated]:
        sentence = _("not updated, as you edited it: {names}; `summit agenda sync --force` overwrites it")
        report(sentence.format(names=_titles(outdated)))


def up_to_date_message(done: Synced, path: str) -> str:
    """Return the message that nothing is to be written into a vdir."""
    count = ngettext("{n} event", "{n} events", done.unchanged)
    return _("{path} is up to date ({count})").format(path=path, count=count)


def _left(done: Synced) -> Iterator[str]:
    """Yield the messages about events that were left as they are, one for each reason."""
    sentences: tuple[tuple[Action, str], ...] = (
        ("edited", _("left as you edited it: {names}; --force overwrites it")),
        ("deleted", _("not written again, as you deleted it: {names}; --force restores it")),
        ("foreign", _("left as another program wrote it: {names}; --force overwrites it")),
        ("shared", _("left as it is, in a file with other events: {names}")),
    )
    for action, sentence in sentences:
        if steps := _steps(done, action):
            yield sentence.format(names=_titles(steps))


def _steps(done: Synced, action: Action) -> list[Step]:
    return [step for step in done.steps if step.action == action]


def _titles(steps: list[Step]) -> str:
    """Return the titles of the first events, and the number of the others, on one line."""
    titles = [step.title for step in steps[:MAX_NAMED]]
    if more := len(steps) - len(titles):
        titles.append(ngettext("and {n} more", "and {n} more", more))
    return enumeration(titles)
