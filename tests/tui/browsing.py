"""Running the browser without a terminal: keys are pressed, and the screen is read as text.

``python -m tests.tui.browsing`` writes the files in ``screens`` again after an intended change; look at every
difference.
"""

import asyncio
import io
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from textual.app import App
from textual.events import Key
from textual.keys import key_to_character
from textual.pilot import Pilot

from summitcli.catalog.conditions import EVERYTHING, Query
from summitcli.cli.call import Call
from summitcli.cli.options import Common
from summitcli.tui.app import Browser
from summitcli.tui.programme import Programme
from summitcli.tui.view import View
from tests.schedules import document, session, timed, write

AnyApp = TypeVar("AnyApp", bound=App[None])
Steps = Callable[[Pilot[None], Browser], Awaitable[None]]

SCREENS = Path(__file__).with_name("screens")
HARBOUR = str(Path(__file__).parents[1] / "data" / "harbour.json")
SIZES = ((80, 24), (120, 40), (200, 60))


def browser(day: int = 1, text: str = "", query: Query = EVERYTHING, **common: Any) -> Browser:
    """Return a browser of the schedule that the options ``common`` name, as in a terminal."""
    call = Call(Common(**common), {})
    call.terminal = True
    view = View(call.days[day - 1].day, query=query)
    return Browser(call, Programme(call, None), view, text)


def browse(steps: Steps, app: Browser | None = None, size: tuple[int, int] = (80, 24)) -> str:
    """Run ``steps`` in a browser and return the screen at the end."""
    shown = app or browser()

    async def run() -> str:
        async with shown.run_test(size=size, notifications=True) as pilot:
            await settled(pilot)
            await steps(pilot, shown)
            await settled(pilot)
            return screen(shown)

    try:
        return asyncio.run(run())
    finally:
        shown.call.close()


def run_app(app: AnyApp, steps: Callable[[Pilot[None], AnyApp], Awaitable[None]]) -> None:
    """Run ``steps`` in any application of Textual."""

    async def run() -> None:
        async with app.run_test() as pilot:
            await pilot.pause()
            await steps(pilot, app)

    asyncio.run(run())


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything is painted, with the details of the session under the cursor."""
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, Browser)
    app.show_details()
    await pilot.pause()


async def press_quickly(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait after each only until its messages are processed.

    ``Pilot.press`` sleeps 40 ms or more after each key.
    """
    for key in keys:
        if len(key) == 1 and not key.isalnum():
            # Pilot knows the names of such keys, such as "slash".
            await pilot.press(key)
        else:
            pilot.app.post_message(Key(key, key_to_character(key)))
            await pilot.pause(0)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until everything is painted."""
    await press_quickly(pilot, *keys)
    await settled(pilot)


def screen(app: App[None]) -> str:
    """Return the screen as text, without blanks at the end of lines."""
    width, height = app.size
    console = Console(width=width, height=height, file=io.StringIO(), color_system=None, force_terminal=False)
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    with console.capture() as capture:
        console.print(update, end="")
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def kinds() -> Iterator[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Yield the screens that are held: a name, the options of the call, and the keys that lead there."""
    for language in ("en", "zh"):
        yield f"bundled.{language}", {"lang": language}, ("j", "j", "space")
        yield f"timed.{language}", {"lang": language, "schedule": HARBOUR}, ("j", "space", "v")
    yield "untimed-grid.zh", {"lang": "zh"}, ("v",)
    yield "empty.en", {"lang": "en", "schedule": "empty.json"}, ()
    yield "conflicts.en", {"lang": "en", "schedule": "clash.json"}, ("space", "j", "space", "c")
    yield "search.zh", {"lang": "zh"}, ("/", *"qukuai")
    yield "keys.en", {"lang": "en"}, ("?",)
    yield "filter.en", {"lang": "en"}, ("f", *"forum")


def write_schedules() -> None:
    """Write the schedules that the screens need into the current directory."""
    write(Path("empty.json"), document())
    write(Path("clash.json"), clashing())


def clashing() -> dict[str, object]:
    """Return a schedule of a day with two sessions at the same time, and one after them."""
    day = "2024-05-01"
    return document(
        session("first", timed(day, f"{day}T10:00:00+02:00", f"{day}T11:00:00+02:00", room="Hall")),
        session("second", timed(day, f"{day}T10:30:00+02:00", f"{day}T11:30:00+02:00", room="Lab")),
        session("third", timed(day, f"{day}T12:00:00+02:00", f"{day}T13:00:00+02:00", room="Lab")),
    )


def drawn(common: dict[str, Any], keys: tuple[str, ...]) -> str:
    """Return the screens of all sizes after pressing ``keys``, one below the other."""

    async def steps(pilot: Pilot[None], _app: Browser) -> None:
        await press(pilot, *keys)

    made = []
    for number, size in enumerate(SIZES):
        at = common.get("at", "2024-10-26T10:15" if common.get("schedule") == HARBOUR else "2022-07-01")
        os.environ["SUMMIT_DATA"] = str(Path(f"data-{number}").resolve())
        shown = browse(steps, browser(**{**common, "at": at}), size)
        made.append(f"=== {size[0]} x {size[1]}\n{shown}\n")
    return "\n".join(made)


def main() -> None:
    """Write the files of all screens."""
    SCREENS.mkdir(exist_ok=True)
    for name, common, keys in kinds():
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            os.environ["SUMMIT_CACHE"] = str(Path("cache").resolve())
            write_schedules()
            (SCREENS / f"{name}.txt").write_text(drawn(common, keys), "utf-8")


if __name__ == "__main__":
    main()
