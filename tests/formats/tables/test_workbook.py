"""Workbooks."""

import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from summitcli.budgets import Spending
from summitcli.errors import InvalidSchedule, ScheduleError, UnknownValue
from summitcli.formats.draft import Draft
from summitcli.formats.tables import workbook
from summitcli.sources.source import Hints
from tests.formats.tables.workbooks import xlsx

PLAN = [["Title", "Day", "Start"], ["Opening", "2022-07-23", "10:00"]]
OTHER = [["Title", "Day", "Start"], ["Closing", "2022-07-24", "10:00"]]


def read(data: bytes, sheet: str | None = None) -> Draft:
    return workbook.read(data, "plan.xlsx", Hints(sheet=sheet))


def titles(draft: Draft) -> list[str]:
    return [event.title for event in draft.events]


def test_the_first_sheet_with_a_schedule_is_read_and_the_others_are_said() -> None:
    draft = read(xlsx({"Cover": [["x"]], "Sat": PLAN, "Sun": OTHER}))
    assert titles(draft) == ["Opening"]
    assert draft.findings.sentences() == [
        'sheet "Sat" was read; the workbook also has "Sun" (choose with --sheet NAME)'
    ]
    assert (draft.events[0].where, draft.events[0].line) == ("A2", None)


def test_a_sheet_is_chosen_by_its_name_in_any_case() -> None:
    draft = read(xlsx({"Sat": PLAN, "Sun": OTHER}), "sun")
    assert (titles(draft), len(draft.findings)) == (["Closing"], 0)


def test_an_unknown_sheet_is_reported_with_the_others() -> None:
    with pytest.raises(UnknownValue) as caught:
        read(xlsx({"Saturday": PLAN, "Friday": OTHER}), "Saturdy")
    assert str(caught.value) == 'no sheet "Saturdy". Did you mean "Saturday"?'


def test_hidden_sheets_are_read_only_by_name() -> None:
    data = xlsx({"Draft": PLAN, "Plan": OTHER}, hidden=["Draft"])
    assert titles(read(data)) == ["Closing"]
    assert titles(read(data, "Draft")) == ["Opening"]


def test_without_the_library_one_line_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(ScheduleError) as caught:
        read(xlsx({"Plan": PLAN}))
    assert str(caught.value) == (
        'reading plan.xlsx requires python-calamine; install it with pip install "summitcli[tables]"'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (True, "true"),
        (False, "false"),
        (45.0, "45"),
        (1.5, "1.5"),
        (0.5, "0.500000000"),
        (0.0, "0"),
        (date(2022, 7, 23), "2022-07-23"),
        (datetime.fromisoformat("2022-07-23T09:59:59.994"), "2022-07-23 10:00:00"),
        (time(9, 59, 59, 994000), "10:00:00"),
        (time(23, 59, 59, 900000), "24:00:00"),
        (timedelta(hours=1.5), "1:30:00"),
        (timedelta(hours=26), "26:00:00"),
        (None, ""),
    ],
)
def test_a_value_is_the_text_that_a_person_would_type(value: Any, text: str) -> None:
    assert workbook.text_of(value) == text


def test_merged_cells_have_their_text_in_each() -> None:
    rows = [["a", "", "x"], ["", "", ""], ["", "b", ""]]
    filled = workbook._filled(iter(rows), [(0, 0, 1, 1), (2, 1, 9, 9), (0, 7, 1, 8)], Spending("plan", 0))
    assert list(filled) == [["a", "a", "x"], ["a", "a", ""], ["", "b", "b"]]


def test_merged_cells_that_overlap_without_end_are_refused() -> None:
    rows = ([""] * 100 for _row in range(100))
    with pytest.raises(InvalidSchedule, match="cells, too many"):
        list(workbook._filled(rows, [(0, 0, 99, 99)] * 1_000, Spending("plan", 0)))


def test_a_panic_of_the_library_is_a_damaged_file() -> None:
    class PanicException(BaseException):
        """An error of the kind that pyo3 raises, which is no Exception."""

    def panic() -> None:
        raise PanicException

    with pytest.raises(InvalidSchedule, match="the workbook is damaged or incomplete; save it again"):
        workbook._safely(panic, "plan")

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workbook._safely(stop, "plan")
