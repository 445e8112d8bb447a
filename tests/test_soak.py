"""Short runs of the rows of ``make soak`` that no other test covers, and their table."""

from pathlib import Path

import pytest
from scripts.soak.__main__ import ROWS
from scripts.soak.process import ARGUMENTS, _line
from scripts.soak.table import Row, Tally, check, render

from tests.cli.walk import FULL_SCREEN, every
from tests.conftest import BUNDLED, ROOT
from tests.formats.mutations import MAKERS
from tests.inside import ask


@pytest.mark.parametrize(
    "name",
    [
        "markup",
        "csv",
        "recurrences",
        "times",
        "odd-files",
        "xml",
        "json",
        "directories",
        "names",
        "private",
        "damaged",
        "torn",
    ],
)
def test_a_row_holds(name: str) -> None:
    row = ROWS[name](0.01)
    assert (row.number > 0, row.failed) == (True, 0)


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
@pytest.mark.usefixtures("warm")
def test_every_command_answers_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(BUNDLED.read_bytes())
    file.with_suffix(".ids").write_text("main-forum\n")
    for words, _command in every():
        line = _line(words, str(file))
        answer = ask(line, encoding)
        assert answer.status in ((2,) if words in FULL_SCREEN else (0, 1)), (line, answer)
        (answer.out + answer.err).encode(encoding)


def test_arguments_are_those_of_commands() -> None:
    assert set(ARGUMENTS) <= {words for words, _command in every()}


def test_every_format_has_its_row() -> None:
    assert {name.removeprefix("mutated-") for name in ROWS if name.startswith("mutated-")} == set(MAKERS)


def test_a_row_counts_runs_and_failures(capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally("area", "what")
    for holds in (True, False, True):
        with tally.attempt(holds):
            check(holds, "the check fails")
    row = tally.row()
    assert row[:4] == ("area", "what", 3, 1)
    assert row.memory > 10
    assert "the check fails" in capsys.readouterr().err


def test_the_table() -> None:
    assert render([Row("a", "b", 1234, 0, 0.5, 80), Row("longer", "c", 1, 1, None, 7)]) == (
        "| area   | what | how many | failed | slowest | memory |\n"
        "| ------ | ---- | -------: | -----: | ------: | -----: |\n"
        "| a      | b    |    1,234 |      0 |  0.50 s |  80 MB |\n"
        "| longer | c    |        1 |      1 |         |   7 MB |\n"
    )


AREAS = (
    "crash-safe agenda",
    "crash-safe site",
    "agendas in calendars",
    "each system call failing",
    "concurrent use",
    "damaged agenda",
    "full disk, read-only home, no HOME",
    "terminal escapes in schedule text",
    "Rich markup in text",
    "iCalendar injection",
    "CSV formulas",
    "hostile input",
    "hostile XML",
    "hostile JSON",
    "hostile servers",
    "file names",
    "pipes and signals",
    "encodings",
    "privileges",
)
"""The areas of reliability; each has at least one row in the table of docs/reliability.md."""


def test_every_area_has_a_row() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    assert [area for area in AREAS if f"| {area} " not in page] == []
