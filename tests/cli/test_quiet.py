"""The messages that ``-q`` turns off, and those that it does not."""

from pathlib import Path

import pytest

from tests.conftest import Asked, Terminal

ODD = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART:20240501T100000\nSUMMARY:Odd\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)
"""A calendar whose times have no time zone."""


@pytest.mark.parametrize("line", ["-q", "--quiet"])
def test_quiet_omits_a_warning_and_keeps_the_output(ask: Asked, tmp_path: Path, line: str) -> None:
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
def test_quiet_omits_confirmations_and_explanations(ask: Asked, line: str, status: int) -> None:
    assert ask("-q", *line.split()) == (status, "", "")
    assert ask(*line.split()).err


def test_quiet_keeps_errors(ask: Asked) -> None:
    assert ask("list", "-q", "-c", "forun") == (2, "", 'summit: no category "forun". Did you mean "forum"?\n')


def test_quiet_omits_hints_in_a_terminal(terminal: Terminal) -> None:
    assert "summit show ID" in terminal("day", "1")
    shown = terminal("day", "1", "-q")
    assert "主论坛" in shown
    assert "summit show ID" not in shown


def test_the_next_command_of_a_process_is_not_quiet(ask: Asked) -> None:
    ask("list", "-q")
    assert ask("today", "--at", "2022-08-01").err
