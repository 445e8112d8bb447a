"""Spreadsheets through the commands."""

import json
import shutil
from pathlib import Path

import pytest

from summitcli.library.kept import load
from tests.conftest import Asked
from tests.inside import look
from tests.published import DATA

PLAN = "Betreff;Los;Ort\nOpening;2022-07-23 10:00–11:00;Hall\nClosing;2022-07-24 16:30–17:00;Hall\n"
COLUMNS = ("--columns", "title=Betreff,start=Los,room=Ort")
UTC = ("--assume-timezone", "UTC")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "plan.csv"
    path.write_text(PLAN, "utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["meetup.csv", "meetup.xlsx", "meetup.ods"])
def test_a_spreadsheet_is_used_like_any_schedule(ask: Asked, name: str, tmp_path: Path) -> None:
    assert ask("use", str(DATA / name), "--name", "meetup", *UTC).status == 0
    ids = ask("list", "-f", "ids").out.split()
    first = ids[0]
    assert len(ids) in (3, 4, 5)
    title = json.loads(ask("show", first, "--json").out)[0]["title"]
    assert first in ask("search", title, "-f", "ids").out.split()
    assert title in ask("grid", "1", "-f", "table").out
    assert ask("agenda", "add", first).status == 0
    assert ask("agenda", "-f", "ids").out == f"{first}\n"
    assert f"SUMMARY:{title}" in ask("export", "-f", "ics").out
    assert title in ask("export", "-f", "html").out
    listed = ask("list", "--fields", "id,day,start,end,room,title,speakers").out
    for target in ("json", "frab-json", "frab-xml", "ics", "csv"):
        out = str(tmp_path / "again")
        assert ask("convert", "meetup", "-f", target, "-o", out).status == 0
        again = ask("list", "--fields", "id,day,start,end,room,title,speakers", "--schedule", out, *UTC).out
        # Calendars number what has no guid.
        assert [line.split("\t")[1:6] for line in again.splitlines()] == [
            line.split("\t")[1:6] for line in listed.splitlines()
        ]


def test_a_table_without_a_title_has_that_of_its_copy_or_its_file(ask: Asked, tmp_path: Path) -> None:
    def title(reference: object) -> str:
        found: str = json.loads(ask("convert", str(reference), "-f", "json").out)["conference"]["title"]
        return found

    file, other = tmp_path / "harbour-days_2022.csv", tmp_path / "my-plan.csv"
    names = {
        "harbour-days_2022": file,
        "conference-2022-07-23": tmp_path / "Schedule-2.csv",
        "my-plan": other,
    }
    for expected, path in names.items():
        path.write_text("title,day,start,end\nOpening,2022-07-23,10:00,11:00\n", "utf-8")
        assert (
            title(path)
            == json.loads(ask("about", "--json", "--schedule", str(path)).out)["title"]
            == expected
        )
    for name in ("first", "second"):
        assert ask("use", str(file), "--name", name, *UTC).status == 0
    assert (title("first"), title("second")) == ("first", "second")
    file.write_text("title,day,start,end\nOpening,2022-07-23,10:30,11:00\n", "utf-8")
    for name in ("first", "second"):
        assert ask("update", name).status == 0
        assert load(name).title == title(name) == name
    assert ask("diff", "first", str(other), "-f", "md").out.startswith("# my-plan: ")
    other.write_text("Quay Days\ntitle,day,start,end\nOpening,2022-07-23,10:00,11:00\n", "utf-8")
    assert title(other) == "Quay Days"
    assert ask("diff", "first", str(other), "-f", "md").out.startswith("# Quay Days: ")


def test_the_columns_are_kept_for_updates(ask: Asked, plan: str) -> None:
    assert ask("use", plan).status == 3
    assert ask("use", plan, *COLUMNS, "--name", "conf", *UTC).status == 0
    assert load("conf").columns == "title=Betreff,start=Los,room=Ort"
    Path(plan).write_text(PLAN + "Party;2022-07-24 20:00–23:00;Yard\n", "utf-8")
    assert ask("update", "--fields", "kind,id").out == "new\tparty\n"
    assert ask("list", "-f", "ids").out == "opening\nclosing\nparty\n"
    assert ask("use", "conf", "--columns", "title=Ort,start=Los").status == 0
    assert ask("list", "--fields", "title").out == "Hall\nHall\nYard\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_renamed_session_with_an_id_column_keeps_its_id(ask: Asked, tmp_path: Path, form: str) -> None:
    from tests.formats.tables.workbooks import xlsx

    path, site = tmp_path / f"plan.{form}", tmp_path / "site"

    def write(title: str, room: str) -> None:
        rows = [["Code", "Title", "Day", "Start", "End", "Room"]]
        rows += [["K 1", title, "2022-07-23", "10:00", "11:00", room]]
        rows += [["K 2", "Closing", "2022-07-23", "11:00", "12:00", "Hall"]]
        lines = "".join(f"{';'.join(row)}\n" for row in rows)
        path.write_bytes(lines.encode() if form == "csv" else xlsx({"Plan": rows}))

    publish = ("publish", str(site), "--schedule", str(path), *UTC, "-q")
    write("Opening", "Hall")
    assert ask(*publish).status == ask("use", str(path), "--name", "conf", *UTC).status == 0
    write("A Warm Welcome", "Yard")
    assert ask("update", "--fields", "kind,id").out == "moved\tk-1\nrenamed\tk-1\n"
    assert ask(*publish).status == 0
    calendar = (site / "schedule.ics").read_text("utf-8")
    assert "UID:k-1@conference-2022-07-23.summitcli" in calendar
    assert (site / "sessions" / "k-1.html").exists()
    assert "Opening" in (site / "changes.html").read_text("utf-8")


def test_a_sheet_is_kept_for_updates(ask: Asked, tmp_path: Path) -> None:
    from tests.formats.tables.workbooks import xlsx

    path = tmp_path / "plan.xlsx"
    rows = [["Title", "Day"], ["Opening", "2022-07-23"]]
    path.write_bytes(xlsx({"Sat": rows, "Sun": [rows[0], ["Closing", "2022-07-24"]]}))
    assert ask("use", str(path), "--sheet", "sun", "--name", "conf", *UTC).status == 0
    path.write_bytes(xlsx({"Sat": rows, "Sun": [rows[0], ["Closing", "2022-07-24"], ["End", "2022-07-24"]]}))
    assert ask("update", "--fields", "kind,id").out == "new\tend\n"
    assert load("conf").sheet == "sun"
    assert ask("list", "--schedule", str(path), "--sheet", "mon").err == (
        'summit: no sheet "mon". Available: Sat, Sun\n'
    )


def test_wrong_options_are_usage_errors(ask: Asked, plan: str) -> None:
    assert ask("list", "--schedule", plan, "--columns", "title=Betref") == (
        2, "", 'summit: no column "Betref". Did you mean "Betreff"?\n'
    )  # fmt: skip
    assert ask("list", "--schedule", plan, "--columns", "titel=Betreff") == (
        2, "", 'summit: no field "titel". Did you mean "title" or "subtitle"?\n'
    )  # fmt: skip
    assert ask("convert", plan, "--columns", "x", "-f", "json") == (
        2, "", 'summit: --columns takes pairs such as title=Titel,start=Von, not "x"\n'
    )  # fmt: skip


def test_validate_says_what_each_column_was_taken_for(ask: Asked, plan: str) -> None:
    found = json.loads(ask("validate", plan, *COLUMNS, *UTC, "--json").out)
    assert [problem for problem in found if problem["severity"] == "note"] == [
        {
            "severity": "note",
            "path": "",
            "line": 1,
            "column": None,
            "reason": 'columns: title="Betreff", start="Los", room="Ort"',
            "rule": "columns",
            "sessions": [],
        }
    ]
    assert ask("validate", plan, *COLUMNS, *UTC, "--strict", "--json").status == 3


def test_a_terminal_says_what_each_column_was_taken_for(ask: Asked, plan: str) -> None:
    note = 'columns: title="Betreff", start="Los", room="Ort"'
    assert note in " ".join(look(["use", plan, *COLUMNS, "--lang", "en"], columns=200).out.split())
    assert note not in ask("use", plan, *COLUMNS).err


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_list_of_this_program_is_read_back(ask: Asked, tmp_path: Path, form: str) -> None:
    shutil.copy(DATA / "harbour.json", tmp_path / "plan.json")
    source = ("--schedule", str(tmp_path / "plan.json"))
    zone = ("--assume-timezone", "Europe/Berlin")
    (tmp_path / "list").write_text(ask("list", "-f", form, *source).out, "utf-8", newline="")
    listed = ask("list", *source).out
    assert ask("list", "--schedule", str(tmp_path / "list"), *zone).out == listed
