"""The files in a workbook, before a library reads them."""

import io
import zipfile
from collections.abc import Callable

import pytest

from summitcli.errors import InvalidSchedule
from summitcli.formats.tables.package import is_workbook, read_package
from tests.formats.tables.workbooks import ods, ods_cell, ods_row, ods_table, packed, xlsx, xlsx_parts

DAMAGED = "plan is not a valid schedule: the workbook is damaged or incomplete; save it again"
GOOD = xlsx({"Plan": [["Title", "Day"], ["Opening", "2022-07-23"]]})
EMPTY_ROWS = ods_row(ods_cell("", "table:number-columns-repeated='16384'"), repeated=1048576)


def sheet(inside: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    parts = xlsx_parts({"Plan": inside})
    parts[part] = parts.pop("xl/worksheets/sheet1.xml")
    return packed(parts)


def far(reference: str) -> str:
    return f"<sheetData><row><c r='A1'><v>1</v></c><c r='{reference}'><v>1</v></c></row></sheetData>"


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidSchedule) as caught:
        read_package(data, "plan")
    return str(caught.value).removeprefix("plan is not a valid schedule: ")


def test_workbooks_are_told_from_other_zip_files() -> None:
    assert is_workbook(GOOD)
    assert is_workbook(ods(""))
    assert not is_workbook(packed({"a.txt": "a"}))
    assert not is_workbook(packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}))
    assert not is_workbook(b"PK\x03\x04")
    assert not is_workbook(b"")
    assert is_workbook(GOOD[:-10]), "a damaged one is still one, and is said to be damaged"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/other/sheet.xml", "xl/sheet.xml"])
@pytest.mark.parametrize(
    ("reference", "thing"), [("A1048576", "rows"), ("XFD1", "columns"), ("AAA90000", "cells")]
)
def test_a_cell_far_away_is_refused_in_any_part(reference: str, thing: str, part: str) -> None:
    assert thing in refusal(sheet(far(reference), part))
    assert "too many for a file of this size" in refusal(sheet(far(reference), part))


@pytest.mark.parametrize(
    "inside",
    [
        "<sheetData><row r='1048576'><c><v>1</v></c></row></sheetData>",
        "<x:sheetData xmlns:x='a'><x:row r='1048576'><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>",
        far("&#65;1048576"),
        "<sheetData><row r='1048576'><c t='inlineStr'><is><t>x</t></is></c></row></sheetData>",
    ],
)
def test_a_far_cell_is_found_however_it_is_written(inside: str) -> None:
    assert "rows, too many" in refusal(sheet(inside))


def test_far_cells_without_a_content_are_harmless() -> None:
    read_package(sheet("<sheetData><row r='1048576'><c r='XFD1048576' s='1'/></row></sheetData>"), "plan")
    read_package(ods(ods_table("Plan", EMPTY_ROWS)), "plan")


@pytest.mark.parametrize(
    ("rows", "thing"),
    [
        (EMPTY_ROWS + ods_row(ods_cell("x")), "rows"),
        (ods_row(ods_cell("", "table:number-columns-repeated='16000'"), ods_cell("x")), "columns"),
        (ods_row(ods_cell("x"), repeated=1048576), "rows"),
        (ods_row(ods_cell("x", "table:number-columns-repeated='9999'")), "columns"),
        (ods_row(ods_cell("x", "table:number-columns-repeated='900'"), repeated=90000), "cells"),
    ],
)
def test_a_repeated_cell_is_counted_as_often_as_it_is_there(rows: str, thing: str) -> None:
    assert f" {thing}, too many" in refusal(ods(ods_table("Plan", rows)))


@pytest.mark.parametrize(
    "make",
    [
        lambda: GOOD[:200],
        lambda: GOOD[:-10],
        lambda: sheet("<sheetData><row>"),
        lambda: sheet(far("1A")),
        lambda: sheet(far("AAAA1")),
        lambda: sheet("<sheetData><row r='-1'><c><v>1</v></c></row></sheetData>"),
        lambda: sheet(f"<sheetData><row r='{'9' * 5000}'/></sheetData>"),
        lambda: ods(ods_table("Plan", ods_row(ods_cell("x", "table:number-columns-repeated='0'")))),
        lambda: packed({**xlsx_parts({"P": ""}), "xl/a.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}),
        lambda: packed({**xlsx_parts({"P": ""}), "xl/a.xml": "<a/>".encode("utf-16")}),
        lambda: packed({**xlsx_parts({"P": ""}), "xl/a.xml": b"<?xml version='1.0' encoding='cp037'?>\xff"}),
        lambda: packed({**xlsx_parts({"P": ""}), **{f"x{n}": "" for n in range(2_000)}}),
    ],
)
def test_a_damaged_or_hostile_one_is_refused(make: Callable[[], bytes]) -> None:
    assert refusal(make()) == DAMAGED.removeprefix("plan is not a valid schedule: ")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({**xlsx_parts({"P": ""}), "xl/sharedStrings.xml": b" " * 2**25})
    assert refusal(bomb) == "it is too large for a schedule: more than 20 MB when unpacked"


def test_a_password_is_said() -> None:
    data = bytearray(GOOD)
    # The flags in the local header and in the directory (APPNOTE, 4.3.7 and 4.3.12).
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "the workbook has a password; save it without"


def test_too_many_sheets_are_refused() -> None:
    assert "more than 200 sheets" in refusal(packed(xlsx_parts({f"s{n}": "" for n in range(201)})))


def test_only_the_needed_parts_are_kept_and_not_compressed() -> None:
    parts = {
        **xlsx_parts({"Plan": "<sheetData/>"}),
        "xl/media/image1.png": "x",
        "xl/theme/theme1.xml": "<",
        "a": "b",
    }
    package = read_package(packed(parts), "plan")
    with zipfile.ZipFile(io.BytesIO(package.content)) as file:
        assert sorted(file.namelist()) == sorted(xlsx_parts({"Plan": ""}))
        assert {member.compress_type for member in file.infolist()} == {zipfile.ZIP_STORED}
        assert package.size == sum(member.file_size for member in file.infolist())


def test_merged_cells_of_open_documents_are_found() -> None:
    rows = (
        ods_row(ods_cell("a"), repeated=3),
        ods_row(
            ods_cell("x", "table:number-columns-repeated='2'"), ods_cell("b", "table:number-rows-spanned='2'")
        ),
    )
    merged = read_package(ods(ods_table("P", *rows) + ods_table("Q", *rows[1:])), "plan").merged
    assert merged == {"P": ((3, 2, 4, 2),), "Q": ((0, 2, 1, 2),)}
