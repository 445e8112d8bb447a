"""`summit convert`: schedules converted to every format."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from summitcli.exports import SCHEDULE, formats_for
from summitcli.exports.schedules.frab_json import frab_json
from summitcli.exports.schedules.frab_xml import frab_xml
from summitcli.exports.schedules.native import native
from summitcli.formats import FORMATS, recognise
from summitcli.model import Schedule
from tests.conftest import BUNDLED, Asked, Run
from tests.exports.published import written
from tests.schedules import DATA, bundled_listings, document, session, timed, write

TARGETS = formats_for(SCHEDULE, drawn=False)
WHAT = "json, summit, yaml, frab-json, frab-xml, ics, csv"


def bundled() -> Schedule:
    return Schedule.model_validate_json(BUNDLED.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_format_can_be_read_again_or_is_a_table(ask: Asked, target: str) -> None:
    status, out, err = ask("convert", "bundled", "-f", target)
    assert (status, err) == (0, "")
    if target != "csv":
        read_as = {"json": "summit", "yaml": "summit-yaml"}.get(target, target)
        assert recognise(out.encode(), target) == read_as
        assert read_as in FORMATS


def test_a_pipe_gets_the_whole_text(ask: Asked) -> None:
    writers = {"json": native, "summit": native, "frab-json": frab_json, "frab-xml": frab_xml}
    for target, write_it in writers.items():
        assert ask("convert", "bundled", "-f", target).out == written(write_it, bundled())


def test_the_calendar_is_that_of_export(ask: Asked) -> None:
    assert ask("convert", "bundled", "-f", "ics").out == ask("export", "-f", "ics").out


def test_the_table_has_a_row_a_listing(ask: Asked) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("convert", "bundled", "-f", "csv").out)))
    assert list(rows[0]) == [
        "day", "start", "end", "room", "id", "category", "title", "speakers", "language", "url",
        "description",
    ]  # fmt: skip
    assert [(row["day"], row["id"], row["title"]) for row in rows] == [
        (day, item["id"], item["title"]["zh"]) for day, item, _part, _parts in bundled_listings()
    ]


def test_titles_are_in_the_schedules_language_in_every_locale(ask: Asked) -> None:
    for target in TARGETS:
        assert ask("convert", "bundled", "-f", target, "--lang", "en") == ask(
            "convert", "bundled", "-f", target
        )


@pytest.mark.parametrize(
    ("name", "target"),
    [("a.json", "json"), ("a.XML", "frab-xml"), ("a.ics", "ics"), ("b.csv", "csv")],
)
def test_the_extension_of_the_file_sets_the_format(call: Run, tmp_path: Path, name: str, target: str) -> None:
    assert call("convert", "bundled", "-o", name, err=f"wrote {name}\n") == ""
    assert (tmp_path / name).read_bytes().decode() == call("convert", "bundled", "-f", target)
    call("convert", "bundled", "-o", name, "-f", "frab-json", err=f"wrote {name}\n")
    assert (tmp_path / name).read_text("utf-8") == written(frab_json, bundled())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], f"choose a format with --format: {WHAT}"),
        (["-o", "-"], f"choose a format with --format: {WHAT}"),
        (
            ["-o", "a.txt"],
            f'unknown file extension ".txt"; choose a format with --format. Available: {WHAT}',
        ),
        (["-o", "json"], f"choose a format with --format: {WHAT}"),
        (["-f", "frab-jsn"], 'no format "frab-jsn". Did you mean "frab-json"?'),
        (["-f", ""], 'no format "". Available: json, summit, yaml, frab-json, frab-xml, ics, csv'),
    ],
)
def test_nothing_is_written_without_a_known_format(
    ask: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask("convert", "bundled", *words) == (2, "", f"summit: {said}\n")
    assert not (tmp_path / "a.txt").exists()


def test_standard_input_is_converted_to_standard_output(call: Run) -> None:
    xml = call("convert", "-", "-f", "frab-xml", "-o", "-", stdin=BUNDLED.read_bytes())
    text = call("convert", "-", "-f", "json", stdin=xml)
    assert [
        one["id"] for one in sorted(json.loads(text)["sessions"], key=lambda one: str(one["id"]))
    ] == sorted(one["id"] for one in DATA["sessions"])


ODD = {"schedule": {"conference": {"title": "C", "days": [{"date": "2024-05-01", "rooms": {"A": [
    {"guid": "a", "date": "2024-05-01T09:00:00+02:00", "duration": "1:00"}]}}]}}}  # fmt: skip


def test_warnings_are_printed_and_with_strict_nothing_is_written(call: Run, tmp_path: Path) -> None:
    write(tmp_path / "odd.json", ODD)
    assert call("convert", "odd.json", "-f", "ics", err="1 event without a title\n").startswith(
        "BEGIN:VCALENDAR"
    )
    said = (
        "1 event without a title\nsummit: odd.json has 1 warning, so nothing was written;"
        " omit --strict to write it anyway\n"
    )
    call("convert", "odd.json", "-o", "a.ics", "--strict", status=3, err=said)
    assert not (tmp_path / "a.ics").exists()
    call("convert", "bundled", "-o", "a.ics", "--strict", err="wrote a.ics\n")


def test_a_schedule_that_the_format_can_not_represent_is_an_error(call: Run, tmp_path: Path) -> None:
    long = timed("2024-05-01", "2024-05-01T09:00:00+02:00", "2024-12-01T09:00:00+01:00")
    write(tmp_path / "long.json", document(session("long", long)))
    said = "summit: long lasts 214 days, which the format frab-xml can't express\n"
    call("convert", "long.json", "-o", "a.xml", status=3, err=said)
    assert not (tmp_path / "a.xml").exists()


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (None, 4, "can't read {file}: No such file or directory"),
        (b"", 3, "{file} is not a schedule: it is empty"),
    ],
)
def test_a_file_that_is_not_a_schedule_is_an_error_of_one_line(
    ask: Asked, tmp_path: Path, content: bytes | None, status: int, said: str
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    assert ask("convert", str(file), "-f", "ics") == (status, "", f"summit: {said.format(file=file)}\n")


def test_a_file_is_written_whole_or_not_at_all(call: Run, tmp_path: Path) -> None:
    for place, reason in {"missing/a.ics": "No such file or directory", ".": "Is a directory"}.items():
        said = f"summit: can't write {place}: {reason}\n"
        call("convert", "bundled", "-f", "ics", "-o", place, status=4, err=said)
    assert sorted(path.name for path in tmp_path.glob("*.tmp")) == []


def test_other_commands_do_not_import_the_converters() -> None:
    code = "import sys, summitcli.cli.commands.publishing; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    slow = {"pydantic", "rich", "typer", "xml.etree.ElementTree", "summitcli.formats", "summitcli.model"}
    assert sorted(slow & set(loaded.split())) == []
