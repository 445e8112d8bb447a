"""How a file is written so that nothing is lost: whole or not at all, and on the disk when it is done.

Under a lock where several may write, to a temporary file beside it that is synchronised and renamed, and the
folder is synchronised after it: whoever reads sees the old file or the new one, and one that was
acknowledged outlives a crash. A lock is the operating system's, held through an open file, and ends with its
process.
"""

import contextlib
import errno
import os
import re
import time
import warnings
from typing import TYPE_CHECKING

from summitcli.i18n import _

if TYPE_CHECKING:
    from filelock import BaseFileLock

LONGEST_NAME = 64
LONGEST_FILE_NAME = 200
"""In bytes, which leaves room for what is appended; file systems allow 255."""

PRIVATE = 0o600
"""The mode of a file for its owner alone."""
ORDINARY = 0o666
"""The mode of a file as the user's mask has it."""

_UNFINISHED = r"[0-9]+-[0-9]+\.tmp"
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"))
)
"""What Windows takes for a device, whatever the ending (Win32, "Naming files, paths and namespaces")."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_CANT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system says that has no way to synchronise a folder."""

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


def is_there(path: str) -> bool:
    """Whether there is anything at ``path``, readable or not."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def write(path: str, data: bytes, mode: int = PRIVATE, like: os.stat_result | None = None) -> None:
    """Put a file with ``data`` at ``path``, in the place of one that is there.

    Args:
        path: where it lies; a symbolic link there is replaced.
        data: its content.
        mode: its permissions, as far as the user's mask leaves them.
        like: the state of a file whose permissions, owner and group it gets instead, as far as possible.

    Raises:
        OSError: it can't be written; the old file is there, or where only the folder could not be
            synchronised the new one.
    """
    temporary = _beside(path, f"{os.getpid()}-{time.monotonic_ns()}.tmp")
    descriptor = os.open(temporary, _NEW_FILE, mode if like is None else PRIVATE)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if like is not None:
                _resemble(descriptor, like)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _rename(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(os.path.dirname(path))


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


def put_in_place(temporary: str, path: str) -> None:
    """Rename a file that has been synchronised, and have the disk know of its new name.

    Raises:
        OSError: it can't be renamed; or only the folder could not be synchronised.
    """
    _rename(temporary, path)
    sync_folder(os.path.dirname(path))


def lock(path: str, patience: float) -> "BaseFileLock":
    """The lock of those who write at ``path``, acquired.

    Args:
        path: the file that it is for; the lock's own is hidden beside it.
        patience: how long to wait for another process, in seconds.

    Raises:
        TimeoutError: another process still holds it.
        OSError: it can't be made.
    """
    from filelock import FileLock, Timeout

    # It opens its file without following a symbolic link, since 3.20.3 on every system.
    held = FileLock(_beside(path, "lock"), timeout=patience, mode=PRIVATE)
    try:
        with warnings.catch_warnings():
            # It says, and knows a way out, where a file system has no locks.
            warnings.simplefilter("ignore")
            # Often enough that many writers each get their turn long before their patience ends.
            held.acquire(poll_interval=0.01)
    except Timeout:
        raise TimeoutError(_("it is in use by another process; try again")) from None
    return held


def sweep(path: str) -> None:
    """Remove what writers of ``path`` left that died; called under its lock, with no other writer."""
    folder, beginning = os.path.split(_beside(path, ""))
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            if file.startswith(beginning) and re.fullmatch(_UNFINISHED, file[len(beginning) :]):
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, file))


def make_folder(folder: str) -> None:
    """Make ``folder`` and what it lies in, each for its owner alone, and have the disk know of them.

    Raises:
        OSError: it can't be made.
    """
    if os.path.isdir(folder):
        return
    parent = os.path.dirname(folder)
    if parent != folder:
        make_folder(parent)
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise
    else:
        sync_folder(parent)


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
