"""Where a file may lie, whether it is there, and what it holds.

Nothing here opens what is no regular file: to open a pipe takes until somebody comes to its other end, and to
open a device may do anything. A link that leads nowhere, as to a drive that is not mounted, is never taken
for a file that is not there: what it should lead to may well exist.
"""

from __future__ import annotations

import errno
import os
import stat

from summitcli.i18n import _
from summitcli.text.printable import printable

LONGEST_NAME = 64

LONGEST_FILE_NAME = 200
"""In bytes, which leaves room for what is appended; file systems allow 255."""

PRIVATE = 0o600
"""The mode of a file for its owner alone."""

ORDINARY = 0o666
"""The mode of a file as the user's mask has it."""

AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""Flags with which to open what was a regular file a moment ago, and may be a pipe or a terminal by now."""

_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"))
)
"""What Windows takes for a device, whatever the ending (Win32, "Naming files, paths and namespaces")."""

_NOTHING_THERE = (FileNotFoundError, NotADirectoryError)


def fault_of_name(name: str) -> str:
    """Why ``name`` can't be what people call something that is kept as a file; empty when it can."""
    # Letters of every script, with the marks some need, are those of Python's names (Unicode UAX #31).
    if not name or not ("_" + name.replace("-", "_")).isidentifier():
        return _("use letters, digits, hyphens and underscores")
    try:
        too_long = len(name) > LONGEST_NAME or len(os.fsencode(name)) > LONGEST_FILE_NAME
    except UnicodeEncodeError:
        return _("this system has no such letters in the names of files")
    if too_long:
        return _("it is longer than {n} letters").format(n=LONGEST_NAME)
    return _("Windows keeps that name for itself") if name.lower() in _RESERVED else ""


class NotAFile(OSError):
    """Something that is no regular file lies in the place of one."""

    def __init__(self, path: str) -> None:
        super().__init__(_("{path} is not a file; move it away").format(path=printable(path)))


class BrokenPath(OSError):
    """The way to a file does not lead where it should, so nobody can tell whether the file is there."""


def is_there(path: str) -> bool:
    """Return whether there is anything at ``path``, readable or not."""
    try:
        os.lstat(path)
    except _NOTHING_THERE:
        return False
    except OSError:
        return True
    return True


def may_be_there(path: str) -> bool:
    """Return whether there is anything at ``path``, or that can't be told, as behind a broken link."""
    if is_there(path):
        return True
    try:
        check_way(path)
    except OSError:
        return True
    return False


def check_way(path: str) -> None:
    """Check that ``path`` leads to something, or could if it were made.

    Raises:
        BrokenPath: a link on the way, or at its end, leads nowhere; or something on the way is no folder,
            the null device excepted, which means that there are to be no files.
        OSError: the system can't look.
    """
    place = path
    while True:
        try:
            state = os.lstat(place)
        except OSError as error:
            if not _leads_nowhere(error):
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
                if not _leads_nowhere(error):
                    raise
                raise BrokenPath(_broken(place, error)) from error
        if place != path and not stat.S_ISDIR(state.st_mode) and not _is_null(state):
            raise BrokenPath(_("{path} is not a directory; move it away").format(path=printable(place)))
        return


def files_in(folder: str) -> list[str]:
    """Return the names of what is in ``folder``, in any order; none where there is no such folder.

    Raises:
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: it can't be read.
    """
    try:
        return os.listdir(folder)
    except OSError as error:
        if not _leads_nowhere(error):
            raise
    check_way(os.path.join(folder, "."))
    return []


def is_of_the_path(error: OSError) -> bool:
    """Return whether ``error`` is about where a file lies rather than about the file itself."""
    return isinstance(error, BrokenPath) or error.errno == errno.ENAMETOOLONG


def read(path: str, most: int = -1) -> bytes | None:
    """Return what the file at ``path`` holds, ``most`` bytes of it; None where there is none.

    Raises:
        NotAFile: it is no regular file.
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: it can't be read.
    """
    try:
        check_file(os.stat(path), path)
        with open(path, "rb", opener=open_at_once) as file:
            state = os.fstat(file.fileno())
            check_file(state, path)
            # To read so many bytes at the most would set them aside first, at every command.
            return file.read(most if 0 <= most < state.st_size else -1)
    except OSError as error:
        if not _leads_nowhere(error):
            raise
    check_way(path)
    return None


def check_place(path: str) -> None:
    """Check that a file may be put at ``path``: there is a regular file, a link to one, or nothing.

    Raises:
        NotAFile: something else is there.
        BrokenPath: a link or a file is in the way; see :func:`check_way`.
        OSError: the system can't look.
    """
    try:
        check_file(os.stat(path), path)
    except OSError as error:
        if not _leads_nowhere(error):
            raise
        check_way(path)


def check_file(state: os.stat_result, path: str) -> None:
    """Check that ``state`` is that of a regular file.

    Raises:
        NotAFile: it is of something else.
    """
    if not stat.S_ISREG(state.st_mode):
        raise NotAFile(path)


def open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting, as an opener of :func:`open` does; return its descriptor."""
    return os.open(path, flags | AT_ONCE, ORDINARY)


def _is_null(state: os.stat_result) -> bool:
    """Return whether that is the null device, with which a setting says that there is to be nothing."""
    return stat.S_ISCHR(state.st_mode) and os.path.samestat(state, os.stat(os.devnull))


def _leads_nowhere(error: OSError) -> bool:
    """Return whether a path can't be followed to its end, whatever the reason."""
    return isinstance(error, _NOTHING_THERE) or error.errno == errno.ELOOP


def _broken(link: str, error: OSError) -> str:
    """Return what is wrong with a link that leads nowhere."""
    if error.errno == errno.ELOOP:
        sentence = _("{link} is a link to {target}, which leads back to itself; mend the link")
    else:
        sentence = _("{link} is a link to {target}, which is not there; mount its drive or mend the link")
    return sentence.format(link=printable(link), target=printable(os.readlink(link)))
