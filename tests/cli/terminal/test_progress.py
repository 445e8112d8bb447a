"""Long work under a real terminal: how far it is shows, and is gone when the work is done or given up."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitcli.catalog.seal import SEAL, SUFFIX
from tests.conftest import Run
from tests.schedules import document, session, write

SESSIONS = 20_000
"""So many that there is time to interrupt what is done with them."""

FEWER = 6_000
"""So many events that not all of them are kept in memory, and picks that are read one by one."""

ERASED = "\x1b[2K"
"""The line is empty again (ECMA-48, 8.3.41, EL)."""
HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"
"""What hides the cursor, and shows it again (DECTCEM)."""

AT_ONCE = """
from summitcli.cli.terminal import progress
progress.SHOW_AFTER = 0
from summitcli.__main__ import run
run()
"""
"""The program, which shows how far it is however fast the machine is."""


WORK = re.compile("(reading|checking|preparing|comparing|picking|writing) ")


class Started:
    """A command under a terminal of its own, with standard output there, too, unless it goes elsewhere."""

    def __init__(self, *words: str, lang: str = "C.UTF-8", stdout: Path | None = None) -> None:
        master, slave = pty.openpty()
        out = os.open(stdout, os.O_WRONLY | os.O_CREAT, 0o600) if stdout else slave
        self._process = subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, *words],
            stdin=slave, stdout=out, stderr=slave, env={**os.environ, "LANG": lang, "PYTHONUTF8": "1"},
        )  # fmt: skip
        for descriptor in {out, slave}:
            os.close(descriptor)
        self._master = master
        self._pieces = _pieces(master)

    def interrupt_at(self, work: str) -> None:
        """Send what Ctrl-C sends as soon as it is shown that ``work`` is being done."""
        seen = ""
        while work not in seen:
            seen += next(self._pieces)
        self._process.send_signal(signal.SIGINT)

    def rest(self, status: int = 0) -> str:
        """Return what is shown until it has ended, with that exit status."""
        shown = "".join(self._pieces)
        os.close(self._master)
        assert self._process.wait(60) == status, shown
        return shown.replace("\r\n", "\n")


def _pieces(master: int) -> Iterator[str]:
    """Yield what is shown, until the other end is closed."""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            return
        if not piece:
            return
        yield piece.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A large schedule in our own format."""
    file = tmp_path_factory.mktemp("large") / "large.json"
    file.write_text(json.dumps(document(*(session(f"s-{number}") for number in range(SESSIONS)))), "utf-8")
    return file


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A large schedule of another program."""
    events = [
        {"id": n, "title": f"Talk {n}", "date": "2030-01-01T10:00:00Z", "duration": "0:45"}
        for n in range(SESSIONS)
    ]
    day = {"index": 1, "date": "2030-01-01", "rooms": {"R": events}}
    conference = {"acronym": "x", "title": "X", "start": "2030-01-01", "end": "2030-01-01", "days": [day]}
    file = tmp_path_factory.mktemp("foreign") / "foreign.json"
    conference["time_zone_name"] = "UTC"
    file.write_text(json.dumps({"schedule": {"version": "1", "conference": conference}}), "utf-8")
    return file


def parts(shown: str) -> tuple[str, str]:
    """Return what was shown of the work, and what is left of all when that is gone: the answer."""
    bar, _erased, answer = shown.rpartition(ERASED)
    assert shown.rfind(HIDDEN) < shown.rfind(SHOWN)
    return bar, answer.replace(SHOWN, "")


def test_how_far_it_is_shows_and_is_gone_when_it_is_done(warm: None, large: Path) -> None:
    bar, answer = parts(Started("use", str(large), lang="zh_CN.UTF-8").rest())
    assert "正在准备" in bar
    assert f"/{SESSIONS} 场" in bar
    assert "正在准备" not in answer
    assert f"{SESSIONS}" in answer


@pytest.mark.parametrize(
    ("words", "works", "status", "said"),
    [
        (
            ["use", "FOREIGN"],
            ["reading", "preparing"],
            0,
            "in use: X, ",
        ),
        (["validate", "FOREIGN"], ["reading", "checking"], 0, "no problems\n"),
        (["convert", "FOREIGN", "-o", "OUT.json"], ["reading", "writing"], 0, "wrote OUT.json\n"),
        (["convert", "LARGE", "-o", "OUT.xml"], ["writing"], 0, "wrote OUT.xml\n"),
        (["convert", "LARGE", "-o", "OUT.ics"], ["preparing", "writing"], 0, "wrote OUT.ics\n"),
        (["diff", "LARGE", "LARGE"], ["preparing", "comparing"], 0, "nothing has changed\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_each_work_is_told_by_its_name_and_leaves_nothing(
    warm: None, large: Path, foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: list[str], works: list[str], status: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    files = {"LARGE": str(large), "FOREIGN": str(foreign)}
    bar, answer = parts(Started(*(files.get(word, word) for word in words)).rest(status))
    told = dict.fromkeys(WORK.findall(bar))
    assert list(told) == works
    assert answer.startswith(said)


@pytest.fixture
def in_use(warm: None, tmp_path: Path, run: Run) -> None:
    """A schedule of many sessions, in use."""
    sessions = (session(f"s-{number}") for number in range(FEWER))
    run("use", str(write(tmp_path / "fewer.json", document(*sessions))), err=None)


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("file", ["OUT.ics", "OUT.csv", "OUT.html", "OUT.json"])
def test_exporting_into_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.chdir(tmp_path)
    bar, answer = parts(Started("export", "-o", file).rest())
    assert list(dict.fromkeys(WORK.findall(bar))) == ["writing"]
    assert answer.startswith(f"wrote {FEWER} sessions to {file}\n")


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("words", [["export", "-f", "csv"], ["list"]], ids=" ".join)
def test_what_goes_to_the_terminal_itself_shows_how_far_it_is(words: list[str]) -> None:
    shown = Started(*words).rest()
    assert "writing" not in shown
    assert ERASED not in shown


@pytest.mark.usefixtures("in_use")
def test_of_what_is_redirected_into_a_file_it_is_told(tmp_path: Path) -> None:
    bar, answer = parts(Started("export", "-f", "csv", stdout=tmp_path / "out.csv").rest())
    assert list(dict.fromkeys(WORK.findall(bar))) == ["writing"]
    assert answer.strip() == ""


@pytest.mark.usefixtures("in_use")
def test_picking_and_reading_many_picks_is_told(tmp_path: Path, run: Run) -> None:
    bar, answer = parts(Started("agenda", "add", "-d", "1").rest())
    assert list(dict.fromkeys(WORK.findall(bar)))[:2] == ["picking", "writing"]
    assert f"in the agenda: {FEWER} sessions" in answer
    bar, answer = parts(Started("agenda", "export", "-o", str(tmp_path / "out.csv")).rest())
    assert list(dict.fromkeys(WORK.findall(bar))) == ["reading", "comparing", "writing"]


def test_what_is_interrupted_leaves_nothing_half_made(
    large: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {"SUMMIT_DATA": str(tmp_path / "data"), "SUMMIT_CACHE": str(tmp_path / "cache")}
    for name, folder in folders.items():
        monkeypatch.setenv(name, folder)
    started = Started("use", str(large))
    started.interrupt_at("preparing")
    assert parts(started.rest(130))[1].strip() == ""
    assert [file for file in (tmp_path / "cache").iterdir() if not file.name.endswith((SUFFIX, SEAL))] == []
    assert run("schedules", "--json", env=folders)
    assert "fault" not in run("doctor", env=folders, err="no problems\n")


@pytest.mark.parametrize("old", [None, b"old"], ids=["new", "old"])
@pytest.mark.parametrize("kind", ["json", "xml", "ics"])
def test_a_file_whose_writing_is_interrupted_is_as_it_was(
    warm: None, large: Path, tmp_path: Path, kind: str, old: bytes | None
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / f"out.{kind}"
    if old is not None:
        file.write_bytes(old)
    started = Started("convert", str(large), "-o", str(file))
    started.interrupt_at("writing")
    assert parts(started.rest(130))[1].strip() == ""
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == ({file.name: old} if old else {})


def test_an_error_stands_alone_where_the_work_was_shown(warm: None, foreign: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    content = foreign.read_text("utf-8")
    middle = content.index(f"Talk {SESSIONS - 5}")
    broken.write_text(content[:middle], "utf-8")
    _bar, _erased, answer = Started("convert", str(broken), "-f", "ics").rest(3).rpartition(ERASED)
    assert answer.startswith("summit: ")
