"""The IDs that the sessions of a schedule keep in an update (stable IDs), and the sessions that vanished.

A session keeps its ID as long as it is recognised (:mod:`summitcli.identity`), even if it was missing for a
time. An ID is never given to another session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from summitcli.identity import STABLE_SHARE, are_stable, folded_guid, may_be_same, recognise
from summitcli.library.memory import Memory, Vanished
from summitcli.states import InMemoryState, State, successors
from summitcli.text.ids import numbered

MAX_VANISHED_SHARE = 0.1
"""The share of vanished sessions, from 0 to 1, from which on a new version is taken for incomplete."""


def remember(
    memory: Memory,
    before: State,
    after: State,
    cancelled: Collection[str] = (),
    updates: int | None = None,
) -> Memory:
    """Return the memory of a schedule after an update: stable session IDs, and sessions that vanished.

    Args:
        memory: the memory before the update.
        before: the sessions before the update; ``before.codes`` are their IDs in the source.
        after: the sessions after the update; ``after.ids`` are their IDs in the source.
        cancelled: the GUIDs of sessions that the publisher marks as cancelled.
        updates: the number of updates, including this one; by default one more than before.
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
    """The search for sessions that vanished in an earlier update and are back in this one.

    It has two steps. First the sessions of the version just before the update are matched with those sessions
    of the new version that :meth:`unclaimed` returns. Then the vanished sessions are matched with the
    sessions of the new version that have no match yet (:meth:`among`).
    """

    def __init__(self, vanished: Sequence[Vanished], before: State, after: State) -> None:
        self._vanished = [session.identity for session in vanished]
        self._after = after
        self._guids = {known.folded_guid for known in self._vanished}.difference(before.guids, (None,))
        self._guids_last = are_stable(before.guids, after.guids)

    def unclaimed(self) -> list[int]:
        """Return the positions of the sessions of the new version, except those that are certainly back.

        A session is certainly back if its GUID is that of a session that vanished earlier.
        """
        return [n for n, guid in enumerate(self._after.guids) if guid not in self._guids]

    def among(self, places: Sequence[int]) -> list[list[int]]:
        """Return, for each vanished session, the positions of the same session in the new version.

        There are none if it is not back, and several if it was split. ``places`` are the positions of the
        sessions of the new version that have no match yet.
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

    If a session was split, the first half gets its ID. If sessions were merged, the new session gets the ID
    of the session that is most similar to it.

    Args:
        before: the earlier sessions.
        found: for each of them, the positions in ``after`` of the sessions that it has become.
        after: the new sessions.
        names: a mapping to which the IDs of the new sessions are added, by position.
        former: a list of IDs that no session has any more. The IDs of sessions that were merged into another
            one are added.
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
    """Add an ID to ``names`` for each session of ``after`` that has none in it yet.

    The ID is the session's ID in the source. If another session has or had that ID, a number is appended.

    Args:
        before: the sessions before the update.
        memory: the memory before the update, with the IDs of former sessions.
        after: the sessions after the update, with their IDs in the source.
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
    """Return whether the new schedule looks complete; if so, vanished sessions were probably cancelled.

    It does if few sessions vanished at once, and the others kept their GUIDs (their IDs, if there are no
    GUIDs).

    Args:
        before: the sessions before the update.
        after: the sessions after the update.
        found: for each session in ``before``, the positions of the sessions that it has become.
    """
    left = [n for n, positions in enumerate(found) if positions]
    if len(found) - len(left) >= MAX_VANISHED_SHARE * len(found):
        return False
    if any(before.guids[n] for n in left):
        return are_stable((before.guids[n] for n in left), after.guids)
    codes = set(after.codes)
    return sum(1 for n in left if before.codes[n] in codes) >= STABLE_SHARE * len(left)
