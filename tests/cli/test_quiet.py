"""What ``-q`` leaves out, and what it does not."""

from pathlib import Path

import pytest

from tests.conftest import Asked, Terminal

ODD = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART:20240501T100000\nSUMMARY:Odd\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)
"""A calendar whose times are in no zone."""


@pytest.mark.parametrize("line", ["-q", "--quiet"])
def test_a_warning_is_left_out_and_the_answer_is_the_same(ask: Asked, tmp_path: Path, line: str) -> None:
    (tmp_path / "odd.ics").write_text(ODD)
    (tmp_path / "same.ics").write_text(ODD.replace("\n", "\r\n"))
    said = ask("list", "-fids", "--schedule", str(tmp_path / "odd.ics"))
    assert (said.status, "no time zone" in said.err) == (0, True)
    assert ask("list", line, "-fids", "--schedule", str(tmp_path / "same.ics")) == (0, said.out, "")


@pytest.mark.parametrize(
    ("line", "status"),
    [("agenda add opening", 0), ("agenda remove opening", 1), ("list -c forum -d 1 --agenda", 1),
     ("today --at 2022-08-01", 1)],
)  # fmt: skip
def test_what_was_done_and_why_nothing_was_found_is_left_out(ask: Asked, line: str, status: int) -> None:
    assert ask("-q", *line.split()) == (status, "", "")
    assert ask(*line.split()).err


def test_an_error_is_told_all_the_same(ask: Asked) -> None:
    assert ask("list", "-q", "-c", "forun") == (2, "", 'summit: no category "forun". Did you mean "forum"?\n')


def test_a_terminal_gets_no_hint(terminal: Terminal) -> None:
    assert "summit show ID" in terminal("day", "1")
    shown = terminal("day", "1", "-q")
    assert "主论坛" in shown
    assert "summit show ID" not in shown


def test_the_next_command_of_a_process_is_not_quiet(ask: Asked) -> None:
    ask("list", "-q")
    assert ask("today", "--at", "2022-08-01").err
