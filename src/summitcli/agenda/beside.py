"""Reading and writing the two files beside an agenda's file: ``NAME.plan`` and ``NAME.sync``.

``NAME.plan`` has the plan of the agenda (:mod:`summitcli.agenda.kept_plan`). ``NAME.sync``
names the directory in which its calendar events are kept up to date (:mod:`summitcli.vdir.kept`).
"""

from __future__ import annotations

import json
import os

from summitcli.agenda.place import path_beside
from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import Any
from summitcli.storage import atomic, paths
from summitcli.text.printable import printable


def read(conference_id: str, name: str, suffix: str, most: int) -> bytes | None:
    """Return the content of the file with ``suffix`` beside an agenda's file; None if it does not exist.

    Args:
        conference_id: the conference's ID.
        name: the agenda's name.
        suffix: the suffix of the file to read, such as ``.plan``.
        most: the maximum number of bytes to read.

    Raises:
        Unreachable: the file can't be read.
    """
    path = path_beside(conference_id, name, suffix)
    try:
        return paths.read(path, most)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(path)), error) from error


def write(conference_id: str, name: str, suffix: str, document: Any) -> None:
    """Write ``document`` as JSON into the file with ``suffix`` beside an agenda's file.

    The other parameters are those of :func:`read`.

    Raises:
        Unreachable: the file can't be written.
    """
    path = path_beside(conference_id, name, suffix)
    try:
        atomic.make_folder(os.path.dirname(path))
        atomic.write(path, json.dumps(document, indent=1).encode() + b"\n")
    except OSError as error:
        raise _unwritable(path, error) from error


def remove(conference_id: str, name: str, suffix: str) -> None:
    """Remove the file with ``suffix`` beside an agenda's file, if it exists.

    The parameters are those of :func:`read`.

    Raises:
        Unreachable: the file can't be removed.
    """
    path = path_beside(conference_id, name, suffix)
    try:
        atomic.remove(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> Unreachable:
    return Unreachable(_("can't write {name}").format(name=printable(path)), error)
