"""What a schedule's sessions are called after an update, and what is remembered of those that vanished.

Rules on values: nothing is read or written here. A session keeps its name as long as it is recognised
(:mod:`summitcli.identity`), also over updates in which it was not there. No name is ever given to another.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summitcli.identity import LASTING, Identity, folded_guid, guids_last, may_be_one, recognise
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.library.memory import Memory, Vanished
from summitcli.rows import SlotRow
from summitcli.text.ids import numbered

if TYPE_CHECKING:
    from summitcli.model import Schedule

MOST_AT_ONCE = 0.1
"""The share of sessions that must not vanish at once, if a schedule is to be trusted that they are gone."""


def identities(schedule: Schedule) -> list[Identity]:
    """Return what the sessions are recognised by of a schedule in which they have the ids of its source."""
    language = schedule.conference.language
    return [
        Identity(
            session.id,
            session.title.own(language),
            session.guid,
            session.id,
            session.url,
            session.speakers,
            (
                SlotRow(
                    slot.day.isoformat(),
                    slot.start.isoformat() if slot.start else None,
                    slot.end.isoformat() if slot.end else None,
                    slot.start is None,
                    slot.room,
                )
                for slot in session.slots
            ),
        )
        for session in schedule.sessions
    ]


def remember(
    memory: Memory,
    before: Sequence[Identity],
    after: Sequence[Identity],
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
    here = [n for n in range(len(after)) if not returned.claims(after[n])]
    found = [[here[n] for n in positions] for positions in recognise(before, [after[n] for n in here])]
    names: dict[int, str] = {}
    former = list(memory.former)
    _give(before, found, after, names, former)
    halves = {half for positions in found for half in positions[1:]}
    again = returned.among([n for n in range(len(after)) if n not in names and n not in halves])
    _give([one.identity for one in memory.vanished], again, after, names, former)
    _name_newcomers(before, memory, after, names)

    said = {folded_guid(guid) for guid in cancelled} - {one.folded_guid for one in after}
    is_trusted = _is_trusted(before, after, found)
    vanished = [
        one._replace(said=one.said or one.identity.folded_guid in said)
        for one, positions in zip(memory.vanished, again, strict=True)
        if not positions
    ] + [
        Vanished(one, updates, is_trusted, one.folded_guid in said)
        for one, positions in zip(before, found, strict=True)
        if not positions
    ]
    kept = {after[n].id: id_ for n, id_ in sorted(names.items()) if id_ != after[n].id}
    return Memory(updates, kept, tuple(vanished), tuple(dict.fromkeys(former)))


class _Returned:
    """The sessions that vanished, and which of them are there again.

    Those that are there go first: of the others only one whose guid vanished is certainly none of them.
    """

    def __init__(
        self, vanished: Sequence[Vanished], before: Sequence[Identity], after: Sequence[Identity]
    ) -> None:
        self._vanished = [one.identity for one in vanished]
        self._after = after
        here = {one.folded_guid for one in before}
        self._guids = {one.folded_guid for one in self._vanished} - here - {None}
        self._guids_last = guids_last(before, after)

    def claims(self, other: Identity) -> bool:
        """Return whether a session has the guid of one that vanished, and of none that was there."""
        return other.folded_guid in self._guids

    def among(self, places: Sequence[int]) -> list[list[int]]:
        """Return for each that vanished the positions where it is again, of those in ``places``."""
        found = recognise(self._vanished, [self._after[n] for n in places])
        return [
            [places[n] for n in positions if not self._guids_last or may_be_one(one, self._after[places[n]])]
            for one, positions in zip(self._vanished, found, strict=True)
        ]


def _give(
    sessions: Sequence[Identity],
    found: Sequence[Sequence[int]],
    after: Sequence[Identity],
    names: dict[int, str],
    former: list[str],
) -> None:
    """Give each session that is recognised its name, of one that has parted the first half.

    Where two have become one, it has the name of the likest, and the other's is nobody's any more.
    """

    def is_unlike(pair: tuple[Identity, Sequence[int]]) -> tuple[bool, bool]:
        one, other = pair[0], after[pair[1][0]]
        return not one.times & other.times, one.folded_title != other.folded_title

    pairs = [(one, positions) for one, positions in zip(sessions, found, strict=True) if positions]
    for one, positions in sorted(pairs, key=is_unlike):
        if positions[0] in names:
            former.append(one.id)
        else:
            names[positions[0]] = one.id


def _name_newcomers(
    before: Sequence[Identity], memory: Memory, after: Sequence[Identity], names: dict[int, str]
) -> None:
    """Name the sessions that have no name yet as their source does, or where that was another's, alike."""
    used = {one.id for one in before} | {one.identity.id for one in memory.vanished} | set(memory.former)
    waiting = [n for n in range(len(after)) if n not in names]
    names.update({n: after[n].id for n in waiting if after[n].id not in used})
    used |= {one.id for one in after}
    for n in waiting:
        if n not in names:
            names[n] = numbered(after[n].id, used)
            used.add(names[n])


def _is_trusted(
    before: Sequence[Identity], after: Sequence[Identity], found: Sequence[Sequence[int]]
) -> bool:
    """Return whether what vanished may be taken for cancelled.

    The others have kept their guids, or where the source has none their ids; and few have vanished at once.
    """
    left = [one for one, positions in zip(before, found, strict=True) if positions]
    if len(before) - len(left) >= MOST_AT_ONCE * len(before):
        return False
    if any(one.guid for one in left):
        return guids_last(left, after)
    codes = {one.code for one in after}
    return sum(1 for one in left if one.code in codes) >= LASTING * len(left)
