"""Small .xlsx and .ods files, written part by part."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"

GENERAL, DATE, TIME, DATE_TIME, DURATION = range(5)
"""The styles of cells."""


class Styled:
    """A number that is shown as a date or a time."""

    def __init__(self, number: float, style: int) -> None:
        self.number = number
        self.style = style


class Formula:
    """A formula with its last result, a text."""

    def __init__(self, formula: str, result: str) -> None:
        self.formula = formula
        self.result = result


Cell = str | float | Styled | Formula | None


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file with these parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as file:
        for name, content in parts.items():
            # The time of now would make each file another.
            file.writestr(zipfile.ZipInfo(name), content, method)
    return whole.getvalue()


def xlsx_parts(sheets: Mapping[str, str], hidden: Sequence[str] = ()) -> dict[str, str | bytes]:
    """Return the parts of a workbook whose sheets have this XML inside."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{n}' r:id='r{n}'"
        f" state='{'hidden' if name in hidden else 'visible'}'/>"
        for n, name in numbered
    )
    links = "".join(
        f"<Relationship Id='r{n}' Type='{_DOCUMENTS}/worksheet' Target='worksheets/sheet{n}.xml'/>"
        for n, _name in numbered
    )
    formats = "".join(f"<xf numFmtId='{n}'/>" for n in (0, 14, 20, 22, 46))
    return {
        "[Content_Types].xml": f"<Types xmlns='{_PACKAGES}/content-types'/>",
        "_rels/.rels": (
            f"<Relationships xmlns='{_PACKAGES}/relationships'>"
            f"<Relationship Id='r1' Type='{_DOCUMENTS}/officeDocument' Target='xl/workbook.xml'/>"
            "</Relationships>"
        ),
        "xl/workbook.xml": f"<workbook {_MAIN} xmlns:r='{_DOCUMENTS}'><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": (
            f"<Relationships xmlns='{_PACKAGES}/relationships'>{links}"
            f"<Relationship Id='s' Type='{_DOCUMENTS}/styles' Target='styles.xml'/></Relationships>"
        ),
        "xl/styles.xml": f"<styleSheet {_MAIN}><cellXfs count='5'>{formats}</cellXfs></styleSheet>",
        **{
            f"xl/worksheets/sheet{n}.xml": f"<worksheet {_MAIN}>{sheets[name]}</worksheet>"
            for n, name in numbered
        },
    }


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    merged: Mapping[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """Return an .xlsx file with these rows, and ranges such as ``A2:A4`` merged in some sheets."""
    return packed(
        xlsx_parts(
            {name: sheet_xml(rows, (merged or {}).get(name, ())) for name, rows in sheets.items()}, hidden
        )
    )


def sheet_xml(rows: Sequence[Sequence[Cell]], merged: Sequence[str] = ()) -> str:
    """Return the XML inside a sheet."""
    body = "".join(
        f"<row r='{n}'>{''.join(_cell(n, column, cell) for column, cell in enumerate(row))}</row>"
        for n, row in enumerate(rows, 1)
    )
    ranges = "".join(f"<mergeCell ref='{range_}'/>" for range_ in merged)
    return f"<sheetData>{body}</sheetData>" + (f"<mergeCells>{ranges}</mergeCells>" if ranges else "")


def _cell(row: int, column: int, cell: Cell) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"<c r='{place}' t='inlineStr'><is><t xml:space='preserve'>{escape(cell)}</t></is></c>"
    if isinstance(cell, Formula):
        return f"<c r='{place}' t='str'><f>{escape(cell.formula)}</f><v>{escape(cell.result)}</v></c>"
    if isinstance(cell, Styled):
        return f"<c r='{place}' s='{cell.style}'><v>{cell.number!r}</v></c>"
    return f"<c r='{place}'><v>{cell!r}</v></c>"


def ods(tables: str) -> bytes:
    """Return an .ods file with this XML of tables."""
    spaces = " ".join(f"xmlns:{name}='{_OPEN}:{name}:1.0'" for name in ("office", "table", "text"))
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
                "</office:spreadsheet></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": (
                f"<m:manifest xmlns:m='{_OPEN}:manifest:1.0'><m:file-entry m:full-path='/'"
                " m:media-type='application/vnd.oasis.opendocument.spreadsheet'/></m:manifest>"
            ),
        }
    )


def ods_table(name: str, *rows: str) -> str:
    """Return the XML of a table."""
    return f"<table:table table:name={quoteattr(name)}>{''.join(rows)}</table:table>"


def ods_row(*cells: str, repeated: int = 1) -> str:
    """Return the XML of a row."""
    return f"<table:table-row table:number-rows-repeated='{repeated}'>{''.join(cells)}</table:table-row>"


def ods_cell(text: str = "", attributes: str = "") -> str:
    """Return the XML of a cell with a text, or an empty one."""
    if not text:
        return f"<table:table-cell {attributes}/>"
    kind = "" if "value-type" in attributes else "office:value-type='string'"
    return f"<table:table-cell {kind} {attributes}><text:p>{escape(text)}</text:p></table:table-cell>"
