"""A schedule that is kept, so that it answers without a network, and its ``source.json``.

That file says what the schedule is and where it came from, and names the files beside it that hold its bytes
and what is remembered of it (:mod:`summitcli.library.memory`). ``docs/files.md`` describes all of them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from summitcli import __version__
from summitcli.errors import ScheduleError, UnknownValue, Unreachable, system_says
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.library.folder import (
    BUNDLED,
    about_path,
    current_name,
    is_no_folder,
    is_valid_name,
    names,
    root,
    unknown_current,
)
from summitcli.library.memory import Memory, MemoryFile
from summitcli.sources.source import Hints, Source
from summitcli.storage import paths
from summitcli.text.ids import is_id
from summitcli.text.printable import printable

FORMAT = "summit-kept/2"
FIRST_FORMAT = "summit-kept/1"
"""Which has no memory, and is read."""

LARGEST_NOTE = 2**20
"""The most bytes of what is known of a schedule; it is a few hundred, but titles come from strangers."""

CONTENT = "schedule-"
"""How the names of the files begin that hold the bytes; the rest is their fingerprint."""
MEMORY = "memory-"
"""The same of files that hold what is remembered."""


class Origin(NamedTuple):
    """Where a schedule comes from, and what its server said of it. Empty is what is not known."""

    reference: str
    """What names it from anywhere, passwords included: an address, the path of a file, or ``-``."""
    address: str = ""
    """Of what was fetched, passwords included; another than the reference where that is a page."""
    etag: str = ""
    last_modified: str = ""
    url: str = ""
    """Where the answer came from, after redirects."""
    modified: str = ""
    """When its publisher says to have changed it last, as an RFC 3339 instant."""

    def hints(self) -> Hints:
        """Return what helps to read the bytes."""
        modified = datetime.fromisoformat(self.modified) if self.modified else None
        return Hints(url=self.url or None, modified=modified)


class KeptSchedule(NamedTuple):
    """A schedule that is kept, and what is known of it without reading it. Empty is what is not known."""

    name: str
    """Its own among those that are kept."""
    origin: Origin
    fetched: str = ""
    """When, as an RFC 3339 instant."""
    time_zone: str = ""
    """That of times in none, where the user has said it."""
    id: str = ""
    """The conference's, as are those that follow."""
    title: str = ""
    titles: Mapping[str, str] = {}
    language: str = ""
    start: str = ""
    end: str = ""
    sessions: int = 0
    fingerprint: str = ""
    """Of its bytes."""
    bytes: int = 0
    published_id: str = ""
    """The id that the schedule itself gives its conference, where it has another in the library."""
    updates: int = 0
    """How often its publisher was asked for what has become of it, and answered."""
    memory: str = ""
    """The fingerprint of what is remembered of it; empty where that is nothing."""
    others: Mapping[str, Any] = {}
    """What else ``source.json`` holds, as of a later version of the program."""

    def source(self) -> Source:
        """Return where its bytes lie."""
        origin, zone = self.origin, self.time_zone
        names = self.memory_file().names if self.memory else None
        hints = origin.hints()._replace(time_zone=zone or None, id=self.id or None, kept_ids=names)
        folder = os.path.join(root(), self.name)
        state = (self.id, self.fingerprint, self.memory, zone, origin.modified, origin.url)
        identity = " ".join(("kept", __version__, *state))
        path = os.path.join(folder, CONTENT + self.fingerprint)
        return Source(self.name, identity, path, hints=hints, place=folder, fingerprint=self.fingerprint)

    def remembered(self) -> Memory:
        """Return what is remembered of it; it raises nothing, see :attr:`Memory.is_damaged`."""
        if not self.memory:
            return Memory(self.updates)
        memory = self.memory_file().read()
        if memory is None:
            return Memory(self.updates, is_damaged=True)
        return memory._replace(updates=self.updates)

    def memory_file(self) -> MemoryFile:
        """Return where it lies what is remembered of it."""
        return MemoryFile(os.path.join(root(), self.name, MEMORY + self.memory), self.memory)


class NewerFormat(ScheduleError):
    """What is kept was written by a later version of the program; it is neither read nor replaced."""


def is_fingerprint(text: str) -> bool:
    """Return whether ``text`` can be what :func:`~summitcli.sources.source.fingerprint` returns."""
    return len(text) == 32 and not text.strip("0123456789abcdef")


def find(name: str) -> KeptSchedule | None:
    """Return the schedule that is kept under ``name``; None where there is none.

    Raises:
        ScheduleError: what is kept can't be read.
        Unreachable: a link on the way to it leads nowhere.
    """
    if not is_valid_name(name):
        return None
    try:
        data = paths.read(about_path(name), LARGEST_NOTE + 1)
    except paths.NotAFile as error:
        sentence = _('can\'t read "{name}": {fault}')
        raise ScheduleError(sentence.format(name=printable(name), fault=error)) from None
    except OSError as error:
        if is_no_folder(name):
            return None
        if not paths.is_of_the_path(error):
            raise _unreadable(name, system_says(error)) from error
        raise Unreachable(_("can't read {name}").format(name=printable(name)), error) from error
    if data is None:
        return None
    if len(data) > LARGEST_NOTE:
        raise _unreadable(name, _("its source.json is larger than {n} MB").format(n=LARGEST_NOTE // 2**20))
    return _loads(name, data)


def load(name: str) -> KeptSchedule:
    """Return the schedule that is kept under ``name``.

    Raises:
        UnknownValue: there is none.
        ScheduleError: what is kept can't be read.
    """
    found = find(name)
    if found is None:
        raise unknown(name)
    return found


def unknown(name: str) -> UnknownValue:
    """Return the error that ``name`` names no schedule, with the nearest that do."""
    from summitcli.sources.addresses import without_password
    from summitcli.text.suggest import nearest

    known = [BUNDLED, *names()]
    return UnknownValue(
        _('no schedule "{name}"').format(name=without_password(name)), nearest(name, known), known
    )


def kept_at(source: Source) -> KeptSchedule | None:
    """Return the schedule whose bytes a source has; None where it is not that of one that is kept.

    Raises:
        ScheduleError: what is kept can't be read.
        Unreachable: a link on the way to it leads nowhere.
    """
    kept = find(source.name) if source.fingerprint else None
    return kept if kept and kept.fingerprint == source.fingerprint else None


def readable() -> Iterator[KeptSchedule]:
    """Yield the schedules that are kept and can be read, in the order of their names."""
    for name in names():
        with contextlib.suppress(ScheduleError, Unreachable):
            if kept := find(name):
                yield kept


def find_by_reference(reference: str) -> KeptSchedule | None:
    """Return the schedule that is kept of ``reference``; None where there is none.

    Of several conferences that were published there one after the other, it is the latest.
    """
    found = (kept for kept in readable() if kept.origin.reference == reference)
    return max(found, key=lambda kept: kept.start, default=None)


def current() -> KeptSchedule | None:
    """Return the schedule in use; None where that is the bundled one.

    Raises:
        ScheduleError: it can't be told, or what is kept of it can't be read.
    """
    name = current_name()
    found = find(name) if name else None
    if name and found is None:
        raise unknown_current(_('nothing is kept under "{name}"').format(name=printable(name)))
    return found


def dumps(kept: KeptSchedule) -> bytes:
    """Return the text of ``source.json``.

    Raises:
        ScheduleError: it is more than can be read again.
    """
    document = {"format": FORMAT, **_fields(kept)}
    data = json.dumps(document, indent=1).encode() + b"\n"
    if len(data) > LARGEST_NOTE:
        sentence = _(
            "the schedule can't be kept: its title and its address take more than {n} MB; shorten them"
        )
        raise ScheduleError(sentence.format(n=LARGEST_NOTE // 2**20))
    return data


def _fields(kept: KeptSchedule) -> dict[str, Any]:
    """Return what ``source.json`` holds of a schedule: its parts side by side, without its name."""
    fields = {**kept.origin._asdict(), **kept._asdict()}
    del fields["name"], fields["origin"], fields["others"]
    return {**fields, **kept.others}


def _loads(name: str, data: bytes) -> KeptSchedule:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise _unreadable(name, _("its source.json is damaged")) from None
    mark = document.get("format") if isinstance(document, dict) else None
    if mark not in (FORMAT, FIRST_FORMAT):
        if isinstance(mark, str) and re.fullmatch("summit-kept/[1-9][0-9]{0,8}", mark):
            sentence = _('"{name}" can\'t be read: {fault}; update summitcli')
            raise NewerFormat(
                sentence.format(name=printable(name), fault=_("its source.json is of a newer version"))
            )
        raise _unreadable(name, _("its source.json is not of this version of the program"))
    defaults = _fields(KeptSchedule(name, Origin("")))
    fields: dict[str, Any] = {
        field: value if type(value := document.get(field)) is type(default) else default
        for field, default in defaults.items()
    }
    others = {key: value for key, value in document.items() if key not in defaults and key != "format"}
    if not _are_whole(fields):
        raise _unreadable(name, _("its source.json is damaged"))
    origin = Origin(*(fields.pop(field) for field in Origin._fields))
    return KeptSchedule(name, origin, **fields, others=others)


def _are_whole(fields: Mapping[str, Any]) -> bool:
    """Return whether everything that was read is there and can be what it should."""
    if not is_fingerprint(fields["fingerprint"]) or not fields["reference"]:
        return False
    if fields["memory"] and not is_fingerprint(fields["memory"]):
        return False
    if fields["id"] and not is_id(fields["id"]):
        return False
    titles = (fields["title"], *fields["titles"].values())
    texts = (value for field, value in fields.items() if field != "title" and isinstance(value, str))
    try:
        for field in ("modified", "fetched", "start", "end"):
            if fields[field]:
                datetime.fromisoformat(fields[field])
        # A text may hold bytes that are no UTF-8 (PEP 383), but no other halves of characters; and no NUL,
        # unless it is a title.
        "".join(titles).encode("utf-8", "surrogateescape")
        return b"\0" not in "".join(texts).encode("utf-8", "surrogateescape")
    except (TypeError, ValueError):
        return False


def _unreadable(name: str, fault: str) -> ScheduleError:
    sentence = _('"{name}" can\'t be read: {fault}; `summit use REF --name {name}` keeps it anew')
    return ScheduleError(sentence.format(name=printable(name), fault=fault))
