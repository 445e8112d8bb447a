"""`summit export`: what is written, and what it doesn't tell."""

import json
from pathlib import Path

import pytest

from summitcli.exports import formats_for
from summitcli.rows import Listing
from tests.cli.timed_screens import conference
from tests.conftest import Asked
from tests.inside import look
from tests.schedules import write

STAR = "★"


@pytest.fixture
def timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Use a small schedule with times for all commands, and return its path."""
    path = write(tmp_path / "timed.json", conference())
    monkeypatch.setenv("SUMMIT_SCHEDULE", str(path))
    return path


def written(ask: Asked, folder: Path, *words: str) -> dict[str, bytes]:
    """Return what ``export`` writes in each format, and the grid in an SVG file, by format."""
    files = {}
    for format_ in formats_for(Listing, drawn=False):
        file = folder / f"export.{format_}"
        assert ask("export", *words, "-f", format_, "-o", str(file)).status == 0
        files[format_] = file.read_bytes()
    assert ask("grid", "1", *words, "--svg", str(folder / "grid.svg")).status == 0
    return {**files, "svg": (folder / "grid.svg").read_bytes()}


def test_no_file_shows_what_is_in_the_agenda(ask: Asked, tmp_path: Path, timed: Path) -> None:
    # The agenda knows an older title, so that its calendar has another revision.
    content = conference()
    content["sessions"][1]["title"] = "Older"
    write(timed, content)
    ask("agenda", "add", "clear", "soldering", "opening")
    write(timed, conference())
    assert "SEQUENCE:1\r\n" in ask("agenda", "export").out
    marked = written(ask, tmp_path, "--stars")
    private = written(ask, tmp_path)
    ask("agenda", "clear", "--yes", "--forget")
    assert private == written(ask, tmp_path)
    assert [name for name in private if marked[name] != private[name]] == [
        "json", "jsonl", "ics", "html", "svg"]  # fmt: skip


def test_a_page_on_stdout_has_no_stars_either(ask: Asked, timed: Path) -> None:
    ask("agenda", "add", "clear")
    for words in (["list"], ["day", "1"], ["search", "clear"], ["show", "clear"], ["agenda"], ["grid", "1"]):
        assert STAR not in ask(*words, "-f", "html").out
    assert ask("export", "--stars", "-f", "html").out.count(STAR) == 1
    assert ask("agenda", "export", "--stars", "-f", "html").out.count(STAR) == 1
    assert ask("grid", "1", "--stars", "-f", "html").out.count(STAR) == 1


def test_marks_in_json_follow_the_option(ask: Asked, timed: Path) -> None:
    ask("agenda", "add", "clear")

    def marked(*words: str) -> list[str]:
        return [row["id"] for row in json.loads(ask("export", "-f", "json", *words).out) if row["in_agenda"]]

    assert marked() == []
    assert marked("--stars") == marked("--agenda") == ["clear"]


KHAL = "khal import 'my plan.ics' · "
CALENDAR = ("send it to your phone, or open it in a calendar app", "发送到手机，或在日历应用中打开")
PAGE = ("open it in a browser, to read or print it", "在浏览器中打开，即可阅读或打印")


@pytest.mark.parametrize(
    ("file", "programs", "hints"),
    [
        ("my plan.ics", [], CALENDAR),
        ("my plan.ics", ["khal"], tuple(KHAL + hint for hint in CALENDAR)),
        ("plan.html", ["khal"], PAGE),
        ("plan.csv", ["khal"], ("", "")),
    ],
)
def test_a_hint_says_what_to_do_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, programs: list[str], hints: tuple[str, str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for program in programs:
        (tmp_path / program).touch(mode=0o755)
    said = {"en": f"exported 38 sessions to {file}", "zh": f"已导出 38 场到 {file}"}
    for language, hint in zip(said, hints, strict=True):
        answer = look(["export", "-o", file, "--lang", language, "--color", "never"])
        assert answer.out.splitlines() == [said[language], *([hint] if hint else [])]
