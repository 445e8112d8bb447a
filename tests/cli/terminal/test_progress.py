"""Long work under a real terminal: how far it is shows, and is gone when the work is done or given up."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitcli.catalog.seal import SEAL, SUFFIX
from tests.conftest import Run, Terminal
from tests.schedules import document, session

SESSIONS = 20_000
"""So many that reading them takes longer than what is not shown."""

ERASED = "\x1b[2K"
"""The line is empty again (ECMA-48, 8.3.41, EL)."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A schedule that takes a while."""
    file = tmp_path_factory.mktemp("large") / "large.json"
    file.write_text(json.dumps(document(*(session(f"s-{number}") for number in range(SESSIONS)))), "utf-8")
    return file


def test_how_far_it_is_shows_and_is_gone_when_it_is_done(terminal: Terminal, large: Path) -> None:
    shown = terminal("use", str(large), styled=True)
    bar, _erased, answer = shown.rpartition(ERASED)
    assert "正在准备" in bar
    assert f"/{SESSIONS} 场" in bar
    assert "正在准备" not in answer
    assert f"{SESSIONS}" in answer


def test_what_is_interrupted_leaves_nothing_half_made(large: Path, tmp_path: Path, run: Run) -> None:
    folders = {"SUMMIT_DATA": str(tmp_path / "data"), "SUMMIT_CACHE": str(tmp_path / "cache")}
    master, slave = pty.openpty()
    words = [sys.executable, "-m", "summitcli", "use", str(large)]
    process = subprocess.Popen(
        words, stdin=slave, stdout=slave, stderr=slave, env={**os.environ, **folders, "LANG": "C.UTF-8"}
    )
    os.close(slave)
    pieces = _pieces(master)
    seen = ""
    while "preparing" not in seen:
        seen += next(pieces)
    process.send_signal(signal.SIGINT)
    rest = "".join(pieces)
    os.close(master)
    assert process.wait(60) == 130
    assert rest.rpartition(ERASED)[2].strip("\r\n\x1b[?25h") == ""
    assert [file for file in (tmp_path / "cache").iterdir() if not file.name.endswith((SUFFIX, SEAL))] == []
    assert run("schedules", "--json", env=folders)
    assert "fault" not in run("doctor", env=folders, err="no problems\n")


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
