"""Locks that prevent two processes from writing a file at the same time.

They are locks of the operating system, so they are released whenever and however a process ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
import warnings

from summitcli.errors import system_message
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.storage.paths import PRIVATE, check_file
from summitcli.storage.temporary import hidden_path

if TYPE_CHECKING:
    from filelock import BaseFileLock

_CANT_LOCK = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
"""The error numbers of file systems without locks, such as some of FUSE, and NFS without a lock daemon."""


def lock(path: str, timeout: float) -> BaseFileLock:
    """Acquire and return the lock for writing to ``path``.

    Args:
        path: the file to protect. The lock file is a hidden file beside it.
        timeout: the maximum time to wait for another process, in seconds.

    Raises:
        TimeoutError: another process still holds the lock.
        NotAFile: the path of the lock file exists and is not a regular file.
        OSError: the lock file can't be created, or the file system has no locks.
    """
    from filelock import FileLock, Timeout

    file = hidden_path(path, "lock")
    with contextlib.suppress(FileNotFoundError):
        check_file(os.lstat(file), file)
    # Since 3.20.3 filelock opens the lock file without following symbolic links on every system.
    held = FileLock(file, timeout=timeout, mode=PRIVATE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # Poll often, so that many writers all get the lock long before their timeout.
            held.acquire(poll_interval=0.01)
    except Timeout:
        if not isinstance(held, FileLock):
            raise _no_locks(errno.ENOSYS) from None
        raise TimeoutError(_("another program is using it; try again later")) from None
    except NotImplementedError:
        raise _no_locks(errno.ENOSYS) from None
    except OSError as error:
        if error.errno not in _CANT_LOCK:
            raise
        raise _no_locks(error.errno) from error
    if not isinstance(held, FileLock):
        # Without locks, filelock falls back to checking whether the file exists. Such a lock is not released
        # when its process is killed, and would block all others.
        with contextlib.suppress(OSError):
            held.release()
        raise _no_locks(errno.ENOSYS)
    return held


def _no_locks(code: int | None) -> OSError:
    """Return the error that the file system has no locks; ``code`` is the system's error number."""
    sentence = _("files can't be locked there ({reason}); set SUMMIT_DATA to a directory on a local disk")
    code = code or 0
    return OSError(sentence.format(reason=system_message(OSError(code, os.strerror(code)))))
