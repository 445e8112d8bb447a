"""Rows as lines: TSV for pipes, CSV for spreadsheets, bare ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from summitcli.exports.cells import cells, text
from summitcli.printable import printable, printable_block

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection")."""


def tsv(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """A row a line, fields apart by tabs; tabs, line ends and control characters inside are escaped."""
    return "".join("\t".join(map(printable, row)) + "\n" for row in cells(rows, columns))


def csv(rows: Sequence[Any], columns: Sequence[str]) -> str:
    """RFC 4180 with a header; a cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    import csv as library
    from io import StringIO

    text = StringIO(newline="")
    writer = library.writer(text)
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in cells(rows, columns))
    return text.getvalue()


def ids(rows: Sequence[Any], _columns: Sequence[str]) -> str:
    """Each id once, a line each, for ``summit show`` and ``summit agenda add``."""
    return "".join(f"{id_}\n" for id_ in dict.fromkeys(row.id for row in rows))


def pairs(value: Any, path: str = "") -> str:
    """One object as lines of a path, such as ``hosts.0.zh``, a tab and a value; the unknown is left out."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, list | tuple):
        value = dict(enumerate(value))
    if isinstance(value, Mapping):
        return "".join(pairs(entry, f"{path}.{key}".removeprefix(".")) for key, entry in value.items())
    return "" if value is None else f"{path}\t{printable(text(value))}\n"


def _harmless(cell: str) -> str:
    return printable_block(f"'{cell}" if cell.startswith(FORMULA_LEADS) else cell)
