"""Typing errors."""

import pytest

from summitcli.search.answers import Stage
from summitcli.search.typos import edits
from tests.search.conferences import named


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Blockchain", "blokchain"), ("Blockchain", "blockkchain"), ("Blockchain", "blockchian"),
        ("Blockchain", "vlockchain"), ("Data", "dats"), ("Überwachung", "uberwacung"),
        ("Überwachung", "ueberwachnug"), ("Cybersecurity", "cybresec"),
        ("Digital Economy", "digitel econmy"), ("数字经济", "shuzijngji"), ("数字经济", "shuuzijingji"),
        ("数字经济", "shzuijingji"), ("数字经济", "shuzijnigji"), ("数字经济", "shu zi jign ji"),
        ("数字经济", "suzijimgji"), ("数字经济", "数字经营"), ("数字经济", "数经字济"),
        ("数字经济", "素字经济"), ("数字经济", "数字经济论"), ("数字经济 Forum", "数字经营 forom"),
    ],
)  # fmt: skip
def test_one_typing_error_in_a_word_is_corrected(name: str, typed: str) -> None:
    answer = named("开幕式 Opening", name).search(typed)
    assert [hit.session.title for hit in answer.hits] == [name]
    assert answer.stage is Stage.SLIPS


@pytest.mark.parametrize(
    "typed",
    [
        "blokchian",
        "bockchan",
        "dts",
        "shzjgji",
        "数学经营",
        "经营",
        "数字",
        "字经营",
        "abcd",
        "datas science",
    ],
)
def test_more_errors_are_not_corrected(typed: str) -> None:
    assert named("Blockchain", "Data", "经济大会", "数据").search(typed).hits == ()


def test_errors_are_corrected_only_without_exact_matches() -> None:
    answer = named("Forum", "Forums of data", "Forun").search("forun")
    assert [hit.session.title for hit in answer.hits] == ["Forun"]
    assert answer.exact


def test_the_edits_of_a_word() -> None:
    assert edits("ab", "abc") == {
        "a", "b", "ba", "bb", "cb", "aa", "ac", "aab", "bab", "cab", "abb", "acb", "aba", "abc",
    }  # fmt: skip
