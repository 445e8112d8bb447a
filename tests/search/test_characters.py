"""The ways to type a character, and the matches they lead to."""

import pytest

from summitcli.search.characters import southern, ways_to_type
from tests.search.conferences import found, named


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("重庆论坛", "chongqing"), ("重大项目", "zhongda"), ("银行转型", "yinhang"), ("行业发展", "hangye"),
        ("旅行路线", "lvxing"), ("旅行路线", "luxing"), ("旅行路线", "lüxing"), ("音乐会", "yinyue"),
        ("快乐会", "kuaile"), ("会计", "kuaiji"), ("长乐机场", "changle"), ("校长会议", "xiaozhang"),
        ("侵略", "qinlve"), ("侵略", "qinlue"), ("女性", "nv"), ("女性", "nu"), ("西藏", "xizang"),
        ("第二届", "第2届"), ("五号馆", "5号馆"), ("头髮", "頭发"), ("后面", "後面"), ("裡面", "里面"),
        ("臺灣", "台湾"), ("台湾", "臺灣"), ("軟體", "软体"), ("ゲーム", "ゲーム"), ("西安", "xi an"),
        ("先进", "xianjin"), ("shù字", "shuzi"), ("数字", "shùzì"), ("重庆", "cq"), ("银行", "yh"),
    ],
)  # fmt: skip
def test_every_common_way_to_type_is_understood(name: str, typed: str) -> None:
    assert found(named(name), typed) == [name]


@pytest.mark.parametrize(
    ("name", "typed"), [("先进", "xi an"), ("数字", "szx"), ("数字", "z"), ("区块", "ok")]
)
def test_other_characters_are_not_found(name: str, typed: str) -> None:
    assert found(named(name), typed) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhi", "zi"), ("chi", "ci"), ("shi", "si"), ("nan", "lan"), ("gan", "gang"), ("men", "meng"),
     ("xin", "xing")],
)  # fmt: skip
def test_southern_sounds_are_mixed_both_ways(one: str, other: str) -> None:
    assert one in southern(other)
    assert other in southern(one)


def test_southern_sounds_are_mixed_at_both_ends_of_a_syllable() -> None:
    assert southern("zhang") == {"zhang", "zang", "zhan", "zan"}
    assert southern("ma") == {"ma"}


def test_no_characters_have_no_ways() -> None:
    assert list(ways_to_type("")) == []
