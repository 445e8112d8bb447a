"""Approximate matches."""

import pytest

from summitcli.catalog.queries import Catalog
from summitcli.search.answers import Stage
from tests.search.conferences import named


def close(catalog: Catalog, text: str) -> tuple[Stage, list[str]]:
    answer = catalog.search(text)
    return answer.stage, [hit.session.title for hit in answer.hits]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("国有企业数字化转型", "国企"), ("国有企业数字化转型", "国企转型"), ("大数据分论坛", "大数据论坛"),
        ("大数据分论坛", "dashujuluntan"), ("数字福建", "福建数字"), ("区块链赛道", "赛道qkl"),
        ("5G应用及6G愿景分论坛", "5G论坛"), ("Digital Economy Forum", "digitalforum"),
        ("Digital Economy Forum", "forumdigital"),
    ],
)  # fmt: skip
def test_units_left_out_or_words_joined(name: str, typed: str) -> None:
    assert close(named("开幕式", name), typed) == (Stage.LEFT_OUT, [name])


def test_smaller_gaps_come_first() -> None:
    catalog = named("数字中国经济", "数据经济")
    assert close(catalog, "数经") == (Stage.LEFT_OUT, ["数据经济"])
    assert close(named("数字中经济", "数据经济"), "数经") == (Stage.LEFT_OUT, ["数据经济", "数字中经济"])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("区块链赛道", "区快链"), ("区块链赛道", "區快鏈"), ("数字经济", "数字经计"), ("经济大会", "经计"),
        ("大数据分论坛", "大树据 论坛"), ("大数据分论坛", "大树ju"), ("AI机器人", "ai机器仁"),
        ("5G应用", "5G硬用"), ("重庆论坛", "虫庆论坛"), ("绿色数字", "律色"),
        ("创新大赛·区块链", "区快链大赛"),
    ],
)  # fmt: skip
def test_characters_that_sound_the_same(name: str, typed: str) -> None:
    assert close(named("开幕式", name), typed) == (Stage.HOMOPHONES, [name])


@pytest.mark.parametrize("typed", ["树", "5树", "ai 快", "大书桌", "数字 精", "ひら"])
def test_a_single_character_has_no_homophones(typed: str) -> None:
    assert close(named("大数据", "区块链 5数", "平假名"), typed) == (Stage.AS_TYPED, [])


def test_homophones_come_after_what_is_written_so() -> None:
    assert close(named("数据", "树据"), "树据") == (Stage.AS_TYPED, ["树据"])
    assert close(named("国旗", "国有企业"), "国企") == (Stage.LEFT_OUT, ["国有企业"])
    assert close(named("数字经营", "数字经济"), "数字经计") == (Stage.HOMOPHONES, ["数字经济"])


def test_more_than_half_of_the_words() -> None:
    catalog = named("Digital Health Forum", "Digital Economy Forum", "Smart Energy Forum")
    assert close(catalog, "digital health congress") == (Stage.SOME_WORDS, ["Digital Health Forum"])
    assert close(catalog, "digital congress") == (Stage.AS_TYPED, [])
    assert close(catalog, "the future of a forum in digital space") == (
        Stage.SOME_WORDS,
        ["Digital Health Forum", "Digital Economy Forum"],
    ) or close(catalog, "the future of a forum in digital space") == (Stage.AS_TYPED, [])


@pytest.mark.parametrize("typed", ["国市", "企国", "企有国", "数企字国", "guoqi", "国企开幕"])
def test_what_is_too_far_off_is_not_found(typed: str) -> None:
    assert close(named("国有企业数字化转型", "开幕式"), typed) == (Stage.AS_TYPED, [])


def test_no_approximate_matches_beside_exact_ones() -> None:
    assert close(named("国企", "国有企业"), "国企") == (Stage.AS_TYPED, ["国企"])
