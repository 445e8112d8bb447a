"""Writing the files given with ``-o`` and ``--svg``: ordinary files, links, devices and pipes."""

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
"""The pattern of paths that are file descriptors of this process, such as ``/dev/fd/3``."""

MAX_IN_MEMORY = 4_000_000
"""The number of bytes that are collected in memory before writing; more are collected in a temporary file."""
BLOCK_SIZE = 1 << 16

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The error numbers of a full disk, an exceeded quota and a file that is too large."""


def write(path: str, pieces: Iterable[bytes]) -> None:
    """Write ``pieces``, the consecutive parts of the content, to ``path``, each as soon as it is made.

    The file is opened only when the first piece has been made.

    - An ordinary file is replaced atomically by a new one with the same permissions, and the same owner and
      group if the system allows that (access control lists, extended attributes and set-user-ID bits are
      lost). Other hard links to it keep the old content.
    - A new file has the permissions that the umask leaves.
    - A symbolic link is kept and followed, unless the system forbids that, as in a directory like ``/tmp``
      that everybody may write to (``fs.protected_symlinks`` of Linux). Its target is overwritten in place
      once all content is made; if there is no room for that, it is unchanged.
    - A device or a named pipe is opened and written to. ``/dev/stdout``, ``/dev/stderr`` and ``/dev/fd/N``
      are the open file itself, so that redirecting with ``>>`` appends.

    Raises:
        OSError: the file can't be written.
    """
    pieces = _with_first_made(pieces)
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
        _write_to_target(path, pieces)
    elif not name or (state is not None and not stat.S_ISREG(state.st_mode)):
        # A device or a pipe, which can't be replaced, or a directory, which raises an error.
        with open(path, "wb") as file:
            file.writelines(pieces)
    else:
        atomic.write(os.path.join(folder or os.curdir, name), pieces, paths.DEFAULT_MODE, state)


def write_new(path: str, data: bytes) -> None:
    """Write ``data`` to a file that does not exist yet; remove the file if writing fails.

    Raises:
        FileExistsError: there is already something at this path, even if it is a broken link.
        OSError: the file can't be written.
    """
    with open(path, "xb") as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(path)
            raise


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield ``pieces`` encoded in UTF-8 and joined into larger ones.

    Lone surrogates, which UTF-8 can't encode, become escapes such as ``\\ud800``.
    """
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length >= BLOCK_SIZE:
            yield "".join(held).encode("utf-8", "backslashreplace")
            held, length = [], 0
    yield "".join(held).encode("utf-8", "backslashreplace")


def _own_descriptor(path: str) -> int | None:
    """Return the number of the file descriptor in a path such as ``/dev/fd/3``; None for all other paths."""
    if os.name == "nt":
        return None
    found = _DESCRIPTOR.fullmatch(path)
    return int(found[1]) if found else _OWN_DESCRIPTORS.get(path)


def _with_first_made(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Make the first piece at once, so that an error is raised now, and return all pieces."""
    made = iter(pieces)
    return chain([next(made, b"")], made)


def _write_to_target(path: str, pieces: Iterable[bytes]) -> None:
    """Write ``pieces`` into the file to which the symbolic link ``path`` leads.

    An ordinary file is changed only if there is room for all the content.

    Raises:
        OSError: the file can't be opened or written.
    """
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(MAX_IN_MEMORY) as made:
        made.writelines(pieces)
        size = made.tell()
        made.seek(0)
        # It is truncated only when the new content is known to fit.
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags, paths.DEFAULT_MODE), "wb", buffering=0) as file:
            state = os.fstat(file.fileno())
            is_ordinary = stat.S_ISREG(state.st_mode)
            if is_ordinary:
                _reserve(file.fileno(), state.st_size, size)
            while block := made.read(BLOCK_SIZE):
                atomic.write_all(file.fileno(), block)
            if is_ordinary:
                os.ftruncate(file.fileno(), size)


def _reserve(descriptor: int, size: int, wanted: int) -> None:
    """Reserve room on the disk for ``wanted`` bytes of an open file, if the system can do that.

    Args:
        descriptor: the file, whose content is kept.
        size: the file's current size in bytes.
        wanted: the size that the file will have.

    Raises:
        OSError: there is no room; the file is as it was.
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
