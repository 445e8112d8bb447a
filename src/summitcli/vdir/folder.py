"""Reading the events of a vdir (a directory with one file for each event)."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from hashlib import sha256

from summitcli.lazy_typing import NamedTuple
from summitcli.storage import paths

SUFFIX = ".ics"
MAX_BYTES = 1_000_000
"""The maximum size of a file that is read, in bytes: no program writes a single event as large."""

_FOLD = re.compile(rb"\r?\n[ \t]")
_UID = re.compile(rb"^UID(?:;[^:\r\n]*)?:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_STAMP = re.compile(rb"(?:DTSTAMP|LAST-MODIFIED|CREATED|PRODID)[:;]", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@-]{0,150}")
"""The pattern of UIDs that can be file names on every system."""


class EventFile(NamedTuple):
    """A file of a vdir with an event that was looked for."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Return the digest of the file's content; see the function :func:`digest`."""
        return digest(self.data)


class Contents(NamedTuple):
    """What was found in a vdir."""

    events: dict[str, list[EventFile]]
    """The files with the events that were looked for, by UID. A UID may be in several files."""
    names: frozenset[str]
    """The names of all files in the vdir, case-folded."""


def read(folder: str, uids: Collection[str]) -> Contents:
    """Return the files of a vdir that have events with the given UIDs; none if the directory is missing.

    Hidden files are ignored, as all programs do. Other things than regular files are ignored, and files that
    are too large.

    Raises:
        OSError: the directory, or a file in it, can't be read.
    """
    names = paths.files_in(folder)
    events: dict[str, list[EventFile]] = {}
    wanted = {uid.encode(): uid for uid in uids}
    for name in sorted(names):
        if name.startswith(".") or not name.lower().endswith(SUFFIX):
            continue
        try:
            data = paths.read(os.path.join(folder, name), MAX_BYTES + 1)
        except (paths.NotAFile, paths.BrokenPath):
            continue
        if data is None or len(data) > MAX_BYTES:
            continue
        for found in dict.fromkeys(_UID.findall(_FOLD.sub(b"", data))):
            if uid := wanted.get(found.strip()):
                events.setdefault(uid, []).append(EventFile(name, data))
    return Contents(events, frozenset(name.casefold() for name in names))


def digest(data: bytes) -> str:
    """Return a SHA-256 digest of the event in a file, as hexadecimal digits.

    It depends only on the content lines, which are unfolded and sorted: servers fold and sort them in their
    own way. Lines that say when and by which program the event was written are left out.
    """
    lines = (line.rstrip() for line in _FOLD.sub(b"", data).splitlines())
    return sha256(b"\n".join(sorted(line for line in lines if line and not _STAMP.match(line)))).hexdigest()


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
