"""How a file is written so that nothing is lost: whole or not at all, and on the disk when it is done.

Under a lock where several may write, to a temporary file beside it that is synchronised and renamed, and the
folder is synchronised after it: whoever reads sees the old file or the new one, and one that was
acknowledged outlives a crash.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Iterable

from summitcli.storage.paths import PRIVATE, check_file, check_place, open_at_once
from summitcli.storage.temporary import begin, beside, sweep_in

RENAMES = 20 if os.name == "nt" else 1
"""Windows refuses to replace a file while it is open for reading, which is over in moments."""

BETWEEN_RENAMES = 0.05

_CANT_SYNC = (errno.EINVAL, errno.ENOTSUP)
"""What a file system says that has no way to synchronise a folder."""


def append(path: str, data: bytes) -> None:
    """Add ``data`` to the end of the file at ``path``, which is made where there is none.

    Raises:
        NotAFile: it is no regular file.
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: it can't be written to.
    """
    check_place(path)
    with open(path, "ab", opener=open_at_once) as file:
        check_file(os.fstat(file.fileno()), path)
        file.write(data)


def write(
    path: str, data: bytes | Iterable[bytes], mode: int = PRIVATE, like: os.stat_result | None = None
) -> None:
    """Put a file with ``data`` at ``path``, in the place of one that is there.

    What writers of ``path`` left that are certainly gone is removed.

    Args:
        path: where it lies; a symbolic link there is replaced.
        data: its content, or the pieces of it, which may be made while they are written.
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
    sweep_in(*os.path.split(beside(path, "")), alone=False)
    descriptor, temporary = begin(path, mode if like is None else PRIVATE)
    try:
        try:
            for piece in (data,) if isinstance(data, bytes) else data:
                write_all(descriptor, piece)
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


def write_all(descriptor: int, data: bytes) -> None:
    """Write the whole of ``data``, however much the system takes at a time.

    Raises:
        OSError: it can't be written.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


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
