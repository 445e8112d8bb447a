"""The list of sessions."""

from collections.abc import Sequence

from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from summitcli.errors import CatalogDamaged
from summitcli.rows import Listing
from summitcli.tui.lines import Line
from summitcli.tui.messages import Failed
from summitcli.tui.rows import Rows
from summitcli.tui.session_list import SessionList
from tests.session_rows import listing
from tests.tui.browsing import browser, run_app


class Lists(App[None]):
    """An application with nothing but a list."""

    def __init__(self) -> None:
        super().__init__()
        self.failed = 0

    def compose(self) -> ComposeResult:
        yield SessionList(lambda _listing: Line())

    @on(Failed)
    def count(self) -> None:
        self.failed += 1


def test_only_what_is_on_the_screen_is_read() -> None:
    loaded: list[int] = []

    def load(positions: Sequence[int]) -> list[Listing]:
        loaded.extend(positions)
        return [listing(str(position)) for position in positions]

    async def steps(pilot: Pilot[None], app: Lists) -> None:
        shown = app.query_one(SessionList)
        shown.show(browser().call.setting, Rows(range(100_000), load))
        await pilot.pause()
        shown.move_to_end(is_last=True)
        await pilot.pause()
        assert shown.listing is not None and shown.listing.id == "99999"

    run_app(Lists(), steps)
    assert len(loaded) < 300


def test_rows_that_can_not_be_read_are_reported() -> None:
    def load(_positions: Sequence[int]) -> list[Listing]:
        raise CatalogDamaged("a page")

    async def steps(pilot: Pilot[None], app: Lists) -> None:
        app.query_one(SessionList).show(browser().call.setting, Rows(range(3), load))
        await pilot.pause()
        await pilot.pause()
        assert app.failed and app.query_one(SessionList).listing is None

    run_app(Lists(), steps)


def test_the_cursor_stays_within_the_rows() -> None:
    async def steps(pilot: Pilot[None], app: Lists) -> None:
        shown = app.query_one(SessionList)
        shown.show(browser().call.setting, [listing("a"), listing("b")], cursor=9)
        assert shown.cursor == 1
        shown.move(-5)
        assert shown.cursor == 0
        shown.follow(listing("b"))
        assert shown.cursor == 1
        shown.show(browser().call.setting, [])
        shown.move(1)
        assert (shown.cursor, shown.listing, shown.length) == (0, None, 0)
        await pilot.pause()

    run_app(Lists(), steps)
