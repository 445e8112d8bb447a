"""Schedules that are kept by name, so that they answer without a network, and which of them is in use.

One lies at ``schedules/{name}/`` in the folder of :func:`summitcli.storage.folders.data`: ``source.json``
says what it is and where it came from, and names the file beside it that holds its bytes. That file is
written first and never changed, ``source.json`` replaces its predecessor last, so the two belong together
whenever a process or the machine stops. ``schedules/current`` holds the name of the one in use; without it
that is the bundled one.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from summitcli import __version__
from summitcli.errors import ScheduleError, UnknownValue, Unreachable, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING, Any, NamedTuple
from summitcli.library.shelf import BUNDLED, CURRENT, current_path, root
from summitcli.sources.addresses import shown
from summitcli.sources.source import Hints, Source, fingerprint
from summitcli.storage import atomic
from summitcli.text.printable import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock

FORMAT = "summit-kept/1"

PATIENCE = 10.0
"""How long to wait for another process that is keeping a schedule, in seconds."""

RESERVED = (BUNDLED, CURRENT)
"""Names that mean something else."""

LARGEST_NOTE = 2**20
"""The most bytes of what is known of a schedule; it is a few hundred, but titles come from strangers."""

_ABOUT = "source.json"
_BYTES = "schedule-"
_FINGERPRINT = r"[0-9a-f]{32}"
_CONTENT = _BYTES + _FINGERPRINT
"""The names of the files that may be removed when nothing names them any more."""
LONGEST_DEFAULT = atomic.LONGEST_NAME - 8
"""How long a name may be that is made from a conference's id, so that a number fits behind it."""


class Kept(NamedTuple):
    """A schedule that is kept, and what is known of it without reading it. Empty is what is not known."""

    name: str
    reference: str
    """What it was fetched from, passwords included: an address, the path of a file, or ``-``."""
    fingerprint: str
    """Of its bytes."""
    fetched: str
    """When, as an RFC 3339 instant."""
    address: str = ""
    etag: str = ""
    last_modified: str = ""
    url: str = ""
    modified: str = ""
    time_zone: str = ""
    id: str = ""
    """The conference's."""
    title: str = ""
    titles: Mapping[str, str] = {}
    language: str = ""
    start: str = ""
    end: str = ""
    sessions: int = 0
    bytes: int = 0

    def source(self) -> Source:
        """Where its bytes lie."""
        modified = datetime.fromisoformat(self.modified) if self.modified else None
        hints = Hints(self.time_zone or None, self.url or None, modified, self.id or None)
        folder = os.path.join(root(), self.name)
        identity = " ".join(("kept", __version__, self.fingerprint, self.time_zone, self.modified, self.url))
        path = os.path.join(folder, _BYTES + self.fingerprint)
        return Source(self.name, identity, path, hints=hints, place=folder, fingerprint=self.fingerprint)


def find(name: str) -> Kept | None:
    """Return the schedule that is kept under ``name``; None where there is none.

    Raises:
        ScheduleError: what is kept can't be read.
        Unreachable: a link on the way to it leads nowhere.
    """
    if atomic.fault_of_name(name) or name in RESERVED:
        return None
    folder = os.path.join(root(), name)
    try:
        data = atomic.read(os.path.join(folder, _ABOUT), LARGEST_NOTE + 1)
    except atomic.NotAFile as error:
        sentence = _('"{name}" can\'t be read: {fault}')
        raise ScheduleError(sentence.format(name=printable(name), fault=error)) from None
    except OSError as error:
        if _is_no_folder(folder):
            return None
        if not atomic.is_of_the_path(error):
            raise _unreadable(name, error.strerror or str(error)) from error
        raise Unreachable(_("can't read {name}").format(name=printable(name)), error) from error
    if data is None:
        return None
    if len(data) > LARGEST_NOTE:
        raise _unreadable(name, _("its source.json is larger than {n} MB").format(n=LARGEST_NOTE // 2**20))
    return _loads(name, data)


def load(name: str) -> Kept:
    """The schedule that is kept under ``name``.

    Raises:
        UnknownValue: there is none.
        ScheduleError: what is kept can't be read.
    """
    found = find(name)
    if found is None:
        raise unknown(name)
    return found


def unknown(name: str) -> UnknownValue:
    """That ``name`` names no schedule, with the nearest that do."""
    from summitcli.text.suggest import nearest

    known = [BUNDLED, *names()]
    return UnknownValue(_('no schedule "{name}"').format(name=shown(name)), nearest(name, known), known)


def names() -> tuple[str, ...]:
    """The names of the schedules that are kept, in alphabetical order.

    Raises:
        Unreachable: their folder can't be read.
    """
    shelf = root()
    try:
        entries = atomic.files_in(shelf)
    except OSError as error:
        raise Unreachable(_("can't read {name}").format(name=printable(shelf)), error) from error
    possible = (name for name in entries if name not in RESERVED and not atomic.fault_of_name(name))
    return tuple(sorted(name for name in possible if _is_noted(os.path.join(shelf, name))))


def from_reference(reference: str) -> Kept | None:
    """The schedule that is kept of ``reference``; None where there is none."""
    return next((one for one in _readable() if one.reference == reference), None)


def current() -> Kept | None:
    """The schedule in use; None where that is the bundled one.

    Raises:
        ScheduleError: it can't be told, or what is kept of it can't be read.
    """
    name = current_name()
    found = find(name) if name else None
    if name and found is None:
        raise _nothing_in_use(_('nothing is kept under "{name}"').format(name=printable(name)))
    return found


def current_name() -> str:
    """Return the name of the schedule in use, whether or not it can be read; empty for the bundled one.

    Raises:
        ScheduleError: it can't be told.
        Unreachable: a link on the way to where it is noted leads nowhere.
    """
    try:
        noted = _noted()
        name = None if noted is None else noted.decode().strip()
    except atomic.NotAFile as error:
        raise ScheduleError(_("the schedule in use is not known: {fault}").format(fault=error)) from None
    except OSError as error:
        if atomic.is_of_the_path(error):
            raise Unreachable(_("the schedule in use is not known"), error) from error
        raise _nothing_in_use(error.strerror or str(error)) from error
    except UnicodeDecodeError:
        raise _nothing_in_use(_("its name is damaged")) from None
    if name is None:
        return ""
    if name in RESERVED or atomic.fault_of_name(name):
        raise _nothing_in_use(_("its name is damaged"))
    return name


def keep(kept: Kept, content: bytes, name: str | None = None) -> Kept:
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
        must_be_possible(name)
    kept = kept._replace(fingerprint=fingerprint(content), bytes=len(content))
    with _changing() as shelf:
        kept = kept._replace(name=_name_for(kept) if name is None else _name_given(kept, name))
        folder = os.path.join(shelf, kept.name)
        atomic.check_place(os.path.join(folder, _ABOUT))
        atomic.make_folder(folder)
        before = _replaced(kept.name)
        about = _dumps(kept)
        atomic.write(os.path.join(folder, _BYTES + kept.fingerprint), content)
        atomic.write(os.path.join(folder, _ABOUT), about)
        # A process that has just read of the one before may be about to open it.
        _sweep(folder, {kept.fingerprint, before.fingerprint if before else ""})
    return kept


def note(kept: Kept) -> None:
    """Replace what is known of a schedule that is kept, whose bytes are the same.

    Nothing is changed where others are kept by now, or none.

    Raises:
        ScheduleError: what is kept can't be read.
        Unreachable: it can't be written.
    """
    with _changing() as shelf:
        now = find(kept.name)
        if now is not None and now.fingerprint == kept.fingerprint:
            atomic.write(os.path.join(shelf, kept.name, _ABOUT), _dumps(kept))


def choose(name: str | None) -> None:
    """Use the schedule that is kept under ``name`` from now on; None for the bundled one.

    Raises:
        UnknownValue: there is none, as another process may have removed it since it was found.
        Unreachable: that can't be written.
    """
    path = current_path()
    if name is None and not atomic.may_be_there(path):
        return
    with _changing():
        if name is not None:
            if find(name) is None:
                raise unknown(name)
            atomic.write(path, f"{name}\n".encode())
        else:
            atomic.remove(path)


def forget(name: str) -> bool:
    """Keep the schedule of that name no longer; where it was in use, the bundled one is from now on.

    Returns:
        Whether it was in use.

    Raises:
        Unreachable: that can't be written.
    """
    with _changing() as shelf:
        folder = os.path.join(shelf, name)
        atomic.check_place(os.path.join(folder, _ABOUT))
        was_in_use = (_noted() or b"").strip() == name.encode()
        if was_in_use:
            atomic.remove(current_path())
        atomic.remove(os.path.join(folder, _ABOUT))
        _sweep(folder, set())
        with contextlib.suppress(OSError):
            os.rmdir(folder)
    return was_in_use


def is_whole(kept: Kept) -> bool:
    """Whether the bytes that were kept are there."""
    try:
        content = atomic.read(os.path.join(root(), kept.name, _BYTES + kept.fingerprint))
    except OSError:
        return False
    return content is not None and fingerprint(content) == kept.fingerprint


def must_be_possible(name: str) -> None:
    """Nothing, if a schedule can be kept under ``name``.

    Raises:
        UsageError: none can.
    """
    fault = _("it means something else") if name in RESERVED else atomic.fault_of_name(name)
    if fault:
        sentence = _('"{name}" can\'t be the name of a schedule: {fault}')
        raise UsageError(sentence.format(name=printable(shown(name)), fault=fault))


def _loads(name: str, data: bytes) -> Kept:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise _unreadable(name, _("its source.json is damaged")) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _unreadable(name, _("its source.json is not of this version of the program"))
    defaults: dict[str, Any] = {"reference": "", "fingerprint": "", "fetched": "", **Kept._field_defaults}
    known = {
        field: value
        for field, default in defaults.items()
        if type(value := document.get(field)) is type(default)
    }
    kept = Kept(**{**defaults, **known, "name": name})
    try:
        if not re.fullmatch(_FINGERPRINT, kept.fingerprint) or not kept.reference:
            raise ValueError
        for instant in filter(None, (kept.modified, kept.fetched, kept.start, kept.end)):
            datetime.fromisoformat(instant)
        if not all(isinstance(text, str) for text in kept.titles.values()):
            raise ValueError
        # A text may hold bytes that are no UTF-8 (PEP 383), but no other halves of characters; and no NUL,
        # unless it is a title.
        "".join((kept.title, *kept.titles.values())).encode("utf-8", "surrogateescape")
        texts = (value for value in kept._replace(title="") if isinstance(value, str))
        if b"\0" in "".join(texts).encode("utf-8", "surrogateescape"):
            raise ValueError
    except ValueError:
        raise _unreadable(name, _("its source.json is damaged")) from None
    return kept


def _dumps(kept: Kept) -> bytes:
    document = {"format": FORMAT, **kept._asdict()}
    del document["name"]
    data = json.dumps(document, ensure_ascii=True, indent=1).encode() + b"\n"
    if len(data) > LARGEST_NOTE:
        sentence = _(
            "the schedule can't be kept: its title and its address take more than {n} MB; shorten them"
        )
        raise ScheduleError(sentence.format(n=LARGEST_NOTE // 2**20))
    return data


def _unreadable(name: str, fault: str) -> ScheduleError:
    sentence = _('"{name}" can\'t be read: {fault}; `summit use REF --name {name}` keeps it anew')
    return ScheduleError(sentence.format(name=printable(name), fault=fault))


def _nothing_in_use(fault: str) -> ScheduleError:
    sentence = _(
        "the schedule in use is not known: {fault}; `summit use bundled` goes back to the one that comes"
        " with the program, `summit schedules` lists others"
    )
    return ScheduleError(sentence.format(fault=fault))


def _readable() -> Iterator[Kept]:
    for name in names():
        with contextlib.suppress(ScheduleError, Unreachable):
            if kept := find(name):
                yield kept


def _replaced(name: str) -> Kept | None:
    """Return what is kept under ``name``, where it can be read.

    Raises:
        Unreachable: a link on the way to it leads nowhere, so it may well be another conference's.
    """
    with contextlib.suppress(ScheduleError):
        return find(name)
    return None


def _name_for(kept: Kept) -> str:
    """The name under which this very reference is kept, or else the first that no other conference has."""
    for one in _readable():
        if kept.reference == one.reference != "-":
            return one.name
    base = kept.id[:LONGEST_DEFAULT].rstrip("-")
    number = 1
    while True:
        name = base if number == 1 else f"{base}-{number}"
        if name not in RESERVED and not atomic.fault_of_name(name) and _same(kept, _replaced(name)):
            return name
        number += 1


def _name_given(kept: Kept, name: str) -> str:
    other = _replaced(name)
    if other is not None and not _same(kept, other):
        sentence = _('the name "{name}" is taken by {title}; `summit schedules remove {name}` makes it free')
        raise UsageError(sentence.format(name=name, title=other.title))
    return name


def _same(kept: Kept, other: Kept | None) -> bool:
    """Whether the place of ``other`` is free for ``kept``: it is nobody's, or the same conference's."""
    if other is None or kept.reference == other.reference != "-":
        return True
    return (kept.id, kept.title) == (other.id, other.title)


@contextlib.contextmanager
def _changing() -> Iterator[str]:
    """The folder of all that is kept, while no other process can change it."""
    shelf = root()
    path = current_path()
    held: BaseFileLock | None = None
    try:
        atomic.check_place(path)
        atomic.make_folder(shelf)
        held = atomic.lock(path, PATIENCE)
        _sweep_unfinished(shelf)
        yield shelf
    except OSError as error:
        raise Unreachable(_("can't write to {path}").format(path=printable(shelf)), error) from error
    finally:
        if held is not None:
            with contextlib.suppress(OSError):
                held.release()


def _sweep(folder: str, needed: set[str]) -> None:
    """Remove the bytes that nothing names any more, and what writers left that died."""
    with contextlib.suppress(OSError):
        for file in os.listdir(folder):
            if re.fullmatch(_CONTENT, file) and file.removeprefix(_BYTES) not in needed:
                with contextlib.suppress(OSError):
                    os.unlink(os.path.join(folder, file))
    atomic.sweep_folder(folder)


def _sweep_unfinished(shelf: str) -> None:
    """Remove what writers of anything that is kept left that died; called under their one lock."""
    atomic.sweep_folder(shelf)
    with contextlib.suppress(OSError):
        for name in os.listdir(shelf):
            folder = os.path.join(shelf, name)
            if atomic.fault_of_name(name) or not os.path.isdir(folder):
                continue
            if atomic.may_be_there(os.path.join(folder, _ABOUT)):
                atomic.sweep_folder(folder)
            else:
                # Whoever kept it first died before it was noted, or who removed it afterwards.
                _sweep(folder, set())
                with contextlib.suppress(OSError):
                    os.rmdir(folder)


def _is_noted(folder: str) -> bool:
    """Return whether a schedule is kept in ``folder``, readable or not, or that can't be told."""
    return not _is_no_folder(folder) and atomic.may_be_there(os.path.join(folder, _ABOUT))


def _is_no_folder(path: str) -> bool:
    """Return whether there is something else than a folder, in which no schedule can be kept."""
    return os.path.exists(path) and not os.path.isdir(path)


def _noted() -> bytes | None:
    """What the file holds that says which schedule is in use; None where there is none.

    Raises:
        OSError: it can't be read.
    """
    return atomic.read(current_path(), 4 * atomic.LONGEST_FILE_NAME)
