"""Schedules kept, replaced, chosen and removed, so that nothing is lost whenever a process or machine stops.

The file of a schedule's bytes is written first and never changed, ``source.json`` replaces its predecessor
last, so the two belong together at any moment.
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
from summitcli.library.identity import is_of_same_place, may_replace
from summitcli.library.kept import CONTENT, KeptSchedule, dumps, find, is_fingerprint, readable, unknown
from summitcli.sources.source import fingerprint
from summitcli.storage import atomic, locks, paths, temporary
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

PATIENCE = 10.0
"""How long to wait for another process that is keeping a schedule, in seconds."""

LONGEST_DEFAULT = paths.LONGEST_NAME - 8
"""How long a name may be that is made from a conference's id, so that a number fits behind it."""


def keep(kept: KeptSchedule, content: bytes, name: str | None = None) -> KeptSchedule:
    """Keep a schedule; what has been kept of it before is replaced. When this returns, it is on the disk.

    Args:
        kept: what is known of it; its name is set here.
        content: its bytes.
        name: what to call it; else as the one that is replaced, or by the conference's id.

    Raises:
        UsageError: it can't have that name, or another conference has.
        ScheduleError: what is known of it is more than can be read again.
        Unreachable: it can't be written; what was kept before is still there.
    """
    if name is not None:
        validate_name(name)
    kept = kept._replace(fingerprint=fingerprint(content), bytes=len(content))
    with _changing():
        kept = kept._replace(name=_name_for(kept) if name is None else _name_given(kept, name))
        about = about_path(kept.name)
        folder = os.path.dirname(about)
        paths.check_place(about)
        atomic.make_folder(folder)
        before = _replaced(kept.name)
        data = dumps(kept)
        atomic.write(_content_path(kept), content)
        atomic.write(about, data)
        # A process that has just read of the one before may be about to open it.
        _sweep(folder, {kept.fingerprint, before.fingerprint if before else ""})
    return kept


def note(kept: KeptSchedule) -> None:
    """Replace what is known of a schedule that is kept, whose bytes are the same.

    Nothing is changed where others are kept by now, or none.

    Raises:
        ScheduleError: what is kept can't be read.
        Unreachable: it can't be written.
    """
    with _changing():
        now = find(kept.name)
        if now is not None and now.fingerprint == kept.fingerprint:
            atomic.write(about_path(kept.name), dumps(kept))


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
    """Return whether the bytes that were kept are there."""
    try:
        content = paths.read(_content_path(kept))
    except OSError:
        return False
    return content is not None and fingerprint(content) == kept.fingerprint


def _content_path(kept: KeptSchedule) -> str:
    return os.path.join(root(), kept.name, CONTENT + kept.fingerprint)


def _replaced(name: str) -> KeptSchedule | None:
    """Return what is kept under ``name``, where it can be read.

    Raises:
        Unreachable: a link on the way to it leads nowhere, so it may well be another conference's.
    """
    with contextlib.suppress(ScheduleError):
        return find(name)
    return None


def _name_for(kept: KeptSchedule) -> str:
    """Return the name under which this very reference is kept, or the first that no other conference has."""
    for other in readable():
        if is_of_same_place(other, kept):
            return other.name
    base = kept.id[:LONGEST_DEFAULT].rstrip("-")
    number = 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        if is_valid_name(name) and may_replace(_replaced(name), kept):
            return name
        number += 1


def _name_given(kept: KeptSchedule, name: str) -> str:
    other = _replaced(name)
    if other is not None and not may_replace(other, kept):
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
    """Remove the bytes that nothing names any more, and what writers left that died."""
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            fingerprint_ = file.removeprefix(CONTENT)
            if fingerprint_ != file and is_fingerprint(fingerprint_) and fingerprint_ not in needed:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, file))
    temporary.sweep_folder(folder)


def _remove_folder(folder: str) -> None:
    """Remove the folder of a schedule that is kept no more, unless it holds other things."""
    _sweep(folder, set())
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
