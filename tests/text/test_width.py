"""The width of text in a terminal, and line breaking."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.text.width import CLOSING, OPENING, width, wrapped
from tests.conftest import examples

TEXTS = st.text("ab -数字，。（“”）x", max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("summit", 6),
        ("数字", 4),
        ("数字 a", 6),
        ("（…）", 5),
        ("ｗ", 2),
        ("e\u0301", 1),
        ("می\u200cخ", 3),
    ],
)
def test_a_wide_character_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 13, ["one two three"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("with --day 2022-07-23", 10, ["with --day", "2022-07-23"]),
        ("数字经济分论坛", 6, ["数字经", "济分论", "坛"]),
        ("数字经，济", 6, ["数字", "经，济"]),
        ("数字（经济）", 6, ["数字", "（经", "济）"]),
        ("用 --day 选一天", 8, ["用 --day", "选一天"]),
    ],
)
def test_a_line_ends_where_its_script_allows(text: str, columns: int, lines: list[str]) -> None:
    assert wrapped(text, columns) == lines


@settings(max_examples=examples(1000), deadline=None)
@given(TEXTS, st.integers(2, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert max(map(width, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=examples(1000), deadline=None)
@given(st.lists(st.sampled_from(["数字，", "（经济）", "“福”", "论坛"]), max_size=12).map("".join))
def test_no_line_begins_or_ends_with_a_mark_that_may_not(text: str) -> None:
    lines = wrapped(text, 12)
    assert [line for line in lines if line and (line[0] in CLOSING or line[-1] in OPENING)] == []
