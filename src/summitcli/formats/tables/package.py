"""Unpacking a workbook within limits, and counting its cells before a library reads it.

A workbook is a ZIP file with XML in it. The library that reads workbooks is not careful: for a single cell in
the last column of the last row, it asks for 500 GB of memory, which ends the process. So each file of the
workbook is unpacked here, and its cells are counted with a safe parser. The library then gets a new workbook
of just these files.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from summitcli.budgets import CELLS, COLUMNS, ELEMENTS, ROWS, SHEETS, Spending, too_many
from summitcli.errors import InvalidSchedule
from summitcli.formats.tables.rows import column_number
from summitcli.formats.xml_tree import safe_parser
from summitcli.i18n import _
from summitcli.sources.packed import ALWAYS_ALLOWED, MAX_RATIO
from summitcli.sources.source import MAX_SIZE

MAGIC = b"PK\x03\x04"
MAX_MEMBERS = 2_000
"""The largest number of files in a workbook. It has a few for each sheet, and one for each picture."""

_EXCEL = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:[\w-]+/)?(?:_rels/)?[\w.-]+\.(?:xml|rels)")
_OPEN_DOCUMENT = re.compile(r"mimetype|content\.xml|META-INF/manifest\.xml")
_LEFT_OUT = re.compile(r"xl/(?:theme|drawings|charts|comments|persons|printerSettings|externalLinks)\w*/.*")
"""The pattern of the names of the files in a workbook that have no cells."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MAX_REPEATED = 10_000_000
_ENCRYPTED = 1
"""The flag of a file in a ZIP archive that says that the file is encrypted (APPNOTE section 4.4.4)."""

Range = tuple[int, int, int, int]
"""A block of merged cells: its first row, first column, last row and last column, counted from 0."""


class Package(NamedTuple):
    """A workbook whose cells have been counted, so that it is safe to read."""

    content: bytes
    """The workbook as a ZIP file, with only the files that are needed, not compressed."""
    size: int
    """The total size of the unpacked files in the workbook, in bytes."""
    merged: Mapping[str, tuple[Range, ...]]
    """The merged cells in an .ods file, by the name of the sheet. The library does not report these."""


def is_workbook(data: bytes) -> bool:
    """Return whether ``data`` is a workbook: an .xlsx or .ods file."""
    if not data.startswith(MAGIC):
        return False
    try:
        with ZipFile(BytesIO(data)) as file:
            names = file.namelist()
            return "xl/workbook.xml" in names or (
                "content.xml" in names and _begins_as_spreadsheet(file, names)
            )
    except (BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, EOFError, RuntimeError):
        return b"xl/workbook.xml" in data


def read_package(data: bytes, name: str) -> Package:
    """Return the workbook in ``data``, reduced to the files that are needed.

    Raises:
        InvalidSchedule: the workbook is damaged, has a password, or is too large.
    """
    parts = _parts(data, name)
    size = sum(map(len, parts.values()))
    spending = Spending(name, size)
    merged: dict[str, tuple[Range, ...]] = {}
    for part, content in parts.items():
        if part == "mimetype":
            continue
        kind = _OpenDocument if part == "content.xml" else _Excel
        measure = kind(name, size, spending)
        _walk(content, measure, name)
        if isinstance(measure, _OpenDocument):
            merged = {sheet: tuple(ranges) for sheet, ranges in measure.merged.items()}
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_STORED) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return Package(whole.getvalue(), size, merged)


def damaged(name: str) -> InvalidSchedule:
    """Return the error that a workbook is damaged."""
    return InvalidSchedule(name, [("", _("the workbook is damaged or incomplete; save it again"))])


def _begins_as_spreadsheet(file: ZipFile, names: list[str]) -> bool:
    if "mimetype" not in names:
        return False
    with file.open("mimetype") as part:
        return part.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """Return the files in a workbook that are needed to read it, by their names in the archive.

    Args:
        data: the workbook.
        name: the source's name, for messages.

    Raises:
        InvalidSchedule: the workbook is damaged, has a password, or is too large.
    """
    largest = min(MAX_SIZE, max(ALWAYS_ALLOWED, MAX_RATIO * len(data)))
    left = largest
    parts: dict[str, bytes] = {}
    try:
        with ZipFile(BytesIO(data)) as file:
            members = file.infolist()
            if len(members) > MAX_MEMBERS:
                raise damaged(name)
            needed = _OPEN_DOCUMENT if "content.xml" in file.namelist() else _EXCEL
            for member in members:
                if not needed.fullmatch(member.filename) or _LEFT_OUT.fullmatch(member.filename):
                    continue
                if member.flag_bits & _ENCRYPTED:
                    raise InvalidSchedule(name, [("", _("the workbook has a password; save it without"))])
                with file.open(member) as part:
                    content = part.read(left + 1)
                left -= len(content)
                if left < 0:
                    sentence = _("it is too large for a schedule: more than {n} MB when unpacked")
                    raise InvalidSchedule(name, [("", sentence.format(n=largest // 2**20))])
                parts[member.filename] = content
    except (BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, EOFError, RuntimeError):
        raise damaged(name) from None
    return parts


def _walk(content: bytes, measure: "_Measure", name: str) -> None:
    """Parse one file of a workbook, and count its cells.

    Args:
        content: the content of the file.
        measure: counts the cells.
        name: the source's name, for messages.

    Raises:
        InvalidSchedule: the file is not well-formed XML, has a document type, or has too many cells.
    """
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DefusedXmlException

    # As text, so that no declared encoding counts: the library reads UTF-8 whatever is declared.
    parser = safe_parser()
    parser.StartElementHandler = measure.start
    parser.EndElementHandler = measure.end
    try:
        parser.Parse(content.decode("utf-8-sig"), True)
    except (ExpatError, DefusedXmlException, ValueError):
        raise damaged(name) from None


class _Measure:
    """A counter of the rows, columns and cells of a sheet, which limits them.

    The parser of the sheet's XML calls :meth:`start` and :meth:`end` for each element.

    Args:
        name: the name of the source, for messages.
        size: the total size of the unpacked files in the workbook, in bytes.
        spending: counts the elements of all files, to limit them.
    """

    def __init__(self, name: str, size: int, spending: Spending) -> None:
        self._name = name
        self._size = size
        self._spending = spending
        self._row = self._column = -1
        self._rows = self._columns = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the beginning of an element, which may be a row or a cell."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Handle the end of an element. This does nothing unless a subclass overrides it."""

    def _fill(self, row: int, column: int) -> None:
        """Note that there is a cell that is not empty. Its row and its column are counted from 0.

        Raises:
            InvalidSchedule: a sheet with a cell in this row and column is too large.
        """
        self._rows = max(self._rows, row + 1)
        self._columns = max(self._columns, column + 1)
        for budget, number in (
            (ROWS, self._rows),
            (COLUMNS, self._columns),
            (CELLS, self._rows * self._columns),
        ):
            if number > budget.limit(self._size):
                raise InvalidSchedule(self._name, [("", too_many(budget, self._size))])


class _Excel(_Measure):
    """A counter of the rows and cells in one file of an .xlsx workbook.

    Every file is counted as if it were a sheet, because a file does not say whether it is a sheet.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._spending.spend(ELEMENTS)
        name = name.rpartition(":")[2]
        if name == "sheet":
            self._spending.spend(SHEETS)
        elif name == "row":
            self._row, self._column = self._number(attributes.get("r"), self._row + 1), -1
        elif name == "c":
            self._place(attributes.get("r"))
        elif name in ("v", "is", "f"):
            self._fill(self._row, self._column)

    def _place(self, reference: str | None) -> None:
        """Move to the cell with a reference such as ``C7``; without a reference, move to the next cell."""
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference.upper())
        column = column_number(found[1]) if found else None
        if found is None or column is None:
            raise ValueError(reference)
        self._row, self._column = int(found[2]) - 1, column

    @staticmethod
    def _number(text: str | None, otherwise: int) -> int:
        """Return the index (from 0) of the row numbered ``text`` (from 1); ``otherwise`` if that is None."""
        return otherwise if text is None else _count(text) - 1


class _OpenDocument(_Measure):
    """A counter of the rows and cells in an .ods workbook, which also collects the merged cells."""

    def __init__(self, name: str, size: int, spending: Spending) -> None:
        super().__init__(name, size, spending)
        self.merged: dict[str, list[Range]] = {}
        self._sheet = ""
        self._repeated_rows = self._repeated = 1
        self._in_cell = False
        self._handlers: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "table": self._table,
            "table-row": self._table_row,
            "table-cell": self._cell,
            "covered-table-cell": self._cell,
        }

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._spending.spend(ELEMENTS)
        local = name.rpartition(":")[2]
        if handle := self._handlers.get(local):
            handle({key.rpartition(":")[2]: value for key, value in attributes.items()})
        elif self._in_cell and local == "p":
            self._fill_repeated()

    def end(self, name: str) -> None:
        """Handle the end of an element. A row or cell that the file repeats is counted as many times."""
        local = name.rpartition(":")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._column += self._repeated - 1
            self._in_cell = False
        elif local == "table-row":
            self._row += self._repeated_rows - 1

    def _table(self, attributes: Mapping[str, str]) -> None:
        self._spending.spend(SHEETS)
        self._sheet = attributes.get("name", "")
        self._row = self._column = -1
        self._rows = self._columns = 0

    def _table_row(self, attributes: Mapping[str, str]) -> None:
        self._row, self._column = self._row + 1, -1
        self._repeated_rows = _count(attributes.get("number-rows-repeated", "1"))

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._column += 1
        self._in_cell = True
        self._repeated = _count(attributes.get("number-columns-repeated", "1"))
        if "value-type" in attributes or "formula" in attributes:
            self._fill_repeated()
        rows = _count(attributes.get("number-rows-spanned", "1"))
        columns = _count(attributes.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            last = self._row + rows - 1, self._column + columns - 1
            self.merged.setdefault(self._sheet, []).append((self._row, self._column, *last))

    def _fill_repeated(self) -> None:
        self._fill(self._row + self._repeated_rows - 1, self._column + self._repeated - 1)


def _count(text: str) -> int:
    """Return a number of rows or columns, read from ``text``.

    Raises:
        ValueError: the text is not a number, or is more than a sheet can have.
    """
    if not text.isascii() or not text.isdecimal() or not 0 < int(text[:9]) <= _MAX_REPEATED or len(text) > 8:
        raise ValueError(text[:20])
    return int(text)
