"""The examples in the help, run on the built-in schedule without a network."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from summitcli.cli.grammar.commands import COMMANDS
from summitcli.cli.grammar.manual import EXAMPLES, Example, examples
from tests.conftest import Asked
from tests.directory.samples import directory
from tests.schedules import document, session, timed, write
from tests.webserver import page, serving

ADDRESS = re.compile(r"https://example\.org(/\S*)")

D1, D2 = "2024-05-01", "2024-05-02"
TALK = session(
    "talk", timed(D1, f"{D1}T09:00:00+02:00", f"{D1}T10:00:00+02:00", room="Hall"), speakers=["Ada"]
)
LATER = session("later", timed(D1, f"{D1}T13:00:00+02:00", f"{D1}T14:00:00+02:00", room="Hall"))
BETWEEN = session("between", timed(D1, f"{D1}T11:00:00+02:00", f"{D1}T12:00:00+02:00", room="Hall"))
MOVED = session("talk", timed(D2, f"{D2}T09:00:00+02:00", f"{D2}T10:00:00+02:00", room="Hall"))

CALENDAR = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//EN", "BEGIN:VEVENT", "UID:1@x", "SUMMARY:Shift",
    "DTSTART:20220723T010000Z", "DTEND:20220723T020000Z", "END:VEVENT", "END:VCALENDAR", "",
)  # fmt: skip
BEFORE = """
summit agenda add -c forum -d 1
summit agenda add digital-product
summit agenda add opening --name friends
summit agenda add talk later --schedule meetup.json
summit agenda block Lunch -d 2 --from 12:00 --to 13:00
summit agenda busy shifts.ics
summit export -c forum -d 2 -o colleague.ics
summit use meetup.json --name meetup
summit use bundled
"""
"""The command lines to run before an example."""


@pytest.fixture(scope="module")
def prepared(built_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with files, agendas and a saved schedule for the examples."""
    folder = tmp_path_factory.mktemp("prepared")
    for name in ("meetup.json", "new.json"):
        write(folder / name, document(TALK, BETWEEN, LATER))
    write(folder / "old.json", document(MOVED, BETWEEN))
    (folder / "shifts.ics").write_text("\n".join(CALENDAR), "utf-8")
    (folder / "plan.csv").write_text("Talk,Date,Begin,Until\nOpening,2030-01-01,10:00,11:00\n", "utf-8")
    shutil.copytree(built_cache, folder / "cache")
    environment = {**os.environ, "SUMMIT_CACHE": str(folder / "cache"), "SUMMIT_DATA": str(folder / "data")}
    for line in filter(None, BEFORE.splitlines()):
        words = [sys.executable, "-m", "summitcli", *shlex.split(line)[1:]]
        subprocess.run(words, env=environment, cwd=folder, check=True, capture_output=True)
    return folder


def examples_of(words: str) -> tuple[Example, ...]:
    """Return the examples of a command; of the main page if ``words`` is empty."""
    return examples(COMMANDS[words].load()) if words else EXAMPLES


@pytest.mark.parametrize("words", ["", *COMMANDS])
def test_every_example_ends_with_its_exit_code(
    ask: Asked, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHELL", "/bin/bash")
    with serving() as site:
        site["/schedule.json"] = page((tmp_path / "meetup.json").read_bytes())
        (tmp_path / "directory.json").write_text(directory(f"{site.url}/schedule.json"))
        monkeypatch.setenv("SUMMIT_DIRECTORY", str(tmp_path / "directory.json"))
        for example in examples_of(words):
            program, *typed = shlex.split(ADDRESS.sub(rf"{site.url}\1", example.line))
            status, out, err = ask(*typed)
            assert (program, status, bool(out or err)) == ("summit", example.status, True), (example, err)
            for option, value in pairwise(typed):
                if option in ("-o", "--svg"):
                    assert (tmp_path / value).stat().st_size > 100
                    (shutil.rmtree if (tmp_path / value).is_dir() else os.unlink)(tmp_path / value)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_has_one_to_four_examples_of_its_own(words: str) -> None:
    lines = [example.line for example in examples_of(words)]
    assert 1 <= len(lines) <= 4
    assert [line for line in lines if not f"{line} ".startswith(f"summit {words} ")] == []
