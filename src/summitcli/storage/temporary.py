"""Temporary files, and the removal of those that interrupted processes have left.

A process locks its temporary file while it writes it. If another process can take that lock, the writer has
ended, and the file can be removed. That is safe even if a new process has the writer's process ID.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time

from summitcli.storage.paths import LONGEST_FILE_NAME, NONBLOCKING

ABANDONED_AFTER = 86_400
"""The age in seconds from which a temporary file is abandoned if the file system has no locks.

Writing takes moments; a day leaves room for computers that sleep and for clocks that differ.
"""

_MARK = r"(?:(?P<host>[0-9a-f]{8})-)?[0-9]+-[0-9]+\.tmp"
"""The pattern of the end of a temporary file's name, such as ``1a2b3c4d-4711-123456789.tmp``.

The parts are a hash of the computer's name (missing in older versions), the process ID, and the time of a
monotonic clock.
"""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def hidden_path(path: str, ending: str) -> str:
    """Return the path of a hidden file beside ``path``, such as ``.default.lock`` beside ``default.json``."""
    folder, file = os.path.split(path)
    stem = file.removesuffix(".json")
    if len(os.fsencode(stem)) > LONGEST_FILE_NAME:
        # A character has at most four bytes in UTF-8.
        stem = stem[: LONGEST_FILE_NAME // 4]
    return os.path.join(folder, f".{stem}.{ending}")


def create(path: str, mode: int) -> tuple[int, str]:
    """Create a temporary file beside ``path`` and lock it if possible; return its descriptor and path."""
    while True:
        temporary = hidden_path(path, f"{_host()}-{os.getpid()}-{time.monotonic_ns()}.tmp")
        descriptor = os.open(temporary, _NEW_FILE, mode)
        claimed = False
        try:
            # Before it was locked, another process may have removed it as abandoned.
            claimed = _lock_now(descriptor) is not False and os.path.lexists(temporary)
            if claimed:
                return descriptor, temporary
        finally:
            if not claimed:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
                with contextlib.suppress(OSError):
                    os.unlink(temporary)


def sweep(path: str) -> None:
    """Remove the temporary files for ``path`` that interrupted processes have left.

    The caller must hold the lock that all writers of ``path`` need. Then no process is writing any of them,
    whatever their age, and on whatever computer they were written.
    """
    sweep_in(*os.path.split(hidden_path(path, "")), alone=True)


def sweep_folder(folder: str) -> None:
    """Remove all temporary files in ``folder`` that interrupted processes have left.

    The caller must hold the lock that all writers in ``folder`` need. Then no process is writing any of them,
    whatever their age, and on whatever computer they were written.
    """
    sweep_in(folder, "", alone=True)


def sweep_in(folder: str, beginning: str, alone: bool) -> None:
    """Remove the temporary files in ``folder`` that no process is writing any more.

    Args:
        folder: the directory.
        beginning: the beginning of their names, such as ``.default.``; empty for all temporary files.
        alone: True if no other process can be writing there.
    """
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            place = len(beginning) or file.rfind(".", 1, -len(".tmp")) + 1
            if file.startswith(beginning or ".") and (mark := re.fullmatch(_MARK, file[place:])):
                temporary = os.path.join(folder, file)
                with contextlib.suppress(OSError):
                    _discard(temporary, mark["host"], alone)


def _discard(temporary: str, host: str | None, alone: bool) -> None:
    """Remove a temporary file if no process is writing it any more.

    Args:
        temporary: the file.
        host: the hash of the computer's name, from the file's name; None if it has none.
        alone: True if no other process can be writing there.

    Raises:
        OSError: the file has been removed before, or can't be removed.
    """
    state = os.lstat(temporary)
    is_file = stat.S_ISREG(state.st_mode)
    # Other things than files are not ours: leave them alone, unless we hold the lock.
    certain = alone or (is_file and time.time() - state.st_mtime > ABANDONED_AFTER)
    descriptor = None
    # On Windows an open file can't be removed, which is as good as a lock.
    if is_file and os.name != "nt":
        with contextlib.suppress(OSError):
            descriptor = os.open(temporary, os.O_RDWR | NONBLOCKING | getattr(os, "O_NOFOLLOW", 0))
    try:
        locked = None if descriptor is None else _lock_now(descriptor)
        # Locks of other hosts may be invisible here, and older versions don't lock.
        if locked is not False and (certain or (locked and host == _host())):
            # Remove it while it is locked: otherwise its writer could start in between and lose it.
            os.unlink(temporary)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock_now(descriptor: int) -> bool | None:
    """Lock an open file if that is possible without waiting; return whether it is locked.

    Return None if the file system has no locks.
    """
    try:
        import fcntl
    except ImportError:
        # Windows, where an open file can't be removed, which is as good.
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _host() -> str:
    """Return a hash of this computer's name, such as ``1a2b3c4d``; other computers may use the same disk."""
    import zlib

    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{zlib.crc32(os.fsencode(name)):08x}"
