"""Tests for the order of rooms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.assembly.rooms import in_order


@pytest.mark.parametrize(
    ("days", "order"),
    [
        ([], ""),
        (["ab", "bc"], "abc"),
        (["CAB"], "CAB"),
        (["CAB", "CB", ""], "CAB"),
        (["AC", "ABC"], "ABC"),
        (["AD", "BCD"], "ABCD"),
        (["AAB"], "AB"),
        (["AB", "BA"], ""),
        (["AB", "BC", "CA"], ""),
    ],
)
def test_rooms_are_in_the_order_of_all_days_or_empty(days: list[str], order: str) -> None:
    assert "".join(in_order([list(day) for day in days])) == order


@given(st.permutations("abcdefgh"), st.lists(st.sets(st.sampled_from("abcdefgh"))))
def test_days_without_some_rooms_do_not_contradict(order: list[str], days: list[set[str]]) -> None:
    held = [[room for room in order if room in day] for day in days]
    found = in_order(held)
    assert set(found) == set().union(*days)
    for rooms in held:
        assert [room for room in found if room in rooms] == rooms
