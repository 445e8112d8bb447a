"""The locks of those who write: the operating system's, held through an open file until a process ends."""

from __future__ import annotations

import contextlib
import errno
import os
import warnings

from summitcli.errors import system_says
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.storage.paths import PRIVATE, check_file
from summitcli.storage.temporary import beside

if TYPE_CHECKING:
    from filelock import BaseFileLock

_CANT_LOCK = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)
"""What a file system says that has no locks: NFS without its lock daemon, some of those in user space."""


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

    file = beside(path, "lock")
    with contextlib.suppress(FileNotFoundError):
        check_file(os.lstat(file), file)
    # It opens its file without following a symbolic link, since 3.20.3 on every system.
    held = FileLock(file, timeout=patience, mode=PRIVATE)
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


def _no_locks(code: int | None) -> OSError:
    """Return the error of a file system that has no locks, with the way out."""
    sentence = _("files can't be locked there ({reason}); set SUMMIT_DATA to a directory on a local disk")
    code = code or 0
    return OSError(sentence.format(reason=system_says(OSError(code, os.strerror(code)))))
