"""Progress in a real terminal: it is shown, and removed when the work ends or is interrupted."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitcli.catalog.seal import SEAL, SUFFIX
from summitcli.cli.terminal.progress import SessionProgress
from summitcli.errors import Status
from tests.conftest import Run
from tests.inside import ask, environment
from tests.schedules import document, session

SESSIONS = 6_000
"""A number of events too large for memory, and of agenda entries that are read one by one."""

ERASED = "\x1b[2K"
"""The sequence that clears the line (ECMA-48, 8.3.41, EL)."""
HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"
"""The sequences that hide and show the cursor (DECTCEM)."""

AT_ONCE = """
import os, signal, sys
from summitcli.cli.terminal import progress
progress.SHOW_AFTER = progress.REFRESH_INTERVAL = 0
work_to_interrupt = sys.argv.pop(1)
show = progress.SessionProgress.show
def interrupt(self, work, done, total):
    show(self, work, done, total)
    if work == work_to_interrupt and done:
        os.kill(os.getpid(), signal.SIGINT)
progress.SessionProgress.show = interrupt
from summitcli.__main__ import run
run()
"""
"""The program, with all progress shown at once, and interrupted in the middle of the work named first."""


WORK = re.compile("(reading|checking|preparing|comparing|adding|writing) ")


class Started:
    """A command running in a terminal; standard output is the terminal, too, unless redirected.

    Ctrl-C interrupts it during the work ``interrupt``.
    """

    def __init__(
        self, *words: str, lang: str = "C.UTF-8", stdout: Path | None = None, interrupt: str = ""
    ) -> None:
        master, slave = pty.openpty()
        out = os.open(stdout, os.O_WRONLY | os.O_CREAT, 0o600) if stdout else slave
        self._process = subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, interrupt, *words],
            stdin=slave, stdout=out, stderr=slave, env={**os.environ, "LANG": lang, "PYTHONUTF8": "1"},
        )  # fmt: skip
        for descriptor in {out, slave}:
            os.close(descriptor)
        self._master = master

    def output(self, status: int = 0) -> str:
        """Return the output, and check the exit code."""
        shown = "".join(_pieces(self._master))
        os.close(self._master)
        assert self._process.wait(60) == status, shown
        return shown.replace("\r\n", "\n")


def _pieces(master: int) -> Iterator[str]:
    """Yield the output until the terminal is closed."""
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
    """Return a large schedule in our own format."""
    file = tmp_path_factory.mktemp("large") / "large.json"
    file.write_text(json.dumps(document(*(session(f"s-{number}") for number in range(SESSIONS)))), "utf-8")
    return file


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a large schedule in the format of another program."""
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
    """Return the progress shown, and the output that remains without it."""
    bar, _erased, answer = shown.rpartition(ERASED)
    assert shown.rfind(HIDDEN) < shown.rfind(SHOWN)
    return bar, answer.replace(SHOWN, "")


def test_progress_is_shown_and_removed_at_the_end(warm: None, large: Path) -> None:
    bar, answer = parts(Started("use", str(large), lang="zh_CN.UTF-8").output())
    assert "正在准备" in bar
    assert f"/{SESSIONS} 场" in bar
    assert "正在准备" not in answer
    assert f"{SESSIONS}" in answer


@pytest.mark.parametrize(
    ("words", "works", "status", "said"),
    [
        (
            ["use", "FOREIGN"],
            ["reading", "preparing", "writing"],
            0,
            "current schedule: X (",
        ),
        (
            ["validate", "FOREIGN", "--ignore", "shared-room"],
            ["reading", "checking"],
            0,
            "no problems found\n",
        ),
        (["convert", "FOREIGN", "-o", "OUT.json"], ["reading", "writing"], 0, "wrote OUT.json\n"),
        (["convert", "LARGE", "-o", "OUT.xml"], ["writing"], 0, "wrote OUT.xml\n"),
        (["convert", "LARGE", "-o", "OUT.ics"], ["preparing", "writing"], 0, "wrote OUT.ics\n"),
        (["diff", "LARGE", "LARGE"], ["preparing", "writing", "comparing"], 0, "nothing has changed\n"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_each_kind_of_work_is_shown_by_name_and_removed(
    warm: None, large: Path, foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: list[str], works: list[str], status: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    files = {"LARGE": str(large), "FOREIGN": str(foreign)}
    bar, answer = parts(Started(*(files.get(word, word) for word in words)).output(status))
    told = dict.fromkeys(WORK.findall(bar))
    assert list(told) == works
    assert answer.startswith(said)


@pytest.fixture(scope="module")
def used(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with a saved schedule of many sessions, the current one, and its catalog."""
    folder = tmp_path_factory.mktemp("used")
    with environment({"SUMMIT_DATA": str(folder / "data"), "SUMMIT_CACHE": str(folder / "cache")}):
        assert ask(["use", str(large)]).status == Status.DONE
    return folder


@pytest.fixture
def in_use(used: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Switch to a schedule of many sessions, with empty agendas."""
    for name in ("data", "cache"):
        monkeypatch.setenv(f"SUMMIT_{name.upper()}", str(used / name))
    yield
    shutil.rmtree(used / "data" / "agendas", ignore_errors=True)


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("file", ["OUT.ics", "OUT.csv", "OUT.html", "OUT.json"])
def test_progress_is_shown_when_exporting_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.chdir(tmp_path)
    bar, answer = parts(Started("export", "-o", file).output())
    assert list(dict.fromkeys(WORK.findall(bar))) == ["writing"]
    assert answer.startswith(f"exported {SESSIONS} sessions to {file}\n")


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("words", [["export", "-f", "csv"], ["list"]], ids=" ".join)
def test_output_in_the_terminal_ends_the_progress(words: list[str]) -> None:
    shown = Started(*words).output()
    assert "writing" not in shown
    assert ERASED not in shown


@pytest.mark.usefixtures("in_use")
def test_progress_is_shown_when_output_is_redirected_to_a_file(tmp_path: Path) -> None:
    bar, answer = parts(Started("export", "-f", "csv", stdout=tmp_path / "out.csv").output())
    assert list(dict.fromkeys(WORK.findall(bar))) == ["writing"]
    assert answer.strip() == ""


@pytest.mark.usefixtures("in_use")
def test_progress_is_shown_for_a_large_agenda(tmp_path: Path) -> None:
    bar, answer = parts(Started("agenda", "add", "-d", "1").output())
    assert list(dict.fromkeys(WORK.findall(bar)))[:2] == ["adding", "writing"]
    assert f"your agenda: {SESSIONS} sessions" in answer
    out = tmp_path / "out.json"
    bar, answer = parts(Started("agenda", "export", "-o", str(out)).output())
    assert list(dict.fromkeys(WORK.findall(bar))) == ["reading", "comparing", "writing"]
    bar, answer = parts(Started("agenda", "import", str(out), "--name", "other").output())
    works = list(dict.fromkeys(WORK.findall(bar)))
    assert works == ["reading", "preparing", "comparing", "adding", "writing"]
    assert f"your agenda: {SESSIONS} sessions" in answer


@pytest.mark.usefixtures("in_use")
@pytest.mark.parametrize("work", ["comparing", "writing"])
def test_an_interrupted_import_changes_nothing(used: Path, tmp_path: Path, work: str) -> None:
    ids = tmp_path / "ids.txt"
    ids.write_text("".join(f"s-{number}\n" for number in range(SESSIONS)), "utf-8")
    bar, answer = parts(Started("agenda", "import", str(ids), "--name", "other", interrupt=work).output(130))
    assert (work in bar, answer.strip()) == (True, "")
    left = [file.name for file in (used / "data" / "agendas").rglob("*other*")]
    assert left in ([], [".other.lock"])


@pytest.mark.parametrize("work", ["preparing", "writing"])
def test_an_interrupt_leaves_nothing_partial(
    large: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    folders = {"SUMMIT_DATA": str(tmp_path / "data"), "SUMMIT_CACHE": str(tmp_path / "cache")}
    for name, folder in folders.items():
        monkeypatch.setenv(name, folder)
    bar, answer = parts(Started("use", str(large), interrupt=work).output(130))
    assert (work in bar, answer.strip()) == (True, "")
    assert [file for file in (tmp_path / "cache").iterdir() if not file.name.endswith((SUFFIX, SEAL))] == []
    assert run("schedules", "--json", env=folders)
    assert "fault" not in run("doctor", env=folders, err="no problems found\n")


@pytest.mark.parametrize("old", [None, b"old"], ids=["new", "old"])
@pytest.mark.parametrize("kind", ["json", "xml", "ics"])
def test_a_file_is_unchanged_if_writing_is_interrupted(
    warm: None, large: Path, tmp_path: Path, kind: str, old: bytes | None
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    file = folder / f"out.{kind}"
    if old is not None:
        file.write_bytes(old)
    bar, answer = parts(Started("convert", str(large), "-o", str(file), interrupt="writing").output(130))
    assert ("writing" in bar, answer.strip()) == (True, "")
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == ({file.name: old} if old else {})


@pytest.mark.parametrize(
    ("done", "total", "amount"),
    [
        (0, None, ""),
        (1, None, "1 session"),
        (1200, None, "1200 sessions"),
        (1200, 2000, "1,200 of 2000 sessions"),
    ],
)
def test_the_number_of_sessions_is_shown_as_far_as_known(
    done: int, total: int | None, amount: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    monkeypatch.setattr(SessionProgress, "_show", lambda _self, *values: shown.append(values))
    SessionProgress(color=False).show("reading", done, total)
    assert shown == [("reading", done, total, amount)]


def test_an_error_replaces_the_progress(warm: None, foreign: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    content = foreign.read_text("utf-8")
    middle = content.index(f"Talk {SESSIONS - 5}")
    broken.write_text(content[:middle], "utf-8")
    _bar, _erased, answer = Started("convert", str(broken), "-f", "ics").output(3).rpartition(ERASED)
    assert answer.startswith("summit: ")
