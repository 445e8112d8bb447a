"""Figures of the source that must not get worse."""

import pytest
from scripts.stats import Function, Stats, cycles, is_imperative, measure, report

LONGEST_FUNCTION = 50
"""The length limit of functions, in lines."""
LONG_MODULES: tuple[str, ...] = ()
"""Modules that are still too long."""
MIRRORED = 0.95
IMPERATIVE = 0.97


def test_the_source_is_as_it_should_be() -> None:
    stats = measure()
    assert stats.longest.lines <= LONGEST_FUNCTION, stats.longest
    assert set(stats.long_modules) <= set(LONG_MODULES)
    assert stats.cycles == ()
    assert stats.mirrored >= MIRRORED, stats.unmatched
    assert stats.imperative >= IMPERATIVE, stats.not_imperative


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Return the sessions.", True),
        ("Pass on what is left.", True),
        ("Yield, in order, the days.", True),
        ("Returns the sessions.", False),
        ("Whether it is there.", False),
        ("The sessions.", False),
        ("``text`` in lower case.", False),
    ],
)
def test_an_imperative_is_recognised_by_its_first_word(sentence: str, expected: bool) -> None:
    assert is_imperative(sentence) is expected


def test_cycles_are_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"f"}, "f": {"e"}}
    assert sorted(cycles(graph)) == [("a", "b", "c"), ("e", "f")]


def test_the_report() -> None:
    stats = Stats(
        2,
        1234,
        3,
        7.5,
        Function("a.py", "f", 40),
        (),
        (("a", "b"),),
        4,
        ("tests/test_x.py",),
        3,
        ("a.py:f: The",),
    )
    assert report(stats) == (
        "modules                  2\n"
        "lines                    1,234\n"
        "functions                3, median 7.5 lines\n"
        "longest function         40 lines: a.py:f\n"
        "modules over 400 lines   none\n"
        "cycles of files          a ↔ b\n"
        "test files               4, 75% beside their module\n"
        "                         tests/test_x.py\n"
        "docstrings of functions  3, 66.7% begin with a verb\n"
        "                         a.py:f: The\n"
    )
