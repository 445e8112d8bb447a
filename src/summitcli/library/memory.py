"""The memory of a saved schedule: the IDs that its sessions keep (stable IDs), and the vanished sessions.

With this memory an update gives a session the ID that it had before, even if the publisher has changed the
ID. The memory is stored in a file of its own beside the saved schedule. The name of the memory file contains
the fingerprint of its bytes, so a change of the memory makes a new file; ``source.json`` has the fingerprint,
too. If there is nothing to remember, there is no file. If the file is missing or damaged, sessions have the
IDs of their source.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from summitcli.lazy_typing import TYPE_CHECKING, Any, Literal, NamedTuple
from summitcli.library.documents import DAMAGED, document, text, text_or_none
from summitcli.rows import SlotRow
from summitcli.sources.source import fingerprint
from summitcli.storage import paths

if TYPE_CHECKING:
    from summitcli.identity import Identity

FORMAT = "summit-memory/1"

LARGEST = 64 * 2**20
"""The maximum size of a memory file, in bytes."""
MAX_VANISHED = 10_000
"""The maximum number of vanished sessions that are remembered with their details.

Of sessions that vanished earlier, only the IDs are remembered.
"""
MAX_NAMES = 200_000
"""The maximum number of former IDs that are remembered; earlier ones are forgotten."""


Fate = Literal["missing", "cancelled"]


class Vanished(NamedTuple):
    """A session that was in an earlier version of the schedule, and is not in the present one."""

    identity: Identity
    update: int
    """The number of the first update without the session."""
    is_trusted: bool
    """True if the schedule without the session looked complete, so that it was probably cancelled."""
    is_cancelled: bool
    """True if the publisher marks the session as cancelled."""


class Memory(NamedTuple):
    """The memory of a schedule's earlier versions: the stable IDs of its sessions, and vanished sessions.

    A stable ID is one that a session keeps even if the publisher changes its ID.
    """

    updates: int = 0
    """The number of successful updates."""
    names: Mapping[str, str] = {}
    """The stable IDs of sessions, by their IDs in the source, if the two differ."""
    vanished: tuple[Vanished, ...] = ()
    """The vanished sessions, in the order in which they vanished."""
    former: tuple[str, ...] = ()
    """The IDs of sessions that no longer exist and are not in ``vanished``, such as merged sessions.

    New sessions must not get these IDs.
    """
    is_damaged: bool = False
    """True if this memory is empty because its file can't be read."""


def fate(vanished: Vanished, updates: int) -> Fate:
    """Return ``cancelled`` or ``missing``: how changes report a session that has vanished.

    It is cancelled if the publisher says so. It is also cancelled if it vanished in an update that looked
    complete, and has not come back in a later update.

    Args:
        vanished: the session.
        updates: the number of updates so far.
    """
    counts_as_cancelled = vanished.is_cancelled or (vanished.is_trusted and updates > vanished.update)
    return "cancelled" if counts_as_cancelled else "missing"


class MemoryFile(NamedTuple):
    """The file with the :class:`Memory` of a schedule, and the fingerprint that its bytes must have."""

    path: str
    fingerprint: str

    def names(self) -> Mapping[str, str] | None:
        """Return the stable IDs of sessions by their IDs in the source; None if the file is damaged."""
        memory = self.read()
        return None if memory is None else memory.names

    def read(self) -> Memory | None:
        """Return the memory in the file; None if the file is missing or damaged."""
        try:
            data = paths.read(self.path, LARGEST + 1)
        except OSError:
            return None
        if data is None or fingerprint(data) != self.fingerprint:
            return None
        try:
            return _loads(data)
        except DAMAGED:
            return None


def dumps(memory: Memory) -> bytes:
    """Return the bytes of the file with a schedule's memory; empty if there is nothing to remember.

    If the file would be too large, the details of the sessions that vanished first are dropped.
    """
    if not (memory.names or memory.vanished or memory.former):
        return b""
    left = MAX_VANISHED
    while True:
        data = _dumps(_trimmed(memory, left))
        if len(data) <= LARGEST or not left:
            return data if len(data) <= LARGEST else b""
        left //= 2


def _trimmed(memory: Memory, left: int) -> Memory:
    """Return ``memory`` with only the last ``left`` vanished sessions; of earlier ones, the IDs are kept."""
    cut = max(0, len(memory.vanished) - left)
    names = [*memory.former, *(session.identity.id for session in memory.vanished[:cut])]
    return memory._replace(vanished=memory.vanished[cut:], former=tuple(dict.fromkeys(names))[-MAX_NAMES:])


def _dumps(memory: Memory) -> bytes:
    """Return the JSON of a memory, in which each vanished session and each stable ID has a line."""
    names = ",\n".join(f"  {json.dumps(code)}: {json.dumps(id_)}" for code, id_ in memory.names.items())
    vanished = ",\n".join(f"  {json.dumps(_entry(session))}" for session in memory.vanished)
    return (
        f'{{\n "format": {json.dumps(FORMAT)},\n "names": {{\n{names}\n }},\n'
        f' "vanished": [\n{vanished}\n ],\n "former": {json.dumps(memory.former)}\n}}\n'
    ).encode()


def _entry(session: Vanished) -> dict[str, Any]:
    known = session.identity
    return {
        "id": known.id,
        "title": known.title,
        "guid": known.guid,
        "code": known.code,
        "url": known.url,
        "speakers": known.speakers,
        "slots": [slot._asdict() for slot in known.slots],
        "update": session.update,
        "trusted": session.is_trusted,
        "said": session.is_cancelled,
    }


def _loads(data: bytes) -> Memory:
    """Return the memory in ``data``, the bytes of its file.

    Raises:
        ValueError, TypeError, LookupError, AttributeError, RecursionError: the file is damaged.
    """
    found = document(data, FORMAT, LARGEST)
    names: dict[str, str] = found["names"]
    return Memory(
        names={_id(code): _id(id_) for code, id_ in names.items()},
        vanished=tuple(map(_vanished, found["vanished"])),
        former=tuple(map(_id, found["former"])),
    )


def _vanished(entry: Mapping[str, Any]) -> Vanished:
    from summitcli.identity import Identity

    known = Identity(
        _id(entry["id"]),
        text(entry["title"]),
        text_or_none(entry["guid"]),
        text_or_none(entry["code"]),
        text_or_none(entry["url"]),
        map(text, entry["speakers"]),
        map(_slot, entry["slots"]),
    )
    # Reading the times raises an error if one is malformed, as such sessions can't be compared.
    _times = known.times
    update, is_trusted, is_cancelled = (entry[key] for key in ("update", "trusted", "said"))
    if type(update) is not int or type(is_trusted) is not bool or type(is_cancelled) is not bool:
        raise TypeError("not a number or not a boolean")
    return Vanished(known, update, is_trusted, is_cancelled)


def _slot(entry: Mapping[str, Any]) -> SlotRow:
    start, end = text_or_none(entry["start"]), text_or_none(entry["end"])
    return SlotRow(text(entry["day"]), start, end, start is None, text_or_none(entry["room"]))


def _id(value: object) -> str:
    from summitcli.text.ids import MAX_ID_LENGTH, is_id

    if not isinstance(value, str) or len(value) > MAX_ID_LENGTH or not is_id(value):
        raise ValueError("not an ID")
    return value
