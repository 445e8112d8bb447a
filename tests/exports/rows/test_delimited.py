"""TSV and CSV: the content of a line, and that no spreadsheet runs a cell."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.exports.rows.delimited import FORMULA_TRIGGERS, LEADING_BLANKS
from tests.exports.row_samples import ANY, TIMED, WHOLE, written


def test_tsv() -> None:
    columns = (
        "day",
        "start",
        "end",
        "id",
        "category",
        "speakers",
        "all_day",
        "room",
        "description",
        "titles",
    )
    assert written("tsv", [TIMED, WHOLE], columns) == (
        "2022-07-23\t09:30\t10:00\ta-b\tforum\tAda,李雷\tfalse\tHall\tOne\\nTwo\t"
        '{"zh": "大数据", "en": "Big Data"}\n'
        '2022-07-23\t\t\tc\t\t\ttrue\t\tOne\\nTwo\t{"zh": "大数据", "en": "Big Data"}\n'
    )


def test_csv() -> None:
    assert written("csv", [TIMED], ("id", "speakers", "description")) == (
        'id,speakers,description\r\na-b,"Ada,李雷","One\nTwo"\r\n'
    )


LEADS = sorted(FORMULA_TRIGGERS | LEADING_BLANKS)


def csv_cell(title: str) -> str:
    """Return a title as a spreadsheet reads it."""
    text = written("csv", [TIMED._replace(title=title)], ("title",))
    (_head, (cell,)) = csv.reader(io.StringIO(text, newline=""))
    return cell


@pytest.mark.parametrize("lead", LEADS, ids=repr)
def test_csv_runs_no_formula(lead: str) -> None:
    assert csv_cell(f"{lead}HYPERLINK(1)").startswith("'")


BEFORE = [
    "",
    " ",
    "\u3000",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u3164",
    "\ufe0f",
    "\U000e0041",
    "\u202e",
    "\x1b",
    '"',
    "'",
    " \u200b ",
]


@pytest.mark.parametrize("before", BEFORE, ids=repr)
@pytest.mark.parametrize("lead", sorted(FORMULA_TRIGGERS), ids=repr)
def test_csv_runs_no_formula_behind_invisible_characters(lead: str, before: str) -> None:
    text = f"{before}{lead}1+1"
    assert csv_cell(text) == "'" + text.replace("\u202e", "\\u202e").replace("\x1b", "\\x1b")


@pytest.mark.parametrize("lead", sorted(FORMULA_TRIGGERS), ids=repr)
def test_csv_runs_no_formula_after_another_separator(lead: str) -> None:
    assert csv_cell(f"a;{lead}1; {lead}2\n{lead}3\tb") == f"a;'{lead}1;' {lead}2\n'{lead}3\tb"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022-07-23",
        "a-b",
        "a=b",
        "10+1",
        "数字=经济",
        "Q&A @ noon",
        "a; b",
        "one\ntwo",
        "5；-",
        "·-",
        "(-1)",
    ],
)
def test_csv_leaves_other_text_alone(text: str) -> None:
    assert csv_cell(text) == text


@given(st.lists(ANY, min_size=1, max_size=3))
def test_csv_keeps_harmless_cells(texts: list[str]) -> None:
    plain = ["".join(one for one in text if one.isprintable()).lstrip("=+-@") for text in texts]
    rows = [TIMED._replace(title=text) for text in plain]
    assert [row for (row,) in csv.reader(io.StringIO(written("csv", rows, ("title",)), newline=""))][
        1:
    ] == plain
