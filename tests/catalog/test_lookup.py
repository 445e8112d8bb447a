"""Resolving what a user typed in place of a session ID."""

import json

import pytest

from summitcli.catalog.lookup import Resolution, resolve
from summitcli.catalog.queries import Catalog
from summitcli.model import Schedule
from tests.schedules import document, session
from tests.search.conferences import built


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
    assert resolve(bundled, text) == Resolution()


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        ("大数据", "big-data-forum"), ("Big Data", "big-data-forum"), ("数字经济", "digital-economy-forum"),
        ("数字", None), ("cloud", None), ("fujian", None), ("contest", None), ("论坛", None), ("shuzi", None),
    ],
)  # fmt: skip
def test_the_title_that_a_text_begins_or_completes_is_likeliest(
    bundled: Catalog, text: str, likeliest: str | None
) -> None:
    found = resolve(bundled, text)
    assert not found.certain
    assert (found.likeliest and found.likeliest.id) == likeliest


def test_a_word_is_not_begun_by_a_part_of_it() -> None:
    titles = "Art and maps", "Artificial minds", "On art"
    sessions = (session(f"s{n}", title=title) for n, title in enumerate(titles))
    catalog = built(Schedule.model_validate_json(json.dumps(document(*sessions))))
    found = resolve(catalog, "art")
    assert [row.title for row in found.sessions] == ["Art and maps", "Artificial minds", "On art"]
    assert found.likeliest and found.likeliest.title == "Art and maps"
