"""The browser as a process in a real terminal."""

import os
import re
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from summitcli.agenda import store
from tests.conftest import Asked

pexpect = pytest.importorskip("pexpect", reason="terminals of POSIX")

LEFT = "\x1b[?1049l"
"""The sequence that shows again what the terminal showed before (xterm, alternate screen)."""


def opened(*words: str, size: tuple[int, int] = (24, 80)) -> Any:
    """Start the browser in a terminal and wait for its first screen."""
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
    child = pexpect.spawn(
        sys.executable, ["-m", "summitcli", "browse", *words], env=environment, dimensions=size, timeout=60,
        encoding="utf-8", codec_errors="replace",
    )  # fmt: skip
    child.expect("quit" if size[1] >= 40 else "7-23")
    return child


def test_find_by_pinyin_star_and_leave(warm: None) -> None:
    child = opened()
    child.send("/qukuai")
    child.expect("Blockchain Track Final")
    child.send("\r")
    child.expect("2022-07-24|Sunday 24 July")
    child.send(" ")
    child.expect("starred")
    child.send("q")
    child.expect_exact(LEFT)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert [pick.id for pick in store.load("digital-china-summit-5").picks] == ["contest-blockchain"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_restores_the_terminal(warm: None, number: int) -> None:
    child = opened()
    child.kill(number)
    child.expect_exact(LEFT)
    child.expect(pexpect.EOF)
    child.close()


def test_it_is_suspended_and_comes_back(warm: None) -> None:
    child = opened()
    child.send("\x1a")
    child.expect_exact(LEFT)
    os.kill(child.pid, signal.SIGCONT)
    child.expect("quit")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_tiny_terminal_shows_the_list(warm: None) -> None:
    child = opened(size=(5, 20))
    child.send("jj\rj\x1bv")
    child.setwinsize(24, 80)
    child.expect("quit")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_without_a_terminal_it_names_list(ask: Asked) -> None:
    assert ask("browse") == (2, "", "summit: browse needs a terminal; without one, use `summit list`\n")


def test_a_fault_of_the_program_is_one_line(
    warm: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "from summitcli.tui import session_list\n"
        "def fail(self, rows): raise ZeroDivisionError('oops')\n"
        "session_list.SessionList.move = fail\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{os.environ['PYTHONPATH']}")
    child = opened()
    child.send("j")
    child.expect_exact(LEFT)
    child.expect("internal error: ZeroDivisionError: oops")
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before
    child.close()
    assert child.exitstatus == 70


def test_without_colours_nothing_is_coloured(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    child = opened()
    child.send("j q")
    child.expect(pexpect.EOF)
    colours = {code for codes in re.findall(r"\x1b\[([0-9;]*)m", child.before) for code in codes.split(";")}
    assert not {code for code in colours if code[:1] in ("3", "4", "9") and code not in ("39", "49", "4")}
    child.close()
