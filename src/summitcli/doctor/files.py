"""Checks of the type, owner and permissions of single files and directories, and reading them safely.

Each check raises ProblemFound if there is a problem.
"""

import errno
import os
import stat

from summitcli.doctor.report import ProblemFound
from summitcli.errors import system_message
from summitcli.i18n import _
from summitcli.storage import paths
from summitcli.text.shell import quote

LARGEST_FILE = 2**26
"""The maximum size of a file that is read, in bytes; an agenda of 100,000 sessions is a little smaller."""

PRIVATE_DIRECTORY = 0o700
"""The permission bits (0o700) of a directory that only its owner may use."""
OTHERS_WRITE = 0o022
"""The permission bits (0o022) that let the group and all others write."""
_OTHERS = 0o077
"""All permission bits (0o077) of the group and of all others."""


def check_directory(path: str) -> None:
    """Raise ProblemFound unless ``path`` is a directory that only the user may use.

    A link is accepted if it leads to a directory.
    """
    if os.path.islink(path):
        if os.path.isdir(path):
            # The user's own arrangement, such as a directory that is synced.
            return
        raise ProblemFound(describe_link(path), f"ls -l {quote(path)}")
    state = os.lstat(path)
    if not stat.S_ISDIR(state.st_mode):
        raise ProblemFound(_("it is not a directory"), move_away(path))
    check_owner(path, state)
    check_mode(path, state, PRIVATE_DIRECTORY)


def check_private(path: str) -> None:
    """Raise ProblemFound unless a path is a regular file that only the user may read and write."""
    state = os.lstat(path)
    if not stat.S_ISREG(state.st_mode):
        raise ProblemFound(describe_kind(state.st_mode), move_away(path))
    check_owner(path, state)
    check_mode(path, state, paths.PRIVATE)


def check_owner(path: str, state: os.stat_result, remedy: str = "") -> None:
    """Raise ProblemFound unless a file or directory belongs to the user.

    Args:
        path: the file or directory.
        state: the result of ``os.stat`` for it.
        remedy: a command that the user can run to solve the problem; if empty, ``chown`` is suggested.
    """
    if has_modes() and state.st_uid != os.geteuid():
        raise ProblemFound(describe_owner(state), remedy or f"sudo chown -R $(id -u) {quote(path)}")


def check_mode(path: str, state: os.stat_result, wanted: int) -> None:
    """Raise ProblemFound unless the owner has the permissions ``wanted``, and nobody else has any.

    Args:
        path: the file or directory.
        state: the result of ``os.stat`` for it.
        wanted: the permissions, such as ``0o600``, which a repair gives to the file.
    """
    mode = stat.S_IMODE(state.st_mode)
    if not has_modes() or (mode & (_OTHERS | wanted)) == wanted:
        return
    if mode & OTHERS_WRITE:
        problem = _("other users can write to it")
    else:
        problem = _("other users can read it") if mode & _OTHERS else _("you can't read and write it")
    remedy = f"chmod {wanted:o} {quote(path)}"
    raise ProblemFound(describe_mode(problem, state), remedy, lambda: os.chmod(path, wanted))


def has_modes() -> bool:
    """Return whether this system has owners and permissions of files as in POSIX (False on Windows)."""
    return os.name != "nt"


def read(path: str, largest: int) -> bytes:
    """Return the content of a regular file; don't wait if ``path`` is something else, such as a pipe.

    Raises:
        OSError: the file can't be read.
        ProblemFound: ``path`` is not a regular file, or has more than ``largest`` bytes.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise ProblemFound(describe_kind(state.st_mode), move_away(path))
        data = file.read(largest + 1)
    if len(data) > largest:
        problem = _("it is larger than {n} MB").format(n=largest // 2**20)
        raise ProblemFound(problem, move_away(path))
    return data


def move_away(path: str, suffix: str = ".away") -> str:
    """Return a shell command that gives a file an unused name, such as ``mv a.json a.json.away``."""
    number, free = 1, path + suffix
    while os.path.lexists(free):
        number += 1
        free = f"{path}{suffix}{number}"
    return f"mv {quote(path)} {quote(free)}"


def describe_kind(mode: int) -> str:
    """Return the message that a path is not a regular file, such as ``it is a directory, not a file``.

    ``mode`` is the field ``st_mode`` in the result of ``os.lstat`` for the path.
    """
    if stat.S_ISLNK(mode):
        return _("it is a link, not a file")
    if stat.S_ISDIR(mode):
        return _("it is a directory, not a file")
    if stat.S_ISFIFO(mode):
        return _("it is a pipe, not a file")
    return _("it is a device or a socket, not a file")


def describe_link(path: str) -> str:
    """Return the message that ``path`` is a broken link."""
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return system_message(error)
    return _("it is a broken link to {path}").format(path=os.readlink(path))


def describe_owner(state: os.stat_result) -> str:
    """Return the message that says to whom a file belongs; ``state`` is the result of ``os.stat`` for it."""
    try:
        import pwd

        name = pwd.getpwuid(state.st_uid).pw_name
    except (ImportError, KeyError):
        name = str(state.st_uid)
    return _("it belongs to the user {name}").format(name=name)


def describe_mode(problem: str, state: os.stat_result) -> str:
    """Return ``problem`` and the file's permissions, such as ``others can write to it (mode 0666)``.

    ``state`` is the result of ``os.stat`` for the file.
    """
    return _("{problem} (mode {mode})").format(problem=problem, mode=f"{stat.S_IMODE(state.st_mode):04o}")
