"""Texts as rows of units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.search.keys import Tokens
from summitcli.search.units import row, singular, spellings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("数字经济", "数 字 经 济"),
        ("大赛·网络安全（车联网）", "大 赛 · 网 络 安 全 · 车 联 网"),
        ("“闽江夜话”活动", "闽 江 夜 话 · 活 动"),
        ("青少年AI机器人", "青 少 年 ai · 机 器 人"),
        ("５Ｇ", "5g"),
        ("State-Owned Enterprises", "state owned enterprises"),
        ("Die 5G-Überwachung, größer", "die 5g uberwachung grosser"),
        ("u\u0308ber Chloé Łukasz Blåhaj", "uber chloe lukasz blahaj"),
        ("ゲーム 한국어 привет", "ゲ ー ム 한국어 привет"),
        ("snake_case", "snake case"),
        ("!? · 🎉", ""),
        ("", ""),
    ],
)
def test_a_text_as_a_row(text: str, expected: str) -> None:
    assert " ".join(row(text)) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Überwachung", {"uberwachung", "ueberwachung"}),
        ("Straße", {"strasse"}),
        ("Øster", {"oster", "oester"}),
        ("Å", {"a", "aa"}),
        ("forums", {"forums", "forum"}),
        ("économies", {"economies", "economy"}),
    ],
)
def test_the_ways_to_type_a_word(word: str, expected: set[str]) -> None:
    assert spellings(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("forums", "forum"), ("economies", "economy"), ("boxes", "box"), ("classes", "class"),
        ("matches", "match"), ("access", "access"), ("status", "status"), ("analysis", "analysis"),
        ("gas", "gas"), ("ties", "tie"), ("s", "s"),
    ],
)  # fmt: skip
def test_the_singular_of_a_word(word: str, expected: str) -> None:
    assert singular(word) == expected


def test_the_tokens_of_a_text() -> None:
    tokens = Tokens({"会": "kh", "云": "y"}.__getitem__)

    def kept(text: str) -> list[str]:
        return sorted(tokens.of(row(text)).split(" "))

    assert kept("Big data forum") == sorted(["^big", "big", "data", "forum", "forum$"])
    assert kept("会·云5G") == sorted(["^会", "会", "云", "_云", "会云", "@hy", "@ky", "云~", "5g", "5g$"])


@given(st.text(st.characters(codec="ascii"), min_size=1).filter(row))
def test_the_tokens_of_a_text_of_words_alone(text: str) -> None:
    words = row(text)
    assert Tokens(str).of(words) == f"{' '.join(words)} ^{words[0]} {words[-1]}$"
