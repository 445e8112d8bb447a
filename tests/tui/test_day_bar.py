"""The tabs of the days."""

from datetime import date, timedelta

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from summitcli.i18n import using_language
from summitcli.rows import DayRow
from summitcli.tui.day_bar import DayBar, short_day
from tests.tui.browsing import run_app, screen

DAYS = [
    DayRow((date(2024, 5, 1) + timedelta(days=number)).isoformat(), number + 1, "", number)
    for number in range(60)
]


class Bars(App[None]):
    """An application with nothing but the tabs."""

    def compose(self) -> ComposeResult:
        yield DayBar()


@pytest.mark.parametrize(
    ("current", "line"),
    [
        ("2024-05-01", "  5-1 Wed 0 │ 5-2 Thu 1 │ 5-3 Fri 2 │ 5-4 Sat 3 │ 5-5 Sun 4 │ 5-6 Mon 5›"),
        ("2024-05-30", "‹ 5-26 Sun 25 │ 5-27 Mon 26 │ 5-28 Tue 27 │ 5-29 Wed 28 │ 5-30 Thu 29›"),
    ],
)
def test_the_current_day_is_always_on_the_screen(current: str, line: str) -> None:
    async def steps(pilot: Pilot[None], app: Bars) -> None:
        app.query_one(DayBar).show(DAYS, current)
        await pilot.pause()
        shown = screen(app).split("\n")[0]
        assert shown.split() == line.split()

    run_app(Bars(), steps)


def test_days_are_brief_in_both_languages() -> None:
    assert short_day("2022-07-23") == "7-23 Sat"
    with using_language("zh"):
        assert short_day("2022-07-23") == "7-23 周六"
