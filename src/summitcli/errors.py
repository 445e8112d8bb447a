"""Expected errors, and the exit codes of the program.

Each subclass of :class:`SummitError` has its own message and exit code. :func:`summitcli.cli.main` is the one
place that turns them into exits.
"""

import errno
from collections.abc import Mapping, Sequence

from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import IntEnum


class Status(IntEnum):
    """The exit codes, which scripts may rely on."""

    DONE = 0
    NOTHING = 1
    """The exit code if nothing matches, as with grep."""
    DIFFERS = 1
    """The exit code if there are differences, as with diff."""
    USAGE = 2
    INVALID = 3
    UNREACHABLE = 4
    FAULT = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


class SummitError(Exception):
    """The base class of expected errors, whose text is one line: what went wrong and what to do."""

    status = Status.FAULT
    details: Sequence[str] = ()
    """Further lines to print below the message, such as possible values."""


class UsageError(SummitError):
    """The error that a command line is invalid."""

    status = Status.USAGE


class UnknownValue(UsageError):
    """The error that a value is not one of the possible ones.

    Args:
        sentence: the message, such as ``no category "forun"``.
        nearest: similar values to suggest, the best first; () for none.
        known: all possible values, of which the first are listed if ``nearest`` is empty.
        titles: titles to show after similar values, by value.
    """

    MAX_SHOWN = 20

    def __init__(
        self,
        sentence: str,
        nearest: Sequence[str] = (),
        known: Sequence[str] = (),
        titles: Mapping[str, str] | None = None,
    ) -> None:
        self.sentence = sentence
        self.titles = titles or {}
        self.nearest = tuple(nearest)
        self.known = tuple(known)
        super().__init__(self._message())

    def _message(self) -> str:
        if self.nearest:
            names = _(" or ").join(map(self._suggestion, self.nearest))
            return _("{sentence}. Did you mean {names}?").format(sentence=self.sentence, names=names)
        if self.known:
            shown = [*self.known[: self.MAX_SHOWN], *(["…"] if len(self.known) > self.MAX_SHOWN else [])]
            return _("{sentence}. Available: {names}").format(
                sentence=self.sentence, names=_(", ").join(shown)
            )
        return self.sentence

    def _suggestion(self, name: str) -> str:
        quoted = _('"{name}"').format(name=name)
        title = self.titles.get(name)
        return _("{name} ({title})").format(name=quoted, title=title) if title else quoted


class ScheduleError(SummitError):
    """The error that a schedule can't be parsed or is not valid."""

    status = Status.INVALID


class UnknownFormat(ScheduleError):
    """The error that a file is in none of the supported schedule formats.

    Args:
        name: the name of the source, for the message.
        looks_like: what the file seems to be instead.
    """

    def __init__(self, name: str, looks_like: str) -> None:
        super().__init__(_("{name} is not a schedule: {looks_like}").format(name=name, looks_like=looks_like))


class InvalidSchedule(ScheduleError):
    """The error that a schedule breaks the rules of its format.

    Args:
        name: the name of the source, for the message.
        faults: pairs of a path within the file (which may be empty) and what is wrong there.
        place: the line and the column, counted from 1, of a syntax error, which has no path.
    """

    MAX_SHOWN = 3

    def __init__(
        self, name: str, faults: Sequence[tuple[str, str]], place: tuple[int, int] | None = None
    ) -> None:
        self.name = name
        self.place = place
        self.faults = tuple(faults)
        pair = _("{path}: {reason}")
        lines = [pair.format(path=path, reason=reason) if path else reason for path, reason in self.faults]
        more = len(lines) - self.MAX_SHOWN
        if more > 0:
            lines = [*lines[: self.MAX_SHOWN], ngettext("and {n} more error", "and {n} more errors", more)]
        super().__init__(
            _("{name} is not a valid schedule: {faults}").format(name=name, faults=_("; ").join(lines))
        )


class CatalogDamaged(SummitError):
    """The error that a catalog can't be read; it is only a cache, so it is then built again.

    If a catalog can't be read right after it was built, the error is reported as an internal error.
    """


class CutShort(CatalogDamaged):
    """The error that a catalog can't be read after a part of the output was written.

    The command is then not run again, as what it has written can't be taken back.
    """


CATALOG_READ_ERRORS = (CatalogDamaged, LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""The exceptions that reading a damaged catalog may raise."""


class Unreachable(SummitError):
    """The error that a file or a server can't be accessed.

    Args:
        sentence: what failed, such as ``can't read plan.json``.
        reason: why it failed, as text or as the error of the system.
    """

    status = Status.UNREACHABLE

    def __init__(self, sentence: str, reason: OSError | str) -> None:
        said = system_message(reason) if isinstance(reason, OSError) else reason
        super().__init__(_("{sentence}: {value}").format(sentence=sentence, value=said))


class OutOfMemory(SummitError):
    """The error that there is not enough memory."""

    status = Status.UNREACHABLE

    def __init__(self) -> None:
        super().__init__(_("out of memory"))


SYSTEM_MESSAGES = {
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
"""The English messages of common system errors, by error number; there are translations of them.

Python's own messages are in English whatever the locale, as Python doesn't set LC_MESSAGES.
"""

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
"""The English messages of the usual errors of SQLite; there are translations of them."""


def system_message(error: OSError) -> str:
    """Return the message of a system error, translated if it is in :data:`SYSTEM_MESSAGES`."""
    english = SYSTEM_MESSAGES.get(error.errno or 0, "")
    ours = _(english)
    return ours if ours != english else error.strerror or str(error)


def database_message(error: Exception) -> str:
    """Return SQLite's error message, translated if it is in :data:`DATABASE_ERRORS`."""
    return _(str(error))


def is_caused_by_interrupt(error: BaseException | None) -> bool:
    """Return whether ``error`` is KeyboardInterrupt, or another error that was raised because of one."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
