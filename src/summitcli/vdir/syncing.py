"""Writing the events of an agenda into a vdir (a directory with one file for each event)."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence

from summitcli.errors import Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import NamedTuple
from summitcli.storage import atomic, locks, paths, temporary
from summitcli.text.printable import printable
from summitcli.vdir import folder as folders
from summitcli.vdir import record as records
from summitcli.vdir.plan import CHANGING, Event, Plan, Step, plan

LOCK_TIMEOUT = 5.0
"""The maximum time to wait until another process has finished with the same vdir, in seconds."""
_LOCKED = "summitcli"
"""The name to lock in a vdir. The lock file is named after it: ``.summitcli.lock``."""


class Synced(NamedTuple):
    """The result of writing an agenda into a vdir."""

    steps: tuple[Step, ...]
    unchanged: int
    """The number of events that were up to date."""


def sync(
    folder: str, events: Sequence[Event], agenda: str, force: bool = False, dry_run: bool = False
) -> Synced:
    """Write, replace and remove files of a vdir, so that it has the events of an agenda as they are now.

    If a process is stopped while it does this, the next process completes the work: the planned changes are
    recorded before, and each file is replaced atomically.

    Args:
        folder: the vdir, which is created if it does not exist.
        events: the events of the agenda.
        agenda: the agenda, as ``CONFERENCE/NAME``.
        force: True to write events even if the user has edited or deleted them in the vdir.
        dry_run: True to change nothing and only return what would be done.

    Raises:
        ScheduleError: the record of the events that were written before is damaged.
        Unreachable: the directory can't be read or written, or another process is using it.
    """
    with _translated_errors(folder):
        if dry_run:
            found = _planned(folder, events, agenda, force)
            return Synced(found.steps, found.unchanged)
        os.makedirs(folder, exist_ok=True)
        with _locked(folder):
            temporary.sweep_folder(folder)
            found = _planned(folder, events, agenda, force)
            return Synced(_apply(folder, found), found.unchanged)


def _planned(folder: str, events: Sequence[Event], agenda: str, force: bool) -> Plan:
    record = records.read(folder)
    contents = folders.read(folder, {*record, *(event.uid for event in events)})
    return plan(contents, record, events, agenda, force)


def _apply(folder: str, found: Plan) -> tuple[Step, ...]:
    """Take the steps of a plan, and record them; return the steps without those that were left out.

    Nothing is written if nothing changes. A file that another program has changed meanwhile is left as it is.
    """
    changing = [step for step in found.steps if step.action in CHANGING]
    if changing:
        records.write(folder, found.before)
    elif records.read(folder) == found.after:
        return found.steps
    after, left = dict(found.after), set()
    for step in changing:
        path = os.path.join(folder, step.file)
        if not _is_unchanged(path, step.old):
            left.add(step)
            if step.action == "add":
                # Still to be written; that others have another digest, the record shows already.
                after[step.uid] = found.before[step.uid]
        elif step.action == "remove":
            atomic.remove(path)
        else:
            like = os.stat(path) if step.old else None
            atomic.write(path, step.data, paths.DEFAULT_MODE, like)
    records.write(folder, after)
    return tuple(step for step in found.steps if step not in left)


def _is_unchanged(path: str, digest: str) -> bool:
    """Return whether a file still has this digest; if the digest is empty, whether there is still no file."""
    data = paths.read(path, folders.MAX_BYTES + 1)
    return not digest if data is None else folders.digest(data) == digest


@contextlib.contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Hold the lock that all writers of a vdir need.

    Raises:
        TimeoutError: another process holds the lock.
        OSError: the lock can't be acquired for another reason.
    """
    lock = locks.lock(os.path.join(folder, _LOCKED), LOCK_TIMEOUT)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.release()


@contextlib.contextmanager
def _translated_errors(folder: str) -> Iterator[None]:
    """Turn an OSError in the ``with`` block into Unreachable, with the directory in its message."""
    try:
        yield
    except FileExistsError as error:
        raise Unreachable(_sentence(folder), _("it is not a directory")) from error
    except TimeoutError as error:
        raise Unreachable(_sentence(folder), str(error)) from None
    except OSError as error:
        raise Unreachable(_sentence(folder), error) from error


def _sentence(folder: str) -> str:
    return _("can't write {name}").format(name=printable(folder))
