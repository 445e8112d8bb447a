"""Checking paths and reading files safely.

Only regular files are opened: opening a pipe would block, and opening a device may do anything. If a path has
a broken link, the file is not simply missing, as it may exist on a drive that is not mounted: that is an
error.
"""

from __future__ import annotations

import errno
import os
import stat

from summitcli.i18n import _
from summitcli.text.ids import RESERVED
from summitcli.text.printable import printable

LONGEST_NAME = 64
"""The maximum length of the name of an agenda or schedule, in characters."""

LONGEST_FILE_NAME = 200
"""The maximum length of a file's name without suffixes, in bytes; with them, file systems allow 255."""

PRIVATE = 0o600
"""The permission bits (0o600) of a file that only its owner may read and write."""

DEFAULT_MODE = 0o666
"""The permission bits (0o666) of a new file, before the umask is applied."""

NONBLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""The flags for opening a file without waiting, in case it was replaced by a pipe or a terminal."""

_NOTHING_THERE = (FileNotFoundError, NotADirectoryError)


def fault_of_name(name: str) -> str:
    """Return the reason why an agenda or schedule can't have this name; empty if it can."""
    # Python identifiers allow the letters and marks of every script (Unicode UAX #31).
    if not name or not ("_" + name.replace("-", "_")).isidentifier():
        return _("use letters, digits, hyphens and underscores")
    try:
        too_long = len(name) > LONGEST_NAME or len(os.fsencode(name)) > LONGEST_FILE_NAME
    except UnicodeEncodeError:
        return _("this system can't use these characters in file names")
    if too_long:
        return _("longer than {n} characters").format(n=LONGEST_NAME)
    return _("reserved by Windows") if name.lower() in RESERVED else ""


class NotAFile(OSError):
    """The error that a path exists and is not a regular file."""

    def __init__(self, path: str) -> None:
        super().__init__(
            _("{path} must be a file; move or rename what is there").format(path=printable(path))
        )


class BrokenPath(OSError):
    """The error that it can't be determined whether a path exists.

    The path has a broken link, or a file in place of a directory.
    """


def is_there(path: str) -> bool:
    """Return whether ``path`` exists, readable or not; True also for a broken symbolic link."""
    try:
        os.lstat(path)
    except _NOTHING_THERE:
        return False
    except OSError:
        return True
    return True


def may_be_there(path: str) -> bool:
    """Return whether ``path`` exists; True also if that is uncertain, for example below a broken link."""
    if is_there(path):
        return True
    try:
        check_path(path)
    except OSError:
        return True
    return False


def check_path(path: str) -> None:
    """Raise BrokenPath unless ``path`` exists or could be created.

    The null device (``/dev/null``) is allowed as a directory: it means that the user wants no files.

    Raises:
        BrokenPath: a link in the path is broken, or a file is in place of a directory.
        OSError: the path can't be examined.
    """
    place = path
    while True:
        try:
            state = os.lstat(place)
        except OSError as error:
            if not _is_missing(error):
                raise
            parent = os.path.dirname(place)
            if parent == place:
                return
            place = parent
            continue
        if stat.S_ISLNK(state.st_mode):
            try:
                state = os.stat(place)
            except OSError as error:
                if not _is_missing(error):
                    raise
                raise BrokenPath(_broken(place, error)) from error
        if place != path and not stat.S_ISDIR(state.st_mode) and not _is_null(state):
            raise BrokenPath(
                _("{path} must be a directory; move or rename what is there").format(path=printable(place))
            )
        return


def files_in(folder: str) -> list[str]:
    """Return the names of the files in a directory, in any order; [] if the directory does not exist.

    Raises:
        BrokenPath: the path has a broken link or a file in place of a directory; see :func:`check_path`.
        OSError: the directory can't be read.
    """
    try:
        return os.listdir(folder)
    except OSError as error:
        if not _is_missing(error):
            raise
    check_path(os.path.join(folder, "."))
    return []


def is_path_error(error: OSError) -> bool:
    """Return whether ``error`` is caused by the path of a file, such as a name that is too long.

    Return False if the path is right and the file itself can't be read or written.
    """
    return isinstance(error, BrokenPath) or error.errno == errno.ENAMETOOLONG


def read(path: str, most: int = -1) -> bytes | None:
    """Return the content of the file at ``path``, at most ``most`` bytes; None if it does not exist.

    Raises:
        NotAFile: ``path`` is not a regular file.
        BrokenPath: the path has a broken link or a file in place of a directory; see :func:`check_path`.
        OSError: the file can't be read.
    """
    try:
        check_file(os.stat(path), path)
        with open(path, "rb", opener=open_nonblocking) as file:
            state = os.fstat(file.fileno())
            check_file(state, path)
            # Give read() a size only if needed, as it allocates that many bytes first.
            return file.read(most if 0 <= most < state.st_size else -1)
    except OSError as error:
        if not _is_missing(error):
            raise
    check_path(path)
    return None


def check_target(path: str) -> None:
    """Raise NotAFile unless ``path`` may be written: a regular file, a link to one, or nothing.

    Raises:
        NotAFile: ``path`` is something else.
        BrokenPath: the path has a broken link or a file in place of a directory; see :func:`check_path`.
        OSError: the path can't be examined.
    """
    try:
        check_file(os.stat(path), path)
    except OSError as error:
        if not _is_missing(error):
            raise
        check_path(path)


def check_file(state: os.stat_result, path: str) -> None:
    """Raise NotAFile unless a path is a regular file.

    Args:
        state: the result of ``os.stat`` for the path.
        path: the path, for the message.
    """
    if not stat.S_ISREG(state.st_mode):
        raise NotAFile(path)


def open_nonblocking(path: str, flags: int) -> int:
    """Open a file without waiting (in case it is a pipe), and return its descriptor.

    This is an ``opener`` for :func:`open`.
    """
    return os.open(path, flags | NONBLOCKING, DEFAULT_MODE)


def _is_null(state: os.stat_result) -> bool:
    """Return whether ``state`` is the result of ``os.stat`` for the null device (``/dev/null``)."""
    return stat.S_ISCHR(state.st_mode) and os.path.samestat(state, os.stat(os.devnull))


def _is_missing(error: OSError) -> bool:
    """Return whether ``error`` means that a path does not exist, or that it has a broken link."""
    return isinstance(error, _NOTHING_THERE) or error.errno == errno.ELOOP


def _broken(link: str, error: OSError) -> str:
    """Return the message that ``link`` is a broken link."""
    if error.errno == errno.ELOOP:
        sentence = _("{link} is a link to {target}, which leads back to itself; fix the link")
    else:
        sentence = _("{link} is a link to {target}, which does not exist; mount its drive or fix the link")
    return sentence.format(link=printable(link), target=printable(os.readlink(link)))
