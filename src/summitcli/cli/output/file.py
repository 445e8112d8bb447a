"""Files that the user names with ``-o`` and its like: ordinary ones, links, devices and pipes."""

import contextlib
import errno
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import chain

from summitcli.storage import atomic, paths

_OWN_DESCRIPTORS = {"/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTOR = re.compile(r"/(?:dev|proc/self)/fd/([0-9]{1,9})")
"""How the descriptors of this process are named as files."""

IN_MEMORY = 4_000_000
"""How many bytes are held in memory for what a link leads to; more are held in a temporary file."""
BLOCK = 1 << 16

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says where a file can't become as large as asked."""


def write(path: str, pieces: Iterable[bytes]) -> None:
    """Write ``pieces`` to what ``path`` names, each when it is made, the first before anything is opened.

    - An ordinary file is replaced whole, or not at all: by a new one beside it that is renamed, with its
      permissions, and its owner and group where the system allows that (access control lists, extended
      attributes and set-user-id bits are not kept). Other hard links to it keep the old content.
    - A new file has the permissions that the user's mask leaves.
    - A symbolic link is opened as it is, and stays: the system decides whether it may be followed, such as in
      a folder like ``/tmp`` that all may write to (``fs.protected_symlinks`` of Linux). What it leads to is
      overwritten in place, once everything is made. Where there is no room for that, it is unchanged.
    - A device or a named pipe is opened and written to, ``/dev/stdout``, ``/dev/stderr`` and ``/dev/fd/N``
      mean the open file itself: what was redirected with ``>>`` is added to.

    Raises:
        OSError: it can't be written.
    """
    pieces = _begun(pieces)
    if (descriptor := _own_descriptor(path)) is not None:
        if sys.stdout is not None:
            sys.stdout.flush()
        with open(os.dup(descriptor), "wb") as file:
            file.writelines(pieces)
        return
    folder, name = os.path.split(path)
    try:
        state = os.lstat(path)
    except FileNotFoundError:
        state = None
    if state is not None and stat.S_ISLNK(state.st_mode):
        _write_through(path, pieces)
    elif not name or (state is not None and not stat.S_ISREG(state.st_mode)):
        # A device or a pipe, which nothing can take the place of, or a folder, which can't be written to.
        with open(path, "wb") as file:
            file.writelines(pieces)
    else:
        atomic.write(os.path.join(folder or os.curdir, name), pieces, paths.DEFAULT_MODE, state)


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """Return ``pieces`` in UTF-8, joined into blocks; half of a character becomes an escape."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= BLOCK:
            yield "".join(held).encode("utf-8", "backslashreplace")
            held, length = [], 0
    yield "".join(held).encode("utf-8", "backslashreplace")


def _own_descriptor(path: str) -> int | None:
    """Return the descriptor of this process that ``path`` names, if it names one."""
    if os.name == "nt":
        return None
    found = _DESCRIPTOR.fullmatch(path)
    return int(found[1]) if found else _OWN_DESCRIPTORS.get(path)


def _begun(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Return ``pieces``, the first of which is made: if that fails, nothing has been opened."""
    made = iter(pieces)
    return chain([next(made, b"")], made)


def _write_through(path: str, pieces: Iterable[bytes]) -> None:
    """Write to what a symbolic link leads to; an ordinary file only once there is room for all of it.

    Raises:
        OSError: it can't be opened or written.
    """
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(IN_MEMORY) as made:
        made.writelines(pieces)
        size = made.tell()
        made.seek(0)
        # Not truncated before it is known that the new content fits.
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags, paths.DEFAULT_MODE), "wb", buffering=0) as file:
            state = os.fstat(file.fileno())
            is_ordinary = stat.S_ISREG(state.st_mode)
            if is_ordinary:
                _reserve(file.fileno(), state.st_size, size)
            while block := made.read(BLOCK):
                atomic.write_all(file.fileno(), block)
            if is_ordinary:
                os.ftruncate(file.fileno(), size)


def _reserve(descriptor: int, size: int, wanted: int) -> None:
    """Have the file system set aside ``wanted`` bytes, where it has a way to; the content stays.

    Raises:
        OSError: there is no room; the file is as it was, ``size`` bytes long.
    """
    if not wanted or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(descriptor, 0, wanted)
    except OSError as error:
        if error.errno in _NO_SPACE:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
