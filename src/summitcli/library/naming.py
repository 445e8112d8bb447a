"""What a schedule's sessions are called after an update, and what is remembered of those that vanished.

Rules on values: nothing is read or written here. A session keeps its name as long as it is recognised
(:mod:`summitcli.identity`), also over updates in which it was not there. No name is ever given to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from summitcli.identity import STABLE_SHARE, are_stable, folded_guid, may_be_same, recognise
from summitcli.library.memory import Memory, Vanished
from summitcli.states import InMemoryState, State, successors
from summitcli.text.ids import numbered

MOST_AT_ONCE = 0.1
"""The share of sessions that must not vanish at once, if a schedule is to be trusted that they are gone."""


def remember(
    memory: Memory,
    before: State,
    after: State,
    cancelled: Collection[str] = (),
    updates: int | None = None,
) -> Memory:
    """Return what is to be remembered of a schedule that has become another.

    Args:
        memory: what is remembered of it until now.
        before: its sessions, with their names as ids and the ids of their source as codes.
        after: those that it has now, with the ids of their source.
        cancelled: the guids of what the publisher says to be cancelled.
        updates: how many updates there have been with this one; one more than before unless given.
    """
    updates = memory.updates + 1 if updates is None else updates
    returned = _Returned(memory.vanished, before, after)
    found = successors(before, after, returned.unclaimed())
    names: dict[int, str] = {}
    former = list(memory.former)
    _give(before, found, after, names, former)
    halves = {half for positions in found for half in positions[1:]}
    again = returned.among([n for n in range(len(after.ids)) if n not in names and n not in halves])
    _give(InMemoryState([one.identity for one in memory.vanished]), again, after, names, former)
    _name_newcomers(before, memory, after, names)

    said = {folded_guid(guid) for guid in cancelled} - set(after.guids)
    is_trusted = _is_trusted(before, after, found)
    vanished = [
        one._replace(said=one.said or one.identity.folded_guid in said)
        for one, positions in zip(memory.vanished, again, strict=True)
        if not positions
    ] + [
        Vanished(one, updates, is_trusted, one.folded_guid in said)
        for one in before.identities([n for n, positions in enumerate(found) if not positions])
    ]
    kept = {after.ids[n]: id_ for n, id_ in sorted(names.items()) if id_ != after.ids[n]}
    return Memory(updates, kept, tuple(vanished), tuple(dict.fromkeys(former)))


class _Returned:
    """The sessions that vanished, and which of them are there again.

    Those that are there go first: of the others only one whose guid vanished is certainly none of them.
    """

    def __init__(self, vanished: Sequence[Vanished], before: State, after: State) -> None:
        self._vanished = [one.identity for one in vanished]
        self._after = after
        self._guids = {one.folded_guid for one in self._vanished}.difference(before.guids, (None,))
        self._guids_last = are_stable(before.guids, after.guids)

    def unclaimed(self) -> list[int]:
        """Return the positions of the sessions but those with the guid of one that vanished, and of none that
        was there."""
        return [n for n, guid in enumerate(self._after.guids) if guid not in self._guids]

    def among(self, places: Sequence[int]) -> list[list[int]]:
        """Return for each that vanished the positions where it is again, of those in ``places``."""
        if not self._vanished:
            return []
        others = self._after.identities(places)
        return [
            [places[n] for n in positions if not self._guids_last or may_be_same(one, others[n])]
            for one, positions in zip(self._vanished, recognise(self._vanished, others), strict=True)
        ]


def _give(
    before: State, found: Sequence[Sequence[int]], after: State, names: dict[int, str], former: list[str]
) -> None:
    """Give each session that is recognised its name, of one that has parted the first half.

    Where two have become one, it has the name of the likest, and the other's is nobody's any more.
    """
    firsts = Counter(positions[0] for positions in found if positions)
    shared = []
    for n, positions in enumerate(found):
        if positions and firsts[positions[0]] > 1:
            shared.append(n)
        elif positions:
            names[positions[0]] = before.ids[n]
    ones, others = before.identities(shared), after.identities([found[n][0] for n in shared])

    def is_unlike(n: int) -> tuple[bool, bool]:
        return not ones[n].times & others[n].times, ones[n].folded_title != others[n].folded_title

    for n in sorted(range(len(shared)), key=is_unlike):
        if found[shared[n]][0] in names:
            former.append(ones[n].id)
        else:
            names[found[shared[n]][0]] = ones[n].id


def _name_newcomers(before: State, memory: Memory, after: State, names: dict[int, str]) -> None:
    """Name the sessions that have no name yet as their source does, or where that was another's, alike."""
    used = {*before.ids, *memory.former, *(one.identity.id for one in memory.vanished)}
    waiting = [n for n in range(len(after.ids)) if n not in names]
    names.update({n: after.ids[n] for n in waiting if after.ids[n] not in used})
    used.update(after.ids)
    for n in waiting:
        if n not in names:
            names[n] = numbered(after.ids[n], used)
            used.add(names[n])


def _is_trusted(before: State, after: State, found: Sequence[Sequence[int]]) -> bool:
    """Return whether what vanished may be taken for cancelled.

    The others have kept their guids, or where the source has none their ids; and few have vanished at once.
    """
    left = [n for n, positions in enumerate(found) if positions]
    if len(found) - len(left) >= MOST_AT_ONCE * len(found):
        return False
    if any(before.guids[n] for n in left):
        return are_stable((before.guids[n] for n in left), after.guids)
    codes = set(after.codes)
    return sum(1 for n in left if before.codes[n] in codes) >= STABLE_SHARE * len(left)
