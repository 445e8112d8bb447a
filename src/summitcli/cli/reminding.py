"""Giving reminders: the clock, the loop, and the ways in which the user is told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from shutil import which

from summitcli.agenda.calendar_files import calendar_files
from summitcli.agenda.own_entries import entry_times
from summitcli.agenda.place import DEFAULT, path_of
from summitcli.cli.call import Call
from summitcli.cli.own_time import other_events
from summitcli.cli.picks import title_in_language
from summitcli.cli.terminal.messages import warn
from summitcli.errors import SummitError, system_message
from summitcli.i18n import _
from summitcli.library.folder import METADATA, current_path
from summitcli.reminders import osc
from summitcli.reminders.command import filled
from summitcli.reminders.due import Occurrence, Reminder, Reminders
from summitcli.rows import MAYBE, PLANNED, STAR, Mark
from summitcli.sources.addresses import is_url
from summitcli.text import dates
from summitcli.text.printable import printable

LONGEST_WAIT = timedelta(seconds=30)
"""The longest time to wait before the clock and the agenda are read again, as both may change."""

DESKTOP = "notify-send"
NONE = "none"
MIDNIGHT = datetime.min.time()
_DESKTOP_VARIABLES = ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY")

Tell = Callable[[Reminder, datetime], None]
"""A function that tells the user of a reminder. Its second argument is the current time."""


class Clock:
    """A clock that runs like the computer's, but may begin at another time.

    Args:
        now: the time that it shows at the beginning, such as that of ``--at``; None for the real time.
    """

    def __init__(self, now: datetime | None = None) -> None:
        self._shift = timedelta(0) if now is None else now - datetime.now(UTC)

    def now(self) -> datetime:
        """Return the current time."""
        return datetime.now(UTC) + self._shift

    def wait(self, length: timedelta) -> None:
        """Wait for ``length``, or longer if the computer sleeps meanwhile."""
        time.sleep(max(length.total_seconds(), 0))


class Agenda:
    """The occurrences in an agenda, which are read again when they change.

    An occurrence is a session, an own entry (such as lunch) or an event of another calendar, at a known time.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        marks: the marks of the sessions that count.
    """

    def __init__(self, call: Call, name: str | None, marks: Sequence[Mark] = PLANNED) -> None:
        self._call, self._name, self._marks = call, name, tuple(marks)
        self._latest: list[Occurrence] = []
        self._fault = ""
        self._read_state: tuple[object, ...] = ()

    def occurrences(self) -> list[Occurrence]:
        """Return everything in the agenda that has a time: sessions, own entries and other events.

        If it can't be read, warn once and return what was read the last time.
        """
        try:
            if self._state() != self._read_state:
                self._refresh()
                self._latest = self.read()
                # The schedule may have become another one, with other files.
                self._read_state = self._state()
            self._fault = ""
        except SummitError as error:
            if str(error) != self._fault:
                warn(str(error))
            self._fault = str(error)
        return self._latest

    def read(self) -> list[Occurrence]:
        """Return the occurrences in the agenda.

        Raises:
            SummitError: the agenda or the schedule can't be read.
        """
        return [*self._sessions(), *self._other_times()]

    def _state(self) -> tuple[object, ...]:
        """Return a value that changes if a file of the agenda or the schedule is changed."""
        source, name = self._call.source, self._name or DEFAULT
        files = [path_of(self._call.agenda_key(), name), current_path(), source.path or ""]
        for path in self._call.agenda(name).busy:
            files += [path, *_files_in(path)]
        if source.home:
            files.append(os.path.join(source.home, METADATA))
        return tuple(map(_file_state, files))

    def _refresh(self) -> None:
        """Forget what was read, so that it is read again: the user may have switched to another schedule.

        A schedule from a URL or standard input is not forgotten, as it could not be read again without a
        download, or at all.
        """
        self._call.forget()
        reference = self._call.reference
        if reference is None or not (reference == "-" or is_url(reference)):
            vars(self._call).pop("source", None)

    def _sessions(self) -> Iterator[Occurrence]:
        """Yield an occurrence for each known time of each session in the agenda that has one of the marks."""
        call, title = self._call, title_in_language(self._call)
        mine = call.reconciled(self._name).agenda
        for pick in mine.planned():
            if pick.state == "cancelled" or pick.pick not in self._marks:
                continue
            shown = _visible(title(pick), pick.id)
            if pick.state == "missing":
                shown = _("{title} (no longer in the schedule)").format(title=shown)
            for number, slot in enumerate(pick.slots):
                if slot.start is not None and slot.end is not None:
                    start, end = (datetime.fromisoformat(text) for text in (slot.start, slot.end))
                    sign = MAYBE if pick.pick == "maybe" else STAR
                    yield Occurrence(f"{pick.uid} {number}", shown, slot.room or "", start, end, sign)

    def _other_times(self) -> Iterator[Occurrence]:
        """Yield the occurrences of the user's own entries (such as lunch) and of other calendars."""
        call = self._call
        for entry in call.agenda(self._name).entries:
            if times := entry_times(entry, call.zone):
                shown = _visible(entry.title, entry.id)
                yield Occurrence(f"own {entry.id}", shown, entry.room or "", *times)
        for event in other_events(call, self._name):
            # Times of calendars are known. Their numbers change, and whole days begin at midnight.
            start, end = (datetime.fromisoformat(text or "") for text in (event.start, event.end))
            if not start.time() == end.time() == MIDNIGHT:
                shown = _visible(event.title, _("busy"))
                yield Occurrence(f"busy {event.title}", shown, "", start, end)


def _files_in(path: str) -> list[str]:
    """Return the paths of the .ics files in a directory; [] if ``path`` is no directory, or can't be read."""
    try:
        return calendar_files(path) or []
    except OSError:
        return []


def _visible(title: str, otherwise: str) -> str:
    """Return ``title``, or ``otherwise`` if the title has no visible characters."""
    return title if printable(title).strip() else otherwise


def _file_state(path: str) -> tuple[int, ...] | None:
    """Return the modification time, size and inode of a file; None if there is no such file."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def remind(agenda: Agenda, reminders: Reminders, clock: Clock, tell: Tell) -> None:
    """Give the reminders of an agenda until the process is interrupted.

    Args:
        agenda: the sessions and other events.
        reminders: the reminders, which know when each is due and which have been given.
        clock: the clock.
        tell: a function that tells the user of a reminder.
    """
    while True:
        occurrences, now = agenda.occurrences(), clock.now()
        for reminder in reminders.due(occurrences, now):
            tell(reminder, now)
        coming = reminders.next_time(occurrences, now)
        clock.wait(LONGEST_WAIT if coming is None else min(LONGEST_WAIT, coming - now))


class Telling:
    """A callable that tells the user of a reminder, in one or more ways.

    Args:
        call: the running command.
        way: ``notify-send``, a protocol of terminals such as ``osc9``, or ``none`` for only a line of text.
        command: the words of a command to run, with fields such as ``{title}``; empty for none.
    """

    def __init__(self, call: Call, way: str, command: Sequence[str]) -> None:
        self._call, self._way, self._command = call, way, list(command)
        self._number = 0
        self.running: list[subprocess.Popen[bytes]] = []
        """The commands that were started and may not have ended."""

    def __call__(self, reminder: Reminder, now: datetime) -> None:
        """Tell the user of a reminder: print a line, notify the user, and run the command."""
        occurrence, when = reminder.occurrence, describe_time(reminder, now)
        start, end = (moment.astimezone(self._call.zone) for moment in (occurrence.start, occurrence.end))
        times = dates.clock(start.isoformat(), end.isoformat())
        place = f"{times} · {occurrence.room}" if occurrence.room else times
        text = _("{place} ({when})").format(place=place, when=when)
        title = occurrence.marked_title
        self._number += 1
        self._write(f"{printable(title)}  {printable(text)}\n")
        if self._way in osc.PROTOCOLS:
            in_tmux = bool(os.environ.get("TMUX"))
            self._write(osc.sequence(self._way, title, text, self._number, in_tmux))
        elif self._way == DESKTOP:
            # The body may have markup; the title has none.
            body = printable(text).replace("&", "&amp;").replace("<", "&lt;")
            self._run([DESKTOP, "--app-name=summit", "--", printable(title), body])
        if self._command:
            values = {"title": occurrence.title, "room": occurrence.room, "text": text}
            values |= {"start": times.partition("–")[0], "end": times.partition("–")[2]}
            values["mark"] = occurrence.sign
            self._run(filled(self._command, {name: printable(value) for name, value in values.items()}))

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def _run(self, words: list[str]) -> None:
        """Start a command without a shell, and don't wait for it; warn if it can't be started.

        What it writes goes to stderr, since stdout has only reminders.
        """
        self.running = [process for process in self.running if process.poll() is None]
        nothing, stderr = subprocess.DEVNULL, 2
        try:
            process = subprocess.Popen(words, stdin=nothing, stdout=stderr, start_new_session=True)  # noqa: S603
        except OSError as error:
            sentence = _("can't run {name}: {fault}")
            warn(sentence.format(name=words[0], fault=system_message(error)))
        else:
            self.running.append(process)


def describe_time(reminder: Reminder, now: datetime) -> str:
    """Return the text on when the session begins: ``in 10 min``, ``began 5 min ago`` or ``missed``."""
    if reminder.kind == "soon":
        return dates.until_start(now, reminder.occurrence.start)
    if reminder.kind == "missed":
        return _("missed")
    minutes = (now - reminder.occurrence.start) // timedelta(minutes=1)
    return _("began {time} ago").format(time=dates.duration(minutes)) if minutes else _("begins now")


def way_of(asked: str) -> str:
    """Return the way to notify the user; for ``auto``, the best one on this computer."""
    if asked == "desktop":
        return DESKTOP
    if asked != "auto":
        return asked
    if which(DESKTOP) and any(os.environ.get(name) for name in _DESKTOP_VARIABLES):
        return DESKTOP
    return (osc.protocol(os.environ) if sys.stdout.isatty() else None) or NONE
