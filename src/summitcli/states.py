"""Two states of a schedule whose sessions need not all be in memory, and which session has become which.

:func:`successors` finds what :func:`summitcli.identity.recognise` does. Its first two steps need no more of a
session than two keys where those could mean no other session, which is nearly always so: by a guid the
publisher is believed, and of a code's two sessions the evidence is looked at, a batch at a time. What is left
is loaded and goes through all steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitcli.identity import Identity, are_lasting, is_believed, recognise
from summitcli.lazy_typing import Protocol
from summitcli.text.batches import batches


class State(Protocol):
    """The sessions of a schedule in order: of each the keys, and the rest as it is asked for."""

    @property
    def ids(self) -> Sequence[str]:
        """The id of each."""

    @property
    def codes(self) -> Sequence[str | None]:
        """The code of each, see :class:`~summitcli.identity.Identity`."""

    @property
    def guids(self) -> Sequence[str | None]:
        """The guid of each as guids are compared, see :attr:`~summitcli.identity.Identity.folded_guid`."""

    def folded_titles(self) -> Iterator[str]:
        """Yield the title of each as titles are compared."""

    def identities(self, positions: Sequence[int]) -> list[Identity]:
        """Return what the sessions at some positions are recognised by, in that order."""


class ListedState:
    """Sessions that are in memory anyway.

    Args:
        sessions: what each is recognised by.
    """

    def __init__(self, sessions: Sequence[Identity] = ()) -> None:
        self._sessions = sessions
        self.ids = [one.id for one in sessions]
        self.codes = [one.code for one in sessions]
        self.guids = [one.folded_guid for one in sessions]

    def folded_titles(self) -> Iterator[str]:
        """Yield the title of each as titles are compared."""
        return (one.folded_title for one in self._sessions)

    def identities(self, positions: Sequence[int]) -> list[Identity]:
        """Return what the sessions at some positions are recognised by, in that order."""
        return [self._sessions[position] for position in positions]


def successors(before: State, after: State, among: Sequence[int] | None = None) -> list[list[int]]:
    """Return for each session of ``before`` the positions in ``after`` of the session that it has become.

    Args:
        before: the earlier state.
        after: the later one.
        among: the positions in ``after`` of the sessions that may be meant, in order; None for all.

    Returns:
        as :func:`summitcli.identity.recognise`.

    Raises:
        ValueError: a time is not in its ISO 8601 form.
    """
    pairs = _Pairs(before, after, range(len(after.ids)) if among is None else among)
    pairs.settle_by_guid()
    pairs.settle_by_code()
    return pairs.with_all_others()


class _Pairs:
    """The sessions of two states that have been recognised."""

    def __init__(self, before: State, after: State, among: Sequence[int]) -> None:
        self._before = before
        self._after = after
        self._among = among
        self._lasting = are_lasting(before.guids, (after.guids[place] for place in among))
        self._taken = bytearray(len(after.ids))
        self.found: list[list[int]] = [[] for _id in before.ids]

    def settle_by_guid(self) -> None:
        """Pair the sessions whose guid is theirs alone in both states."""
        earlier = _alone(self._before.guids, range(len(self.found)))
        for guid, place in _alone(self._after.guids, self._among).items():
            one = earlier.get(guid, _SEVERAL)
            if _SEVERAL not in (one, place):
                self._pair(one, place)

    def settle_by_code(self) -> None:
        """Pair those whose code is theirs alone, where the other state has not their guid and nothing else
        is against it."""
        earlier = _alone(self._before.codes, self._left_before())
        later = _alone(self._after.codes, self._left_after())
        old, new = set(self._before.guids), {self._after.guids[place] for place in self._among}
        pairs = (
            (one, later[code])
            for code, one in earlier.items()
            if _SEVERAL not in (one, place := later.get(code, _SEVERAL))
            and (self._before.guids[one] is None or self._before.guids[one] not in new)
            and (self._after.guids[place] is None or self._after.guids[place] not in old)
        )
        for batch in batches(pairs):
            ones = self._before.identities([one for one, _place in batch])
            others = self._after.identities([place for _one, place in batch])
            for pair, one, other in zip(batch, ones, others, strict=True):
                if is_believed(one, other, self._lasting):
                    self._pair(*pair)

    def with_all_others(self) -> list[list[int]]:
        """Return all pairs, those that are left to find by each of the steps."""
        ones, places = self._left_before(), self._left_after()
        if ones and places:
            others = recognise(self._before.identities(ones), self._after.identities(places), self._lasting)
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


_SEVERAL = -1
"""In the place of a position where there are several."""


def _alone(keys: Sequence[str | None], places: Iterable[int]) -> dict[str, int]:
    """Return by each key the place of the session that has it, of several :data:`_SEVERAL`."""
    found: dict[str, int] = {}
    for place in places:
        if key := keys[place]:
            found[key] = _SEVERAL if key in found else place
    return found
