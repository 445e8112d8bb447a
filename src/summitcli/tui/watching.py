"""Noticing when another process changes the agenda or the schedule."""

import os
from typing import NamedTuple

from summitcli.agenda.place import DEFAULT, path_of
from summitcli.cli.call import Call
from summitcli.errors import SummitError
from summitcli.library.reference import STDIN, resolve


class State(NamedTuple):
    """The state of the files that the browser shows."""

    agenda: tuple[int, ...]
    """The time of the last change, the size and the number of the agenda's file; () if there is none."""
    schedule: str
    """The identity of the schedule's source; empty if it can't be read."""


def state_of(call: Call, name: str | None) -> State:
    """Return the state of the files of the schedule and of the agenda of that name."""
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
