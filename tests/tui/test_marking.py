"""Marking sessions from the browser."""

from pathlib import Path

from summitcli.tui.marking import toggle, undo
from summitcli.tui.view import View
from summitcli.vdir import kept
from summitcli.vdir.kept import KeptDirectory
from tests.schedules import write
from tests.tui.browsing import browser, clashing


def test_a_kept_directory_follows_the_browser(tmp_path: Path) -> None:
    programme = browser(schedule=str(write(tmp_path / "clash.json", clashing()))).programme
    calendar = tmp_path / "calendar"
    calendar.mkdir()
    kept.write("conf", "default", KeptDirectory(str(calendar)))
    first = programme.rows(View("2024-05-01"))[0]
    assert toggle(programme, first, "yes") == f"starred: First · synced to {calendar}: 1 added"
    programme.forget_agenda()
    assert [path.name for path in calendar.glob("*.ics")] == ["first@conf.summitcli.ics"]
    assert toggle(programme, first, "yes") == f"removed: First · synced to {calendar}: 1 removed"
    assert undo(programme) == f"undone · synced to {calendar}: 1 added"
    calendar.rename(tmp_path / "away")
    programme.forget_agenda()
    missing = f"not synced: the directory {calendar} does not exist; mount its drive or create it"
    assert toggle(programme, first, "maybe") == f"maybe: First · {missing}"
