"""Unpacking a workbook within limits, and measuring it before a library reads it.

A workbook is a ZIP file of XML. The library that reads it trusts it: a single cell in the last column of the
last row makes it ask for 500 GB, which ends the process. So each part is unpacked here, its cells are
measured with a safe parser, and the library gets a new file with exactly these parts.
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
"""The largest number of files in a workbook; each sheet has a few, and each picture one."""

_EXCEL = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:[\w-]+/)?(?:_rels/)?[\w.-]+\.(?:xml|rels)")
_OPEN_DOCUMENT = re.compile(r"mimetype|content\.xml|META-INF/manifest\.xml")
_LEFT_OUT = re.compile(r"xl/(?:theme|drawings|charts|comments|persons|printerSettings|externalLinks)\w*/.*")
"""The pattern of the names of files in a workbook that have no cells."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MAX_REPEATED = 10_000_000
_ENCRYPTED = 1
"""The bit in the flags of a file in a ZIP archive that marks it as encrypted (APPNOTE, 4.4.4)."""

Range = tuple[int, int, int, int]
"""The first row, first column, last row and last column of merged cells, counted from 0."""


class Package(NamedTuple):
    """A workbook that was measured and is safe to read."""

    content: bytes
    """A ZIP file with only the needed parts, not compressed."""
    size: int
    """The total size of the parts in it, in bytes."""
    merged: Mapping[str, tuple[Range, ...]]
    """The merged cells of each sheet of an .ods file, which the library does not report, by sheet name."""


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are a workbook: an .xlsx or .ods file."""
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
    """Return a workbook that has only the needed parts of the one in ``data``.

    Raises:
        InvalidSchedule: it is damaged, has a password, or exceeds the budgets.
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
    """Return the content of those files in a workbook that its reader needs, by their names in the archive.

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
    """Parse one file of a workbook and measure its cells.

    Raises:
        InvalidSchedule: it is not well-formed, has a document type, or exceeds the budgets.
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
    """A measurement of the rows and columns that the cells of a sheet take, against the budgets.

    It is made while the XML of the sheet is parsed, element by element.

    Args:
        name: the name of the source, for messages.
        size: the size of all parts, in bytes.
        spending: counts the elements of the parts.
    """

    def __init__(self, name: str, size: int, spending: Spending) -> None:
        self._name = name
        self._size = size
        self._spending = spending
        self._row = self._column = -1
        self._rows = self._columns = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Measure what begins with an element, such as a row or a cell."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Measure what ends with an element; nothing, unless a subclass overrides this."""

    def _fill(self, row: int, column: int) -> None:
        """Count a cell that is not empty, in a row and column counted from 0.

        Raises:
            InvalidSchedule: a sheet that reaches to this cell exceeds the budgets.
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
    """A counter of the rows and cells in one file of an .xlsx workbook, which stops at their limits.

    Every file is counted as if it were a sheet, as only other files say which ones are sheets.
    """

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Measure what begins with an element, such as a row or a cell."""
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
        """Move to the cell with a reference such as ``C7``; without a reference, to the next cell."""
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
        """Return the row with the number ``text``, counted from 0; ``otherwise`` if it is None."""
        return otherwise if text is None else _count(text) - 1


class _OpenDocument(_Measure):
    """A pass over the content of an .ods workbook that counts its cells and collects the merged ones.

    The counts are checked against the budgets before a library reads the workbook.
    """

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
        """Measure what begins with an element, such as a row or a cell."""
        self._spending.spend(ELEMENTS)
        local = name.rpartition(":")[2]
        if handle := self._handlers.get(local):
            handle({key.rpartition(":")[2]: value for key, value in attributes.items()})
        elif self._in_cell and local == "p":
            self._fill_repeated()

    def end(self, name: str) -> None:
        """Count the repetitions of a row or a cell that ends with an element."""
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
    """Return a number of rows or columns.

    Raises:
        ValueError: it is not a number, or more than a sheet can have.
    """
    if not text.isascii() or not text.isdecimal() or not 0 < int(text[:9]) <= _MAX_REPEATED or len(text) > 8:
        raise ValueError(text[:20])
    return int(text)
