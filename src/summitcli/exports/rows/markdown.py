"""A Markdown table (GitHub Flavored Markdown, section 4.10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitcli.exports.rows import Request
from summitcli.exports.rows.cells import cells
from summitcli.lazy_typing import Any
from summitcli.text.printable import printable_document

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|~&"})


def md(rows: Sequence[Any], request: Request) -> str:
    """A table of ``columns``; what Markdown would act on inside a cell is escaped."""
    columns = request.columns
    head = [columns, ["---"] * len(columns)]
    known = cells(rows, columns)

    def write(safe: Callable[[str], str]) -> str:
        lines = [*head, *([safe(cell).translate(_ESCAPES) for cell in row] for row in known)]
        return "".join(f"| {' | '.join(line)} |\n" for line in lines)

    return printable_document(write)
