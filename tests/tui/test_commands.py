"""Other commands, run in processes of their own."""

import pytest

from summitcli.tui import commands
from summitcli.tui.commands import Said, run


def test_a_command_says_the_same_as_on_the_command_line() -> None:
    assert run(["star", "big-data-forum"], "en").status == 0
    assert run(["agenda", "remove", "main-forum"], "zh") == Said(
        1, "不在我的日程中：main-forum\n我的日程现有 1 场"
    )
    assert run(["show", "nothing-like-it"], "en").status == 2


def test_a_command_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "TIMEOUT", 0.01)
    said = run(["list"], "en")
    assert said.status == 1 and "timed out" in said.message
