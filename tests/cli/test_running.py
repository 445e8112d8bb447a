"""The checks of the current schedule before a command runs."""

import os
from pathlib import Path

import pytest

from summitcli.library.reference import bundled_path
from tests.conftest import Asked

WITHOUT_SCHEDULE = (
    "schedules", "schedules remove x", "completion bash", "validate {file}", "convert {file} -f json",
    "diff {file} bundled", "use bundled",
)  # fmt: skip


@pytest.mark.parametrize("line", WITHOUT_SCHEDULE)
def test_a_command_that_needs_no_schedule_runs_at_any_moment_where_none_can_be_read(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    current = Path(os.environ["SUMMIT_DATA"], "schedules", "current")
    current.parent.mkdir(parents=True)
    words = line.format(file=bundled_path()).split()
    answers = []
    for now in ("", "2022-07-23"):
        current.write_bytes(b"\xff")
        monkeypatch.setenv("SUMMIT_NOW", now)
        answers.append(ask(*words))
    assert answers[0] == answers[1]
    assert answers[0].status == (2 if "remove" in words else 0), answers
    assert ask("day", "1").status == (0 if words[0] == "use" else 3)
