"""Reading the events of a vdir (a directory with one file for each event)."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from hashlib import sha256

from summitcli.lazy_typing import NamedTuple
from summitcli.storage import paths

SUFFIX = ".ics"
MAX_BYTES = 16_000_000
"""The maximum size of a file that is read, in bytes: no single event is larger."""

_FOLD = re.compile(rb"\r?\n[ \t]")
_UID = re.compile(rb"^UID(?:;[^:\r\n]*)?:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_UNCOUNTED = re.compile(
    rb"(?:UID|DTSTAMP|LAST-MODIFIED|CREATED|PRODID"
    rb"|ACKNOWLEDGED|X-WR-ALARMUID|X-MOZ-LASTACK|X-MOZ-GENERATION|X-MOZ-SNOOZE-TIME[^:;]*)[:;]",
    re.IGNORECASE,
)
"""The properties that programs change when they store an event or show an alarm (RFC 9074 section 6)."""
_ALARM = re.compile(rb"(BEGIN|END):VALARM\s*", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,150}")
"""The pattern of UIDs that can be file names on every system."""


class EventFile(NamedTuple):
    """A file of a vdir with an event that was looked for."""

    name: str
    data: bytes
    is_shared: bool = False
    """True if the file has events with several UIDs."""

    @property
    def digest(self) -> str:
        """Return the digest of the file's content; see the function :func:`digest`."""
        return digest(self.data)


class Contents(NamedTuple):
    """The files that were found in a vdir."""

    events: dict[str, list[EventFile]]
    """For each UID that was looked for, the files with its event. A UID may be in several files."""
    names: frozenset[str]
    """The names of all files in the vdir, case-folded."""


def read(folder: str, uids: Collection[str]) -> Contents:
    """Return the files of a vdir that have events with the given UIDs; none if the directory is missing.

    Hidden files are ignored, as all programs do. Everything but regular files is ignored, and so are files
    that are too large.

    Raises:
        OSError: the directory, or a file in it, can't be read.
    """
    names = paths.files_in(folder)
    events: dict[str, list[EventFile]] = {}
    wanted = {uid.encode("utf-8", "surrogatepass"): uid for uid in uids}
    for name in sorted(names):
        if name.startswith(".") or not name.lower().endswith(SUFFIX):
            continue
        try:
            data = paths.read(os.path.join(folder, name), MAX_BYTES + 1)
        except (paths.NotAFile, paths.BrokenPath):
            continue
        if data is None or len(data) > MAX_BYTES:
            continue
        unfolded = _FOLD.sub(b"", data)
        for uid in {wanted[found] for each in _UID.findall(unfolded) if (found := each.strip()) in wanted}:
            file = EventFile(name, data, is_shared=len(_event_uids(unfolded)) > 1)
            events.setdefault(uid, []).append(file)
    return Contents(events, frozenset(name.casefold() for name in names))


def digest(data: bytes) -> str:
    """Return a SHA-256 digest of the event in a file, as hexadecimal digits.

    It depends only on the content lines, which are unfolded and sorted: servers fold and sort them in their
    own way. Lines that say when and by which program the event was written are left out. So are the lines
    that calendar programs add when they have shown an alarm.
    """
    lines = (line.rstrip() for line in _FOLD.sub(b"", data).splitlines())
    counted = sorted(line for line in lines if line and not _UNCOUNTED.match(line))
    return sha256(b"\n".join(counted)).hexdigest()


def _event_uids(unfolded: bytes) -> set[bytes]:
    """Return the UIDs of the events, but not of their alarms, in a file whose lines are unfolded."""
    found, is_in_alarm = set(), False
    for line in unfolded.splitlines():
        if alarm := _ALARM.fullmatch(line):
            is_in_alarm = alarm[1].upper() == b"BEGIN"
        elif not is_in_alarm and (uid := _UID.match(line)):
            found.add(uid[1].strip())
    return found


def new_name(uid: str, taken: Collection[str]) -> str:
    """Return a name for the file of a new event: its UID, or a hash if the UID can't be a file name.

    Args:
        uid: the UID of the event.
        taken: the names of other files, case-folded, because some systems ignore case.
    """
    hashed = sha256(uid.encode("utf-8", "surrogatepass")).hexdigest()
    if _PLAIN.fullmatch(uid) and (name := uid + SUFFIX).casefold() not in taken:
        return name
    number = 1
    while (name := f"{hashed[:32]}{'' if number == 1 else f'-{number}'}{SUFFIX}") in taken:
        number += 1
    return name
