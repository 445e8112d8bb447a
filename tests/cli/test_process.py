"""Where the process meets the world: errors, and what is said of a fault of the program itself."""

import sqlite3
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
