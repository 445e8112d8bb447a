"""The rows of a table, in a form that all kinds of files share."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A row of a table, not blank."""

    number: int
    """The row's number as a spreadsheet shows it, counted from 1."""
    cells: Sequence[str]
    """The texts of the row's cells."""
    line: int | None = None
    """The line of the file on which the row begins, counted from 1; None for a workbook."""

    def cell(self, column: int | None) -> str:
        """Return the text of the cell in a column, without outer blanks; empty if there is no such column."""
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    @property
    def only(self) -> str:
        """Return the only text in the row; empty if there are no texts, or several.

        The same text in several cells counts as one text, because merged cells repeat it.
        """
        texts = {text for cell in self.cells if (text := cell.strip())}
        return texts.pop() if len(texts) == 1 else ""


Rows = Callable[[], Iterator[Row]]
"""A function that returns a new iterator over the rows of a table, except blank ones."""


def cell_name(row: Row, column: int) -> str:
    """Return the name of a cell as spreadsheets show it, such as ``C7``."""
    return f"{column_name(column)}{row.number}"


def column_name(column: int) -> str:
    """Return the letters of a column: ``A`` for 0, ``Z`` for 25, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(name: str) -> int | None:
    """Return the number of the column with these letters: 0 for ``A``; None if there is no such column."""
    name = name.strip().upper()
    if not 1 <= len(name) <= 3 or not name.isascii() or not name.isalpha():
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
