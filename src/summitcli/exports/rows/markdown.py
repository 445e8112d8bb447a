"""Rows as a Markdown table (GitHub Flavored Markdown, section 4.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from summitcli.exports.rows import Request, batches
from summitcli.exports.rows.cells import cells
from summitcli.lazy_typing import Any
from summitcli.text.printable import printable_document

_ESCAPES = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|~&"})


def md(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield a Markdown table with a line for each row. Markdown syntax in the cells is escaped."""
    columns = request.columns
    yield _line(columns) + _line(["---"] * len(columns))
    for batch in batches(rows):
        yield printable_document(partial(_lines, cells(batch, columns)))


def _lines(table: Iterable[Iterable[str]], safe: Callable[[str], str]) -> str:
    return "".join(_line(safe(cell).translate(_ESCAPES) for cell in row) for row in table)


def _line(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |\n"
