"""Any keys, at any size: the browser never fails."""

import random
from typing import Any

import pytest
from textual.pilot import Pilot

from summitcli.tui import keys
from summitcli.tui.app import Browser
from tests.conftest import examples
from tests.tui.browsing import HARBOUR, browse, browser, press_quickly, settled

NOT_PRESSED = {"quit", "update", "open_link", "export", "suspend_process"}
"""The actions that end the browser, start other programs, or write files."""


def pressed() -> list[str]:
    """Return the names of all keys to press, and of some others."""
    found = [
        name
        for _heading, entries in keys.groups()
        for key in entries
        if key.action not in NOT_PRESSED
        for name in key.keys.split(",")
    ]
    return [*found, *"数zw7", "shift+tab", "backspace", "delete", "ctrl+a", "f1"]


def walk(seed: int, steps: int, schedule: str | None) -> None:
    """Press ``steps`` random keys, and change the size of the terminal now and then."""
    chance = random.Random(seed)
    names = pressed()

    async def run(pilot: Pilot[None], app: Browser) -> None:
        for _number in range(steps):
            if chance.random() < 0.04:
                await pilot.resize_terminal(chance.randint(20, 210), chance.randint(5, 60))
            await press_quickly(pilot, chance.choice(names))
        await settled(pilot)
        assert app.is_running, app._exception

    common: dict[str, Any] = {} if schedule is None else {"schedule": schedule}
    browse(run, browser(**common))


KEYS = examples(300)
"""The number of keys in a walk."""
SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 90))]
"""The seed of each walk; in long runs they are more than fifty thousand keys."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("schedule", [None, HARBOUR])
def test_no_key_at_any_size_ends_or_breaks_the_browser(schedule: str | None, seed: int) -> None:
    walk(seed, KEYS, schedule)


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.soak), "zh"])
def test_every_key_in_every_view(language: str) -> None:
    async def run(pilot: Pilot[None], app: Browser) -> None:
        for view in ("list", "grid"):
            assert app.is_grid == (view == "grid")
            for name in pressed():
                await press_quickly(pilot, name)
                if len(app.screen_stack) > 1:
                    await press_quickly(pilot, "escape")
            for _key in range(3):
                await press_quickly(pilot, "escape")
            app.is_grid = view == "list"
            app.show_again()
            await settled(pilot)

    browse(run, browser(schedule=HARBOUR, lang=language))
