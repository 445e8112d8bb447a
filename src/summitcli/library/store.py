"""Schedules kept, replaced, chosen and removed, so that nothing is lost whenever a process or machine stops.

The files of a schedule's bytes and of what is remembered of it are written first and never changed,
``source.json`` replaces its predecessor last, so they belong together at any moment.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from summitcli.errors import ScheduleError, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.folder import (
    about_path,
    current_path,
    is_valid_name,
    read_current,
    root,
    validate_name,
)
from summitcli.library.identity import is_of_same_place, is_same_conference
from summitcli.library.kept import (
    CONTENT,
    FIRST_FORMAT,
    LARGEST_NOTE,
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

PATIENCE = 10.0
"""How long to wait for another process that is keeping a schedule, in seconds."""

OLD_ABOUT = "source.json.1"
"""A ``source.json`` of the first format, kept beside the one that replaced it."""

LONGEST_DEFAULT = paths.LONGEST_NAME - 8
"""How long a name may be that is made from a conference's id, so that a number fits behind it."""


class Overtaken(Exception):
    """Another process has kept something else by now of what was to be replaced."""


def keep(
    kept: KeptSchedule,
    content: bytes,
    name: str | None = None,
    memory: bytes = b"",
    replaces: KeptSchedule | None = None,
    known: frozenset[tuple[str, str]] | None = None,
) -> KeptSchedule:
    """Keep a schedule; what has been kept of it before is replaced. When this returns, it is on the disk.

    Args:
        kept: what is known of it; its name is set here.
        content: its bytes.
        name: what to call it; else as the one that is replaced, or by the conference's id.
        memory: what is remembered of it, see :func:`summitcli.library.memory.dumps`.
        replaces: the one that it replaces, where that is certain.
        known: the schedules that were kept when its id was chosen, see :func:`existing_ids`.

    Raises:
        Overtaken: what it replaces is another by now, or others are kept.
        UsageError: it can't have that name, or another conference has.
        ScheduleError: what is known of it is more than can be read again.
        Unreachable: it can't be written; what was kept before is still there.
    """
    if name is not None:
        validate_name(name)
    kept = kept._replace(
        fingerprint=fingerprint(content), bytes=len(content), memory=fingerprint(memory) if memory else ""
    )
    with _changing():
        if known is not None and known != existing_ids():
            raise Overtaken
        if replaces is not None:
            name = _name_of_same(replaces)
        else:
            name = _name_for(kept) if name is None else _name_given(kept, name)
        kept = kept._replace(name=name)
        about = about_path(kept.name)
        folder = os.path.dirname(about)
        paths.check_place(about)
        atomic.make_folder(folder)
        before = _replaced(kept.name)
        data = dumps(kept)
        atomic.write(_content_path(kept), content)
        if memory:
            atomic.write(kept.memory_file().path, memory)
        _write_about(about, data)
        # A process that has just read of the one before may be about to open it.
        _sweep(folder, {name for one in (kept, before) if one for name in (one.fingerprint, one.memory)})
    return kept


def existing_ids() -> frozenset[tuple[str, str]]:
    """Return the names of all that is kept, each with the id of its conference."""
    return frozenset((kept.name, kept.id) for kept in readable())


def note(kept: KeptSchedule, origin: Origin) -> None:
    """Note that the publisher of a schedule was asked, and has the same bytes.

    Nothing is changed where others are kept by now, or none.

    Args:
        kept: the schedule.
        origin: what its server says of it now.

    Raises:
        ScheduleError: what is kept can't be read.
        Unreachable: it can't be written.
    """
    with _changing():
        now = find(kept.name)
        if now is not None and now.fingerprint == kept.fingerprint:
            now = now._replace(origin=origin, updates=now.updates + 1)
            _write_about(about_path(kept.name), dumps(now))


def log(kept: KeptSchedule, update: LoggedUpdate) -> None:
    """Add to the log of a schedule what an update of it has changed.

    Raises:
        Unreachable: it can't be written.
    """
    with _changing():
        folder = os.path.dirname(about_path(kept.name))
        known = read_log(folder, kept.updates - 1) or []
        if paths.may_be_there(about_path(kept.name)):
            atomic.write(os.path.join(folder, LOG), dump_log([*known, update]))


def choose(name: str | None) -> None:
    """Use the schedule that is kept under ``name`` from now on; None for the bundled one.

    Raises:
        UnknownValue: there is none, as another process may have removed it since it was found.
        Unreachable: that can't be written.
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
    """Keep the schedule of that name no longer; where it was in use, the bundled one is from now on.

    Returns:
        Whether it was in use.

    Raises:
        Unreachable: that can't be written.
    """
    with _changing():
        about = about_path(name)
        paths.check_place(about)
        was_in_use = (read_current() or b"").strip() == name.encode()
        if was_in_use:
            atomic.remove(current_path())
        atomic.remove(about)
        _remove_folder(os.path.dirname(about))
    return was_in_use


def is_whole(kept: KeptSchedule) -> bool:
    """Return whether the bytes that were kept are there, and what is remembered."""
    try:
        content = paths.read(_content_path(kept))
    except OSError:
        return False
    is_there = content is not None and fingerprint(content) == kept.fingerprint
    return is_there and not kept.remembered().is_damaged


def _content_path(kept: KeptSchedule) -> str:
    return os.path.join(root(), kept.name, CONTENT + kept.fingerprint)


def _write_about(path: str, data: bytes) -> None:
    """Replace a ``source.json``; one of the first format stays beside it."""
    with contextlib.suppress(paths.NotAFile):
        before = paths.read(path, LARGEST_NOTE)
        if before and FIRST_FORMAT.encode() in before:
            atomic.write(os.path.join(os.path.dirname(path), OLD_ABOUT), before)
    atomic.write(path, data)


def _replaced(name: str) -> KeptSchedule | None:
    """Return what is kept under ``name``, where it can be read.

    Raises:
        NewerFormat: a later version of the program has kept it.
        Unreachable: a link on the way to it leads nowhere, so it may well be another conference's.
    """
    try:
        return find(name)
    except NewerFormat:
        raise
    except ScheduleError:
        return None


def _name_of_same(before: KeptSchedule) -> str:
    """Return the name of what is to be replaced, if it is still there as it was.

    Raises:
        Overtaken: it is not.
    """
    now = _replaced(before.name)
    if now is None or (now.fingerprint, now.memory, now.id) != (before.fingerprint, before.memory, before.id):
        raise Overtaken
    return now.name


def _name_for(kept: KeptSchedule) -> str:
    """Return the name under which this conference is kept of this reference, or the first that is free."""
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


def default_name(kept: KeptSchedule) -> str:
    """Return the name of a conference that is made of its id; a number may be put behind it."""
    return kept.id[:LONGEST_DEFAULT].rstrip("-")


def _is_free(name: str, kept: KeptSchedule) -> bool:
    """Return whether nothing is kept under a name that is of another conference."""
    try:
        other = _replaced(name)
    except NewerFormat:
        return False
    return other is None or is_same_conference(other, kept)


def _name_given(kept: KeptSchedule, name: str) -> str:
    other = _replaced(name)
    if other is not None and not is_same_conference(other, kept):
        sentence = _('the name "{name}" is taken by {title}; `summit schedules remove {name}` makes it free')
        raise UsageError(sentence.format(name=name, title=other.title))
    return name


@contextlib.contextmanager
def _changing() -> Iterator[None]:
    """Let no other process change anything that is kept; the folder for it is made."""
    folder, path = root(), current_path()
    held: BaseFileLock | None = None
    try:
        paths.check_place(path)
        atomic.make_folder(folder)
        held = locks.lock(path, PATIENCE)
        _sweep_unfinished(folder)
        yield
    except OSError as error:
        raise Unreachable(_("can't write to {path}").format(path=printable(folder)), error) from error
    finally:
        if held is not None:
            with contextlib.suppress(OSError):
                held.release()


def _sweep(folder: str, needed: set[str]) -> None:
    """Remove the bytes and memories that nothing names any more, and what writers left that died."""
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            beginning, _dash, fingerprint_ = file.partition("-")
            is_ours = f"{beginning}-" in (CONTENT, MEMORY) and is_fingerprint(fingerprint_)
            if is_ours and fingerprint_ not in needed:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, file))
    temporary.sweep_folder(folder)


def _remove_folder(folder: str) -> None:
    """Remove the folder of a schedule that is kept no more, unless it holds other things."""
    _sweep(folder, set())
    for file in (OLD_ABOUT, LOG):
        with contextlib.suppress(OSError):
            os.unlink(os.path.join(folder, file))
    with contextlib.suppress(OSError):
        os.rmdir(folder)


def _sweep_unfinished(root: str) -> None:
    """Remove what writers of anything that is kept left that died; called under their one lock."""
    temporary.sweep_folder(root)
    with contextlib.suppress(OSError):
        for name in os.listdir(root):
            folder = os.path.join(root, name)
            if paths.fault_of_name(name) or not os.path.isdir(folder):
                continue
            if paths.may_be_there(about_path(name)):
                temporary.sweep_folder(folder)
            else:
                # Whoever kept it first died before it was noted, or who removed it afterwards.
                _remove_folder(folder)
