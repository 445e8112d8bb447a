"""The names most similar to a text without matches."""

import pytest

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from tests.search.conferences import named


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("digital economics congress", "digital-economy-forum"), ("数字经济博物馆", "digital-economy-forum"),
        ("qukuailianjishu", "contest-blockchain"), ("robotics", "contest-youth-robots"),
        ("cyberpunk", "cybersecurity-forum"),
    ],
)  # fmt: skip
def test_the_nearest_name_comes_first(bundled: Catalog, text: str, nearest: str) -> None:
    assert bundled.nearest(text)[0].id == nearest


def test_a_name_is_near_that_has_half_of_the_text_in_a_row() -> None:
    catalog = named("Robots", "数字经济", "数据")
    assert [session.title for session in catalog.nearest("robotics")] == ["Robots"]
    assert [session.title for session in catalog.nearest("robotchen")] == ["Robots"]
    assert catalog.nearest("robotchensx") == catalog.nearest("robes") == catalog.nearest("bot") == []
    assert [session.title for session in catalog.nearest("数字恐龙")] == ["数字经济"]
    assert catalog.nearest("数字大恐龙") == []


@pytest.mark.parametrize("text", ["", "🎉", "x", "ЖЖЖЖ", "hello world", "machine learning", "比特币"])
def test_names_with_nothing_in_common_are_not_near(bundled: Catalog, text: str) -> None:
    assert bundled.nearest(text) == []


def test_filters_apply(bundled: Catalog) -> None:
    found = bundled.nearest("digital chinoiserie", Query(categories=("contest",)))
    assert {session.category for session in found} == {"contest"}


def test_fewer_than_asked_for_where_there_are_fewer() -> None:
    assert [session.title for session in named("Forum", "数字").nearest("forumx")] == ["Forum"]
