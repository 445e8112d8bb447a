"""The vdir that is kept in step with an agenda: ``NAME.sync`` beside the agenda's file.

docs/files.md describes the format.
"""

from __future__ import annotations

import json
import os

from summitcli.agenda.place import DEFAULT, path_beside
from summitcli.errors import ScheduleError, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.storage import atomic, paths
from summitcli.text.printable import printable

FORMAT = "summit-sync-directory/1"
MAX_BYTES = 100_000


class KeptDirectory(NamedTuple):
    """The vdir of an agenda, and the language of the titles in it."""

    path: str
    """The absolute path of the directory."""
    language: str | None = None
    """The language that the user asked for; None for the schedule's own."""


def read(conference_id: str, name: str = DEFAULT) -> KeptDirectory | None:
    """Return the vdir that is kept in step with an agenda; None if there is none.

    Raises:
        ScheduleError: the file is damaged.
        Unreachable: it can't be read.
    """
    path = _path(conference_id, name)
    try:
        data = paths.read(path, MAX_BYTES)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(path)), error) from error
    if data is None:
        return None
    try:
        document = json.loads(data)
        folder, language = document["directory"], document["language"]
        if document["format"] != FORMAT or not os.path.isabs(folder):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        sentence = _("{path} is damaged or of a newer version; move it away")
        raise ScheduleError(sentence.format(path=printable(path))) from None
    return KeptDirectory(folder, language if isinstance(language, str) else None)


def is_kept(conference_id: str, name: str) -> bool:
    """Return whether a vdir is kept in step with an agenda."""
    return paths.may_be_there(_path(conference_id, name))


def write(conference_id: str, name: str, kept: KeptDirectory) -> None:
    """Keep a vdir in step with an agenda from now on.

    Raises:
        Unreachable: that can't be saved.
    """
    path = _path(conference_id, name)
    document = {"format": FORMAT, "directory": kept.path, "language": kept.language}
    try:
        atomic.make_folder(os.path.dirname(path))
        atomic.write(path, json.dumps(document, indent=1).encode() + b"\n")
    except OSError as error:
        raise _unwritable(path, error) from error


def remove(conference_id: str, name: str) -> None:
    """Keep no vdir in step with an agenda any longer.

    Raises:
        Unreachable: that can't be saved.
    """
    path = _path(conference_id, name)
    try:
        atomic.remove(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> Unreachable:
    return Unreachable(_("can't write {name}").format(name=printable(path)), error)


def _path(conference_id: str, name: str) -> str:
    return path_beside(conference_id, name, ".sync")
