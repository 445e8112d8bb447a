"""Saving, replacing, selecting and removing schedules; a crash loses no data.

A saved schedule has a file with its bytes and a memory file (stable IDs and vanished sessions). Both are
written first and never modified. Then ``source.json``, which has their fingerprints, is replaced atomically.
So the files fit together at any moment.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator

from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.faults import FAULTS
from summitcli.library.folder import (
    current_path,
    is_valid_name,
    metadata_path,
    read_current,
    root,
    validate_name,
)
from summitcli.library.identity import is_of_same_place, is_same_conference
from summitcli.library.kept import (
    CONTENT,
    FIRST_FORMAT,
    MAX_METADATA_SIZE,
    MEMORY,
    KeptSchedule,
    NewerFormat,
    Origin,
    dumps,
    find,
    is_fingerprint,
    readable,
    unknown,
)
from summitcli.library.log import LOG, LoggedUpdate
from summitcli.library.log import dumps as dump_log
from summitcli.library.log import read as read_log
from summitcli.sources.source import fingerprint
from summitcli.storage import atomic, locks, paths, temporary
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK_TIMEOUT = 10.0
"""The maximum time to wait until another process releases the library's lock, in seconds."""

OLD_METADATA = "source.json.1"
"""The file name of the backup of a ``source.json`` in the first format."""

LONGEST_DEFAULT = paths.LONGEST_NAME - 8
"""The maximum length of a name made from a conference ID; it leaves room for a number."""


class ConcurrentChange(Exception):
    """The error that another process has changed the library, or a saved schedule, in the meantime."""


def keep(
    kept: KeptSchedule,
    content: bytes,
    name: str | None = None,
    memory: bytes = b"",
    replaces: KeptSchedule | None = None,
    expected: frozenset[tuple[str, str]] | None = None,
) -> KeptSchedule:
    """Save a schedule on disk, in place of an earlier version, and return its description as saved.

    Args:
        kept: the description of the schedule, without its name and fingerprints.
        content: the bytes of the schedule.
        name: its name; by default the name of the replaced schedule, or else made from the conference's ID.
        memory: the bytes of its memory file, from :func:`summitcli.library.memory.dumps`.
        replaces: the saved schedule to replace; None if that is decided by the name.
        expected: the result of :func:`saved_ids` before the conference's ID was chosen.

    Raises:
        ConcurrentChange: another process has changed ``replaces``, or the result of :func:`saved_ids`.
        UsageError: the name is invalid, or a schedule of another conference has it.
        ScheduleError: the description is too large to be read again.
        Unreachable: the schedule can't be written; the earlier version is still there.
    """
    if name is not None:
        validate_name(name)
    kept = kept._replace(
        fingerprint=fingerprint(content), bytes=len(content), memory=fingerprint(memory) if memory else ""
    )
    with _changing():
        if expected is not None and expected != saved_ids():
            raise ConcurrentChange
        if replaces is not None:
            name = _name_of_same(replaces)
        else:
            name = _name_for(kept) if name is None else _name_given(kept, name)
        kept = kept._replace(name=name)
        about = metadata_path(kept.name)
        folder = os.path.dirname(about)
        paths.check_target(about)
        atomic.make_folder(folder)
        before = _replaced(kept.name)
        data = dumps(kept)
        atomic.write(_content_path(kept), content)
        if memory:
            atomic.write(kept.memory_file().path, memory)
        _write_metadata(about, data)
        # Keep the files of the version before, as another process may be about to open them.
        _sweep(folder, {name for used in (kept, before) if used for name in (used.fingerprint, used.memory)})
    return kept


def saved_ids() -> frozenset[tuple[str, str]]:
    """Return pairs of name and conference ID, for all saved schedules that can be read."""
    return frozenset((kept.name, kept.id) for kept in readable())


def record_unchanged(kept: KeptSchedule, origin: Origin) -> None:
    """Record in ``source.json`` that an update found the schedule unchanged.

    Nothing is recorded if another process has replaced or removed the schedule in the meantime.

    Args:
        kept: the schedule.
        origin: where it comes from, with the headers of the server's latest response.

    Raises:
        ScheduleError: the schedule's ``source.json`` can't be read.
        Unreachable: the file can't be written.
    """
    with _changing():
        now = find(kept.name)
        if now is not None and now.fingerprint == kept.fingerprint:
            now = now._replace(origin=origin, updates=now.updates + 1)
            _write_metadata(metadata_path(kept.name), dumps(now))


def append_to_log(kept: KeptSchedule, update: LoggedUpdate) -> None:
    """Append an update to the log of a saved schedule.

    Raises:
        Unreachable: the log can't be written.
    """
    with _changing():
        folder = os.path.dirname(metadata_path(kept.name))
        earlier = read_log(folder, kept.updates - 1) or []
        if paths.may_be_there(metadata_path(kept.name)):
            atomic.write(os.path.join(folder, LOG), dump_log([*earlier, update]))


def set_current(name: str | None) -> None:
    """Make the saved schedule ``name`` the current one; None for the one that comes with the program.

    Raises:
        UnknownValue: there is no such schedule; another process may have removed it.
        Unreachable: the change can't be written.
    """
    path = current_path()
    if name is None and not paths.may_be_there(path):
        return
    with _changing():
        if name is not None:
            if find(name) is None:
                raise unknown(name)
            atomic.write(path, f"{name}\n".encode())
        else:
            atomic.remove(path)


def remove(name: str) -> bool:
    """Remove a saved schedule.

    If it was the current one, the schedule that comes with the program becomes the current one.

    Returns:
        True if it was the current schedule.

    Raises:
        Unreachable: the change can't be written.
    """
    with _changing():
        about = metadata_path(name)
        paths.check_target(about)
        was_in_use = (read_current() or b"").strip() == name.encode()
        if was_in_use:
            atomic.remove(current_path())
        atomic.remove(about)
        _remove_folder(os.path.dirname(about))
    return was_in_use


def is_whole(kept: KeptSchedule) -> bool:
    """Return whether the files with a schedule's bytes and :class:`Memory` exist and are undamaged."""
    try:
        content = paths.read(_content_path(kept))
    except OSError:
        return False
    is_there = content is not None and fingerprint(content) == kept.fingerprint
    return is_there and not kept.remembered().is_damaged


def _content_path(kept: KeptSchedule) -> str:
    return os.path.join(root(), kept.name, CONTENT + kept.fingerprint)


def _write_metadata(path: str, data: bytes) -> None:
    """Write ``data`` to the ``source.json`` at ``path``.

    If the file there has the oldest format, back it up first.
    """
    with contextlib.suppress(paths.NotAFile):
        before = paths.read(path, MAX_METADATA_SIZE)
        if before and FIRST_FORMAT.encode() in before:
            atomic.write(os.path.join(os.path.dirname(path), OLD_METADATA), before)
    atomic.write(path, data)


def _replaced(name: str) -> KeptSchedule | None:
    """Return the saved schedule called ``name`` that is about to be replaced.

    Return None if there is none, or if it is damaged.

    Raises:
        NewerFormat: a later version of the program has written it.
        Unreachable: a symbolic link in the path of its file is broken, so that it can't be read.
    """
    try:
        return find(name)
    except NewerFormat:
        raise
    except ScheduleError:
        return None


def _name_of_same(before: KeptSchedule) -> str:
    """Return the name of ``before``, the saved schedule that is to be replaced.

    Raises:
        ConcurrentChange: another process has changed or removed it in the meantime.
    """
    now = _replaced(before.name)
    if now is None or (now.fingerprint, now.memory, now.id) != (before.fingerprint, before.memory, before.id):
        raise ConcurrentChange
    return now.name


def _name_for(kept: KeptSchedule) -> str:
    """Return the name under which to save a schedule.

    If a schedule of the same conference is saved from the same URL or file, it is that schedule's name.
    Otherwise it is made from the conference's ID.
    """
    for other in readable():
        if is_of_same_place(other, kept) and is_same_conference(other, kept):
            return other.name
    base = default_name(kept)
    number = 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        if is_valid_name(name) and _is_free(name, kept):
            return name
        number += 1


def takes_place_of(kept: KeptSchedule, new: KeptSchedule, name: str | None) -> bool:
    """Return whether ``new`` replaces ``kept``, a schedule of the same conference; if not, both are saved.

    If the user gave a ``name``, ``kept`` is replaced only if it has that name. Without a ``name``, ``kept``
    is replaced unless both of these hold: the user chose its name, and ``new`` comes from another URL or
    file.
    """
    if name is not None:
        return kept.name == name
    usual = re.escape(default_name(kept)) + "(-[0-9]+)?"
    return is_of_same_place(kept, new) or bool(re.fullmatch(usual, kept.name))


def default_name(kept: KeptSchedule) -> str:
    """Return the name that a schedule gets if the user gives none: its conference's ID, cut if too long."""
    return kept.id[:LONGEST_DEFAULT].rstrip("-")


def _is_free(name: str, kept: KeptSchedule) -> bool:
    """Return whether ``kept`` can have this name: no schedule of another conference has it."""
    try:
        other = _replaced(name)
    except NewerFormat:
        return False
    return other is None or is_same_conference(other, kept)


def _name_given(kept: KeptSchedule, name: str) -> str:
    """Return ``name`` if ``kept`` can have it.

    Raises:
        UsageError: a schedule of another conference has this name.
    """
    other = _replaced(name)
    if other is not None and not is_same_conference(other, kept):
        sentence = _('the name "{name}" is in use for {title}; free it with `summit schedules remove {name}`')
        raise UsageError(sentence.format(name=name, title=other.title))
    return name


@contextlib.contextmanager
def _changing() -> Iterator[None]:
    """Lock the library during the ``with`` block, so that no other process changes it.

    The directory is created if needed. An OSError in the ``with`` block is raised as Unreachable.
    """
    folder, path = root(), current_path()
    held: BaseFileLock | None = None
    try:
        paths.check_target(path)
        atomic.make_folder(folder)
        held = locks.lock(path, LOCK_TIMEOUT)
        _sweep_unfinished(folder)
        yield
    except OSError as error:
        raise Unreachable(_("can't write to {path}").format(path=printable(folder)), error) from error
    finally:
        if held is not None:
            with contextlib.suppress(OSError):
                held.release()


def _sweep(folder: str, needed: set[str]) -> None:
    """Remove files that are no longer needed from the directory of a saved schedule.

    These are temporary files, and files with the bytes or the memory of earlier versions.

    Args:
        folder: the directory.
        needed: the fingerprints of the files that stay.
    """
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            beginning, _dash, fingerprint_ = file.partition("-")
            is_ours = f"{beginning}-" in (CONTENT, MEMORY) and is_fingerprint(fingerprint_)
            if is_ours and fingerprint_ not in needed:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, file))
    temporary.sweep_folder(folder)


def _remove_folder(folder: str) -> None:
    """Remove the files of a schedule, and its directory unless other files are in it."""
    _sweep(folder, set())
    for file in (OLD_METADATA, LOG, FAULTS):
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(folder, file))
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def _sweep_unfinished(root: str) -> None:
    """Remove files that interrupted processes left in the library. The caller must hold its lock."""
    temporary.sweep_folder(root)
    with contextlib.suppress(OSError):
        for name in os.listdir(root):
            folder = os.path.join(root, name)
            if paths.fault_of_name(name) or not os.path.isdir(folder):
                continue
            if paths.may_be_there(metadata_path(name)):
                temporary.sweep_folder(folder)
            else:
                # A process died while it saved the schedule for the first time, or while it removed it.
                _remove_folder(folder)
