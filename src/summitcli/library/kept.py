"""A saved schedule, which can be used offline, and its ``source.json``.

That file describes the schedule and where it comes from. It also has the fingerprints of two files beside it:
one with the schedule's bytes, and one with its memory (:mod:`summitcli.library.memory`). ``docs/files.md``
describes all these files.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from summitcli import __version__
from summitcli.errors import ScheduleError, UnknownValue, Unreachable
from summitcli.i18n import _
from summitcli.lazy_typing import Any, NamedTuple
from summitcli.library.folder import (
    BUNDLED,
    current_name,
    is_no_folder,
    is_valid_name,
    metadata_path,
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
"""The format marker of the first format, which is still read. It names no memory file (:data:`MEMORY`)."""

MAX_METADATA_SIZE = 2**20
"""The maximum size of a ``source.json``, in bytes; usually it has a few hundred."""

CONTENT = "schedule-"
"""The beginning of the name of a file with a schedule's bytes; their fingerprint follows."""
MEMORY = "memory-"
"""The beginning of the name of a memory file: ``memory-``, followed by a fingerprint of the file's bytes.

The file remembers the IDs of a schedule's sessions, also of sessions that have vanished.
"""


class Origin(NamedTuple):
    """The place that a schedule comes from, and HTTP headers of its download. Unknown values are empty."""

    reference: str
    """The schedule as the user named it: a URL (with its password), an absolute path, or ``-``."""
    address: str = ""
    """The URL of the schedule (with its password). If ``reference`` is a page, the URL to which it links."""
    etag: str = ""
    last_modified: str = ""
    url: str = ""
    """The URL from which the schedule was finally downloaded, after redirects."""
    modified: str = ""
    """The time when the publisher last changed the schedule, as an RFC 3339 timestamp."""
    directory: str = ""
    """The URL of the list of conferences from which ``reference`` was taken.

    It is empty if ``reference`` was not taken from a list, or the list is a file.
    """

    def hints(self) -> Hints:
        """Return what is known about the schedule besides its bytes, such as its URL; the parser uses it."""
        modified = datetime.fromisoformat(self.modified) if self.modified else None
        return Hints(url=self.url or None, modified=modified)


class KeptSchedule(NamedTuple):
    """A saved schedule, as its ``source.json`` describes it. Unknown values are empty."""

    name: str
    """The name of the schedule, which is unique in the library."""
    origin: Origin
    fetched: str = ""
    """The time of the download, as an RFC 3339 timestamp."""
    time_zone: str = ""
    """The time zone, such as ``Asia/Taipei``, that the user gave for times that have none."""
    id: str = ""
    """The conference's ID in the library. The fields from here to ``end`` describe the conference."""
    title: str = ""
    titles: Mapping[str, str] = {}
    language: str = ""
    start: str = ""
    end: str = ""
    sessions: int = 0
    fingerprint: str = ""
    """The fingerprint of the schedule's bytes."""
    bytes: int = 0
    published_id: str = ""
    """The conference's ID in the published schedule, if it is not ``id``."""
    updates: int = 0
    """The number of successful updates, with or without changes."""
    memory: str = ""
    """The fingerprint of the file with the memory of earlier versions; empty if there is no such file."""
    others: Mapping[str, Any] = {}
    """The keys of ``source.json`` that this version does not know, with their values."""
    sheet: str = ""
    """The sheet of a workbook that is read, if the user named one."""
    columns: str = ""
    """The columns of a spreadsheet, as the user gave them with ``--columns``."""

    def source(self) -> Source:
        """Return the source that reads the schedule's bytes from the library."""
        origin, zone = self.origin, self.time_zone
        names = self.memory_file().names if self.memory else None
        hints = origin.hints()._replace(
            time_zone=zone or None,
            id=self.id or None,
            fallback_title=self.title or None,
            kept_ids=names,
            sheet=self.sheet or None,
            columns=self.columns or None,
        )
        folder = os.path.join(root(), self.name)
        state = (self.id, self.fingerprint, self.memory, zone, origin.modified, origin.url)
        identity = " ".join(
            ("kept", __version__, *state, *map(repr, filter(None, (self.sheet, self.columns))))
        )
        path = os.path.join(folder, CONTENT + self.fingerprint)
        return Source(self.name, identity, path, hints=hints, place=folder, fingerprint=self.fingerprint)

    def remembered(self) -> Memory:
        """Return what is remembered of earlier versions: the stable IDs of sessions, and vanished sessions.

        If the memory file is damaged, return an empty memory in which ``is_damaged`` is True.
        """
        if not self.memory:
            return Memory(self.updates)
        memory = self.memory_file().read()
        if memory is None:
            return Memory(self.updates, is_damaged=True)
        return memory._replace(updates=self.updates)

    def memory_file(self) -> MemoryFile:
        """Return the file with the memory of earlier versions, without reading it."""
        return MemoryFile(os.path.join(root(), self.name, MEMORY + self.memory), self.memory)


class NewerFormat(ScheduleError):
    """The error that a later version of the program saved a schedule. It is not read or replaced."""


def is_fingerprint(text: str) -> bool:
    """Return whether ``text`` has the form of a :func:`~summitcli.sources.source.fingerprint`."""
    return len(text) == 32 and not text.strip("0123456789abcdef")


def find(name: str) -> KeptSchedule | None:
    """Return the saved schedule called ``name``; None if there is none.

    Raises:
        ScheduleError: the schedule's ``source.json`` can't be read.
        Unreachable: the schedule's path has a broken link.
    """
    if not is_valid_name(name):
        return None
    try:
        data = paths.read(metadata_path(name), MAX_METADATA_SIZE + 1)
    except paths.NotAFile as error:
        sentence = _('can\'t read "{name}": {fault}')
        raise ScheduleError(sentence.format(name=printable(name), fault=error)) from None
    except OSError as error:
        if is_no_folder(name):
            return None
        if not paths.is_path_error(error):
            raise _unreadable(name, error.strerror or str(error)) from error
        raise Unreachable(_("can't read {name}").format(name=printable(name)), error) from error
    if data is None:
        return None
    if len(data) > MAX_METADATA_SIZE:
        raise _unreadable(
            name, _("its file source.json is larger than {n} MB").format(n=MAX_METADATA_SIZE // 2**20)
        )
    return _loads(name, data)


def load(name: str) -> KeptSchedule:
    """Return the saved schedule called ``name``.

    Raises:
        UnknownValue: there is no such schedule.
        ScheduleError: the schedule's ``source.json`` can't be read.
    """
    found = find(name)
    if found is None:
        raise unknown(name)
    return found


def unknown(name: str, listed: Iterable[str] = ()) -> UnknownValue:
    """Return the error that no saved schedule is called ``name``, with similar names as suggestions.

    Args:
        name: the name.
        listed: the names of the conferences in directories; they may be suggested, too.
    """
    from summitcli.sources.addresses import without_password
    from summitcli.text.suggest import nearest

    known = [BUNDLED, *names()]
    sentence = _('no schedule named "{name}"').format(name=without_password(name))
    return UnknownValue(sentence, nearest(name, [*known, *listed]), known)


def kept_at(source: Source) -> KeptSchedule | None:
    """Return the saved schedule that ``source`` reads; None if it reads something else.

    Raises:
        ScheduleError: the schedule's ``source.json`` can't be read.
        Unreachable: the schedule's path has a broken link.
    """
    kept = find(source.name) if source.fingerprint else None
    return kept if kept and kept.fingerprint == source.fingerprint else None


def readable() -> Iterator[KeptSchedule]:
    """Yield the saved schedules that can be read, sorted by name."""
    for name in names():
        with contextlib.suppress(ScheduleError, Unreachable):
            if kept := find(name):
                yield kept


def find_by_reference(reference: str) -> KeptSchedule | None:
    """Return the schedule that was saved from a URL or file; None if there is none.

    A ``webcal:`` URL is equal to the ``https:`` URL that it stands for. If the schedules of several
    conferences were saved from there, return the latest.
    """
    from summitcli.sources.addresses import requested

    wanted = requested(reference)
    found = (kept for kept in readable() if requested(kept.origin.reference) == wanted)
    return max(found, key=lambda kept: kept.start, default=None)


def current() -> KeptSchedule | None:
    """Return the saved schedule that is current; None if the current one comes with the program.

    Raises:
        ScheduleError: it is unknown which one is current, or its ``source.json`` can't be read.
    """
    name = current_name()
    found = find(name) if name else None
    if name and found is None:
        raise unknown_current(_('no saved schedule named "{name}"').format(name=printable(name)))
    return found


def dumps(kept: KeptSchedule) -> bytes:
    """Return the content of the ``source.json`` of a saved schedule.

    Raises:
        ScheduleError: the content is too large to be read again.
    """
    document = {"format": FORMAT, **_fields(kept)}
    data = json.dumps(document, indent=1).encode() + b"\n"
    if len(data) > MAX_METADATA_SIZE:
        sentence = _("can't save the schedule: its title and URL take more than {n} MB; shorten them")
        raise ScheduleError(sentence.format(n=MAX_METADATA_SIZE // 2**20))
    return data


def _fields(kept: KeptSchedule) -> dict[str, Any]:
    """Return the keys and values for ``source.json``, except ``format``."""
    fields = {**kept.origin._asdict(), **kept._asdict()}
    del fields["name"], fields["origin"], fields["others"]
    return {**fields, **kept.others}


def _loads(name: str, data: bytes) -> KeptSchedule:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        raise _unreadable(name, _("its file source.json is damaged")) from None
    mark = document.get("format") if isinstance(document, dict) else None
    if mark not in (FORMAT, FIRST_FORMAT):
        if isinstance(mark, str) and re.fullmatch("summit-kept/[1-9][0-9]{0,8}", mark):
            sentence = _('can\'t read "{name}": {fault}; update summitcli')
            raise NewerFormat(
                sentence.format(
                    name=printable(name), fault=_("its file source.json was written by a newer version")
                )
            )
        raise _unreadable(name, _("its file source.json has an unknown format"))
    defaults = _fields(KeptSchedule(name, Origin("")))
    fields: dict[str, Any] = {
        field: value if type(value := document.get(field)) is type(default) else default
        for field, default in defaults.items()
    }
    others = {key: value for key, value in document.items() if key not in defaults and key != "format"}
    if not _are_valid(fields):
        raise _unreadable(name, _("its file source.json is damaged"))
    origin = Origin(*(fields.pop(field) for field in Origin._fields))
    return KeptSchedule(name, origin, **fields, others=others)


def _are_valid(fields: Mapping[str, Any]) -> bool:
    """Return whether the JSON object in a ``source.json`` has all keys that are needed, and valid values."""
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
        # Paths may contain escaped non-UTF-8 bytes (PEP 383), but no other lone surrogates. NUL is only
        # allowed in titles.
        "".join(titles).encode("utf-8", "surrogateescape")
        return b"\0" not in "".join(texts).encode("utf-8", "surrogateescape")
    except (TypeError, ValueError):
        return False


def _unreadable(name: str, fault: str) -> ScheduleError:
    sentence = _('can\'t read "{name}": {fault}; replace it with `summit use SCHEDULE --name {name}`')
    return ScheduleError(sentence.format(name=printable(name), fault=fault))
