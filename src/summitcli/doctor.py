"""What is wrong with the program's own files, and how to mend it.

Everything that lies in the two directories of :mod:`summitcli.storage.folders` is looked at, and the scripts
for completion. Nothing but a regular file is opened, and nothing is changed unless a repair is asked for. A
repair does what loses nothing: it makes private what others could read, and removes what can be built again
or what a writer that is gone left unfinished. An agenda's content is never touched.
"""

import contextlib
import errno
import os
import re
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from shlex import quote
from typing import NamedTuple

from summitcli import __version__
from summitcli.agenda import document
from summitcli.agenda.place import agenda_of
from summitcli.catalog import schema
from summitcli.catalog.seal import FORMAT
from summitcli.errors import ScheduleError, Unreachable, system_says
from summitcli.i18n import _, ngettext
from summitcli.library import kept, shelf
from summitcli.library.reference import STDIN, bundled_path
from summitcli.storage import atomic, folders

OK, FAULT, REPAIRED = "ok", "fault", "repaired"

LARGEST_NOTE = 2**26
"""The most bytes of an agenda or a note that are read; one of 100,000 picks has a third of it."""
LARGEST_SCRIPT = 2**20
"""The most bytes that are read of a script for completion; ours have a few thousand."""
MOST_ENTRIES = 20_000
"""How many entries of a directory are looked at: far more than anybody keeps."""

PRIVATE_DIRECTORY = 0o700
_OTHERS = 0o077
_OTHERS_WRITE = 0o022

ABANDONED_AT_ONCE = 60
"""After how many seconds a temporary file is left over whose writer does not run here. It might run in
another container, or on another machine, but no write takes so long."""
ABANDONED = 86400
"""After how many seconds a temporary file is left over whatever runs under its writer's number."""

_TEMPORARY = re.compile(r".*[.-](?P<process>[0-9]+)[.-][0-9]+\.tmp(?:-journal)?|.*\.tmp(?:-journal)?")
_CATALOG = re.compile(r"catalog-[0-9a-f]+\.sqlite")
_PROGRAM = re.compile(r"(summit|python[0-9.]*)(\.exe)?")
_CANT_LOCK = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL)

REPAIR = "summit doctor --repair"


class Check(NamedTuple):
    """One thing that was looked at; ``found`` says what it is, and a fault has a problem and its remedy."""

    kind: str
    path: str
    status: str
    found: str | None
    problem: str | None
    remedy: str | None

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The fields that are shown when none are chosen."""
        return "status", "kind", "path", "found", "problem", "remedy"


class _Faulty(Exception):
    """Something is not as it should be.

    Args:
        problem: what is wrong, in the reader's language.
        remedy: the command that mends it.
        mend: does the same, where that loses nothing.
    """

    def __init__(self, problem: str, remedy: str, mend: Callable[[], None] | None = None) -> None:
        self.problem = problem
        self.remedy = remedy
        self.mend = mend


Checks = Iterator[Check]


def examine(scripts: Mapping[str, str], repair: bool = False) -> list[Check]:
    """Return everything that was looked at: the program, the cache, what must not be lost, completion.

    Args:
        scripts: where a script for completion lies, if it is installed, by the shell's name.
        repair: mend what can be mended without losing anything; such a check has the status ``repaired``.
    """
    doctor = _Doctor(repair)
    return [*doctor.program(), *doctor.cache(), *doctor.data(), *doctor.completion(scripts)]


def faults(checks: Sequence[Check]) -> list[Check]:
    """Return those that found something wrong which is so still."""
    return [check for check in checks if check.status == FAULT]


class _Doctor:
    def __init__(self, repair: bool) -> None:
        self._repair = repair

    def program(self) -> Checks:
        """Check the installation."""
        found = f"summit {__version__}, Python {'.'.join(map(str, sys.version_info[:3]))}, {sys.platform}"
        yield Check("program", sys.executable, OK, found, None, None)
        yield self._check("bundled schedule", bundled_path(), _check_bundled)
        yield self._check("SQLite", sqlite3.__file__, _check_sqlite)

    def cache(self) -> Checks:
        """Check the catalogs and where they lie."""
        folder = os.path.abspath(folders.cache())
        if folder == os.devnull:
            yield Check("cache", folder, OK, _("no cache is wanted"), None, None)
            return
        yield self._check("cache", folder, lambda path: _check_top(path, "SUMMIT_CACHE", _is_in_cache))
        if os.path.isdir(folder):
            for entry in _entries(folder):
                if _CATALOG.fullmatch(entry):
                    yield self._check("catalog", os.path.join(folder, entry), _check_catalog)
                elif _TEMPORARY.fullmatch(entry) and entry.startswith("catalog-"):
                    yield from self._temporary(os.path.join(folder, entry))

    def data(self) -> Checks:
        """Check the agendas and the saved schedules, and where they lie."""
        folder = os.path.abspath(folders.data())
        top = self._check("data", folder, lambda path: _check_top(path, "SUMMIT_DATA", _is_in_data))
        yield top
        if not os.path.isdir(folder):
            return
        if top.status != FAULT:
            yield self._check("locks", folder, _check_locks)
        yield from self._agendas(os.path.join(folder, "agendas"))
        yield from self._schedules(shelf.root())

    def completion(self, scripts: Mapping[str, str]) -> Checks:
        """Check the scripts for completion that are installed."""
        for shell, path in scripts.items():
            if atomic.is_there(path):
                again = f"summit completion {shell} --install"
                yield self._check("completion", path, partial(_check_script, again=again))

    def _agendas(self, root: str) -> Checks:
        for conference in (yield from self._directory("agendas", root)):
            folder = os.path.join(root, conference)
            if (yield from self._hidden(folder)):
                continue
            for file in (yield from self._directory("agendas", folder)):
                path = os.path.join(folder, file)
                # Another file is none of ours, such as a damaged agenda that was moved away.
                if not (yield from self._hidden(path)) and file.endswith(".json"):
                    yield self._check("agenda", path, _check_agenda)

    def _schedules(self, root: str) -> Checks:
        for name in (yield from self._directory("saved schedules", root)):
            path = os.path.join(root, name)
            if (yield from self._hidden(path)):
                continue
            if path == shelf.current_path():
                yield self._check("current schedule", path, _check_current)
                continue
            files = yield from self._directory("saved schedule", path)
            for file in files:
                inner = os.path.join(path, file)
                if not (yield from self._hidden(inner)):
                    yield self._check("saved schedule", inner, _check_private)
            if files or os.path.isdir(path):
                yield self._check("saved schedule", path, _check_schedule)

    def _hidden(self, path: str) -> Generator[Check, None, bool]:
        """Check a lock or a temporary file; return whether ``path`` is either."""
        name = os.path.basename(path)
        if not name.startswith("."):
            return False
        if _TEMPORARY.fullmatch(name):
            yield from self._temporary(path)
        elif name.endswith(".lock"):
            yield self._check("lock", path, _check_lock)
        return True

    def _temporary(self, path: str) -> Checks:
        """Report a temporary file that nobody writes any more; one that is being written is none."""
        if _is_abandoned(path):
            yield self._check("temporary file", path, _report_leftover)

    def _directory(self, kind: str, path: str) -> Generator[Check, None, list[str]]:
        """Check a directory of ours; return what is in it, in order."""
        if not atomic.is_there(path):
            return []
        check = self._check(kind, path, _check_directory)
        if check.status != OK:
            yield check
        return _entries(path) if os.path.isdir(path) else []

    def _check(self, kind: str, path: str, look: Callable[[str], str | None]) -> Check:
        """Return what ``look`` finds at ``path``, again after each thing that could be mended."""
        mended: list[str] = []
        while True:
            try:
                found = look(path)
            except _Faulty as fault:
                if not (self._repair and fault.mend) or fault.problem in mended:
                    return Check(kind, path, FAULT, None, fault.problem, fault.remedy)
                try:
                    fault.mend()
                except OSError as error:
                    problem = _("{problem}; it can't be repaired: {reason}")
                    said = problem.format(problem=fault.problem, reason=system_says(error))
                    return Check(kind, path, FAULT, None, said, fault.remedy)
                mended.append(fault.problem)
            except OSError as error:
                return Check(kind, path, FAULT, None, system_says(error), f"ls -ld {quote(path)}")
            else:
                problems = _("; ").join(mended)
                return Check(kind, path, REPAIRED if mended else OK, found, problems or None, None)
            if not atomic.is_there(path):
                return Check(kind, path, REPAIRED, None, _("; ").join(mended), None)


def _check_bundled(path: str) -> None:
    try:
        _read(path, LARGEST_NOTE)
    except (OSError, _Faulty) as error:
        problem = system_says(error) if isinstance(error, OSError) else error.problem
        raise _Faulty(problem, "python -m pip install --force-reinstall summitcli") from None


def _check_sqlite(_path: str) -> str:
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("CREATE VIRTUAL TABLE search USING fts5(name)")
    except sqlite3.Error as error:
        problem = _("Python's SQLite can't search texts: {reason}").format(reason=error)
        raise _Faulty(problem, "python -m pip install --force-reinstall summitcli") from None
    return sqlite3.sqlite_version


def _check_top(path: str, variable: str, is_ours: Callable[[str], bool]) -> str | None:
    """Check one of the two directories, which the user may have chosen and may share with other things."""
    elsewhere = f"export {variable}=…"
    try:
        state = os.stat(path)
    except FileNotFoundError:
        _check_missing(path, elsewhere)
        return _("it is made when it is needed")
    except OSError as error:
        raise _Faulty(system_says(error), elsewhere) from None
    if not stat.S_ISDIR(state.st_mode):
        raise _Faulty(_("it is not a directory"), elsewhere)
    _check_owner(path, state, elsewhere)
    if not state.st_mode & stat.S_ISVTX and all(map(is_ours, _entries(path))):
        _check_mode(path, state, PRIVATE_DIRECTORY)
    elif _has_modes() and state.st_mode & _OTHERS_WRITE and not state.st_mode & stat.S_ISVTX:
        raise _Faulty(_said_mode(_("others can write to it"), state), f"chmod go-w {quote(path)}")
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise _Faulty(_("it can't be written to"), elsewhere)
    return None


def _check_missing(path: str, elsewhere: str) -> None:
    """Check that a directory which is not there can be made."""
    if os.path.islink(path):
        raise _Faulty(_said_link(path), f"ls -l {quote(path)}")
    parent = os.path.dirname(path)
    while not atomic.is_there(parent) and parent != os.path.dirname(parent):
        parent = os.path.dirname(parent)
    if not os.path.isdir(parent) or not os.access(parent, os.W_OK | os.X_OK):
        problem = _("it can't be made, as {path} can't be written to").format(path=parent)
        raise _Faulty(problem, elsewhere)


def _check_directory(path: str) -> None:
    if os.path.islink(path):
        if os.path.isdir(path):
            # Somebody's own arrangement, as with a directory that is synchronised.
            return
        raise _Faulty(_said_link(path), f"ls -l {quote(path)}")
    state = os.lstat(path)
    if not stat.S_ISDIR(state.st_mode):
        raise _Faulty(_("it is not a directory"), f"mv {quote(path)} {quote(path + '.away')}")
    _check_owner(path, state)
    _check_mode(path, state, PRIVATE_DIRECTORY)


def _check_private(path: str) -> None:
    """Check that a file of ours is a regular one, which others can't read."""
    state = os.lstat(path)
    if not stat.S_ISREG(state.st_mode):
        raise _Faulty(_nature(state.st_mode), f"mv {quote(path)} {quote(path + '.away')}")
    _check_owner(path, state)
    _check_mode(path, state, atomic.PRIVATE)


def _check_agenda(path: str) -> str:
    conference = os.path.basename(os.path.dirname(path))
    away = f"mv {quote(path)} {quote(path + '.damaged')}"
    if os.path.islink(path) and not os.path.exists(path):
        raise _Faulty(_said_link(path), f"ls -l {quote(path)}")
    name = agenda_of(path)
    if name is None:
        raise _Faulty(_("no agenda can have that name"), away)
    if not os.path.islink(path):
        _check_private(path)
    try:
        agenda = document.loads(_read(path, LARGEST_NOTE), path, conference, name)
    except document.InvalidAgenda as error:
        remedy = "python -m pip install --upgrade summitcli" if error.newer else away
        raise _Faulty(error.fault, remedy) from None
    return ngettext("{n} session", "{n} sessions", len(agenda.picks))


def _check_schedule(path: str) -> str:
    name = os.path.basename(path)
    remove = f"rm -r {quote(path)}"
    if atomic.fault_of_name(name) or name in kept.RESERVED:
        raise _Faulty(_("no schedule can have that name"), remove)
    note = os.path.join(path, "source.json")
    if not atomic.is_there(note):
        raise _Faulty(_("nothing says which schedule it is"), remove)
    _read(note, LARGEST_NOTE)
    try:
        found = kept.find(name)
    except Unreachable as error:
        raise _Faulty(_without_remedy(str(error)), f"ls -l {quote(note)}") from None
    except ScheduleError as error:
        problem = _without_remedy(str(error))
        raise _Faulty(problem, f"summit use REF --name {quote(name)}") from None
    if found is None:
        raise _Faulty(_("nothing says which schedule it is"), remove)
    copy = found.source().path or ""
    again = f"summit use - --name {name}" if found.reference == STDIN else f"summit update {name}"
    if not os.path.isfile(copy) or not kept.is_whole(found):
        raise _Faulty(_("its copy is missing or damaged"), again)
    return ngettext("{n} session", "{n} sessions", found.sessions)


def _check_current(path: str) -> str:
    _check_private(path)
    try:
        name = kept.current_name()
        note = os.path.join(shelf.root(), name, "source.json")
        if atomic.is_there(note) and not os.path.isfile(note):
            # That is a fault of its own, and might keep whoever opens it waiting.
            return name
        found = kept.current()
    except Unreachable as error:
        raise _Faulty(_without_remedy(str(error)), f"ls -l {quote(path)}") from None
    except ScheduleError as error:
        raise _Faulty(_without_remedy(str(error)), "summit use bundled") from None
    return found.name if found else shelf.BUNDLED


def _check_catalog(path: str) -> None:
    """Check that a catalog is one of this version, whole, and nobody else's."""

    def broken(problem: str) -> _Faulty:
        return _Faulty(problem, REPAIR, lambda: os.unlink(path))

    state = os.lstat(path)
    if not stat.S_ISREG(state.st_mode):
        raise broken(_nature(state.st_mode))
    if _has_modes() and state.st_uid != os.geteuid():
        raise broken(_said_owner(state))
    _check_mode(path, state, atomic.PRIVATE)
    try:
        uri = f"file:{_percent_encoded(path)}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except (sqlite3.Error, UnicodeError) as error:
        raise broken(_("it is damaged: {reason}").format(reason=error)) from None
    if verdict != "ok":
        raise broken(_("it is damaged: {reason}").format(reason=verdict.splitlines()[-1]))
    if (mark, version) != (schema.APPLICATION_ID, FORMAT):
        raise broken(_("it is of another version of the program"))


def _check_script(path: str, again: str) -> str:
    """Check that a script calls a program that is there."""
    from shutil import which

    try:
        script = _read(path, LARGEST_SCRIPT).decode("utf-8", "surrogateescape")
    except _Faulty as fault:
        raise _Faulty(fault.problem, f"rm {quote(path)}") from None
    except OSError as error:
        raise _Faulty(system_says(error), again) from None
    programs = _programs(script) or ["summit"]
    for program in programs:
        if not which(program):
            raise _Faulty(_("it calls {name}, which is not there").format(name=program), again)
    return programs[0]


def _programs(script: str) -> list[str]:
    """Return the programs that a script calls by their absolute paths: ``summit``, or a Python."""
    import shlex

    words: list[str] = []
    for line in script.splitlines():
        with contextlib.suppress(ValueError):
            words += shlex.split(line, comments=True)
    named = (word for word in words if os.path.isabs(word))
    return list(dict.fromkeys(word for word in named if _PROGRAM.fullmatch(os.path.basename(word))))


def _check_lock(path: str) -> str | None:
    """Check that a lock is a file of our own, which is all that is needed for it to work."""
    state = os.lstat(path)
    remove = f"rm {quote(path)}"
    if not stat.S_ISREG(state.st_mode):
        mend = None if stat.S_ISDIR(state.st_mode) else lambda: os.unlink(path)
        raise _Faulty(_nature(state.st_mode), remove if mend else f"rm -r {quote(path)}", mend)
    _check_owner(path, state, remove)
    if not os.access(path, os.R_OK | os.W_OK):
        raise _Faulty(_("it can't be written to"), f"chmod 600 {quote(path)}", lambda: os.chmod(path, 0o600))
    return None


def _check_locks(folder: str) -> None:
    """Check that files in ``folder`` can be locked, which those on some network drives can't."""
    if os.name == "nt":
        return
    import fcntl

    path = os.path.join(folder, f".doctor.{os.getpid()}-{time.monotonic_ns()}.tmp")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = os.open(path, flags, atomic.PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _CANT_LOCK:
            raise
        problem = _("files can't be locked there: {reason}").format(reason=system_says(error))
        raise _Faulty(problem, "export SUMMIT_DATA=…") from None
    finally:
        os.close(descriptor)
        os.unlink(path)


def _report_leftover(path: str) -> None:
    raise _Faulty(_("its writer is gone"), REPAIR, lambda: _remove_leftover(path))


def _remove_leftover(path: str) -> None:
    """Remove a temporary file, unless somebody has begun to write it meanwhile."""
    if _is_abandoned(path):
        os.unlink(path)


def _is_abandoned(path: str) -> bool:
    """Return whether no process can still be writing a temporary file."""
    try:
        state = os.lstat(path)
    except OSError:
        return False
    if stat.S_ISDIR(state.st_mode):
        return False
    age = time.time() - state.st_mtime
    named = _TEMPORARY.fullmatch(os.path.basename(path))
    process = int(named["process"] or 0) if named else 0
    return age > ABANDONED or (age > ABANDONED_AT_ONCE and 0 < process < 2**31 and not _runs(process))


def _runs(process: int) -> bool:
    """Return whether a process of that number runs, as far as that can be told."""
    if os.name == "nt":
        # To ask there would end the process.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _check_owner(path: str, state: os.stat_result, remedy: str = "") -> None:
    if _has_modes() and state.st_uid != os.geteuid():
        raise _Faulty(_said_owner(state), remedy or f"sudo chown -R $(id -u) {quote(path)}")


def _check_mode(path: str, state: os.stat_result, wanted: int) -> None:
    """Check that nobody but the owner can do anything with what is at ``path``, and the owner everything."""
    mode = stat.S_IMODE(state.st_mode)
    if not _has_modes() or (mode & (_OTHERS | wanted)) == wanted:
        return
    if mode & _OTHERS_WRITE:
        problem = _("others can write to it")
    else:
        problem = _("others can read it") if mode & _OTHERS else _("you can't read and write it")
    remedy = f"chmod {wanted:o} {quote(path)}"
    raise _Faulty(_said_mode(problem, state), remedy, lambda: os.chmod(path, wanted))


def _has_modes() -> bool:
    """Return whether files have an owner and a mode (POSIX)."""
    return os.name != "nt"


def _is_in_cache(name: str) -> bool:
    return name.startswith("catalog-")


def _is_in_data(name: str) -> bool:
    return name in ("agendas", "schedules") or name.startswith(".doctor.")


def _entries(folder: str) -> list[str]:
    """Return the names in a directory, in order; none of one that can't be read."""
    found: list[str] = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found.append(entry.name)
            if len(found) == MOST_ENTRIES:
                break
    return sorted(found)


def _read(path: str, largest: int) -> bytes:
    """Return what a regular file holds, without ever waiting for anybody.

    Raises:
        OSError: it can't be read.
        _Faulty: it is no regular file, or holds more than ``largest`` bytes.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise _Faulty(_nature(state.st_mode), f"mv {quote(path)} {quote(path + '.away')}")
        data = file.read(largest + 1)
    if len(data) > largest:
        problem = _("it is larger than {n} MB").format(n=largest // 2**20)
        raise _Faulty(problem, f"mv {quote(path)} {quote(path + '.away')}")
    return data


def _nature(mode: int) -> str:
    """Return what is in the place of a file, in the reader's language."""
    if stat.S_ISLNK(mode):
        return _("it is a link, not a file")
    if stat.S_ISDIR(mode):
        return _("it is a directory, not a file")
    if stat.S_ISFIFO(mode):
        return _("it is a pipe, not a file")
    return _("it is a device or a socket, not a file")


def _said_link(path: str) -> str:
    """Return where a link leads that leads nowhere."""
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            return system_says(error)
    return _("it is a link to {path}, which is not there").format(path=os.readlink(path))


def _said_owner(state: os.stat_result) -> str:
    try:
        import pwd

        name = pwd.getpwuid(state.st_uid).pw_name
    except (ImportError, KeyError):
        name = str(state.st_uid)
    return _("it belongs to the user {name}").format(name=name)


def _said_mode(problem: str, state: os.stat_result) -> str:
    return _("{problem} (mode {mode})").format(problem=problem, mode=f"{stat.S_IMODE(state.st_mode):04o}")


def _without_remedy(sentence: str) -> str:
    """Return an error's sentence without what to do, which stands behind a semicolon and names a command."""
    return re.split(r"[;；]\s*`", sentence)[0]


def _percent_encoded(path: str) -> str:
    from urllib.parse import quote_from_bytes

    encoded = quote_from_bytes(os.fsencode(path.replace(os.sep, "/")))
    return encoded if encoded.startswith("/") else f"/{encoded}"
