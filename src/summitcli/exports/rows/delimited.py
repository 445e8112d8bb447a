"""Rows as lines: TSV for pipes, CSV for spreadsheets, bare ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from summitcli.exports.rows import Request, batches
from summitcli.exports.rows.cells import cells
from summitcli.lazy_typing import Any
from summitcli.text.printable import escaped_block, may_hide, printable_document

FORMULA_LEADS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫\u2212")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"): in every width, as those of
China and Japan do, and also the sign of minus."""
BLANK_LEADS = frozenset("\t\r\n\0")
"""What a spreadsheet may leave out before a formula (the same): a cell that begins with one is never bare."""
CELL_ENDS = frozenset(";\t\r\n")
"""Where a cell ends for a spreadsheet that divides by something else than the comma, as many do in Europe."""


def tsv(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield a row a line, fields apart by tabs; each field as :func:`~summitcli.text.printable.printable` has
    it."""
    if request.header:
        yield "\t".join(request.columns) + "\n"
    for batch in batches(rows):
        yield printable_document(partial(_lines, cells(batch, request.columns)))


def _lines(known: Iterable[Iterable[str]], safe: Callable[[str], str]) -> str:
    return "".join("\t".join(map(safe, line)) + "\n" for line in known)


def csv(rows: Iterable[Any], request: Request) -> Iterator[str]:
    """Yield RFC 4180 with a header; what a spreadsheet would run as a formula gets an apostrophe before it.

    What can't be seen stays in, as a file is more than what is seen of it.
    """
    import csv as library
    from io import StringIO

    text = StringIO(newline="")
    writer = library.writer(text)
    writer.writerow(request.columns)
    for batch in batches(rows):
        writer.writerows([_harmless(cell) for cell in row] for row in cells(batch, request.columns))
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def ids(rows: Iterable[Any], _request: Request) -> Iterator[str]:
    """Yield each id once, a line each, for ``summit show`` and ``summit agenda add``."""
    known: set[str] = set()
    for batch in batches(rows):
        found = [id_ for id_ in dict.fromkeys(row.id for row in batch) if id_ not in known]
        known.update(found)
        yield "".join(f"{id_}\n" for id_ in found)


def _harmless(cell: str) -> str:
    return escaped_block(cell if _is_plain(cell) else _quoted(cell))


def _is_plain(cell: str) -> bool:
    """Return whether ``cell`` begins with a letter or digit and is one cell for every program."""
    if ";" in cell or "\n" in cell or "\t" in cell or "\r" in cell:
        return False
    return not cell or (cell[0].isalnum() and not may_hide(cell[0]))


def _quoted(cell: str) -> str:
    """Return ``cell`` with an apostrophe wherever a formula could begin.

    That is at its own beginning, and at what another program may take for one, behind blanks, quotes and
    what can't be seen.
    """
    pieces = [""]
    begins = True
    for character in cell:
        if begins and character in FORMULA_LEADS:
            pieces[-1] = "'" + pieces[-1]
            begins = False
        if character in CELL_ENDS:
            pieces += [character, ""]
            begins = True
        else:
            pieces[-1] += character
            begins = begins and _is_blank(character)
    whole = "".join(pieces)
    return f"'{whole}" if cell[0] in BLANK_LEADS and not whole.startswith("'") else whole


def _is_blank(character: str) -> bool:
    """Return whether nothing but blanks, quotes and what can't be seen is in a cell that begins so."""
    if character in "\"'" or character.isspace() or not character.isprintable():
        return True
    from summitcli.text.invisible import is_ignorable

    return is_ignorable(character)
