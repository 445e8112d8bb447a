"""Matching the sessions of two states (versions) of a schedule without having all sessions in memory.

:func:`successors` finds the same matches as :func:`summitcli.identity.recognise`. Nearly all sessions are
matched by a unique GUID, or by a unique code (a session's name in its source, such as ``ABC123``). For this,
only GUIDs and codes are in memory. Equal codes are not enough: titles or times must agree, too, and are
loaded in batches. The remaining sessions are loaded and matched by all criteria.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitcli.identity import Identity, are_stable, is_plausible_match, recognise
from summitcli.lazy_typing import Protocol
from summitcli.text.batches import batches


class State(Protocol):
    """The sessions of one version of a schedule, in order.

    Their IDs, codes and GUIDs are in memory; all other properties are read when they are needed.
    """

    @property
    def ids(self) -> Sequence[str]:
        """Return the ID of each session."""

    @property
    def codes(self) -> Sequence[str | None]:
        """Return the code of each session, which is its ID in the source; None if it has none."""

    @property
    def guids(self) -> Sequence[str | None]:
        """Return the GUID of each session, or None, in the form for comparison (``identity.folded_guid``)."""

    def folded_titles(self) -> Iterator[str]:
        """Yield the title of each session, folded with ``text.folding.fold`` for comparison."""

    def identities(self, positions: Sequence[int]) -> list[Identity]:
        """Return the properties that identify the sessions at the given positions, in that order."""


class InMemoryState:
    """A :class:`State` whose sessions are all in memory.

    Args:
        sessions: the identities of the sessions: title, GUID and so on.
    """

    def __init__(self, sessions: Sequence[Identity] = ()) -> None:
        self._sessions = sessions
        self.ids = [session.id for session in sessions]
        self.codes = [session.code for session in sessions]
        self.guids = [session.folded_guid for session in sessions]

    def folded_titles(self) -> Iterator[str]:
        """Yield the title of each session, folded with ``text.folding.fold`` for comparison."""
        return (session.folded_title for session in self._sessions)

    def identities(self, positions: Sequence[int]) -> list[Identity]:
        """Return the properties that identify the sessions at the given positions, in that order."""
        return [self._sessions[position] for position in positions]


def successors(before: State, after: State, among: Sequence[int] | None = None) -> list[list[int]]:
    """Return for each session of ``before`` a list of the positions of its matches in ``after``.

    For a session that is gone, the list is empty; for a session that was split, it has several positions. The
    result is the same as that of :func:`summitcli.identity.recognise`.

    Args:
        before: the earlier version.
        after: the later version.
        among: the positions of the sessions in ``after`` that may match, in order; None for all.

    Raises:
        ValueError: a time is not in ISO 8601 format.
    """
    pairs = _Pairs(before, after, range(len(after.ids)) if among is None else among)
    pairs.settle_by_guid()
    pairs.settle_by_code()
    return pairs.with_remaining()


class _Pairs:
    """A search for the sessions of an earlier version of a schedule in a later one.

    ``found`` has, for each session of the earlier version, the positions of the later sessions that have been
    matched with it so far.
    """

    def __init__(self, before: State, after: State, among: Sequence[int]) -> None:
        self._before = before
        self._after = after
        self._among = among
        self._stable = are_stable(before.guids, (after.guids[place] for place in among))
        self._taken = bytearray(len(after.ids))
        self.found: list[list[int]] = [[] for _id in before.ids]

    def settle_by_guid(self) -> None:
        """Match sessions with equal GUIDs, if each of the two versions has only one session with the GUID."""
        earlier = _unique(self._before.guids, range(len(self.found)))
        for guid, place in _unique(self._after.guids, self._among).items():
            one = earlier.get(guid, _AMBIGUOUS)
            if _AMBIGUOUS not in (one, place):
                self._pair(one, place)

    def settle_by_code(self) -> None:
        """Match sessions with equal codes, if each of the two versions has only one session with the code.

        A code is a session's ID in the source. The match must also be plausible
        (:func:`summitcli.identity.is_plausible_match`), and neither GUID may occur in the other version.
        """
        earlier = _unique(self._before.codes, self._left_before())
        later = _unique(self._after.codes, self._left_after())
        old, new = set(self._before.guids), {self._after.guids[place] for place in self._among}
        pairs = (
            (one, later[code])
            for code, one in earlier.items()
            if _AMBIGUOUS not in (one, place := later.get(code, _AMBIGUOUS))
            and (self._before.guids[one] is None or self._before.guids[one] not in new)
            and (self._after.guids[place] is None or self._after.guids[place] not in old)
        )
        for batch in batches(pairs):
            ones = self._before.identities([one for one, _place in batch])
            others = self._after.identities([place for _one, place in batch])
            for pair, one, other in zip(batch, ones, others, strict=True):
                if is_plausible_match(one, other, self._stable):
                    self._pair(*pair)

    def with_remaining(self) -> list[list[int]]:
        """Try all criteria, from GUID to title, to match the sessions that have no match yet.

        Returns:
            For each session of the earlier version, the positions of all its matches in the later one.
        """
        ones, places = self._left_before(), self._left_after()
        if ones and places:
            others = recognise(self._before.identities(ones), self._after.identities(places), self._stable)
            for one, positions in zip(ones, others, strict=True):
                self.found[one] = [places[position] for position in positions]
        return self.found

    def _left_before(self) -> list[int]:
        return [one for one, places in enumerate(self.found) if not places]

    def _left_after(self) -> list[int]:
        return [place for place in self._among if not self._taken[place]]

    def _pair(self, one: int, place: int) -> None:
        self.found[one].append(place)
        self._taken[place] = True


_AMBIGUOUS = -1
"""The value in place of a position if several sessions have the same key."""


def _unique(keys: Sequence[str | None], places: Iterable[int]) -> dict[str, int]:
    """Return the position of each session by its key, such as its GUID; only ``places`` are considered.

    If several sessions have the same key, the value is :data:`_AMBIGUOUS`.
    """
    found: dict[str, int] = {}
    for place in places:
        if key := keys[place]:
            found[key] = _AMBIGUOUS if key in found else place
    return found
