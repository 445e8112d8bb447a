"""The syllables of typed characters, and their table."""

from scripts.syllables import TABLE, table

from summitcli.search.homophones import syllables
from summitcli.search.typed import read


def test_the_table_is_what_the_script_writes() -> None:
    assert TABLE.read_text("utf-8") == table(), "run `make docs`"


def test_each_reading_has_the_places_of_its_characters() -> None:
    assert syllables(read("重大 AI 绿色 大")) == {
        "zhong": [(0, 1)],
        "chong": [(0, 1)],
        "da": [(1, 2)],
        "dai": [(1, 2)],
        "lv": [(4, 5)],
        "se": [(5, 6)],
        "shai": [(5, 6)],
    }


def test_a_text_without_neighbouring_characters_has_none() -> None:
    assert syllables(read("大 AI 数 5G链 ひらがな")) == {}
