"""Matching sessions without having those of both states in memory."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from summitcli.identity import Identity, recognise
from summitcli.states import InMemoryState, successors
from tests.test_identity import ADA, BOB, all_day, at, identities, like


class Counted(InMemoryState):
    """A state that counts the sessions that are loaded from it."""

    def __init__(self, sessions: Sequence[Identity]) -> None:
        super().__init__(sessions)
        self.loaded = 0

    def identities(self, positions: Sequence[int]) -> list[Identity]:
        self.loaded += len(positions)
        return super().identities(positions)


talks = st.lists(
    st.builds(
        Identity,
        id=st.integers(0, 40).map(str),
        title=st.sampled_from(["Lunch", "lunch", "Talk", "Other"]),
        guid=st.none() | st.integers(0, 40).map("Guid-{}".format),
        code=st.none() | st.integers(0, 40).map(str),
        url=st.sampled_from([None, "https://c.example/1", "https://c.example/2"]),
        speakers=st.lists(st.sampled_from(["Ann", "Ben"]), max_size=2),
        slots=st.sampled_from([at("10:00"), at("10:00", "11:00"), at("11:00"), all_day("2025-06-10"), ()]),
    ),
    max_size=25,
)
"""Sessions of which a few share a guid or code with others."""


def evolved(sessions: list[Identity], chance: st.DataObject) -> list[Identity]:
    """Return most sessions, some of them changed, in another order."""
    kept = [one for one in sessions if chance.draw(st.integers(0, 9))]
    changes = {
        "title": st.sampled_from(["Lunch", "Other"]),
        "guid": st.none() | st.sampled_from(["Guid-1", "Guid-2", "new"]),
        "code": st.none() | st.integers(0, 40).map(str),
        "slots": st.sampled_from([at("11:00"), at("18:00")]),
        "speakers": st.just(["Cy"]),
    }
    for n, one in enumerate(kept):
        if not chance.draw(st.integers(0, 3)):
            field = chance.draw(st.sampled_from(sorted(changes)))
            kept[n] = like(one, **{field: chance.draw(changes[field])})
    return chance.draw(st.permutations(kept))


@given(identities | talks, identities | talks)
def test_two_states_give_the_same_matches_as_all_steps(before: list[Identity], after: list[Identity]) -> None:
    assert successors(InMemoryState(before), InMemoryState(after)) == recognise(before, after)


@given(talks, st.data())
def test_a_state_derived_from_another_gives_the_same_matches(
    before: list[Identity], chance: st.DataObject
) -> None:
    after = evolved(before, chance)
    assert successors(InMemoryState(before), InMemoryState(after)) == recognise(before, after)


@given(talks, talks, st.sets(st.integers(0, 24)))
def test_matches_can_be_restricted_to_some_later_sessions(
    before: list[Identity], after: list[Identity], places: set[int]
) -> None:
    among = sorted(place for place in places if place < len(after))
    found = recognise(before, [after[place] for place in among])
    expected = [[among[n] for n in positions] for positions in found]
    assert successors(InMemoryState(before), InMemoryState(after), among) == expected


def test_sessions_with_the_same_guid_are_not_loaded() -> None:
    before = Counted([like(ADA, guid=f"g{n}", code=str(n)) for n in range(50)])
    after = Counted([like(BOB, guid=f"g{n}", code="x") for n in reversed(range(50))])
    assert successors(before, after) == [[49 - n] for n in range(50)]
    assert (before.loaded, after.loaded) == (0, 0)


def test_without_guids_each_session_is_loaded_once_for_its_code() -> None:
    sessions = [like(ADA, guid=None, code=str(n)) for n in range(2500)]
    before, after = Counted(sessions), Counted(sessions[::-1])
    assert successors(before, after) == [[2499 - n] for n in range(2500)]
    assert (before.loaded, after.loaded) == (2500, 2500)
