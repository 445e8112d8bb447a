"""Workbooks: .xlsx (ECMA-376) and .ods (OpenDocument) files, read with python-calamine if it is installed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from summitcli.budgets import CELLS, Spending
from summitcli.errors import ScheduleError, UnknownValue
from summitcli.formats.draft import Draft
from summitcli.formats.findings import Findings, Kind
from summitcli.formats.tables.columns import HEAD, Header, Requested, find_header, is_evident, parse_requested
from summitcli.formats.tables.drafting import Table, draft_table
from summitcli.formats.tables.package import Package, Range, damaged, is_workbook, read_package
from summitcli.formats.tables.rows import Row, Rows
from summitcli.i18n import _
from summitcli.sources.source import NO_HINTS, Hints
from summitcli.text.folding import fold
from summitcli.text.suggest import nearest

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

SEVERAL_SHEETS = Kind(
    'sheet "{value}" was read; the workbook also has {also} (choose with --sheet NAME)',
    'sheet "{value}" was read; the workbook also has {also} (choose with --sheet NAME)',
)

MAX_NAMES = 5
"""The maximum number of sheets that a message lists as not read."""

Result = TypeVar("Result")


def detect(data: bytes) -> bool:
    """Return whether ``data`` is an .xlsx or .ods file."""
    return is_workbook(data)


def read(data: bytes, name: str, hints: Hints = NO_HINTS) -> Draft:
    """Return the draft of the schedule in ``data`` (its content as the file states it).

    Raises:
        InvalidSchedule: the workbook is damaged, has no titles or no days, or is too large.
        ScheduleError: python-calamine is not installed.
        UnknownValue, UsageError: the sheet or the columns that the user asked for do not exist.
    """
    requested = parse_requested(hints.columns)
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        sentence = _(
            'reading {name} requires python-calamine; install it with pip install "summitcli[tables]"'
        )
        raise ScheduleError(sentence.format(name=name)) from None
    package = read_package(data, name)
    workbook = _safely(lambda: CalamineWorkbook.from_filelike(BytesIO(package.content)), name)
    findings = Findings()
    sheet, header = _choose(workbook, package, name, hints, requested, findings)
    table = Table(_rows(sheet, package, name), name, package.size, findings, title=sheet.name)
    return draft_table(table, requested, header)


def _choose(
    workbook: "CalamineWorkbook",
    package: Package,
    name: str,
    hints: Hints,
    requested: Requested,
    findings: Findings,
) -> "tuple[CalamineSheet, Header | None]":
    """Return the sheet to read, and its header.

    It is the sheet that the user asked for, or else the first one that is certainly a schedule. If there is
    none, it is the first sheet, and the header is None.

    Raises:
        UnknownValue: there is no such sheet.
    """
    names = _names(workbook)
    if hints.sheet is not None:
        wanted = next((known for known in workbook.sheet_names if fold(known) == fold(hints.sheet)), None)
        if wanted is None:
            sentence = _('no sheet "{name}"').format(name=hints.sheet)
            raise UnknownValue(sentence, nearest(hints.sheet, names), names)
        names = [wanted]
    if not names:
        raise damaged(name)
    found: list[tuple[CalamineSheet, Header]] = []
    for known in names:
        sheet = _sheet(workbook, known, name)
        rows = [*islice(_rows(sheet, package, name)(), HEAD)]
        header = find_header(rows, requested)
        if header and (len(names) == 1 or is_evident(rows, header)):
            found.append((sheet, header))
    if not found:
        return _sheet(workbook, names[0], name), None
    if len(found) > 1:
        others = [_('"{name}"').format(name=sheet.name) for sheet, _header in found[1 : MAX_NAMES + 1]]
        more = ["…"] if len(found) > MAX_NAMES + 1 else []
        findings.add(SEVERAL_SHEETS, value=found[0][0].name, also=_(", ").join(others + more))
    return found[0]


def _names(workbook: "CalamineWorkbook") -> list[str]:
    """Return the names of the sheets that have cells: of the visible ones, or if all are hidden, of all.

    Sheets that consist of a chart, for example, have no cells.
    """
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return visible or [sheet.name for sheet in sheets]


def _sheet(workbook: "CalamineWorkbook", known: str, name: str) -> "CalamineSheet":
    return _safely(lambda: workbook.get_sheet_by_name(known), name)


def _rows(sheet: "CalamineSheet", package: Package, name: str) -> Rows:
    """Return the rows of a sheet. If cells are merged, each of them has the same text."""
    merged = package.merged.get(sheet.name)
    if merged is None:
        ranges = _safely(lambda: sheet.merged_cell_ranges, name) or ()
        merged = tuple((*first, *last) for first, last in ranges)

    def rows() -> Iterator[Row]:
        texts = ([*map(text_of, cells)] for cells in sheet.iter_rows())
        filled = _filled(texts, merged, Spending(name, package.size))
        for number, cells in enumerate(filled, 1):
            if any(map(str.strip, cells)):
                yield Row(number, cells)

    return rows


def _filled(
    rows: Iterator[list[str]], merged: Sequence[Range], spending: Spending
) -> Iterator[Sequence[str]]:
    """Yield the rows; the text of a block of merged cells is written into each of its cells.

    Args:
        rows: the rows; only the first of several merged cells has the text.
        merged: the merged cells.
        spending: counts the cells that are filled, to limit them.

    Raises:
        InvalidSchedule: too many cells would be filled. This is possible if blocks of merged cells overlap.
    """
    begins: dict[int, list[Range]] = {}
    for range_ in merged:
        begins.setdefault(range_[0], []).append(range_)
    current: list[tuple[Range, str]] = []
    for number, cells in enumerate(rows):
        current = [(range_, text) for range_, text in current if range_[2] >= number]
        current += [(range_, cells[range_[1]]) for range_ in begins.get(number, ()) if range_[1] < len(cells)]
        for (_first, left, _last, right), text in current:
            right = min(right, len(cells) - 1)
            spending.spend(CELLS, right - left + 1)
            cells[left : right + 1] = [text] * (right - left + 1)
        yield cells


def text_of(value: Any) -> str:
    """Return the value of a cell as a text, as a person would type it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return _number(float(value))
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + round(value.microsecond / 1_000_000)
        return _clock(seconds)
    return _clock(round(value.total_seconds())) if isinstance(value, timedelta) else ""


def _number(value: float) -> str:
    """Return a number as a text. A time, stored as a fraction of a day, keeps enough digits for a second."""
    if value.is_integer():
        return str(int(value))
    return f"{value:.9f}" if 0 < value < 1 else repr(value)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _safely(call: Callable[[], Result], name: str) -> Result:
    """Return the result of ``call``, which calls python-calamine, the library that reads workbooks.

    Args:
        call: the function.
        name: the name of the workbook, for the error.

    Raises:
        InvalidSchedule: the call failed. It may even fail with a panic of the library's Rust code, which is a
            BaseException but not an Exception.
    """
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException:
        raise damaged(name) from None
