"""Tests of the search for the best plan, against a reference that tries every plan."""

import pytest

from summitcli.agenda.plan_search import Walking, search
from tests.agenda.plan_reference import Problem, best_by_trying, crowded, problem, value_of
from tests.conftest import examples


@pytest.mark.parametrize(("seed", "sessions", "effort"), [(2, 12, 433), (10, 20, 1133), (9, 8, 34549)])
def test_few_options_are_visited_until_a_plan_is_known_to_be_the_best(
    seed: int, sessions: int, effort: int
) -> None:
    options = crowded(seed, sessions)
    unit = (1 << len(options)) * (len(options) + 1)
    found = search(options, unit=unit, effort=effort)
    assert found.bound == found.value
    hurried = search(options, unit=unit, effort=effort - 1)
    assert hurried.bound > found.value >= hurried.value


@pytest.mark.parametrize("seed", range(20))
def test_an_unfinished_search_leaves_out_nothing_that_fits(seed: int) -> None:
    given = Problem(crowded(seed, 30), (), Walking(10, 1))
    found = search(*given, effort=1)
    plan = [given.options[number] for number in found.chosen]
    sessions = {option.session for option in plan}
    for option in given.options:
        if option.session not in sessions:
            longer = sorted([*plan, option], key=lambda one: (one.start, one.end))
            assert value_of(given, longer) is None


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, examples(5_000), 50)])
def test_the_plan_is_the_best_of_all(seeds: range) -> None:
    for seed in seeds:
        given = problem(seed)
        found = search(*given)
        plan = [given.options[number] for number in found.chosen]
        expected = best_by_trying(given)
        assert (seed, found.value, found.bound) == (seed, expected, expected)
        assert value_of(given, plan) == expected
