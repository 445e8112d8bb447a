"""How an agenda is read, and changed so that nothing is ever lost.

It is changed under a lock and written as :mod:`summitcli.storage.atomic` has it: whoever reads sees the old
agenda or the new one, and one that was acknowledged outlives a crash.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator

from summitcli.agenda.document import LARGEST, SMALL, InvalidAgenda, Reading, loads, must_fit
from summitcli.agenda.document import read as read_document
from summitcli.agenda.picks import Agenda
from summitcli.agenda.place import DEFAULT, OLD_SUFFIX, path_of
from summitcli.errors import Unreachable, system_says
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar
from summitcli.rows import ConferenceRow
from summitcli.storage import paths
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from summitcli.agenda.history import Deed

Outcome = TypeVar("Outcome")

PATIENCE = 5.0
"""How long to wait for another process that holds an agenda, in seconds."""


class Changed(NamedTuple, Generic[Outcome]):
    """An agenda before and after a change, and what else came of it."""

    before: Agenda
    after: Agenda
    outcome: Outcome
    lost: str = ""
    """What was wrong with its history, which was left out for that; empty where nothing was."""


def load(conference_id: str, name: str = DEFAULT) -> Agenda:
    """Return the agenda of that name; see :func:`read`."""
    return read(conference_id, name).agenda


def read(conference_id: str, name: str = DEFAULT) -> Reading:
    """Return the agenda of that name with what its file is like; an empty one where there is no such file.

    Raises:
        InvalidAgenda: the file can't be read, or is damaged, empty or of a newer version.
        Unreachable: a link on the way to it leads nowhere, so that nobody can tell what it holds.
        UsageError: no agenda can have that name.
    """
    return _read(path_of(conference_id, name), conference_id, name)[0]


def change(
    conference: ConferenceRow,
    name: str,
    edit: Callable[[Agenda], tuple[Agenda, Outcome]],
    deed: Deed | None = None,
) -> Changed[Outcome]:
    """Replace the agenda by what ``edit`` makes of it, while no other process can; then it is on the disk.

    Nothing is written where it stays the same, unless the conference has another title or other dates by now:
    by those it is found again. A file of the first format is kept beside the one that takes its place.

    Args:
        conference: what the agenda is of.
        name: the agenda's name.
        edit: gives the new agenda for the one kept, and what else is to be told of it; it may raise, and
            then nothing is changed.
        deed: what is done, to be taken back at wish; None for what is not to be.

    Returns:
        The agenda before and after, what else ``edit`` returned, and what of the file could not be read.

    Raises:
        InvalidAgenda: the file can't be read; it is left as it is.
        Unreachable: it can't be written, a link on the way to it leads nowhere, or another process holds it;
            it is as it was, or where only the folder could not be synchronised, as it is to be.
        UsageError: no agenda can have that name.
    """
    from summitcli.agenda.history import recorded
    from summitcli.storage import atomic, temporary

    place = path_of(conference.id, name)
    with _reported(place):
        paths.check_way(place)
        # A link to a file elsewhere stays one: what it points to is replaced.
        path = os.path.realpath(place)
        atomic.make_folder(os.path.dirname(path))
        lock = _locked(path)
    try:
        temporary.sweep(path)
        # By way of the link, which may lead nowhere by now.
        (before, _is_first, lost), old = _read(place, conference.id, name)
        edited, outcome = edit(before)
        after = recorded(before, _of_conference(edited, conference, name), deed)
        if after == _of_conference(before, conference, name) and not _tells_another(before, conference):
            return Changed(before, before, outcome, lost)
        after = _write(path, after, old)
        return Changed(before, after, outcome, lost)
    finally:
        with contextlib.suppress(OSError):
            lock.release()


def _tells_another(agenda: Agenda, conference: ConferenceRow) -> bool:
    """Return whether an agenda, if it tells any, has another title or other dates of its conference."""
    told = agenda.title, agenda.start, agenda.end
    return bool(agenda.start) and told != (conference.title, conference.start, conference.end)


def _of_conference(agenda: Agenda, conference: ConferenceRow, name: str) -> Agenda:
    return agenda._replace(
        conference=conference.id,
        title=conference.title,
        start=conference.start,
        end=conference.end,
        name=name,
    )


def _write(path: str, agenda: Agenda, old: bytes | None) -> Agenda:
    """Write an agenda, with as much of what it was before as a file can hold, and return it.

    Args:
        path: its file.
        agenda: what is to be in it.
        old: what is in it, in the first format; None where there is nothing to be kept.
    """
    from summitcli.agenda.history import without_oldest
    from summitcli.agenda.writing import dumps
    from summitcli.storage import atomic

    data = dumps(agenda)
    while len(data) > LARGEST and (less := without_oldest(agenda)):
        agenda = less
        data = dumps(agenda)
    must_fit(data, path)
    if loads(data, path, agenda.conference, agenda.name, agenda) != agenda:
        raise ValueError("the agenda would not be read back as it is")
    with _reported(path):
        if old is not None and not os.path.lexists(path + OLD_SUFFIX):
            atomic.write(path + OLD_SUFFIX, old)
        atomic.write(path, data)
    return agenda


def _read(path: str, conference_id: str, name: str) -> tuple[Reading, bytes | None]:
    """Return an agenda, and the bytes of its file where that is of the first format."""
    try:
        data = paths.read(path, LARGEST + 1)
    except paths.NotAFile:
        raise InvalidAgenda(path, _("it is not a file")) from None
    except OSError as error:
        if not paths.is_of_the_path(error):
            raise InvalidAgenda(path, system_says(error)) from error
        raise Unreachable(_("can't read the agenda {path}").format(path=printable(path)), error) from error
    if data is None:
        return Reading(Agenda(conference_id, "", name)), None
    found = _decoded(data, path, conference_id, name)
    return found, data if found.first else None


class _Decoded:
    """The large agenda that was read last: `update` reads one twice, to tell of it and to change it."""

    of: tuple[str, str, str, bytes] | None = None
    reading: Reading


def _decoded(data: bytes, path: str, conference_id: str, name: str) -> Reading:
    """Return the agenda that ``data`` holds; a large one, which takes long, is not decoded twice in a row."""
    if len(data) <= SMALL:
        return read_document(data, path, conference_id, name)
    from hashlib import blake2b

    of = path, conference_id, name, blake2b(data).digest()
    if _Decoded.of != of:
        _Decoded.reading = read_document(data, path, conference_id, name)
        _Decoded.of = of
    return _Decoded.reading


@contextlib.contextmanager
def _reported(path: str) -> Iterator[None]:
    """Let what the system refuses become an error of our own."""
    try:
        yield
    except OSError as error:
        raise Unreachable(_("can't write the agenda {path}").format(path=printable(path)), error) from error


def _locked(path: str) -> BaseFileLock:
    """The lock of the agenda at ``path``, acquired."""
    from summitcli.storage import locks

    try:
        return locks.lock(path, PATIENCE)
    except TimeoutError as error:
        raise Unreachable(_("can't change the agenda {path}").format(path=printable(path)), error) from None
