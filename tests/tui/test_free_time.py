"""The free time in the agenda, and what would fit into it."""

from pathlib import Path

from textual.pilot import Pilot

from summitcli.tui.app import Browser
from tests.schedules import write
from tests.tui.browsing import browse, browser, clashing, press, screen


def test_a_gap_leads_to_what_would_fit_into_it(tmp_path: Path) -> None:
    path = write(tmp_path / "clash.json", clashing())

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "space", "g")
        assert "Wednesday 1 May 11:00–13:00  2 h · 1 session would fit" in screen(app)
        await press(pilot, "enter")
        rows = [app.list_pane.row(index) for index in range(app.list_pane.length)]
        assert [row and row.id for row in rows] == ["third"]

    browse(steps, browser(schedule=str(path)))


def test_an_empty_agenda_has_no_gaps_to_show(tmp_path: Path) -> None:
    path = write(tmp_path / "clash.json", clashing())

    async def steps(pilot: Pilot[None], app: Browser) -> None:
        await press(pilot, "g")
        assert "no free time in your agenda" in screen(app)
        await press(pilot, "escape")

    browse(steps, browser(schedule=str(path)))
