"""Draw the documentation's pictures with the program: the bundled schedule, and the example in
docs/schedule-format.md.

They are written into docs/, or into the directory given as an argument.
"""

import asyncio
import contextlib
import os
import re
import sys
import tempfile
from pathlib import Path

from rich.console import RenderableType

from summitcli.cli import main
from summitcli.cli.call import Call
from summitcli.cli.options import Common
from summitcli.i18n import set_language
from summitcli.render.svg import svg

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "schedule-format.md"

PICKED = ("contest-awards", "future-dialogue", "digital-product-expo")
"""The sessions in the agenda."""
SUMMIT = ("grid", "--stars", "-x", "forum", "--at", "2022-07-24")
"""The second day without the forums, which fits on one screen."""
EXAMPLE = ("grid", "1", "--schedule", "plan.json", "--lang", "en")

PICTURES = {
    "summit.svg": (100, (*SUMMIT, "--lang", "en")),
    "summit.zh-CN.svg": (100, (*SUMMIT, "--lang", "zh")),
    "example.svg": (90, EXAMPLE),
}
"""The width in columns and the command of each picture."""


BROWSER = {"browse.svg": "en", "browse.zh-CN.svg": "zh"}
"""The language of each picture of the browser."""
BROWSER_SIZE = (124, 26)
BROWSER_KEYS = ("2", "j", "j", "space", "j", "m", "j", "j")
"""The keys that are pressed before the picture is drawn."""


def example() -> str:
    """Return the example schedule in the page on the format."""
    found = re.search(r"^```json\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if found is None:
        raise SystemExit(f"no schedule found in {PAGE}")
    return found[1]


def draw(folder: Path) -> None:
    """Write every picture into ``folder``, with data directories and an agenda of their own."""
    with tempfile.TemporaryDirectory() as world, contextlib.chdir(world):
        wishes = ("SUMMIT_LANG", "SUMMIT_NOW", "SUMMIT_SCHEDULE", "SUMMIT_AGENDA", "SUMMIT_TIMEZONE")
        for name in (*wishes, *(name for name in os.environ if name.startswith(("LC_", "LANG")))):
            os.environ.pop(name, None)
        os.environ.update(SUMMIT_CACHE=f"{world}/cache", SUMMIT_DATA=f"{world}/data", LANG="C.UTF-8")
        Path("plan.json").write_text(example(), "utf-8")
        _summit("agenda", "add", *PICKED)
        for name, (columns, words) in PICTURES.items():
            os.environ["COLUMNS"] = str(columns)
            _summit(*words, "--svg", str(folder / name))
        for name, language in BROWSER.items():
            _draw_browser(folder / name, language)


def _draw_browser(file: Path, language: str) -> None:
    """Draw the browser after some keys."""
    from summitcli.tui.app import Browser
    from summitcli.tui.programme import Programme
    from summitcli.tui.view import View

    call = Call(Common(lang=language, at="2022-07-22"), {})
    call.terminal = True
    browser = Browser(call, Programme(call, None), View(call.conference.start))

    async def screen() -> RenderableType:
        async with browser.run_test(size=BROWSER_SIZE) as pilot:
            await pilot.press(*BROWSER_KEYS)
            browser.show_status()
            browser.show_details()
            await pilot.pause()
            update = browser.screen._compositor.render_update(full=True)
            assert update is not None
            return update

    drawn = asyncio.run(screen())
    title = call.name(call.conference.titles)
    call.close()
    set_language("en")
    file.write_text("".join(svg(drawn, BROWSER_SIZE[0], title)), "utf-8")


def _summit(*words: str) -> None:
    if status := main(list(words)):
        raise SystemExit(f"summit {' '.join(words)} exited with {status}")


if __name__ == "__main__":
    draw(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else DOCS)
