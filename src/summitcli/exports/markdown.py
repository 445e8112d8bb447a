"""A Markdown table (GitHub Flavored Markdown, section 4.10)."""

from collections.abc import Sequence
from typing import Any

from summitcli.exports.cells import cells
from summitcli.printable import printable

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|~&"})


def md(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """A table of ``columns``; what Markdown would act on inside a cell is escaped."""
    lines = [columns, ["---"] * len(columns)]
    lines += [[printable(cell).translate(_ESCAPES) for cell in row] for row in cells(rows, columns)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
