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
    ask("hide", "posters")
    ask("star", "--maybe", "closing")
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


def test_a_page_of_the_agenda_marks_what_is_only_maybe_in_it(ask: Asked, timed: Path) -> None:
    ask("star", "clear")
    ask("star", "opening", "--maybe")
    maybe = '<span class="mine">☆ 可能参加</span> 开幕式'
    for words in (["agenda", "export"], ["export", "--agenda"], ["agenda", "export", "--stars"]):
        page = ask(*words, "-f", "html", "--lang", "zh").out
        assert (page.count("☆"), page.count(maybe)) == (1, 1)
    assert "☆" not in ask("export", "-f", "html").out
    assert "☆" in ask("export", "-f", "html", "--stars").out


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


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("words", "names", "said"),
    [
        (["room"], ["Great-Hall-of-the-Old-Observatory.ics", "Lab.ics", "Roof.ics"],
         ["3 sessions", "1 session", "1 session", "1 session has no room, so it is in no file"]),
        (["room", "-d", "2", "-f", "html"], ["Great-Hall-of-the-Old-Observatory.html", "Lab.html"],
         ["1 session", "1 session", "1 session has no room, so it is in no file"]),
        (["category", "-f", "csv"], ["hands-on.csv", "talk.csv"],
         ["3 sessions", "2 sessions", "1 session has no category, so it is in no file"]),
        (["speaker", "-s", "ada", "-f", "md"], ["Ada-Lovelace.md"], ["1 session"]),
        (["speaker", "-d", "1", "-f", "ids"],
         ["Ada-Lovelace.ids", "Annie-Jump-Cannon.ids", "Grace-Hopper.ids", "李雷.ids"],
         [*["1 session"] * 4, "4 sessions have no speaker, so they are in no file"]),
        (["day", "-f", "json"], ["2024-05-31.json", "2024-06-01.json"], ["5 sessions", "3 sessions"]),
    ],
)  # fmt: skip
def test_each_group_gets_a_file_of_its_own(
    ask: Asked, tmp_path: Path, timed: Path, words: list[str], names: list[str], said: list[str]
) -> None:
    folder = tmp_path / "new" / "sheets"
    answer = ask("export", "--per", *words, "-o", str(folder))
    assert (answer.status, answer.out) == (0, "")
    assert files(folder) == names
    lines = answer.err.splitlines()
    assert [line.removeprefix("exported ").split(" to ")[0] for line in lines] == said
    assert sorted(line.split(" to ")[1] for line in lines if " to " in line) == [
        str(folder / name) for name in names
    ]


def test_a_file_of_a_group_is_the_export_of_its_sessions(ask: Asked, tmp_path: Path, timed: Path) -> None:
    folder = str(tmp_path / "sheets")
    for format_, extension in (("json", "json"), ("csv", "csv"), ("md", "md")):
        ask("export", "--per", "room", "-f", format_, "-o", folder)
        assert (
            Path(folder, f"Lab.{extension}").read_bytes().decode()
            == ask("export", "-r", "Lab", "-f", format_).out
        )
    ask("export", "--per", "room", "-o", folder)
    whole = ask("export", "-r", "Lab", "--calendar-name", "Conference of Clear Programs – Lab").out
    assert Path(folder, "Lab.ics").read_bytes().decode() == whole
    ask("export", "--per", "room", "-o", folder, "--calendar-name", "Ours", "--utc")
    named = ask("export", "-r", "Lab", "--calendar-name", "Ours – Lab", "--utc").out
    assert Path(folder, "Lab.ics").read_bytes().decode() == named


def test_a_page_of_a_group_is_a_sheet_with_its_heading(ask: Asked, tmp_path: Path, timed: Path) -> None:
    ask("export", "--per", "category", "-f", "html", "-o", str(tmp_path / "sheets"), "--lang", "zh")
    page = (tmp_path / "sheets" / "talk.html").read_text("utf-8")
    assert '<body class="sheet"><header>\n<h1 dir="auto">演讲</h1>\n' in page
    assert page.count('<p class="again" aria-hidden="true" dir="auto">演讲</p>') == 1
    assert "<title>演讲 – 清晰程序大会</title>" in page and 'class="room"' in page
    ask("export", "--per", "room", "-f", "html", "-o", str(tmp_path / "sheets"))
    assert 'class="room"' not in (tmp_path / "sheets" / "Lab.html").read_text("utf-8")


def test_files_from_before_stay_too_but_are_named(ask: Asked, tmp_path: Path, timed: Path) -> None:
    folder = tmp_path / "sheets"
    ask("export", "--per", "room", "-f", "md", "-o", str(folder))
    (folder / "notes.txt").write_text("mine")
    answer = ask("export", "--per", "room", "-r", "lab", "-f", "md", "-o", str(folder))
    assert answer.err.splitlines() == [
        f"exported 1 session to {folder}/Lab.md",
        "other files there, left as they were: Great-Hall-of-the-Old-Observatory.md, Roof.md",
    ]
    assert len(files(folder)) == 4


def test_other_files_in_the_directory_stay(ask: Asked, tmp_path: Path, timed: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "Lab.ids").write_text("old")
    (folder / "Roof.ids").mkdir()
    answer = ask("export", "--per", "room", "-f", "ids", "-o", str(folder))
    assert answer.status == 4
    assert answer.err.splitlines()[-1] == (f"summit: can't write {folder}/Roof.ids: Is a directory")
    assert files(folder) == ["Great-Hall-of-the-Old-Observatory.ids", "Lab.ids", "Roof.ids", "notes.txt"]
    assert ((folder / "notes.txt").read_text(), (folder / "Lab.ids").read_text()) == ("mine", "soldering\n")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--per", "rom", "-o", "x"], 2, 'summit: can\'t export per "rom". Did you mean "room"?\n'),
        (["--per", "room"], 2, "summit: --per writes files; give their directory with -o DIR\n"),
        (["--per", "room", "-o", "-"], 2, "summit: --per writes files; give their directory with -o DIR\n"),
        (["--per", "room", "-o", "x", "--title", "T", "-f", "html"], 2,
         "summit: --title can't be used with --per, which makes a heading for each file\n"),
        (["--per", "room", "-o", "x", "--utc", "-f", "html"], 2,
         "summit: --alarm, --utc and --calendar-name work only with --format ics\n"),
        (["--per", "room", "-o", "x", "-c", "talk", "-d", "2", "-s", "ada"], 1, "no matching sessions\n"),
        (["--per", "room", "-o", "timed.json"], 4, "summit: can't write timed.json: it is not a directory\n"),
        (["--per", "room", "-o", "x", "--schedule", "bundled"], 2, "summit: this schedule has no rooms\n"),
        (["--title", "T"], 2, "summit: --title works only with --format html\n"),
    ],
)  # fmt: skip
def test_an_export_that_can_not_be_made_is_an_error_of_one_line(
    ask: Asked,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    timed: Path,
    words: list[str],
    status: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask("export", *words) == (status, "", said)
    assert not (tmp_path / "x").exists()
