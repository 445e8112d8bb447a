"""The names in one cell."""

import pytest

from summitcli.formats.tables.people import (
    NameStyle,
    is_surname_first,
    most_names,
    read_names,
    read_speakers,
)


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


@pytest.mark.parametrize(
    ("cells", "speakers"),
    [
        # Two such names, and no person of one word.
        (["Meier, Karl", "Schmidt, Eva", "N.N."], ["Meier, Karl", "Schmidt, Eva"]),
        (["Meier, Karl", "Schmidt, Eva und Meier, Karl"], ["Meier, Karl", "Schmidt, Eva | Meier, Karl"]),
        (["Meier, Karl", "von der Au, Dr. Eva", "Orga"], ["Meier, Karl", "von der Au, Dr. Eva", "Orga"]),
        (["Meier, Karl (ACME)", "Núñez, Ana M."], ["Meier, Karl (ACME)", "Núñez, Ana M."]),
        (["Meier, Karl", "Eva Schmidt"], ["Meier, Karl", "Eva Schmidt"]),
        # A list with semicolons shows what a comma means.
        (["Meier, Karl", "Meier, Karl; Schmidt, Eva"], ["Meier, Karl", "Meier, Karl | Schmidt, Eva"]),
        (["Meier, Karl; Au, Eva", "Ada Abt, Bo Bell"], ["Meier, Karl | Au, Eva", "Ada Abt | Bo Bell"]),
        # Otherwise it separates.
        (["Meier, Karl"], ["Meier | Karl"]),
        (["Ada, Bob", "Eve, Bob", "Ada"], ["Ada | Bob", "Eve | Bob", "Ada"]),
        (["Ada, Bob", "Eve, Mo", "Al", "Di"], ["Ada | Bob", "Eve | Mo", "Al", "Di"]),
        (["ada, bob", "eve, mo"], ["ada | bob", "eve | mo"]),
        (["李雷, 韩梅梅", "王明，李雷"], ["李雷 | 韩梅梅", "王明 | 李雷"]),
        (["Ada Andersen, Bo Bell", "Eve East, Al Abt"], ["Ada Andersen | Bo Bell", "Eve East | Al Abt"]),
        (["Ada, Bob, Eve", "Al, Di, Mo"], ["Ada | Bob | Eve", "Al | Di | Mo"]),
    ],
)  # fmt: skip
def test_a_column_decides_whether_a_comma_belongs_to_a_name(cells: list[str], speakers: list[str]) -> None:
    style = NameStyle()
    for cell in cells:
        style.add(cell)
    read = [" | ".join(read_speakers(cell, style.keeps_commas)) for cell in cells]
    assert style.doubtful == (cells[0] if cells == ["Meier, Karl"] else "")
    assert list(filter(None, read)) == speakers


@pytest.mark.parametrize(
    "text",
    ["N.N.", "N. N.", "NN", "TBA", "t.b.a.", "tbd", "TBC", "?", "–", "…", "n/a", "To be announced", "待定",
     "无", "wird noch bekannt gegeben", "À confirmer", "N.N.; TBA", " - "],
)  # fmt: skip
def test_a_text_that_stands_for_nobody_is_no_speaker(text: str) -> None:
    assert read_speakers(text) == ()
    assert read_speakers(f"Ada Andersen; {text}") == ("Ada Andersen",)
    assert read_speakers(text, is_own=True) != ()


def test_a_long_text_is_no_surname_first() -> None:
    assert not is_surname_first("von " * 100_000 + "A, B")
    assert is_surname_first("O’Neill-Brown, Zoë")
