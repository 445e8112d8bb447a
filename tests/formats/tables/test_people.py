"""The names in one cell."""

import pytest

from summitcli.formats.tables.people import most_names, read_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("Ada", ("Ada",)),
        ("Ada, Bob", ("Ada", "Bob")),
        ("Ada; Bob, Jr.", ("Ada", "Bob, Jr.")),
        ("Ada\nBob", ("Ada", "Bob")),
        ("李雷、韩梅梅", ("李雷", "韩梅梅")),
        ("Ada and Bob", ("Ada", "Bob")),
        ("Ada, Bob & Eve", ("Ada", "Bob", "Eve")),
        ("Ada und Bob", ("Ada", "Bob")),
        ("Ada et Bob", ("Ada", "Bob")),
        ("Ada Andersen", ("Ada Andersen",)),
        ("Ada (ACME, Inc.), Bob", ("Ada (ACME, Inc.)", "Bob")),
        ("Ada, Ada", ("Ada",)),
        ("Ada <ada@a.example>, Bob", ("Ada", "Bob")),
        ("bob@a.example", ()),
        ("Ada (mailto:ada@a.example)", ("Ada",)),
        ("Ada [ ada@a.example ]; Bob, Jr. <bob@a.example>", ("Ada", "Bob, Jr.")),
        ("Ada @ACME, Bob", ("Ada @ACME", "Bob")),
        ("Ada  and  Bob ,  Eve", ("Ada", "Bob", "Eve")),
        ("Ada / Bob", ("Ada", "Bob")),
        ("AC/DC", ("AC/DC",)),
        ("Ada (x, Bob", ("Ada (x, Bob",)),
    ],
)
def test_names_are_separated(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


def test_names_in_a_table_of_this_program_have_commas_without_blanks_between_them() -> None:
    assert read_names("Ada,Bob, Jr.,Eve and Co", is_own=True) == ("Ada", "Bob, Jr.", "Eve and Co")


def test_a_comma_in_parentheses_stays_in_the_name_in_a_table_of_this_program() -> None:
    assert read_names("Ader Fu(Yao-De,Fu),Bo", is_own=True) == ("Ader Fu(Yao-De,Fu)", "Bo")
    assert read_names("Ada (,Bo", is_own=True) == ("Ada (", "Bo")


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("Ada", 1), ("Ada, Bob", 2), ("Ada; Bob, Jr.", 3), ("Ada and Bob", 2)]
)
def test_no_cell_has_more_names_than_counted(text: str, number: int) -> None:
    assert most_names(text) == number >= len(read_names(text))
