"""Rows and the names of their cells."""

import pytest

from summitcli.formats.tables.rows import Row, cell_name, column_name, column_number


@pytest.mark.parametrize(
    ("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_the_letters_of_a_column(number: int, name: str) -> None:
    assert column_name(number) == name
    assert column_number(name) == column_number(name.lower()) == number


@pytest.mark.parametrize("name", ["", "A1", "AAAA", "Ä", "1"])
def test_what_names_no_column(name: str) -> None:
    assert column_number(name) is None


def test_the_cells_of_a_row() -> None:
    row = Row(7, ("", " a ", "b"))
    assert (row.cell(1), row.cell(3), row.cell(None), cell_name(row, 2)) == ("a", "", "", "C7")


@pytest.mark.parametrize(
    ("cells", "only"), [(("", "a", ""), "a"), (("a", "a"), "a"), (("a", "b"), ""), ((), "")]
)
def test_the_only_text_of_a_row(cells: tuple[str, ...], only: str) -> None:
    assert Row(1, cells).only == only
