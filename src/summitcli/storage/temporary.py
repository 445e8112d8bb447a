"""Temporary files, and what writers left that are gone.

A writer holds a lock on its temporary file for as long as it has one. Who can take that lock knows that the
writer is gone, whatever process has its number by now, and removes what it left.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time

from summitcli.storage.paths import AT_ONCE, LONGEST_FILE_NAME

ABANDONED_AFTER = 86_400
"""How old a temporary file must be to be taken for abandoned where no lock can tell, in seconds. A write
takes moments; a day leaves room for a computer that was suspended, and for clocks that differ."""

_MARK = r"(?:(?P<host>[0-9a-f]{8})-)?[0-9]+-[0-9]+\.tmp"
"""How the names of temporary files end: the computer that wrote it (not in those of older versions), the
number of the process, and when that was by a clock that never goes back."""

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def beside(path: str, ending: str) -> str:
    """A hidden file beside ``path``, named after it."""
    folder, file = os.path.split(path)
    stem = file.removesuffix(".json")
    if len(os.fsencode(stem)) > LONGEST_FILE_NAME:
        # A letter has four bytes at the most.
        stem = stem[: LONGEST_FILE_NAME // 4]
    return os.path.join(folder, f".{stem}.{ending}")


def begin(path: str, mode: int) -> tuple[int, str]:
    """Make a temporary file for ``path``, locked where it can be; return its descriptor and its name."""
    while True:
        temporary = beside(path, f"{_host()}-{os.getpid()}-{time.monotonic_ns()}.tmp")
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


def sweep(path: str) -> None:
    """Remove what writers of ``path`` left that died.

    To be called under the lock without which nobody writes there: every temporary file is then abandoned,
    however young it is and whichever computer wrote it.
    """
    sweep_in(*os.path.split(beside(path, "")), alone=True)


def sweep_folder(folder: str) -> None:
    """Remove what writers of any file in ``folder`` left that died.

    To be called under the lock without which nobody writes in ``folder``, as :func:`sweep`.
    """
    sweep_in(folder, "", alone=True)


def sweep_in(folder: str, beginning: str, alone: bool) -> None:
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
            descriptor = os.open(temporary, os.O_RDWR | AT_ONCE | getattr(os, "O_NOFOLLOW", 0))
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
