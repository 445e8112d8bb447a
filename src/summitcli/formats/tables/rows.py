"""The rows of a table, independent of the kind of its file."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One row of a table that is not blank."""

    number: int
    """The row's number as a spreadsheet shows it, counted from 1."""
    cells: Sequence[str]
    """The texts of the row's cells."""
    line: int | None = None
    """The line of the file on which the row begins, counted from 1; None if the file has no lines."""

    def cell(self, column: int | None) -> str:
        """Return the text of the cell in a column, stripped; empty if there is no such column."""
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    @property
    def only(self) -> str:
        """Return the text that is the only one in the row; empty if there are several texts, or none.

        A row counts as having one text even if it is repeated, as the text of a merged cell may be.
        """
        texts = {text for cell in self.cells if (text := cell.strip())}
        return texts.pop() if len(texts) == 1 else ""


Rows = Callable[[], Iterator[Row]]
"""A function that begins to read the rows of a table again; blank rows are left out."""


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
    """Return the number of a column, counted from 0, for its letters; None if they mean no column."""
    name = name.strip().upper()
    if not 1 <= len(name) <= 3 or not name.isascii() or not name.isalpha():
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
