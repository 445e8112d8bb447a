"""Resolving what a user typed in place of a session ID."""

import pytest

from summitcli.catalog.lookup import resolve
from summitcli.catalog.queries import Catalog


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("main-forum", "main-forum"), ("digital-fu", "digital-fujian-forum"), ("开幕式", "opening-ceremony"),
        ("主论坛", "main-forum"), ("区块链", "contest-blockchain"), ("qkl", "contest-blockchain"),
        ("kaimushi", "opening-ceremony"), ("blockchain", "contest-blockchain"),
        ("闽江", "minjiang-night-talks"), ("big data forum", "big-data-forum"),
        ("数字经济分论坛", "digital-economy-forum"), ("e-g", "e-government-forum"),
        ("Digital-Fu", "digital-fujian-forum"), ("ＭＡＩＮ-forum", "main-forum"),
    ],
)  # fmt: skip
def test_a_text_that_refers_to_one_session(bundled: Catalog, text: str, meant: str) -> None:
    found = resolve(bundled, text)
    assert found.certain
    assert [session.id for session in found.sessions] == [meant]


@pytest.mark.parametrize(
    ("text", "first", "number"),
    [
        ("digital-f", "digital-fujian-forum", 1), ("cloud", "cloud-ecosystem-conference", 2),
        ("数字经济", "digital-economy-forum", 2), ("shuzi", "digital-economy-forum", 5),
        ("contest", "contest-city-design", 5),
    ],
)  # fmt: skip
def test_a_text_that_may_refer_to_several_sessions(
    bundled: Catalog, text: str, first: str, number: int
) -> None:
    found = resolve(bundled, text, limit=5)
    assert (found.certain, found.exact) == (number == 1, True)
    assert found.sessions[0].id == first
    assert len(found.sessions) == number


@pytest.mark.parametrize("text", ["blokchain", "大数据论坛", "数字经计"])
def test_an_approximate_match_is_never_certain(bundled: Catalog, text: str) -> None:
    found = resolve(bundled, text)
    assert found.sessions
    assert (found.certain, found.exact) == (False, False)


def test_a_single_digit_is_never_a_certain_search(bundled: Catalog) -> None:
    found = resolve(bundled, "1")
    assert [session.id for session in found.sessions] == ["green-belt-road-forum"]
    assert (found.certain, found.exact) == (False, False)


@pytest.mark.parametrize("text", ["", " ", "qwxz", "-", "--"])
def test_a_text_that_matches_nothing(bundled: Catalog, text: str) -> None:
    assert resolve(bundled, text) == ((), False, False)
