"""The command that reminds the user of sessions before they begin."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from shutil import which

from summitcli.agenda.place import is_kept
from summitcli.cli.call import Call
from summitcli.cli.declare import Bundle, Repeated, examples, typer
from summitcli.cli.filters import planned_marks
from summitcli.cli.options import AgendaName, PlannedMarks
from summitcli.cli.picks import empty_agenda_message
from summitcli.cli.terminal.environment import locale_language
from summitcli.cli.terminal.messages import say
from summitcli.errors import Status, UnknownValue, Unreachable, UsageError
from summitcli.i18n import LANGUAGES, _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING, Annotated, NamedTuple
from summitcli.rows import Mark
from summitcli.text.suggest import nearest
from summitcli.when import find_duration

if TYPE_CHECKING:
    from datetime import timedelta

    from summitcli.reminders.due import Occurrence

WAYS = ("auto", "desktop", "osc9", "osc99", "osc777", "none")
DEFAULT_BEFORE = ("10m",)
ENVIRONMENT = (
    "SUMMIT_DATA", "SUMMIT_CACHE", "SUMMIT_LANG", "SUMMIT_TIMEZONE", "XDG_DATA_HOME", "XDG_CACHE_HOME",
    "LC_ALL", "LC_MESSAGES", "LANG",
)  # fmt: skip
"""The environment variables that are written into the service's unit, with their present values."""


class ReminderOptions(Bundle):
    """The options that say of what, when and how reminders are given."""

    before: Annotated[
        Repeated,
        typer.Option(
            "--before",
            metavar="LENGTH",
            help="Remind this long before each session: 10m, 1h; repeat the option for more reminders"
            " (default: 10m).",
        ),
    ] = DEFAULT_BEFORE
    notify: Annotated[
        str,
        typer.Option(
            "--notify",
            metavar="auto|desktop|osc9|osc99|osc777|none",
            help="Besides printing a line, notify through the desktop (with notify-send), through the"
            " terminal, with the kind of escape sequence that it supports (osc9, osc99, osc777), or"
            " not at all (none). auto chooses a way that works.",
        ),
    ] = "auto"
    pick: PlannedMarks = ()
    run: Annotated[
        str | None,
        typer.Option(
            "--run",
            metavar="COMMAND",
            help="Also run this command for each reminder, such as 'espeak {title}', with the session's"
            " {title}, {room}, {start}, {end} and {mark} (★ or ☆), and {text}, all that follows the title.",
        ),
    ] = None


@examples(
    (
        "summit remind --once --before 30m",
        "List sessions that begin within 30 minutes, for example for a status line.",
        1,
    ),
    (
        "summit remind --once --run 'echo {title}'",
        "Run a command for each session that begins within 10 minutes.",
        1,
    ),
    ("summit remind --install", "Set up reminders in the background, with systemd."),
)
def remind(
    call: Call,
    options: ReminderOptions,
    once: Annotated[
        bool,
        typer.Option(
            "--once",
            help="Remind now of sessions that begin within the time given with --before, then exit, with"
            " 1 if there are none.",
        ),
    ] = False,
    install: Annotated[
        bool,
        typer.Option(
            "--install",
            help="Write a service for systemd (on Linux) that runs `summit remind` with these options,"
            " and print the command that starts it.",
        ),
    ] = False,
    name: AgendaName = None,
) -> Status:
    """Remind you before sessions in your agenda begin. Runs until Ctrl-C, and notices later changes."""
    wanted = _wanted(options)
    if install and once:
        raise UsageError(_("--once can't be used with --install"))
    if name is not None and not is_kept(call.agenda_key(), name):
        say(empty_agenda_message(call, name))
        return Status.NOTHING
    if install:
        return _install(call, options, name)
    return _remind(call, name, wanted, once)


class _Wanted(NamedTuple):
    """The reminders that the options ask for."""

    before: tuple[timedelta, ...]
    """The times between a reminder and the start of a session."""
    marks: tuple[Mark, ...]
    """The marks of the sessions of which the user is reminded."""
    notify: str
    """The way to notify the user, one of :data:`WAYS`."""
    command: list[str]
    """The words of the command to run for each reminder; empty for none."""


def _wanted(options: ReminderOptions) -> _Wanted:
    """Return the reminders that the options ask for.

    Raises:
        UsageError: a duration is not valid.
        UnknownValue: the way to notify the user, or a mark, is unknown.
    """
    before = tuple(map(find_duration, options.before))
    return _Wanted(before, planned_marks(options.pick), options.notify, _command(options))


def _remind(call: Call, name: str | None, wanted: _Wanted, once: bool) -> Status:
    """Remind the user of what is in an agenda, once or until the process is interrupted.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        wanted: the reminders.
        once: whether to remind only of what is due now.
    """
    from summitcli.cli.reminding import Agenda, Clock, Telling, remind, way_of
    from summitcli.reminders.due import Reminders

    reminders = Reminders(wanted.before)
    clock = Clock(None if call.at is None else call.now)
    agenda = Agenda(call, name, wanted.marks)
    tell = Telling(call, way_of(wanted.notify), wanted.command)
    occurrences, now = agenda.read(), clock.now()
    if message := _no_known_time(call, name, wanted.marks, occurrences):
        say(message)
        return Status.NOTHING
    if once:
        due = reminders.due(occurrences, now)
        for reminder in due:
            tell(reminder, now)
        if not due:
            say(_("no session begins that soon"))
        return Status.DONE if due else Status.NOTHING
    if now.astimezone(call.zone).date().isoformat() > call.conference.end:
        say(_("the conference is over: nothing to remind you of"))
        return Status.NOTHING
    if not occurrences:
        say(_nothing_yet(call, name))
    count = sum(each.start > now for each in occurrences)
    say(
        ngettext(
            "{n} session to come; press Ctrl-C to stop", "{n} sessions to come; press Ctrl-C to stop", count
        )
    )
    remind(agenda, reminders, clock, tell)
    return Status.DONE


def _nothing_yet(call: Call, name: str | None) -> str:
    """Return the message that there is nothing to remind the user of yet."""
    if call.agenda(name).planned():
        return _("no session in your agenda has this mark")
    return empty_agenda_message(call, name)


def _no_known_time(
    call: Call, name: str | None, marks: Sequence[Mark], occurrences: Sequence[Occurrence]
) -> str:
    """Return the message that no session in the agenda has a known time, so there is nothing to wait for.

    Return an empty text if waiting makes sense. It does if no session has one of the marks, as sessions may
    still be added.
    """
    if occurrences:
        return ""
    if not call.catalog.publishes_times():
        return _("this schedule has no times: nothing to remind you of")
    if any(pick.pick in marks for pick in call.agenda(name).planned()):
        return _("nothing in your agenda has a time: nothing to remind you of")
    return ""


def _command(options: ReminderOptions) -> list[str]:
    """Return the words of the command to run for each reminder; [] for none.

    Raises:
        UsageError: the command, or the way to notify the user, is unknown.
    """
    from summitcli.reminders.command import parse_command

    if options.notify not in WAYS:
        sentence = _('no kind of notification "{name}"').format(name=options.notify)
        raise UnknownValue(sentence, nearest(options.notify, WAYS), WAYS)
    if options.run is None:
        return []
    words = parse_command(options.run)
    if which(words[0]) is None:
        raise UsageError(_('no command "{name}"').format(name=words[0]))
    return words


def _lasting_command(options: ReminderOptions) -> str | None:
    """Return the command of ``--run`` with the absolute path of its program.

    A service needs this, as it runs in another directory.
    """
    from shlex import join

    from summitcli.reminders.command import parse_command

    if options.run is None:
        return None
    first, *others = parse_command(options.run)
    return join([os.path.abspath(which(first) or first), *others])


def _lasting_options(call: Call) -> dict[str, str | None]:
    """Return the global options with which a background service, started later, gives the same reminders.

    If the schedule is a file, its path is made absolute.
    """
    common, reference = call.common, call.reference
    language = call.asked_language or locale_language(os.environ)
    if reference and call.source.path and os.path.abspath(call.source.path) == os.path.abspath(reference):
        reference = os.path.abspath(reference)
    return {
        "--schedule": reference,
        "--assume-timezone": common.assume_timezone,
        "--sheet": common.sheet,
        "--columns": common.columns,
        "--timezone": common.timezone,
        # Without a terminal, titles would be in the schedule's own language.
        "--lang": language if language in LANGUAGES else common.lang,
    }


def _install(call: Call, options: ReminderOptions, name: str | None) -> Status:
    """Write the systemd user unit, and tell the user how to start it.

    Raises:
        UsageError: there is no systemd here, or the schedule is on stdin.
        Unreachable: the unit can't be written, or somebody else has written a unit of that name.
    """
    from summitcli.cli.output.answer import write_file
    from summitcli.reminders.unit import MARK, NAME, unit

    if not sys.platform.startswith("linux"):
        raise UsageError(_("this computer has no systemd; docs/reminders.md explains other ways"))
    if call.reference == "-":
        raise UsageError(_("--install can't be used with a schedule on stdin"))
    words = [sys.executable, "-m", "summitcli", "remind", *(f"--before={text}" for text in options.before)]
    words += [f"--pick={mark}" for mark in options.pick]
    given = {"--notify": options.notify, "--run": _lasting_command(options), "--name": name}
    given |= _lasting_options(call)
    words += [f"{option}={value}" for option, value in given.items() if value is not None]
    environment = {variable: value for variable in ENVIRONMENT if (value := os.environ.get(variable))}
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    path = os.path.join(home, "systemd", "user", NAME)
    sentence = _("can't write {name}").format(name=path)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.lexists(path):
            with open(path, encoding="utf-8", errors="replace") as file:
                if file.readline().strip() != MARK:
                    raise Unreachable(sentence, _("another service has this name; move or rename its file"))
    except OSError as error:
        raise Unreachable(sentence, error) from error
    write_file(path, [unit(words, environment)])
    say(
        _("wrote {path}; start the service with `{command}`").format(
            path=path, command=f"systemctl --user daemon-reload && systemctl --user enable --now {NAME}"
        )
    )
    return Status.DONE
