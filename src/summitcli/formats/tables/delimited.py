"""CSV and TSV: text with commas, semicolons, tabs or bars between the cells of a row (RFC 4180).

Rows that ``summit list`` prints in a pipe have no header. They are recognised by the content of their cells.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice
from typing import NamedTuple

from summitcli.budgets import CELLS, too_many
from summitcli.errors import InvalidSchedule, UnknownFormat
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.tables.columns import HEAD, Header, Requested, find_header, is_evident, parse_requested
from summitcli.formats.tables.drafting import Table, draft_table
from summitcli.formats.tables.encodings import find_encoding
from summitcli.formats.tables.rows import Row, Rows
from summitcli.formats.unknown import looks_like
from summitcli.rows import Listing
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.text.ids import is_id

OPEN_QUOTE = Kind(
    "the quotation mark in line {value} is never closed, so the rest of the file is one cell",
    "the quotation mark in line {value} is never closed, so the rest of the file is one cell",
)

DELIMITERS = ("\t", ";", ",", "|")
"""The delimiters that are tried. If two fit equally well, the first is chosen."""

OWN_COLUMNS = ("day", "start", "id", "category", "title")
"""The fields in the columns that ``summit list`` prints in a pipe."""
_OWN_DAY, _OWN_TIME = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"(?:\d{2}:\d{2})?")

_APOSTROPHE = re.compile(r"(?:\A|(?<=[;\t\r\n]))'(?=[\s\"']*[=+\-@＝＋－＠﹦﹢﹣﹫\u2212])|\A'(?=[\t\r\n\0])")
"""The pattern of an apostrophe that this program writes before a text that looks like a formula."""

_SAMPLE = 2**16
"""The number of bytes that are examined to recognise a table."""
_OTHER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[<{\[]|BEGIN:|%PDF|PK\x03\x04|-----BEGIN|#!)")
"""The pattern of the beginnings of files that are not text tables."""
_MAX_FIELD = 2**31 - 1


class _Dialect(NamedTuple):
    """The encoding and the delimiter of a text table, with its first rows."""

    encoding: str
    delimiter: str
    rows: list[Row]
    header: Header | None

    @property
    def is_own(self) -> bool:
        """Return whether this program wrote the table, which the names of its columns show."""
        names = set(self.header.names.values()) if self.header and not self.header.above else set()
        return {"id", "day"} <= names <= {*Listing._fields}


def detect(data: bytes) -> bool:
    """Return whether ``data`` looks like a text table with known names of columns, and days or times."""
    dialect = _dialect(data, Requested())
    return dialect is not None and dialect.header is not None and is_evident(dialect.rows, dialect.header)


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    Raises:
        InvalidSchedule: the table has no titles or no days, or is too large.
        UnknownFormat: the file is not text.
        UnknownValue, UsageError: the columns that the user asked for do not exist.
    """
    requested = parse_requested(hints.columns)
    if max(map(data.count, (delimiter.encode() for delimiter in DELIMITERS))) > CELLS.limit(len(data)):
        raise InvalidSchedule(name, [("", too_many(CELLS, len(data)))])
    dialect = _dialect(data, requested)
    if dialect is None:
        raise UnknownFormat(name, looks_like(data))
    findings = Findings()

    def rows() -> Iterator[Row]:
        text = TextIOWrapper(BytesIO(data), dialect.encoding, errors="replace", newline="")
        found = _rows(text, dialect.delimiter)
        return map(_without_apostrophes, found) if dialect.is_own and dialect.delimiter == "," else found

    if data.count(b'"') % 2 and (line := _open_quote(rows)):
        findings.add(OPEN_QUOTE, line=line, value=str(line))
    table = Table(rows, name, len(data), findings, is_own=dialect.is_own)
    return draft_table(table, requested, dialect.header)


def _dialect(data: bytes, requested: Requested) -> _Dialect | None:
    """Return the encoding and delimiter of a text table; None if ``data`` is another kind of file.

    All delimiters are tried. The one that yields a header with the most known fields is chosen.
    """
    if _OTHER.match(data):
        return None
    encoding = find_encoding(data)
    if encoding is None:
        return None
    sample = _sample(data, encoding)
    found: list[_Dialect] = []
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        rows = [*islice(_rows(StringIO(sample, newline=""), delimiter), HEAD)]
        header = find_header(rows, requested)
        if header is None and delimiter == "\t" and _is_own(rows):
            header = Header([{field: n for n, field in enumerate(OWN_COLUMNS)}], dict(enumerate(OWN_COLUMNS)))
        found.append(_Dialect(encoding, delimiter, rows, header))
    return max(found, key=_fit, default=None)


def _fit(dialect: _Dialect) -> tuple[int, int]:
    """Return how well a delimiter fits, to compare several.

    The result is the number of fields in the header, and the number of cells in the shortest row.
    """
    fields = len(dialect.header.fields) if dialect.header else 0
    return fields, min((len(row.cells) for row in dialect.rows), default=0)


def _sample(data: bytes, encoding: str) -> str:
    """Return the first lines of a text.

    The last line may be cut off. Then it is left out, if there are at least two others.
    """
    text = data[:_SAMPLE].decode(encoding, "ignore")
    if len(data) <= _SAMPLE:
        return text
    whole = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    return whole if len(whole.splitlines()) > 1 else text


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Yield the rows of a text table, except blank ones."""
    # The limit of Python's is below the length of some descriptions.
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    line = 1
    for number, cells in enumerate(reader, 1):
        if any(map(str.strip, cells)):
            yield Row(number, cells, line)
        line = reader.line_num + 1


def _without_apostrophes(row: Row) -> Row:
    """Return a row without the apostrophes that this program writes before formulas in CSV."""
    cells = [_APOSTROPHE.sub("", cell) if "'" in cell else cell for cell in row.cells]
    return row._replace(cells=cells)


def _is_own(rows: Sequence[Row]) -> bool:
    """Return whether the rows are those that ``summit list`` prints in a pipe, without a header."""
    return bool(rows) and all(len(row.cells) == len(OWN_COLUMNS) and _is_own_row(*row.cells) for row in rows)


def _is_own_row(day: str, start: str, id_: str, category: str, title: str) -> bool:
    return bool(
        _OWN_DAY.fullmatch(day)
        and _OWN_TIME.fullmatch(start)
        and is_id(id_)
        and (not category or is_id(category))
        and title
    )


def _open_quote(rows: Rows) -> int | None:
    """Return the line with a quotation mark that is never closed; None if there is none.

    Args:
        rows: the rows of a file with an odd number of quotation marks.
    """
    last = next(iter(deque(rows(), maxlen=1)), None)
    return last.line if last and any("\n" in cell for cell in last.cells) else None
