"""The grid of rooms and hours."""

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from summitcli.tui.time_grid import TimeGrid
from summitcli.tui.view import View
from tests.tui.browsing import HARBOUR, browser, run_app


class Grids(App[None]):
    """An application with nothing but a grid."""

    def compose(self) -> ComposeResult:
        yield TimeGrid()


async def shown(pilot: Pilot[None], app: Grids) -> TimeGrid:
    """Show the first day of a schedule and return the grid."""
    grid = app.query_one(TimeGrid)
    programme = browser(schedule=HARBOUR, at="2024-10-26T10:15").programme
    grid.show(programme.hours(View("2024-10-26")), None)
    await pilot.pause()
    return grid


def test_the_cursor_moves_in_a_room_and_between_rooms() -> None:
    async def steps(pilot: Pilot[None], app: Grids) -> None:
        grid = await shown(pilot, app)
        seen = [grid.listing]
        for move in (lambda: grid.move(1), lambda: grid.move_across(1), lambda: grid.move_across(1)):
            move()
            seen.append(grid.listing)
        grid.move_to_end(is_last=True)
        seen.append(grid.listing)
        ids = [listing.id if listing else None for listing in seen]
        assert ids == ["anker1", "tide03", "loeten", "loeten", "eule05"]

    run_app(Grids(), steps)


def test_a_click_chooses_a_session_and_nothing_elsewhere() -> None:
    async def steps(pilot: Pilot[None], app: Grids) -> None:
        grid = await shown(pilot, app)
        await pilot.click(TimeGrid, offset=(60, 6))
        assert grid.listing is not None and grid.listing.id == "loeten"
        for offset in ((2, 5), (12, 0), (60, 19)):
            await pilot.click(TimeGrid, offset=offset)
        assert grid.listing.id == "loeten"

    run_app(Grids(), steps)


def test_an_empty_grid_does_nothing() -> None:
    async def steps(pilot: Pilot[None], app: Grids) -> None:
        grid = app.query_one(TimeGrid)
        grid.show(None, None)
        grid.move(1)
        grid.move_to_end(is_last=True)
        assert not grid.move_across(1) and grid.listing is None
        await pilot.resize_terminal(30, 10)

    run_app(Grids(), steps)
