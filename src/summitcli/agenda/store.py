"""Where agendas are kept, and how one is written so that nothing is ever lost.

An agenda lies at ``agendas/{conference}/{name}.json`` in the folder of :func:`summitcli.folders.data`. It is
written under a lock, to a temporary file beside it that is synchronised and renamed, and the folder is
synchronised after it: whoever reads sees the old agenda or the new one, and one that was acknowledged
outlives a crash. The lock is the operating system's, held through an open file, and ends with its process.
"""

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from summitcli import folders
from summitcli.agenda.document import SLUG, InvalidAgenda, dumps, loads
from summitcli.agenda.picks import Agenda
from summitcli.catalog.rows import ConferenceRow
from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

DEFAULT = "default"
"""The name of the agenda that is meant where none is named."""

LONGEST_NAME = 64
LONGEST_FILE_NAME = 200
"""In bytes, which leaves room for what is appended; file systems allow 255."""

PATIENCE = 5.0
"""How long to wait for another process that holds an agenda, in seconds."""

_SUFFIX = ".json"
_UNFINISHED = re.compile(r"[0-9]+-[0-9]+\.tmp")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
"""What Windows takes for a device, whatever the ending (Win32, "Naming files, paths and namespaces")."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_CANT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system says that has no way to synchronise a folder."""

_RENAMES = 20 if os.name == "nt" else 1
"""Windows refuses to replace a file while it is open for reading, which is over in moments."""
_BETWEEN_RENAMES = 0.05


def load(conference_id: str, name: str = DEFAULT) -> Agenda:
    """The agenda of that name; an empty one where there is no such file.

    Raises:
        InvalidAgenda: the file can't be read, or is damaged, empty or of a newer version.
        UsageError: no agenda can have that name.
    """
    return _read(path_of(conference_id, name), conference_id, name)


def names(conference_id: str) -> tuple[str, ...]:
    """The names of the agendas that are kept of a conference, in alphabetical order.

    Raises:
        Unreachable: their folder can't be read.
    """
    folder = _folder(conference_id)
    try:
        files = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(folder)), error) from error
    stems = (file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX))
    return tuple(sorted(stem for stem in stems if not _fault_of(stem)))


def change(conference: ConferenceRow, name: str, edit: Callable[[Agenda], Agenda]) -> tuple[Agenda, Agenda]:
    """Replace the agenda by what ``edit`` makes of it, while no other process can.

    Nothing is written where the picks stay the same. When this returns, the change is on the disk.

    Args:
        conference: what the agenda is of.
        name: the agenda's name.
        edit: gives the new agenda for the one kept; it may raise, and then nothing is changed.

    Returns:
        The agenda before and after.

    Raises:
        InvalidAgenda: the file can't be read; it is left as it is.
        Unreachable: it can't be written, or another process holds it. The old content is there, or where
            only the folder could not be synchronised the new.
        UsageError: no agenda can have that name.
    """
    # A link to a file elsewhere stays one: what it points to is replaced.
    path = os.path.realpath(path_of(conference.id, name))
    with _reported(path):
        _make_folder(os.path.dirname(path))
        lock = _locked(path)
    try:
        _sweep(path)
        before = _read(path, conference.id, name)
        after = edit(before)._replace(conference=conference.id, title=conference.title, name=name)
        if after.picks == before.picks:
            return before, before
        data = dumps(after)
        if loads(data, path, conference.id, name) != after:
            raise ValueError("the agenda would not be read back as it is")
        with _reported(path):
            _write(path, data)
        return before, after
    finally:
        with contextlib.suppress(OSError):
            lock.release()


def path_of(conference_id: str, name: str = DEFAULT) -> str:
    """The file of an agenda, whether or not there is one.

    Raises:
        UsageError: no agenda can have that name.
        ScheduleError: no conference can have that id.
    """
    fault = _fault_of(name)
    if fault:
        sentence = _('"{name}" can\'t be the name of an agenda: {fault}')
        raise UsageError(sentence.format(name=printable(name), fault=fault))
    return os.path.join(_folder(conference_id), name + _SUFFIX)


def _folder(conference_id: str) -> str:
    if not SLUG.fullmatch(conference_id):
        raise ScheduleError(_('"{id}" can\'t be the id of a conference').format(id=printable(conference_id)))
    return os.path.join(os.path.abspath(folders.data()), "agendas", conference_id)


def _fault_of(name: str) -> str:
    """Why ``name`` can't be the name of an agenda; empty when it can."""
    # Letters of every script, with the marks some need, are those of Python's names (Unicode UAX #31).
    if not name or not ("_" + name.replace("-", "_")).isidentifier():
        return _("use letters, digits, hyphens and underscores")
    try:
        too_long = len(name) > LONGEST_NAME or len(os.fsencode(name)) > LONGEST_FILE_NAME
    except UnicodeEncodeError:
        return _("this system has no such letters in the names of files")
    if too_long:
        return _("it is longer than {n} letters").format(n=LONGEST_NAME)
    return _("Windows keeps that name for itself") if _RESERVED.fullmatch(name) else ""


def _read(path: str, conference_id: str, name: str) -> Agenda:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise InvalidAgenda(path, _("it is not a file"))
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return Agenda(conference_id, "", name)
    except OSError as error:
        raise InvalidAgenda(path, error.strerror or str(error)) from error
    return loads(data, path, conference_id, name)


@contextlib.contextmanager
def _reported(path: str) -> Iterator[None]:
    """Let what the system refuses become an error of our own."""
    try:
        yield
    except OSError as error:
        raise Unreachable(_("can't write the agenda {path}").format(path=printable(path)), error) from error


def _locked(path: str) -> "BaseFileLock":
    """The lock of the agenda at ``path``, acquired."""
    from filelock import FileLock, Timeout

    # It opens its file without following a symbolic link, since 3.20.3 on every system.
    lock = FileLock(_beside(path, "lock"), timeout=PATIENCE, mode=0o600)
    try:
        # Often enough that many writers each get their turn long before their patience ends.
        lock.acquire(poll_interval=0.01)
    except Timeout:
        sentence = _("can't change the agenda {path}").format(path=printable(path))
        raise Unreachable(sentence, _("it is in use by another process; try again")) from None
    return lock


def _beside(path: str, ending: str) -> str:
    """A hidden file beside ``path``, named after it."""
    folder, file = os.path.split(path)
    return os.path.join(folder, f".{file.removesuffix(_SUFFIX)}.{ending}")


def _sweep(path: str) -> None:
    """Remove what writers left that died; called under the lock, when there is no other writer."""
    folder, beginning = os.path.split(_beside(path, ""))
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            if file.startswith(beginning) and _UNFINISHED.fullmatch(file, len(beginning)):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, file))


def _write(path: str, data: bytes) -> None:
    temporary = _beside(path, f"{os.getpid()}-{time.monotonic_ns()}.tmp")
    descriptor = os.open(temporary, _NEW_FILE, 0o600)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _rename(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(os.path.dirname(path))


def _rename(temporary: str, path: str) -> None:
    for _attempt in range(_RENAMES - 1):
        try:
            return os.replace(temporary, path)
        except PermissionError:
            time.sleep(_BETWEEN_RENAMES)
    return os.replace(temporary, path)


def _make_folder(folder: str) -> None:
    """Make ``folder`` and what it lies in, each for its owner alone, and have the disk know of them."""
    if os.path.isdir(folder):
        return
    parent = os.path.dirname(folder)
    if parent != folder:
        _make_folder(parent)
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise
    else:
        _sync_folder(parent)


def _sync_folder(folder: str) -> None:
    """Have the disk keep the names in ``folder``, where the system has a way to."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except PermissionError:
        # A folder that may be written to and not read.
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANT_SYNC:
            raise
    finally:
        os.close(descriptor)
