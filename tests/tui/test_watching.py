"""Noticing changes by other processes."""

from pathlib import Path

from summitcli.tui.watching import State, state_of
from tests.conftest import Asked
from tests.schedules import write
from tests.tui.browsing import browser, clashing


def test_a_change_of_either_file_changes_the_state(ask: Asked, tmp_path: Path) -> None:
    path = write(tmp_path / "clash.json", clashing())
    call = browser(schedule=str(path)).call
    first = state_of(call, None)
    assert first.agenda == () and state_of(call, None) == first
    assert ask("star", "first", "--schedule", str(path))[0] == 0
    starred = state_of(call, None)
    assert starred.agenda != () and starred.schedule == first.schedule
    path.write_text(path.read_text() + " ")
    assert state_of(call, None).schedule not in ("", first.schedule)
    path.unlink()
    assert state_of(call, None) == State(starred.agenda, "")
