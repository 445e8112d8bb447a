"""The order of matches."""

import pytest

from summitcli.model import Category, Session, Slot, Text
from summitcli.search.answers import Field, Kind, Position
from tests.search.conferences import DAY, built, found, named, schedule_of


def test_the_whole_name_then_its_beginning_then_a_word_then_anywhere() -> None:
    names = ["中国数据大会", "峰会·数据", "数据会", "数据"]
    catalog = named(*names)
    assert found(catalog, "数据") == found(catalog, "shuju") == found(catalog, "sj") == names[::-1]
    assert [(hit.position, hit.field) for hit in catalog.search("数据").hits] == [
        (position, Field.NAME)
        for position in (Position.WHOLE, Position.BEGINNING, Position.WORD, Position.ANYWHERE)
    ]


def test_literal_then_pinyin_then_inside_words_then_initials_then_southern() -> None:
    catalog = named("三地", "四海安", "Marshan", "山地", "Shan")
    assert [(hit.session.title, hit.kind) for hit in catalog.search("shan").hits] == [
        ("Shan", Kind.LITERAL),
        ("山地", Kind.PINYIN),
        ("Marshan", Kind.INSIDE),
        ("四海安", Kind.INITIALS),
        ("三地", Kind.SOUTHERN),
    ]


def test_words_together_before_words_scattered() -> None:
    names = ["Economy of the Digital Age", "New Digital Economy"]
    assert found(named(*names), "digital economy") == names[::-1]


def test_a_name_before_a_speaker_before_a_category_and_a_room_before_a_description() -> None:
    def session(id_: str, title: str, **fields: object) -> Session:
        room = "Ada Hall" if id_ == "room" else None
        return Session.model_validate(
            {"id": id_, "title": title, "slots": (Slot(day=DAY, room=room),), **fields}, strict=False
        )

    catalog = built(
        schedule_of(
            session("described", "One", description="About Ada."),
            session("room", "Two"),
            session("category", "Three", category="ada"),
            session("speaker", "Four", speakers=("Ada Lovelace",)),
            session("name", "Programming in Ada"),
            categories=(Category(id="ada", name=Text("Ada track")),),
        )
    )
    hits = catalog.search("ada", full=True).hits
    assert [(hit.session.id, hit.field) for hit in hits] == [
        ("name", Field.NAME), ("speaker", Field.SPEAKER), ("room", Field.PLACE), ("category", Field.PLACE),
        ("described", Field.DESCRIPTION),
    ]  # fmt: skip
    assert [hit.session.id for hit in catalog.search("ada").hits] == ["name", "speaker", "room", "category"]
    assert [hit.session.id for hit in catalog.search("lovelace four").hits] == ["speaker"]


def test_otherwise_the_schedule_s_own_order() -> None:
    names = ["论坛乙", "论坛甲", "论坛丙"]
    assert found(named(*names), "论坛") == found(named(*names), "luntan") == names


def test_every_word_may_be_anywhere_but_lone_syllables_stand_together() -> None:
    catalog = named("数字经济", "经济与数字")
    assert found(catalog, "经济 数字") == ["数字经济", "经济与数字"]
    assert found(catalog, "jing ji") == ["经济与数字", "数字经济"]
    assert found(catalog, "ji shu") == []
    assert found(catalog, "jingji yu") == ["经济与数字"]


def test_words_may_be_of_different_kinds() -> None:
    catalog = named("经济与数字", "Cloud 与数字", "数字与海安")
    for typed in ("数字 jingji", "shuzi 经济", "shuzi jingji"):
        (hit,) = catalog.search(typed).hits
        assert (hit.session.title, hit.kind, hit.position) == ("经济与数字", Kind.PINYIN, Position.SCATTERED)
    (hit,) = catalog.search("shuzi cloud").hits
    assert (hit.session.title, hit.kind) == ("Cloud 与数字", Kind.PINYIN)
    (hit,) = catalog.search("ha shuzi").hits
    assert (hit.session.title, hit.kind) == ("数字与海安", Kind.INITIALS)


@pytest.mark.parametrize(("name", "beginning"), [("中国", "zho"), ("论坛", "lun"), ("广州", "gua")])
def test_three_letters_of_a_syllable_match_and_two_do_not(name: str, beginning: str) -> None:
    catalog = named(name)
    assert found(catalog, beginning) == [name]
    assert found(catalog, beginning[:2]) == []
    assert [hit.kind for hit in catalog.search(beginning).hits] == [Kind.PINYIN]


@pytest.mark.parametrize(
    ("name", "typed", "kind"),
    [
        ("云山地", "云sandi", Kind.SOUTHERN),
        ("云山地", "yunsandi", Kind.SOUTHERN),
        ("云山地", "云san", Kind.SOUTHERN),
        ("数字经济", "数zjj", Kind.INITIALS),
        ("数字经济", "shuzjj", Kind.INITIALS),
        ("AI机器人", "aijiqi", Kind.PINYIN),
        ("AI机器人", "aijq", Kind.INITIALS),
        ("Cybersecurity Forum", "security forum", Kind.INSIDE),
        ("Cybersecurity 论坛", "security luntan", Kind.INSIDE),
        ("阿根廷", "ag", Kind.PINYIN),
        ("Cloud 山地", "cloud 善地", Kind.HOMOPHONE),
        ("山地Cloudy", "善地clou", Kind.HOMOPHONE),
    ],
)
def test_what_is_typed_may_be_mixed(name: str, typed: str, kind: Kind) -> None:
    (hit,) = named(name).search(typed).hits
    assert (hit.session.title, hit.kind) == (name, kind)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("经济与中国", "jingji zh"),
        ("经济与中国", "zh jingji"),
        ("经济与中国", "zh"),
        ("数字Marshan", "shuzishan"),
        ("数字经济", "数jj"),
    ],
)
def test_what_may_not_be_mixed_or_is_too_short_is_not_found(name: str, typed: str) -> None:
    assert named(name).search(typed).hits == ()


def test_one_letter_matches_after_a_complete_syllable() -> None:
    assert found(named("中国", "中文"), "zhongg") == ["中国"]


def test_articles_need_not_be_in_the_name() -> None:
    catalog = named("Future of Forums", "Forum der Zukunft")
    assert found(catalog, "the forum") == ["Forum der Zukunft", "Future of Forums"]
    assert found(catalog, "zukunft von forum") == ["Forum der Zukunft"]
