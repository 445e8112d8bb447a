"""The rows of a table, whatever file it is in."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One row that is not blank."""

    number: int
    """Its number as a spreadsheet shows it, counted from 1."""
    cells: Sequence[str]
    """The texts of its cells."""
    line: int | None = None
    """The line of the file that it begins on, counted from 1; None if the file has no lines."""

    def cell(self, column: int | None) -> str:
        """Return the text of a cell, stripped; empty if there is no such column."""
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    @property
    def only(self) -> str:
        """Return the text of a row that has no other; a merged cell repeats it. Otherwise empty."""
        texts = {text for cell in self.cells if (text := cell.strip())}
        return texts.pop() if len(texts) == 1 else ""


Rows = Callable[[], Iterator[Row]]
"""Begins to read the rows of a table anew; blank ones are left out."""


def cell_name(row: Row, column: int) -> str:
    """Return the name of a cell in a spreadsheet, such as ``C7``."""
    return f"{column_name(column)}{row.number}"


def column_name(column: int) -> str:
    """Return the letters of a column, counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(name: str) -> int | None:
    """Return the number of a column, counted from 0, by its letters; None if they are not a column's."""
    name = name.strip().upper()
    if not 1 <= len(name) <= 3 or not name.isascii() or not name.isalpha():
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
