"""Reading and changing agenda files without losing data.

Changes are made under a lock and written atomically (:mod:`summitcli.storage.atomic`): readers see either
the old agenda or the new one, and a change that has been confirmed survives a crash.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator

from summitcli.agenda.document import (
    LARGEST,
    MAX_DECODED_AT_ONCE,
    InvalidAgenda,
    Reading,
    must_fit,
    read_back,
)
from summitcli.agenda.document import read as read_document
from summitcli.agenda.picks import Agenda
from summitcli.agenda.place import DEFAULT, OLD_SUFFIX, path_of
from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from summitcli.rows import ConferenceRow
from summitcli.storage import paths
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from summitcli.agenda.history import Action

Outcome = TypeVar("Outcome")

LOCK_TIMEOUT = 5.0
"""The maximum time to wait until another process releases an agenda's lock, in seconds."""


class Changed(NamedTuple, Generic[Outcome]):
    """An agenda before and after a change, and the result of the function that changed it."""

    before: Agenda
    after: Agenda
    outcome: Outcome
    lost: str = ""
    """The reason why the undo history in the file is invalid and was ignored; empty if it is valid."""


def load(conference_id: str, name: str = DEFAULT) -> Agenda:
    """Return the named agenda of a conference; an empty agenda if it has no file. See :func:`read`."""
    return read(conference_id, name).agenda


def read(conference_id: str, name: str = DEFAULT) -> Reading:
    """Read an agenda from its file; if there is no file, return an empty agenda.

    Args:
        conference_id: the ID of the conference.
        name: the name of the agenda.

    Raises:
        InvalidAgenda: the file can't be read, or is damaged, empty or written by a newer version.
        Unreachable: the path has a broken link, so it is unknown whether the file exists.
        UsageError: the name is invalid.
    """
    return _read(path_of(conference_id, name), conference_id, name)[0]


def change(
    conference: ConferenceRow,
    name: str,
    edit: Callable[[Agenda], tuple[Agenda, Outcome]],
    action: Action | None = None,
) -> Changed[Outcome]:
    """Change an agenda under a lock; when this returns, the change is on disk.

    If ``edit`` returns an equal agenda, the file is written only if the title or dates of the conference in
    it are out of date. A file in the first format is backed up before it is replaced.

    Args:
        conference: the conference of the agenda.
        name: the agenda's name.
        edit: a function that takes the current agenda. It returns the new agenda, and a value that is
            returned as ``outcome``. If it raises an exception, nothing is changed.
        action: the command, for the undo history; None for a change that can't be undone.

    Returns:
        The agenda before and after, and the value that ``edit`` returned.

    Raises:
        InvalidAgenda: the file can't be read; it is left unchanged.
        Unreachable: the file can't be written, its path has a broken link, or another process holds the lock.
            The file is unchanged, with one exception: if syncing its directory failed, it may be new.
        UsageError: the name is invalid.
    """
    from summitcli.agenda.history import recorded
    from summitcli.storage import atomic, temporary

    place = path_of(conference.id, name)
    with _translated_errors(place):
        paths.check_path(place)
        # If the file is a symbolic link, replace its target, not the link.
        path = os.path.realpath(place)
        atomic.make_folder(os.path.dirname(path))
        lock = _locked(path)
    try:
        temporary.sweep(path)
        # Read through the link, which may be broken by now.
        (before, _is_first, lost), old = _read(place, conference.id, name)
        edited, outcome = edit(before)
        after = recorded(before, _of_conference(edited, conference, name), action)
        if after == _of_conference(before, conference, name) and not _conference_changed(before, conference):
            return Changed(before, before, outcome, lost)
        after = _write(path, after, old)
        return Changed(before, after, outcome, lost)
    finally:
        with contextlib.suppress(OSError):
            lock.release()


def _conference_changed(agenda: Agenda, conference: ConferenceRow) -> bool:
    """Return whether the title or dates of the conference, as an agenda records them, are out of date.

    Return False if the agenda records none.
    """
    current = agenda.title, agenda.start, agenda.end
    return bool(agenda.start) and current != (conference.title, conference.start, conference.end)


def _of_conference(agenda: Agenda, conference: ConferenceRow, name: str) -> Agenda:
    return agenda._replace(
        conference=conference.id,
        title=conference.title,
        start=conference.start,
        end=conference.end,
        name=name,
    )


def _write(path: str, agenda: Agenda, old: bytes | None) -> Agenda:
    """Write an agenda, and return it as it was written: with a shorter undo history if it was too large.

    Args:
        path: the agenda's file.
        agenda: the agenda to write.
        old: the bytes of the present file if it has the first format, which need a backup; otherwise None.
    """
    from summitcli.agenda.history import without_oldest
    from summitcli.agenda.writing import text_of
    from summitcli.storage import atomic

    text = text_of(agenda)
    while text.size() > LARGEST and (less := without_oldest(agenda)):
        agenda = less
        text = text_of(agenda)
    must_fit(text.size(), path)
    if read_back(text, path, agenda) != agenda:
        raise ValueError("the agenda would not be read back as it is")
    with _translated_errors(path):
        if old is not None and not os.path.lexists(path + OLD_SUFFIX):
            atomic.write(path + OLD_SUFFIX, old)
        atomic.write(path, text.pieces())
    return agenda


def _read(path: str, conference_id: str, name: str) -> tuple[Reading, bytes | None]:
    """Return an agenda, and the bytes of its file if they need a backup; otherwise None.

    They need a backup if they are in the first (oldest) format.
    """
    try:
        data = paths.read(path, LARGEST + 1)
    except paths.NotAFile:
        raise InvalidAgenda(path, _("it is not a file")) from None
    except OSError as error:
        if not paths.is_path_error(error):
            raise InvalidAgenda(path, error.strerror or str(error)) from error
        raise Unreachable(_("can't read the agenda {path}").format(path=printable(path)), error) from error
    if data is None:
        return Reading(Agenda(conference_id, "", name)), None
    found = _decoded(data, path, conference_id, name)
    return found, data if found.first else None


class _Decoded:
    """A cache with the agenda that was read last, if it is large: ``summit update`` reads an agenda twice."""

    of: tuple[str, str, str, bytes] | None = None
    reading: Reading


def _decoded(data: bytes, path: str, conference_id: str, name: str) -> Reading:
    """Return the agenda in ``data``; a large agenda is decoded only once if it is read twice in a row."""
    if len(data) <= MAX_DECODED_AT_ONCE:
        return read_document(data, path, conference_id, name)
    from hashlib import blake2b

    of = path, conference_id, name, blake2b(data).digest()
    if _Decoded.of != of:
        _Decoded.reading = read_document(data, path, conference_id, name)
        _Decoded.of = of
    return _Decoded.reading


@contextlib.contextmanager
def _translated_errors(path: str) -> Iterator[None]:
    """Turn an OSError in the ``with`` block into Unreachable, with ``path`` in its message."""
    try:
        yield
    except OSError as error:
        raise Unreachable(_("can't write the agenda {path}").format(path=printable(path)), error) from error


def _locked(path: str) -> BaseFileLock:
    """Acquire and return the lock of the agenda at ``path``."""
    from summitcli.storage import locks

    try:
        return locks.lock(path, LOCK_TIMEOUT)
    except TimeoutError as error:
        raise Unreachable(_("can't change the agenda {path}").format(path=printable(path)), error) from None
