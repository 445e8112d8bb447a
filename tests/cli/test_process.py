"""Where the process meets the world: errors, and what is said of a fault of the program itself."""

import os
import sqlite3
import subprocess
import sys
import threading
from typing import NoReturn

import pytest

from tests.inside import ask, look

LINE = (
    "summit: a fault of the program itself, RuntimeError: \\x1b]0;x\\x07 \\u202e;"
    " run it again with --debug to report it\n"
)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, warm: None) -> None:
    """A library below the program that does what it never should."""

    def fail(*_arguments: object, **_options: object) -> NoReturn:
        raise RuntimeError("\x1b]0;x\x07 \u202e")

    monkeypatch.setattr(sqlite3, "connect", fail)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("words", [["list"], ["show", "opening"], ["agenda"], ["today", "--json"]], ids=str)
def test_a_fault_is_one_line_that_asks_for_a_report(words: list[str]) -> None:
    assert ask(words) == (70, "", LINE)


@pytest.mark.usefixtures("broken")
def test_for_a_report_there_is_the_whole_way_to_the_fault() -> None:
    status, out, err = ask(["list", "--debug"])
    first, *_way, reason, last = err.splitlines(keepends=True)
    assert (status, out, first, last) == (70, "", "Traceback (most recent call last):\n", LINE)
    assert reason == "RuntimeError: \\x1b]0;x\\x07 \\u202e\n"


@pytest.mark.usefixtures("broken")
def test_it_is_said_in_the_language_of_the_call() -> None:
    status, _out, err = ask(["list", "--lang", "zh"])
    assert (status, err.count("\n"), err.isascii()) == (70, 1, False)


def test_an_error_breaks_between_words_on_a_narrow_terminal() -> None:
    status, shown, _err = look(["list", "-c", "forun"], columns=30)
    assert (status, shown) == (2, 'summit: no category "forun".\nDid you mean "forum"?\n')


def test_too_little_memory_is_no_fault_of_the_program(monkeypatch: pytest.MonkeyPatch, warm: None) -> None:
    def fail(*_arguments: object, **_options: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(sqlite3, "connect", fail)
    assert ask(["list"]) == (4, "", "summit: there is not enough memory for this\n")


def test_an_interrupt_that_a_library_takes_for_another_error_is_one(
    monkeypatch: pytest.MonkeyPatch, warm: None
) -> None:
    def fail(*_arguments: object, **_options: object) -> NoReturn:
        try:
            raise ImportError("initialization failed") from KeyboardInterrupt()
        except ImportError:
            raise ImportError("there is no other, either")  # noqa: B904

    monkeypatch.setattr(sqlite3, "connect", fail)
    assert ask(["list"]) == (130, "", "")


@pytest.mark.usefixtures("warm")
def test_a_pipe_that_takes_only_what_it_has_room_for_gets_all_of_it() -> None:
    line = "x" * 10_000
    read, write = os.pipe()
    os.set_blocking(write, False)
    command = [sys.executable, "-m", "summitcli", "list", "--template", line]
    got: list[bytes] = []
    with open(read, "rb") as pipe, subprocess.Popen(command, stdout=write) as process:
        reader = threading.Thread(target=lambda: got.append(pipe.read()))
        reader.start()
        process.wait(timeout=60)
        left = os.get_blocking(write)
        os.close(write)
        reader.join()
    assert (process.returncode, got == [f"{line}\n".encode() * 51], left) == (0, True, False)
