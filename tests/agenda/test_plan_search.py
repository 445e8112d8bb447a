"""Tests of the search for the best plan, against a reference that tries every plan."""

import pytest

from summitcli.agenda.plan_search import search
from tests.agenda.plan_reference import best_by_trying, problem, value_of
from tests.conftest import examples


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, examples(5_000), 50)])
def test_the_plan_is_the_best_of_all(seeds: range) -> None:
    for seed in seeds:
        given = problem(seed)
        found = search(*given)
        plan = [given.options[number] for number in found.chosen]
        expected = best_by_trying(given)
        assert (seed, found.value, found.bound) == (seed, expected, expected)
        assert value_of(given, plan) == expected
