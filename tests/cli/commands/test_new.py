"""`summit new`: from options, from questions, and never over a file."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Asked
from tests.inside import look

TEA = ("--title", "Tea 2030", "--start", "2030-05-10", "--time-zone", "Asia/Shanghai")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Run in an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    return tmp_path


def test_options_make_a_valid_schedule(ask: Asked, folder: Path) -> None:
    rooms = ("--room", "Hall", "--room", "Lab", "--category", "Talks", "--category", "Workshops")
    assert ask("new", "plan.yaml", *TEA, "--end", "2030-05-11", *rooms) == (0, "", "wrote plan.yaml\n")
    assert ask("validate", "plan.yaml", "--strict") == (0, "", "no problems found\n")
    about = json.loads(ask("about", "--json", "--schedule", "plan.yaml").out)
    assert (about["id"], about["time_zone"], about["end"]) == ("tea-2030", "Asia/Shanghai", "2030-05-11")
    assert ask("list", "--schedule", "plan.yaml").out == "2030-05-10\t09:30\twelcome\ttalks\tWelcome\n"
    assert sorted(folder.glob("*plan*")) == [folder / "plan.yaml"]


def test_it_is_written_as_json_or_to_standard_output(ask: Asked, folder: Path) -> None:
    assert ask("new", "plan.json", *TEA, "--lang", "zh") == (0, "", "已写入 plan.json\n")
    made = json.loads((folder / "plan.json").read_text("utf-8"))
    assert made["conference"]["language"] == "zh"
    assert made["sessions"] == [{
        "id": "kai-chang", "title": "开场", "category": "yan-jiang",
        "slots": [{
            "day": "2030-05-10", "start": "2030-05-10T09:30:00+08:00", "end": "2030-05-10T10:15:00+08:00",
        }],
    }]  # fmt: skip
    status, out, err = ask("new", "-", *TEA)
    assert (status, err, out.startswith("# A conference schedule for summit.")) == (0, "", True)


def test_the_time_zone_is_that_of_the_computer(ask: Asked) -> None:
    assert "  time_zone: Europe/Berlin " in ask("new", "-", *TEA[:4]).out


@pytest.mark.parametrize("kind", ["file", "directory", "link"])
def test_nothing_is_overwritten(ask: Asked, folder: Path, kind: str) -> None:
    path = folder / "plan.yaml"
    if kind == "file":
        path.write_text("mine", "utf-8")
    elif kind == "directory":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    said = "summit: can't write plan.yaml: it exists already; choose another name\n"
    assert ask("new", "plan.yaml", *TEA) == (4, "", said)
    assert (kind != "file" or path.read_text("utf-8") == "mine", (folder / "nowhere").exists()) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("plan.yaml",), 2, "--title and --start are needed if no questions can be asked in a terminal"),
        (("plan.yaml", *TEA[:2]), 2,
         "--title and --start are needed if no questions can be asked in a terminal"),
        (("plan.txt", *TEA), 2, 'no format for "plan.txt"; use .yaml or .json'),
        (("plan.yaml", "--title", " ", "--start", "2030-05-10"), 2, "this must not be empty"),
        (("plan.yaml", *TEA, "--start", "soon"), 2, '"soon" is not a date; use one such as 2030-05-10'),
        (("plan.yaml", *TEA, "--start", "0001-01-01"), 2,
         '"0001-01-01" is not a date; use one such as 2030-05-10'),
        (("plan.yaml", *TEA, "--end", "2030-05-09"), 2,
         "the end (2030-05-09) is before the start (2030-05-10)"),
        (("plan.yaml", *TEA, "--language", "German"), 2,
         '"German" is not a language tag; use one such as en or zh'),
        (("plan.yaml", *TEA, "--time-zone", "Asia/Shangai"), 2,
         'no time zone "Asia/Shangai"; use an IANA name such as Europe/Berlin. Did you mean'),
        (("plan.yaml", *TEA, "--end", "2032-05-10"), 3, "the new schedule is not a valid schedule: "),
        (("no/plan.yaml", *TEA), 4, "can't write no/plan.yaml: No such file or directory"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    ask: Asked, folder: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    answer = ask("new", *words)
    assert (answer.status, answer.out, answer.err.count("\n")) == (status, "", 1)
    assert answer.err.startswith(f"summit: {said}")
    assert not os.path.exists("plan.yaml")


def typed(*answers: str) -> bytes:
    return "".join(f"{answer}\n" for answer in answers).encode()


def test_in_a_terminal_it_asks_for_what_is_missing(ask: Asked, folder: Path) -> None:
    answers = typed(
        "Tea", "10 May", "2030-05-10", "2030-05-11", "", "", "Hangzhou", "Hall，Lab,", "", "", "10"
    )
    answer = look(["new", "plan.yaml", "--lang", "en"], typed=answers)
    assert answer.status == 0, answer
    shown = (answer.out + answer.err).replace("\r", "")
    assert '"10 May" is not a date; use one such as 2030-05-10\n' in shown
    for question in (
        "Name of the conference: ", "First day: ", "Last day [2030-05-10]: ", "Time zone [Europe/Berlin]: ",
        "Language of the texts [en]: ", "Place (may be empty): ", "First session [Welcome]: ",
        "Rooms, with commas between them (may be empty): ", "It starts at [09:30]: ",
        "Categories or tracks, with commas between them [Talks]: ",
    ):  # fmt: skip
        assert question in shown
    assert ask("validate", "plan.yaml") == (0, "", "no problems found\n")
    (row,) = json.loads(ask("list", "--json", "--schedule", "plan.yaml").out)
    assert (row["start"], row["room"]) == ("2030-05-10T10:00:00+02:00", "Hall")


def test_if_the_answers_end_nothing_is_written(folder: Path) -> None:
    answer = look(["new", "plan.yaml", "--lang", "en"], typed=b"Tea\n\x04")
    assert (answer.status, os.path.exists("plan.yaml")) == (2, False)
    assert "summit: no answer; nothing was written" in answer.out + answer.err


def test_with_a_title_and_a_start_it_asks_nothing() -> None:
    answer = look(["new", "plan.yaml", *TEA, "--lang", "en"])
    assert (answer.status, "Last day" in answer.out + answer.err) == (0, False)
