"""Noticing that another process has changed the agenda or the schedule while the browser is open."""

import os
from typing import NamedTuple

from summitcli.agenda.place import DEFAULT, path_of
from summitcli.cli.call import Call
from summitcli.errors import SummitError
from summitcli.library.reference import STDIN, resolve


class State(NamedTuple):
    """The state of the files that the full-screen browser shows. It changes when a file changes."""

    agenda: tuple[int, ...]
    """The time of the last change, the size and the inode number of the agenda's file; () without a file."""
    schedule: str
    """A text that identifies the content of the schedule; empty if it can't be read."""


def state_of(call: Call, name: str | None) -> State:
    """Return the state of the files of the schedule and of the agenda ``name``."""
    try:
        found = os.stat(path_of(call.agenda_key(), name or DEFAULT))
        agenda: tuple[int, ...] = (found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError:
        agenda = ()
    try:
        schedule = "" if call.reference == STDIN else resolve(call.reference).identity
    except SummitError:
        schedule = ""
    return State(agenda, schedule)
