"""What can go wrong, in the reader's words.

One base class; a subclass owns its sentence and its exit status. They become exits in one place,
:func:`summitcli.cli.main`.
"""

import errno
from collections.abc import Sequence

from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import IntEnum


class Status(IntEnum):
    """The exit statuses that scripts may rely on."""

    DONE = 0
    NOTHING = 1
    """Nothing was found, as with grep."""
    DIFFERS = 1
    """Something differs, as with diff."""
    USAGE = 2
    INVALID = 3
    UNREACHABLE = 4
    FAULT = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class SummitError(Exception):
    """Base of every expected error; ``str()`` is one line saying what went wrong and what to do."""

    status = Status.FAULT


class UsageError(SummitError):
    """The command line asks for something that can't be."""

    status = Status.USAGE


class UnknownValue(UsageError):
    """A value that names nothing known.

    Args:
        sentence: what is missing, such as ``no category "forun"``.
        nearest: the nearest real values, best first; may be empty.
        known: every real value; the first of them are named where none is near.
    """

    SHOWN = 20

    def __init__(self, sentence: str, nearest: Sequence[str] = (), known: Sequence[str] = ()) -> None:
        self.sentence = sentence
        self.nearest = tuple(nearest)
        self.known = tuple(known)
        super().__init__(self._whole())

    def _whole(self) -> str:
        if self.nearest:
            names = _(" or ").join(_('"{name}"').format(name=name) for name in self.nearest)
            return _("{sentence}. Did you mean {names}?").format(sentence=self.sentence, names=names)
        if self.known:
            shown = [*self.known[: self.SHOWN], *(["…"] if len(self.known) > self.SHOWN else [])]
            return _("{sentence}. There is: {names}").format(
                sentence=self.sentence, names=_(", ").join(shown)
            )
        return self.sentence


class ScheduleError(SummitError):
    """A schedule that can't be read or is not valid."""

    status = Status.INVALID


class UnknownFormat(ScheduleError):
    """Bytes that are no schedule of a known format.

    Args:
        name: the source, as the user would know it.
        looks_like: what the bytes seem to be instead.
    """

    def __init__(self, name: str, looks_like: str) -> None:
        super().__init__(_("{name} is not a schedule: {looks_like}").format(name=name, looks_like=looks_like))


class InvalidSchedule(ScheduleError):
    """A schedule of a known format that breaks its rules.

    Args:
        name: the source, as the user would know it.
        faults: pairs of the path within the file and the reason.
        place: the line and the column, counted from 1, of a fault that has no path.
    """

    SHOWN = 3

    def __init__(
        self, name: str, faults: Sequence[tuple[str, str]], place: tuple[int, int] | None = None
    ) -> None:
        self.name = name
        self.place = place
        self.faults = tuple(faults)
        pair = _("{path}: {reason}")
        lines = [pair.format(path=path, reason=reason) if path else reason for path, reason in self.faults]
        more = len(lines) - self.SHOWN
        if more > 0:
            lines = [*lines[: self.SHOWN], ngettext("and {n} more fault", "and {n} more faults", more)]
        super().__init__(
            _("{name} is not a valid schedule: {faults}").format(name=name, faults=_("; ").join(lines))
        )


class CatalogDamaged(SummitError):
    """A catalog file that can't be read; it is only a cache, so it can be built again.

    One that was just built and can't be read is a fault of the program.
    """


class CutShort(CatalogDamaged):
    """A catalog that was misread when a part of the answer had been written: it can't be begun again."""


MISREAD = (CatalogDamaged, LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What can come of reading a catalog whose content is not what was written."""


class Unreachable(SummitError):
    """A file or the network that can't be read from or written to.

    Args:
        sentence: what was tried, such as ``can't read plan.json``.
        reason: what the system said.
    """

    status = Status.UNREACHABLE

    def __init__(self, sentence: str, reason: OSError | str) -> None:
        said = system_says(reason) if isinstance(reason, OSError) else reason
        super().__init__(_("{sentence}: {value}").format(sentence=sentence, value=said))


class OutOfMemory(SummitError):
    """The system has no memory left for what is asked."""

    status = Status.UNREACHABLE

    def __init__(self) -> None:
        super().__init__(_("there is not enough memory for this"))


SYSTEM_SAYS = {
    errno.ENOENT: "No such file or directory",
    errno.EACCES: "Permission denied",
    errno.EPERM: "Operation not permitted",
    errno.EEXIST: "File exists",
    errno.ENOTDIR: "Not a directory",
    errno.EISDIR: "Is a directory",
    errno.ENOSPC: "No space left on device",
    errno.EROFS: "Read-only file system",
    errno.ENAMETOOLONG: "File name too long",
    errno.ELOOP: "Too many levels of symbolic links",
    errno.EMFILE: "Too many open files",
    errno.EFBIG: "File too large",
    errno.EIO: "Input/output error",
    errno.EBADF: "Bad file descriptor",
    errno.EPIPE: "Broken pipe",
    errno.EBUSY: "Device or resource busy",
    errno.ENOTEMPTY: "Directory not empty",
    errno.ENFILE: "Too many open files in system",
    errno.EDQUOT: "Disk quota exceeded",
    errno.ESTALE: "Stale file handle",
    errno.ENOLCK: "No locks available",
    errno.ENOSYS: "Function not implemented",
    errno.EOPNOTSUPP: "Operation not supported",
    errno.EINVAL: "Invalid argument",
    errno.ENOMEM: "Cannot allocate memory",
    errno.ECONNREFUSED: "Connection refused",
    errno.ECONNRESET: "Connection reset by peer",
    errno.ECONNABORTED: "Software caused connection abort",
    errno.ETIMEDOUT: "Connection timed out",
    errno.ENETDOWN: "Network is down",
    errno.ENETUNREACH: "Network is unreachable",
    errno.EHOSTDOWN: "Host is down",
    errno.EHOSTUNREACH: "No route to host",
    errno.EADDRNOTAVAIL: "Cannot assign requested address",
}
"""The usual system errors, in the English of the C library: Python sets no locale for its messages."""

DATABASE_ERRORS = (
    "file is not a database",
    "database disk image is malformed",
    "database or disk is full",
    "database is locked",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "no such module: fts5",
)
"""The usual errors of SQLite."""


def system_says(error: OSError) -> str:
    """Return the system's error message, translated if it is in :data:`SYSTEM_SAYS`."""
    english = SYSTEM_SAYS.get(error.errno or 0, "")
    ours = _(english)
    return ours if ours != english else error.strerror or str(error)


def database_says(error: Exception) -> str:
    """Return SQLite's error message, translated if it is in :data:`DATABASE_ERRORS`."""
    return _(str(error))


def came_of_an_interrupt(error: BaseException | None) -> bool:
    """Return whether a library made this error of an interrupt, as those do that are not in Python."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
