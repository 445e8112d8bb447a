"""Rows as lines: TSV for pipes, CSV for spreadsheets, and IDs alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from summitcli.exports.rows import Request, batches
from summitcli.exports.rows.cells import cells
from summitcli.lazy_typing import Any
from summitcli.text.printable import escaped_block, may_hide, printable_document

FORMULA_TRIGGERS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫\u2212")
"""The characters that make a cell a formula if it begins with one of them (OWASP, "CSV Injection").

They include the minus sign and the full-width forms that are used in China and Japan.
"""
LEADING_BLANKS = frozenset("\t\r\n\0")
"""The characters that a spreadsheet may skip before a formula.

A cell that begins with one gets an apostrophe.
"""
CELL_SEPARATORS = frozenset(";\t\r\n")
"""The characters besides the comma at which a spreadsheet may split a line into cells or rows."""


def tsv(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield TSV: a line for each row, with tabs between fields and control characters escaped."""
    if request.header:
        yield "\t".join(request.columns) + "\n"
    for batch in batches(rows):
        yield printable_document(partial(_lines, cells(batch, request.columns)))


def _lines(table: Iterable[Iterable[str]], safe: Callable[[str], str]) -> str:
    return "".join("\t".join(map(safe, line)) + "\n" for line in table)


def csv(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield CSV (RFC 4180) with a header row.

    A text that a spreadsheet would run as a formula gets an apostrophe before it. Invisible characters are
    kept.
    """
    import csv as library
    from io import StringIO

    text = StringIO(newline="")
    writer = library.writer(text)
    writer.writerow(request.columns)
    for batch in batches(rows):
        writer.writerows([_safe_cell(cell) for cell in row] for row in cells(batch, request.columns))
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def ids(rows: Iterable[Any], _request: Request) -> Iterator[str]:
    """Yield the ID of each row, one per line and each once, as arguments for ``summit show`` and the like."""
    table: set[str] = set()
    for batch in batches(rows):
        found = [id_ for id_ in dict.fromkeys(row.id for row in batch) if id_ not in table]
        table.update(found)
        yield "".join(f"{id_}\n" for id_ in found)


def _safe_cell(cell: str) -> str:
    """Return ``cell`` changed so that no spreadsheet runs it as a formula."""
    return escaped_block(cell if _is_plain(cell) else _with_apostrophes(cell))


def _is_plain(cell: str) -> bool:
    """Return whether ``cell`` needs no change: it begins with a letter or digit and has no separators."""
    if ";" in cell or "\n" in cell or "\t" in cell or "\r" in cell:
        return False
    return not cell or (cell[0].isalnum() and not may_hide(cell[0]))


def _with_apostrophes(cell: str) -> str:
    """Return ``cell`` with an apostrophe wherever a formula could begin.

    A formula could begin at the start of the cell, and after every character at which another program may
    split it. Blanks, quotes and invisible characters may stand before it.
    """
    pieces = [""]
    begins = True
    for character in cell:
        if begins and character in FORMULA_TRIGGERS:
            pieces[-1] = "'" + pieces[-1]
            begins = False
        if character in CELL_SEPARATORS:
            pieces += [character, ""]
            begins = True
        else:
            pieces[-1] += character
            begins = begins and _is_blank(character)
    whole = "".join(pieces)
    return f"'{whole}" if cell[0] in LEADING_BLANKS and not whole.startswith("'") else whole


def _is_blank(character: str) -> bool:
    """Return whether ``character`` may stand before a formula: a blank, a quote or an invisible character."""
    if character in "\"'" or character.isspace() or not character.isprintable():
        return True
    from summitcli.text.invisible import is_ignorable

    return is_ignorable(character)
