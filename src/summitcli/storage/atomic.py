"""How a file is written so that nothing is lost: whole or not at all, and on the disk when it is done.

Under a lock where several may write, to a temporary file beside it that is synchronised and renamed, and the
folder is synchronised after it: whoever reads sees the old file or the new one, and one that was
acknowledged outlives a crash. A lock is the operating system's, held through an open file, and ends with its
process.

A writer holds a lock on its temporary file, too, for as long as it has one. Who can take that lock knows that
the writer is gone, whatever process has its number by now, and removes what it left.

Nothing here opens what is no regular file: to open a pipe takes until somebody comes to its other end, and to
open a device may do anything. A link that leads nowhere, as to a drive that is not mounted, is never taken
for a file that is not there: what it should lead to may well exist.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import time
import warnings

from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

LONGEST_NAME = 64
LONGEST_FILE_NAME = 200
"""In bytes, which leaves room for what is appended; file systems allow 255."""

PRIVATE = 0o600
"""The mode of a file for its owner alone."""
ORDINARY = 0o666
"""The mode of a file as the user's mask has it."""

_MARK = r"(?:(?P<host>[0-9a-f]{8})-)?[0-9]+-[0-9]+\.tmp"
"""How the names of temporary files end: the computer that wrote it (not in those of older versions), the
number of the process, and when that was by a clock that never goes back."""

ABANDONED_AFTER = 86_400
"""How old a temporary file must be to be taken for abandoned where no lock can tell, in seconds. A write
takes moments; a day leaves room for a computer that was suspended, and for clocks that differ."""

_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"))
)
"""What Windows takes for a device, whatever the ending (Win32, "Naming files, paths and namespaces")."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_CANT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system says that has no way to synchronise a folder."""
_CANT_LOCK = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
"""What a file system says that has no locks: NFS without its lock daemon, some of those in user space."""
_NOTHING_THERE = (FileNotFoundError, NotADirectoryError)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Flags with which to open what was a regular file a moment ago, and may be a pipe or a terminal by now."""

RENAMES = 20 if os.name == "nt" else 1
"""Windows refuses to replace a file while it is open for reading, which is over in moments."""
BETWEEN_RENAMES = 0.05


def fault_of_name(name: str) -> str:
    """Why ``name`` can't be what people call something that is kept as a file; empty when it can."""
    # Letters of every script, with the marks some need, are those of Python's names (Unicode UAX #31).
    if not name or not ("_" + name.replace("-", "_")).isidentifier():
        return _("use letters, digits, hyphens and underscores")
    try:
        too_long = len(name) > LONGEST_NAME or len(os.fsencode(name)) > LONGEST_FILE_NAME
    except UnicodeEncodeError:
        return _("this system has no such letters in the names of files")
    if too_long:
        return _("it is longer than {n} letters").format(n=LONGEST_NAME)
    return _("Windows keeps that name for itself") if name.lower() in _RESERVED else ""


class NotAFile(OSError):
    """Something that is no regular file lies in the place of one."""

    def __init__(self, path: str) -> None:
        super().__init__(_("{path} is not a file; move it away").format(path=printable(path)))


class BrokenPath(OSError):
    """The way to a file does not lead where it should, so nobody can tell whether the file is there."""


def is_there(path: str) -> bool:
    """Return whether there is anything at ``path``, readable or not."""
    try:
        os.lstat(path)
    except _NOTHING_THERE:
        return False
    except OSError:
        return True
    return True


def may_be_there(path: str) -> bool:
    """Return whether there is anything at ``path``, or that can't be told, as behind a broken link."""
    if is_there(path):
        return True
    try:
        check_way(path)
    except OSError:
        return True
    return False


def check_way(path: str) -> None:
    """Check that ``path`` leads to something, or could if it were made.

    Raises:
        BrokenPath: a link on the way, or at its end, leads nowhere; or something on the way is no folder,
            the null device excepted, which means that there are to be no files.
        OSError: the system can't look.
    """
    place = path
    while True:
        try:
            state = os.lstat(place)
        except OSError as error:
            if not _leads_nowhere(error):
                raise
            parent = os.path.dirname(place)
            if parent == place:
                return
            place = parent
            continue
        if stat.S_ISLNK(state.st_mode):
            try:
                state = os.stat(place)
            except OSError as error:
                if not _leads_nowhere(error):
                    raise
                raise BrokenPath(_broken(place, error)) from error
        if place != path and not stat.S_ISDIR(state.st_mode) and not _is_null(state):
            raise BrokenPath(_("{path} is not a directory; move it away").format(path=printable(place)))
        return


def files_in(folder: str) -> list[str]:
    """Return the names of what is in ``folder``, in any order; none where there is no such folder.

    Raises:
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: it can't be read.
    """
    try:
        return os.listdir(folder)
    except OSError as error:
        if not _leads_nowhere(error):
            raise
    check_way(os.path.join(folder, "."))
    return []


def is_of_the_path(error: OSError) -> bool:
    """Return whether ``error`` is about where a file lies rather than about the file itself."""
    return isinstance(error, BrokenPath) or error.errno == errno.ENAMETOOLONG


def read(path: str, most: int = -1) -> bytes | None:
    """Return what the file at ``path`` holds, ``most`` bytes of it; None where there is none.

    Raises:
        NotAFile: it is no regular file.
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: it can't be read.
    """
    try:
        _check_file(os.stat(path), path)
        with open(path, "rb", opener=_open_at_once) as file:
            state = os.fstat(file.fileno())
            _check_file(state, path)
            # To read so many bytes at the most would set them aside first, at every command.
            return file.read(most if 0 <= most < state.st_size else -1)
    except OSError as error:
        if not _leads_nowhere(error):
            raise
    check_way(path)
    return None


def append(path: str, data: bytes) -> None:
    """Add ``data`` to the end of the file at ``path``, which is made where there is none.

    Raises:
        NotAFile: it is no regular file.
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: it can't be written to.
    """
    check_place(path)
    with open(path, "ab", opener=_open_at_once) as file:
        _check_file(os.fstat(file.fileno()), path)
        file.write(data)


def write(path: str, data: bytes, mode: int = PRIVATE, like: os.stat_result | None = None) -> None:
    """Put a file with ``data`` at ``path``, in the place of one that is there.

    What writers of ``path`` left that are certainly gone is removed.

    Args:
        path: where it lies; a symbolic link there is replaced.
        data: its content.
        mode: its permissions, as far as the user's mask leaves them.
        like: the state of a file whose permissions, owner and group it gets instead, as far as possible.

    Raises:
        NotAFile: something else is there.
        BrokenPath: a link is there that leads nowhere.
        OSError: it can't be written; the old file is there, or where only the folder could not be
            synchronised the new one.
    """
    if os.path.lexists(path):
        check_place(path)
    _sweep(*os.path.split(_beside(path, "")), alone=False)
    descriptor, temporary = _begin(path, mode if like is None else PRIVATE)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if like is not None:
                _resemble(descriptor, like)
            os.fsync(descriptor)
            if os.name != "nt":
                # Before it is closed, and with that no longer locked: whoever can lock it may remove it.
                _rename(temporary, path)
        finally:
            # What it holds is on the disk, or of no use; a lock, where there is one, ends in any case.
            with contextlib.suppress(OSError):
                os.close(descriptor)
        if os.name == "nt":
            _rename(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(os.path.dirname(path))


def put_in_place(temporary: str, path: str) -> None:
    """Rename a file that has been synchronised, and have the disk know of its new name.

    Raises:
        OSError: it can't be renamed; or only the folder could not be synchronised.
    """
    _rename(temporary, path)
    sync_folder(os.path.dirname(path))


def remove(path: str) -> None:
    """Remove the file at ``path``, where there is one.

    Raises:
        NotAFile: something else is there.
        BrokenPath: a link is there that leads nowhere.
        OSError: it can't be removed.
    """
    check_place(path)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
        sync_folder(os.path.dirname(path))


def check_place(path: str) -> None:
    """Check that a file may be put at ``path``: there is a regular file, a link to one, or nothing.

    Raises:
        NotAFile: something else is there.
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: the system can't look.
    """
    try:
        _check_file(os.stat(path), path)
    except OSError as error:
        if not _leads_nowhere(error):
            raise
        check_way(path)


def lock(path: str, patience: float) -> BaseFileLock:
    """Return the lock of those who write at ``path``, acquired.

    Args:
        path: the file that it is for; the lock's own is hidden beside it.
        patience: how long to wait for another process, in seconds.

    Raises:
        TimeoutError: another process still holds it.
        NotAFile: something that is no file is in the place of the lock's own.
        OSError: it can't be made, or the file system has no locks.
    """
    from filelock import FileLock, Timeout

    beside = _beside(path, "lock")
    with contextlib.suppress(FileNotFoundError):
        _check_file(os.lstat(beside), beside)
    # It opens its file without following a symbolic link, since 3.20.3 on every system.
    held = FileLock(beside, timeout=patience, mode=PRIVATE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Often enough that many writers each get their turn long before their patience ends.
            held.acquire(poll_interval=0.01)
    except Timeout:
        if not isinstance(held, FileLock):
            raise _no_locks(errno.ENOSYS) from None
        raise TimeoutError(_("it is in use by another process; try again")) from None
    except NotImplementedError:
        raise _no_locks(errno.ENOSYS) from None
    except OSError as error:
        if error.errno not in _CANT_LOCK:
            raise
        raise _no_locks(error.errno) from error
    if not isinstance(held, FileLock):
        # Where there are no locks it makes do with a file that is there or not. That does not end with its
        # process: the first one that is killed would lock out all others.
        with contextlib.suppress(OSError):
            held.release()
        raise _no_locks(errno.ENOSYS)
    return held


def sweep(path: str) -> None:
    """Remove what writers of ``path`` left that died.

    To be called under the lock without which nobody writes there: every temporary file is then abandoned,
    however young it is and whichever computer wrote it.
    """
    _sweep(*os.path.split(_beside(path, "")), alone=True)


def sweep_folder(folder: str) -> None:
    """Remove what writers of any file in ``folder`` left that died.

    To be called under the lock without which nobody writes in ``folder``, as :func:`sweep`.
    """
    _sweep(folder, "", alone=True)


def make_folder(folder: str) -> None:
    """Make ``folder`` and what it lies in, each for its owner alone, and have the disk know of them.

    Raises:
        OSError: it can't be made, and nothing of it is.
    """
    missing: list[str] = []
    place = folder
    while not os.path.isdir(place):
        missing.append(place)
        if (parent := os.path.dirname(place)) == place:
            break
        place = parent
    made: list[str] = []
    try:
        for place in reversed(missing):
            try:
                os.mkdir(place, 0o700)
            except FileExistsError:
                if not os.path.isdir(place):
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), place) from None
            else:
                made.append(place)
                sync_folder(os.path.dirname(place))
    except BaseException:
        for place in reversed(made):
            with contextlib.suppress(OSError):
                os.rmdir(place)
        raise


def sync_folder(folder: str) -> None:
    """Have the disk keep the names in ``folder``, where the system has a way to.

    Raises:
        OSError: the disk did not.
    """
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


def _beside(path: str, ending: str) -> str:
    """A hidden file beside ``path``, named after it."""
    folder, file = os.path.split(path)
    stem = file.removesuffix(".json")
    if len(os.fsencode(stem)) > LONGEST_FILE_NAME:
        # A letter has four bytes at the most.
        stem = stem[: LONGEST_FILE_NAME // 4]
    return os.path.join(folder, f".{stem}.{ending}")


def _rename(temporary: str, path: str) -> None:
    for _attempt in range(RENAMES - 1):
        try:
            return os.replace(temporary, path)
        except PermissionError:
            time.sleep(BETWEEN_RENAMES)
    return os.replace(temporary, path)


def _resemble(descriptor: int, like: os.stat_result) -> None:
    """Give a new file the owner, the group and the permissions of another, as far as the system allows.

    Where it can't have the group, another one may do no more than everybody.
    """
    if os.name == "nt":
        return
    mode, new = like.st_mode & 0o777, os.fstat(descriptor)
    if new.st_uid != like.st_uid:
        with contextlib.suppress(OSError):
            os.fchown(descriptor, like.st_uid, -1)
    if new.st_gid != like.st_gid:
        try:
            os.fchown(descriptor, -1, like.st_gid)
        except OSError:
            mode &= 0o707 | (mode & 0o007) << 3
    with contextlib.suppress(OSError):
        os.fchmod(descriptor, mode)


def _begin(path: str, mode: int) -> tuple[int, str]:
    """Make a temporary file for ``path``, locked where it can be; return its descriptor and its name."""
    while True:
        temporary = _beside(path, f"{_host()}-{os.getpid()}-{time.monotonic_ns()}.tmp")
        descriptor = os.open(temporary, _NEW_FILE, mode)
        claimed = False
        try:
            # Another writer may have taken it for abandoned before it was locked.
            claimed = _lock_now(descriptor) is not False and os.path.lexists(temporary)
            if claimed:
                return descriptor, temporary
        finally:
            if not claimed:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
                with contextlib.suppress(OSError):
                    os.unlink(temporary)


def _sweep(folder: str, beginning: str, alone: bool) -> None:
    """Remove the abandoned temporary files in ``folder``.

    Args:
        folder: where to look.
        beginning: the whole of their names up to the mark of the writer; empty for those of every file.
        alone: whether nobody else can be writing.
    """
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            place = len(beginning) or file.rfind(".", 0, -len(".tmp")) + 1
            if file.startswith(beginning or ".") and (mark := re.fullmatch(_MARK, file[place:])):
                temporary = os.path.join(folder, file)
                with contextlib.suppress(OSError):
                    _discard(temporary, mark["host"], alone)


def _discard(temporary: str, host: str | None, alone: bool) -> None:
    """Remove a temporary file, if it can be proved that nobody writes it any more.

    Args:
        temporary: the file.
        host: what its name says of the computer that wrote it, if anything.
        alone: whether nobody else can be writing.

    Raises:
        OSError: it is gone already, or can't be removed.
    """
    state = os.lstat(temporary)
    is_file = stat.S_ISREG(state.st_mode)
    # What is no file is not ours: it is left alone, unless it is where only we should be.
    certain = alone or (is_file and time.time() - state.st_mtime > ABANDONED_AFTER)
    descriptor = None
    # What is open can't be removed on Windows, which is as good as a lock.
    if is_file and os.name != "nt":
        with contextlib.suppress(OSError):
            descriptor = os.open(temporary, os.O_RDWR | _AT_ONCE | getattr(os, "O_NOFOLLOW", 0))
    try:
        locked = None if descriptor is None else _lock_now(descriptor)
        # A lock of another computer may not be seen here, and an older version takes none.
        if locked is not False and (certain or (locked and host == _host())):
            # While it is locked, or its writer could begin in between and lose it.
            os.unlink(temporary)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock_now(descriptor: int) -> bool | None:
    """Lock an open file if nobody else has; return whether it is, or None where there are no such locks."""
    try:
        import fcntl
    except ImportError:
        # Windows, where a file that is open can't be removed, which is as good.
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _host() -> str:
    """Return what tells this computer from others that use the same disk: eight hexadecimal digits."""
    import zlib

    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(os.fsencode(name)):08x}"


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | _AT_ONCE, ORDINARY)


def _check_file(state: os.stat_result, path: str) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise NotAFile(path)


def _is_null(state: os.stat_result) -> bool:
    """Return whether that is the null device, with which a setting says that there is to be nothing."""
    return stat.S_ISCHR(state.st_mode) and os.path.samestat(state, os.stat(os.devnull))


def _leads_nowhere(error: OSError) -> bool:
    """Return whether a path can't be followed to its end, whatever the reason."""
    return isinstance(error, _NOTHING_THERE) or error.errno == errno.ELOOP


def _broken(link: str, error: OSError) -> str:
    """Return what is wrong with a link that leads nowhere."""
    if error.errno == errno.ELOOP:
        sentence = _("{link} is a link to {target}, which leads back to itself; mend the link")
    else:
        sentence = _("{link} is a link to {target}, which is not there; mount its drive or mend the link")
    return sentence.format(link=printable(link), target=printable(os.readlink(link)))


def _no_locks(code: int | None) -> OSError:
    """Return the error of a file system that has no locks, with the way out."""
    sentence = _("files can't be locked there ({reason}); set SUMMIT_DATA to a directory on a local disk")
    return OSError(sentence.format(reason=os.strerror(code or 0)))
