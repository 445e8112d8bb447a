"""The stable IDs of a schedule's sessions after an update, and the memory of those that vanished.

These are pure functions. A session keeps its ID as long as it is recognised (:mod:`summitcli.identity`), even
if it was missing in between. IDs are never reused for other sessions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from summitcli.identity import STABLE_SHARE, are_stable, folded_guid, may_be_same, recognise
from summitcli.library.memory import Memory, Vanished
from summitcli.states import InMemoryState, State, successors
from summitcli.text.ids import numbered

MAX_VANISHED_SHARE = 0.1
"""The share of sessions from which on their vanishing in one update suggests an incomplete file."""


def remember(
    memory: Memory,
    before: State,
    after: State,
    cancelled: Collection[str] = (),
    updates: int | None = None,
) -> Memory:
    """Return the memory of a schedule after an update: the stable IDs of sessions, and vanished ones.

    Args:
        memory: the memory before the update.
        before: the sessions before; their IDs are the stable ones, their codes the IDs of their source.
        after: the sessions after; their IDs are those of their source.
        cancelled: the GUIDs of sessions that the publisher marks as cancelled.
        updates: the number of updates including this one; by default one more than before.
    """
    updates = memory.updates + 1 if updates is None else updates
    returned = _Returned(memory.vanished, before, after)
    found = successors(before, after, returned.unclaimed())
    names: dict[int, str] = {}
    former = list(memory.former)
    _pass_on_ids(before, found, after, names, former)
    halves = {half for positions in found for half in positions[1:]}
    again = returned.among([n for n in range(len(after.ids)) if n not in names and n not in halves])
    _pass_on_ids(
        InMemoryState([session.identity for session in memory.vanished]), again, after, names, former
    )
    _name_new_sessions(before, memory, after, names)

    cancelled_guids = {folded_guid(guid) for guid in cancelled} - set(after.guids)
    is_trusted = _looks_complete(before, after, found)
    vanished = [
        session._replace(is_cancelled=session.is_cancelled or session.identity.folded_guid in cancelled_guids)
        for session, positions in zip(memory.vanished, again, strict=True)
        if not positions
    ] + [
        Vanished(session, updates, is_trusted, session.folded_guid in cancelled_guids)
        for session in before.identities([n for n, positions in enumerate(found) if not positions])
    ]
    kept = {after.ids[n]: id_ for n, id_ in sorted(names.items()) if id_ != after.ids[n]}
    return Memory(updates, kept, tuple(vanished), tuple(dict.fromkeys(former)))


class _Returned:
    """The search for sessions that vanished in an earlier update and have come back in this one.

    The sessions that the schedule had before the update are matched first, with :meth:`unclaimed`. Then the
    vanished ones are matched with what is left, with :meth:`among`.
    """

    def __init__(self, vanished: Sequence[Vanished], before: State, after: State) -> None:
        self._vanished = [session.identity for session in vanished]
        self._after = after
        self._guids = {known.folded_guid for known in self._vanished}.difference(before.guids, (None,))
        self._guids_last = are_stable(before.guids, after.guids)

    def unclaimed(self) -> list[int]:
        """Return the positions of the new sessions to match with those before the update.

        These are all but the sessions whose GUID shows that they have come back.
        """
        return [n for n, guid in enumerate(self._after.guids) if guid not in self._guids]

    def among(self, places: Sequence[int]) -> list[list[int]]:
        """Return for each vanished session the positions of the new sessions that it has become.

        ``places`` are the positions of the new sessions to choose from.
        """
        if not self._vanished:
            return []
        others = self._after.identities(places)
        return [
            [places[n] for n in positions if not self._guids_last or may_be_same(session, others[n])]
            for session, positions in zip(self._vanished, recognise(self._vanished, others), strict=True)
        ]


def _pass_on_ids(
    before: State, found: Sequence[Sequence[int]], after: State, names: dict[int, str], former: list[str]
) -> None:
    """Give the IDs of the sessions in ``before`` to the same sessions in ``after``.

    If a session was split, the first half gets its ID. If sessions were merged, the result gets the ID of
    the most similar one.

    Args:
        before: the earlier sessions.
        found: for each of them, the positions in ``after`` of the sessions that it has become.
        after: the new sessions.
        names: is filled with the IDs of the new sessions, by position.
        former: is extended by the IDs of merged sessions, which no session has any more.
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


def _name_new_sessions(before: State, memory: Memory, after: State, names: dict[int, str]) -> None:
    """Add an ID to ``names`` for each session of ``after`` that has none there yet.

    It is the session's ID in the source, with a number appended if another session has or had that ID.

    Args:
        before: the sessions before the update.
        memory: the memory before the update, with the IDs of former sessions.
        after: the sessions after the update, with the IDs of their source.
        names: the IDs given so far, by the position of the session in ``after``.
    """
    used = {*before.ids, *memory.former, *(session.identity.id for session in memory.vanished)}
    waiting = [n for n in range(len(after.ids)) if n not in names]
    names.update({n: after.ids[n] for n in waiting if after.ids[n] not in used})
    used.update(after.ids)
    for n in waiting:
        if n not in names:
            names[n] = numbered(after.ids[n], used)
            used.add(names[n])


def _looks_complete(before: State, after: State, found: Sequence[Sequence[int]]) -> bool:
    """Return whether the schedule in an update looks complete, so that vanished sessions were cancelled.

    That is so if few vanished at once, and the others kept their GUIDs, or their IDs if there are no GUIDs.

    Args:
        before: the sessions before the update.
        after: the sessions after it.
        found: for each session before, the positions of the sessions that it has become.
    """
    left = [n for n, positions in enumerate(found) if positions]
    if len(found) - len(left) >= MAX_VANISHED_SHARE * len(found):
        return False
    if any(before.guids[n] for n in left):
        return are_stable((before.guids[n] for n in left), after.guids)
    codes = set(after.codes)
    return sum(1 for n in left if before.codes[n] in codes) >= STABLE_SHARE * len(left)
