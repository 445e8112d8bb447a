"""The vdir (a directory with one file for each event) that is kept up to date with an agenda.

It is remembered in ``NAME.sync`` beside the agenda's file. docs/files.md describes the format.
"""

from __future__ import annotations

import json
import os
from datetime import timedelta

from summitcli.agenda import beside
from summitcli.agenda.place import DEFAULT, path_beside
from summitcli.errors import ScheduleError
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import PLANNED, Mark
from summitcli.storage import paths
from summitcli.text.printable import printable

FORMAT = "summit-sync-directory/1"
SUFFIX = ".sync"
MAX_BYTES = 100_000
_MAX_MINUTES = 10_000_000


class KeptDirectory(NamedTuple):
    """The vdir for an agenda, and the choice, language and alarms of the events in it."""

    path: str
    """The absolute path of the directory."""
    language: str | None = None
    """The language that the user asked for; None for the language of the schedule."""
    alarms: tuple[timedelta, ...] = ()
    """The times between the reminders of an event and its start, in whole minutes."""
    marks: tuple[Mark, ...] = PLANNED
    """The marks of the sessions that have events; the user's own entries always have."""


def read(conference_id: str, name: str = DEFAULT) -> KeptDirectory | None:
    """Return the vdir in which an agenda's events are kept up to date; None if there is none.

    Raises:
        ScheduleError: the file is damaged.
        Unreachable: the file can't be read.
    """
    data = beside.read(conference_id, name, SUFFIX, MAX_BYTES)
    if data is None:
        return None
    try:
        document = json.loads(data)
        folder, language = document["directory"], document["language"]
        minutes, marks = document.get("alarms", []), document.get("marks", list(PLANNED))
        if document["format"] != FORMAT or not os.path.isabs(folder) or not _are_minutes(minutes):
            raise ValueError
        if not marks or marks != [mark for mark in PLANNED if mark in marks]:
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        sentence = _("{path} is damaged, or was written by a newer version of summit; move or rename it")
        path = path_beside(conference_id, name, SUFFIX)
        raise ScheduleError(sentence.format(path=printable(path))) from None
    alarms = tuple(timedelta(minutes=each) for each in minutes)
    return KeptDirectory(folder, language if isinstance(language, str) else None, alarms, tuple(marks))


def is_kept(conference_id: str, name: str) -> bool:
    """Return whether there is a vdir in which an agenda's events are kept up to date."""
    return paths.may_be_there(path_beside(conference_id, name, SUFFIX))


def write(conference_id: str, name: str, kept: KeptDirectory) -> None:
    """Remember the vdir in which an agenda's events are kept up to date from now on.

    Raises:
        Unreachable: the file can't be written.
    """
    minutes = [alarm // timedelta(minutes=1) for alarm in kept.alarms]
    document = {
        "format": FORMAT,
        "directory": kept.path,
        "language": kept.language,
        "alarms": minutes,
        "marks": list(kept.marks),
    }
    beside.write(conference_id, name, SUFFIX, document)


def remove(conference_id: str, name: str) -> None:
    """Forget the vdir of an agenda, so that the events in it are no longer kept up to date.

    Raises:
        Unreachable: the file can't be removed.
    """
    beside.remove(conference_id, name, SUFFIX)


def _are_minutes(value: object) -> bool:
    """Return whether a JSON value is a list of durations: whole numbers of minutes."""
    return isinstance(value, list) and all(type(each) is int and 0 <= each <= _MAX_MINUTES for each in value)
