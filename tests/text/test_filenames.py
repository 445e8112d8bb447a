"""File names made of names in any script."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.text.filenames import MAX_BYTES, MAX_CHARACTERS, file_name, file_names
from summitcli.text.folding import fold
from summitcli.text.ids import RESERVED
from tests.conftest import examples


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Great Hall", "Great-Hall"),
        (
            "数字中国创新大赛·网络安全赛道（车联网安全赛）总决赛",
            "数字中国创新大赛-网络安全赛道-车联网安全赛-总决赛",
        ),
        ("Großer Saal / Süd", "Großer-Saal-Süd"),
        ("Зал №1", "Зал-1"),
        ("कक्ष १", "कक्ष-१"),
        ("../../etc/passwd", "etc-passwd"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("A1.", "A1"),
        ("a\x00b\n\u202ec", "a-b-c"),
        ("room_1 -- east", "room_1-east"),
        ("u\u0308ber", "über"),
        ("CON", "CON_"),
        ("com¹", "com¹_"),
        ("console", "console"),
        ("🎉\ufe0f", "unnamed"),
        ("", "unnamed"),
        ("x" * 81, "x" * 80),
        ("字" * 80, "字" * 66),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_a_name_becomes_one_that_every_system_can_store(name: str, expected: str) -> None:
    assert file_name(name) == expected


def test_no_two_are_alike_where_case_does_not_count() -> None:
    assert file_names(["Hall", "hall", "HALL!", "hall-2", "?", "!", "Ｈａｌｌ"]) == [
        "Hall", "hall-2", "HALL-3", "hall-2-2", "unnamed", "unnamed-2", "Ｈａｌｌ-4"]  # fmt: skip
    assert file_names(["x" * 90, "x" * 91, "字" * 90, "字" * 91]) == [
        "x" * 80, "x" * 78 + "-2", "字" * 66, "字" * 66 + "-2"]  # fmt: skip


@settings(max_examples=examples(1000))
@given(st.lists(st.text(max_size=100), max_size=5))
def test_any_names_become_different_safe_ones(names: list[str]) -> None:
    made = file_names(names)
    assert len({fold(one) for one in made}) == len(names)
    for one in made:
        assert 0 < len(one) <= MAX_CHARACTERS + 2
        assert len(one.encode()) <= MAX_BYTES + 2
        assert one.lower() not in RESERVED
        assert not one.startswith("-")
        assert all(character in "_-" or unicodedata.category(character)[0] in "LMN" for character in one)
