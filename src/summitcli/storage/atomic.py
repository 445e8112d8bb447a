"""Writing files so that neither a crash nor another process finds a half-written file.

The data is written to a temporary file in the same directory. This file is synced and renamed, and the
directory is synced. So readers see either the old file or the new one, and a write that is finished survives
a crash. If several processes write, they need a lock (:mod:`summitcli.storage.locks`).
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
"""The maximum number of attempts to rename a file. Windows refuses it while another process reads it."""

RENAME_DELAY = 0.05
"""The delay between two attempts to rename a file, in seconds."""

_CANT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""The error numbers of a file system that can't sync directories."""


def append(path: str, data: bytes) -> None:
    """Append ``data`` to the file at ``path``, which is created if needed. This is not atomic.

    Raises:
        NotAFile: ``path`` exists and is not a regular file.
        BrokenPath: the path has a broken link or a file in place of a directory; see
            :func:`summitcli.storage.paths.check_path`.
        OSError: the file can't be written.
    """
    check_target(path)
    with open(path, "ab", opener=open_nonblocking) as file:
        check_file(os.fstat(file.fileno()), path)
        file.write(data)


def write(
    path: str, data: bytes | Iterable[bytes], mode: int = PRIVATE, like: os.stat_result | None = None
) -> None:
    """Write ``data`` to the file at ``path`` atomically; an existing file is replaced.

    Temporary files for ``path`` that interrupted processes have left are removed, too.

    Args:
        path: the file. If it is a symbolic link, the link itself is replaced, not its target.
        data: the content; or the parts of the content in order, which may be made while they are written.
        mode: the file's permissions, before the umask is applied.
        like: the result of ``os.stat`` for a file whose permissions, owner and group are used instead, if
            possible.

    Raises:
        NotAFile: ``path`` exists and is not a regular file.
        BrokenPath: ``path`` is a broken link.
        OSError: the file can't be written, and the old file is unchanged; or the new file is in its place,
            but its directory can't be synced.
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
    """Write all of ``data`` to a file descriptor, in several calls if a call writes only a part.

    Raises:
        OSError: the data can't be written.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def rename_and_sync(temporary: str, path: str) -> None:
    """Rename the file ``temporary`` to ``path``, and sync the directory; the file has been synced before.

    Raises:
        OSError: the file can't be renamed; or it was renamed, and syncing the directory failed.
    """
    _rename(temporary, path)
    sync_folder(os.path.dirname(path))


def remove(path: str) -> None:
    """Remove the file at ``path`` if it exists.

    Raises:
        NotAFile: ``path`` is not a regular file.
        BrokenPath: the path has a broken link or a file in place of a directory.
        OSError: the file can't be removed.
    """
    check_target(path)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
        sync_folder(os.path.dirname(path))


def make_folder(folder: str) -> None:
    """Create a directory if it does not exist, and its missing parents; they get mode 700 and are synced.

    Raises:
        OSError: a directory can't be created. The parents that were created before the error are removed.
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
    """Sync a directory, if the system can, so that changes to the names in it survive a crash.

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
    """Give a new file the owner, group and permissions in ``like``, as far as that is allowed.

    If the group can't be set, the new file's group may do only what everybody may.

    Args:
        descriptor: the file descriptor of the new file.
        like: the result of ``os.stat`` for the old file.
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
