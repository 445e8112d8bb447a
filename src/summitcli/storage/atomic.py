"""Writing files so that neither a crash nor another process finds one half written.

The data is written to a temporary file in the same directory, which is synced and renamed; then the directory
is synced. Readers see either the old file or the new one, and a finished write survives a crash. Concurrent
writers need a lock (:mod:`summitcli.storage.locks`).
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterable

from summitcli.storage.paths import PRIVATE, check_file, check_target, open_nonblocking
from summitcli.storage.temporary import create, hidden_path, sweep_in

RENAME_ATTEMPTS = 20 if os.name == "nt" else 1
"""The number of attempts to rename a file: Windows refuses it while another process reads the target."""

RENAME_DELAY = 0.05
"""The delay between two attempts to rename a file, in seconds."""

_CANT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""The error numbers that mean that the file system can't sync a directory."""


def append(path: str, data: bytes) -> None:
    """Append ``data`` to the file at ``path``, creating it if needed. This is not atomic.

    Raises:
        NotAFile: ``path`` exists and is not a regular file.
        BrokenPath: the path has a broken link or a file in place of a directory; see :func:`check_path`.
        OSError: the file can't be written.
    """
    check_target(path)
    with open(path, "ab", opener=open_nonblocking) as file:
        check_file(os.fstat(file.fileno()), path)
        file.write(data)


def write(
    path: str, data: bytes | Iterable[bytes], mode: int = PRIVATE, like: os.stat_result | None = None
) -> None:
    """Write ``data`` to the file at ``path`` atomically, replacing any existing file.

    Temporary files for ``path`` that interrupted processes have left are removed, too.

    Args:
        path: the file; a symbolic link is replaced itself, not its target.
        data: the content, or its parts in order, which may be generated while writing.
        mode: the file's permissions, before the umask is applied.
        like: the stat result of a file whose permissions, owner and group are copied instead, if possible.

    Raises:
        NotAFile: ``path`` exists and is not a regular file.
        BrokenPath: ``path`` is a broken link.
        OSError: it can't be written. The old file is unchanged, or replaced if only syncing the directory
            failed.
    """
    if os.path.lexists(path):
        check_target(path)
    sweep_in(*os.path.split(hidden_path(path, "")), alone=False)
    descriptor, temporary = create(path, mode if like is None else PRIVATE)
    try:
        try:
            for piece in (data,) if isinstance(data, bytes) else data:
                write_all(descriptor, piece)
            if like is not None:
                _copy_attributes(descriptor, like)
            os.fsync(descriptor)
            if os.name != "nt":
                # Rename before closing, which unlocks it: other processes may remove an unlocked one.
                _rename(temporary, path)
        finally:
            # The data is synced or useless by now, so an error in closing does not matter.
            with contextlib.suppress(OSError):
                os.close(descriptor)
        if os.name == "nt":
            _rename(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    sync_folder(os.path.dirname(path))


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of ``data`` to a file descriptor, with further calls if a call writes only a part.

    Raises:
        OSError: it can't be written.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def rename_and_sync(temporary: str, path: str) -> None:
    """Rename the file ``temporary``, which has been synced, to ``path``, and sync the directory.

    Raises:
        OSError: the file can't be renamed, or it was renamed and only syncing the directory failed.
    """
    _rename(temporary, path)
    sync_folder(os.path.dirname(path))


def remove(path: str) -> None:
    """Remove the file at ``path``, if it exists.

    Raises:
        NotAFile: it is not a regular file.
        BrokenPath: the path has a broken link or a file in place of a directory.
        OSError: it can't be removed.
    """
    check_target(path)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
        sync_folder(os.path.dirname(path))


def make_folder(folder: str) -> None:
    """Create a directory and its missing parents, if needed, with mode 700, and sync them.

    Raises:
        OSError: it can't be created; the parents created before the error are removed.
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
    """Sync a directory, if the system can, so that new and removed names in it survive a crash.

    Raises:
        OSError: syncing failed.
    """
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except PermissionError:
        # A directory that may be writable but not readable.
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANT_SYNC:
            raise
    finally:
        os.close(descriptor)


def _rename(temporary: str, path: str) -> None:
    for _attempt in range(RENAME_ATTEMPTS - 1):
        try:
            return os.replace(temporary, path)
        except PermissionError:
            time.sleep(RENAME_DELAY)
    return os.replace(temporary, path)


def _copy_attributes(descriptor: int, like: os.stat_result) -> None:
    """Copy owner, group and permissions from ``like``, a stat result, to a new file, as far as allowed.

    If the group can't be copied, the new file's group gets no more permissions than all others have.
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
