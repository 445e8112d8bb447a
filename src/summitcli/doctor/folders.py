"""Checks of the cache directory and the data directory, and of the locks and temporary files in them."""

import contextlib
import errno
import os
import re
import stat
import time
from collections.abc import Callable, Generator

from summitcli.doctor.files import (
    OTHERS_WRITE,
    PRIVATE_DIRECTORY,
    check_directory,
    check_mode,
    check_owner,
    describe_kind,
    describe_link,
    describe_mode,
    has_modes,
)
from summitcli.doctor.report import OK, REPAIR, Check, Checks, Examiner, ProblemFound
from summitcli.errors import system_message
from summitcli.i18n import _
from summitcli.storage import paths
from summitcli.text.shell import quote

MAX_ENTRIES = 20_000
"""The maximum number of files in one directory that are checked; the program's directories have fewer."""

ABANDONED_AFTER_EXIT = 60
"""The age in seconds from which a temporary file is abandoned if its process is not found on this computer.

The process could be in another container or on another computer, but it would not write for so long.
"""
ABANDONED_AFTER = 86400
"""The age in seconds from which a temporary file is abandoned, even if its process seems to be running.

The file's name has the ID of the process that wrote it. After this time, a running process with this ID must
be another one.
"""

TEMPORARY = re.compile(r".*[.-](?P<process>[0-9]+)[.-][0-9]+\.tmp(?:-journal)?|.*\.tmp(?:-journal)?")
_CANT_LOCK = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)


def check_top(path: str, variable: str, is_ours: Callable[[str], bool]) -> str | None:
    """Check the cache directory or the data directory; return a note if it does not exist yet.

    If the directory also has files of other programs, others may read it, but they must not be able to write
    to it. If all its files are those of this program, only the user may use it.

    Args:
        path: the directory.
        variable: the environment variable with which the user can choose it, such as ``SUMMIT_DATA``.
        is_ours: a function that takes a file name and returns whether this program uses it in the directory.
    """
    remedy = f"export {variable}=…"
    try:
        state = os.stat(path)
    except FileNotFoundError:
        _check_missing(path, remedy)
        return _("it is created when needed")
    except OSError as error:
        raise ProblemFound(system_message(error), remedy) from None
    if not stat.S_ISDIR(state.st_mode):
        raise ProblemFound(_("it is not a directory"), remedy)
    check_owner(path, state, remedy)
    if not state.st_mode & stat.S_ISVTX and all(map(is_ours, entries(path))):
        check_mode(path, state, PRIVATE_DIRECTORY)
    elif has_modes() and state.st_mode & OTHERS_WRITE and not state.st_mode & stat.S_ISVTX:
        raise ProblemFound(
            describe_mode(_("other users can write to it"), state), f"chmod go-w {quote(path)}"
        )
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise ProblemFound(_("it is not writable"), remedy)
    return None


def _check_missing(path: str, remedy: str) -> None:
    """Raise ProblemFound, with the command ``remedy``, if a missing directory can't be created."""
    if os.path.islink(path):
        raise ProblemFound(describe_link(path), f"ls -l {quote(path)}")
    parent = os.path.dirname(path)
    while not paths.is_there(parent) and parent != os.path.dirname(parent):
        parent = os.path.dirname(parent)
    if not os.path.isdir(parent) or not os.access(parent, os.W_OK | os.X_OK):
        problem = _("it can't be created, as {path} is not writable").format(path=parent)
        raise ProblemFound(problem, remedy)


def contents(examiner: Examiner, kind: str, path: str) -> Generator[Check, None, list[str]]:
    """Check a directory, and the locks and temporary files in it; yield the results.

    Nothing is yielded for the directory itself if it is in order.

    Args:
        examiner: the object that runs the checks.
        kind: the word for the directory in the result, such as ``agendas``.
        path: the directory.

    Returns:
        The sorted names of everything else in it (the value of ``yield from``).
    """
    if not paths.is_there(path):
        return []
    check = examiner.check(kind, path, check_directory)
    if check.status != OK:
        yield check
    names = entries(path) if os.path.isdir(path) else []
    for name in names:
        if name.startswith("."):
            yield from _hidden(examiner, os.path.join(path, name))
    return [name for name in names if not name.startswith(".")]


def _hidden(examiner: Examiner, path: str) -> Checks:
    """Check a hidden file if it is a lock or a temporary file, and yield the result."""
    if TEMPORARY.fullmatch(os.path.basename(path)):
        yield from temporary(examiner, path)
    elif path.endswith(".lock"):
        yield examiner.check("lock", path, _check_lock)


def temporary(examiner: Examiner, path: str) -> Checks:
    """Yield a problem if a temporary file is abandoned: no process writes it now. A repair removes it."""
    if _is_abandoned(path):
        yield examiner.check("temporary file", path, _report_leftover)


def entries(folder: str) -> list[str]:
    """Return the sorted names of all files and directories in ``folder``; [] if it can't be read."""
    found: list[str] = []
    with contextlib.suppress(OSError), os.scandir(folder) as scanned:
        for entry in scanned:
            found.append(entry.name)
            if len(found) == MAX_ENTRIES:
                break
    return sorted(found)


def _check_lock(path: str) -> str | None:
    """Raise ProblemFound unless a lock file is a regular file of the user, who can read and write it."""
    state = os.lstat(path)
    remove = f"rm {quote(path)}"
    if not stat.S_ISREG(state.st_mode):
        repair = None if stat.S_ISDIR(state.st_mode) else lambda: os.unlink(path)
        raise ProblemFound(describe_kind(state.st_mode), remove if repair else f"rm -r {quote(path)}", repair)
    check_owner(path, state, remove)
    if not os.access(path, os.R_OK | os.W_OK):
        raise ProblemFound(_("it is not writable"), f"chmod 600 {quote(path)}", lambda: os.chmod(path, 0o600))
    return None


def check_locks(folder: str) -> None:
    """Raise ProblemFound if files in ``folder`` can't be locked, as on some network drives."""
    if os.name == "nt":
        return
    import fcntl

    path = os.path.join(folder, f".doctor.{os.getpid()}-{time.monotonic_ns()}.tmp")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = os.open(path, flags, paths.PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _CANT_LOCK:
            raise
        problem = _("files can't be locked there: {reason}").format(reason=system_message(error))
        raise ProblemFound(problem, "export SUMMIT_DATA=…") from None
    finally:
        os.close(descriptor)
        os.unlink(path)


def _report_leftover(path: str) -> None:
    raise ProblemFound(_("left over from an interrupted process"), REPAIR, lambda: _remove_leftover(path))


def _remove_leftover(path: str) -> None:
    """Remove an abandoned temporary file, after checking again that no process is writing it."""
    if _is_abandoned(path):
        os.unlink(path)


def _is_abandoned(path: str) -> bool:
    """Return whether a temporary file is abandoned: certainly no process is writing it any more."""
    try:
        state = os.lstat(path)
    except OSError:
        return False
    if stat.S_ISDIR(state.st_mode):
        return False
    age = time.time() - state.st_mtime
    named = TEMPORARY.fullmatch(os.path.basename(path))
    process = int(named["process"] or 0) if named else 0
    return age > ABANDONED_AFTER or (
        age > ABANDONED_AFTER_EXIT and 0 < process < 2**31 and not _runs(process)
    )


def _runs(process: int) -> bool:
    """Return whether a process with this ID is running; True also if that can't be determined."""
    if os.name == "nt":
        # On Windows os.kill would end the process.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
