"""What is remembered of a kept schedule beside its bytes: the names of its sessions, and what vanished.

It lies in a file beside the bytes, named by its fingerprint as they are and never changed; ``source.json``
says which. Where nothing is to be remembered, there is none. A file that is missing or damaged is remembered
as nothing: sessions then have the ids that their source alone gives them.
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
"""The most bytes that are remembered of a schedule."""
MAX_VANISHED = 10_000
"""How many sessions are remembered that vanished, the latest; of others the names alone."""
MAX_NAMES = 200_000
"""How many names are remembered that no session has any more."""


Fate = Literal["missing", "cancelled"]


class Vanished(NamedTuple):
    """A session that was once there, and is not now."""

    identity: Identity
    update: int
    """The number of the update in which it vanished."""
    trusted: bool
    """Whether what that update said of other sessions makes it likely that this one is cancelled."""
    said: bool
    """Whether the publisher says that it is cancelled."""


class Memory(NamedTuple):
    """What is remembered of a schedule."""

    updates: int = 0
    """How often its publisher was asked for what has become of it, and answered."""
    names: Mapping[str, str] = {}
    """The ids that sessions keep, by the id that the source alone would give them, where that is another."""
    vanished: tuple[Vanished, ...] = ()
    """In the order in which they vanished."""
    former: tuple[str, ...] = ()
    """Ids that sessions had which are not remembered, such as those that have become one with another."""
    is_damaged: bool = False
    """Whether what was remembered can't be read, so that nothing is."""


def fate(vanished: Vanished, updates: int) -> Fate:
    """Return what is to be told of a session that vanished.

    It is cancelled where the publisher says so, or where it vanished in an update that is to be trusted and
    was still missing in another.

    Args:
        vanished: the session.
        updates: how many updates there have been until now.
    """
    is_cancelled = vanished.said or (vanished.trusted and updates > vanished.update)
    return "cancelled" if is_cancelled else "missing"


class MemoryFile(NamedTuple):
    """A file of what is remembered."""

    path: str
    fingerprint: str

    def names(self) -> Mapping[str, str] | None:
        """Return the ids that sessions keep, None where the file is missing or damaged."""
        memory = self.read()
        return None if memory is None else memory.names

    def read(self) -> Memory | None:
        """Return what is remembered; None where the file is missing or damaged."""
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
    """Return the text of a memory's file; empty where there is nothing to remember.

    Where it would be too large, less is remembered of what vanished first.
    """
    if not (memory.names or memory.vanished or memory.former):
        return b""
    left = MAX_VANISHED
    while True:
        data = _dumps(_forgetting(memory, left))
        if len(data) <= LARGEST or not left:
            return data if len(data) <= LARGEST else b""
        left //= 2


def _forgetting(memory: Memory, left: int) -> Memory:
    """Return a memory with so many of what vanished, and the names of the rest."""
    cut = max(0, len(memory.vanished) - left)
    names = [*memory.former, *(one.identity.id for one in memory.vanished[:cut])]
    return memory._replace(vanished=memory.vanished[cut:], former=tuple(dict.fromkeys(names))[-MAX_NAMES:])


def _dumps(memory: Memory) -> bytes:
    """Return the text of a file, with a line for each session and each name that is kept."""
    names = ",\n".join(f"  {json.dumps(code)}: {json.dumps(id_)}" for code, id_ in memory.names.items())
    vanished = ",\n".join(f"  {json.dumps(_entry(one))}" for one in memory.vanished)
    return (
        f'{{\n "format": {json.dumps(FORMAT)},\n "names": {{\n{names}\n }},\n'
        f' "vanished": [\n{vanished}\n ],\n "former": {json.dumps(memory.former)}\n}}\n'
    ).encode()


def _entry(one: Vanished) -> dict[str, Any]:
    known = one.identity
    return {
        "id": known.id,
        "title": known.title,
        "guid": known.guid,
        "code": known.code,
        "url": known.url,
        "speakers": known.speakers,
        "slots": [slot._asdict() for slot in known.slots],
        "update": one.update,
        "trusted": one.trusted,
        "said": one.said,
    }


def _loads(data: bytes) -> Memory:
    """Return what a file holds.

    Raises:
        ValueError, TypeError, LookupError, AttributeError, RecursionError: it is damaged.
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
    # Where a time is not in its form, sessions can't be compared.
    _times = known.times
    update, trusted, said = (entry[key] for key in ("update", "trusted", "said"))
    if type(update) is not int or type(trusted) is not bool or type(said) is not bool:
        raise TypeError("a number or a truth is none")
    return Vanished(known, update, trusted, said)


def _slot(entry: Mapping[str, Any]) -> SlotRow:
    start, end = text_or_none(entry["start"]), text_or_none(entry["end"])
    return SlotRow(text(entry["day"]), start, end, start is None, text_or_none(entry["room"]))


def _id(value: object) -> str:
    from summitcli.text.ids import MAX_ID_LENGTH, is_id

    if not isinstance(value, str) or len(value) > MAX_ID_LENGTH or not is_id(value):
        raise ValueError("an id is none")
    return value
