"""Draw the pictures of the documents, as the program draws them: of the summit, and of the example that
docs/schedule-format.md shows.

They are written into docs/, or into the folder given.
"""

import contextlib
import os
import re
import sys
import tempfile
from pathlib import Path

from summitcli.cli import main

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "schedule-format.md"

PICKED = ("contest-awards", "future-dialogue", "digital-product-expo")
"""What is in the agenda of who looks at the summit."""
SUMMIT = ("grid", "-x", "forum", "--at", "2022-07-24")
"""The second day, and all that is held beside the forums: as much as a screen holds."""
EXAMPLE = ("grid", "1", "--schedule", "plan.json", "--lang", "en")

PICTURES = {
    "summit.svg": (100, (*SUMMIT, "--lang", "en")),
    "summit.zh-CN.svg": (100, (*SUMMIT, "--lang", "zh")),
    "example.svg": (90, EXAMPLE),
}
"""Each picture: how many columns wide it is, and the command that draws it."""


def example() -> str:
    """The schedule that the page on the format shows."""
    found = re.search(r"^```json\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    if found is None:
        raise SystemExit(f"{PAGE} shows no schedule")
    return found[1]


def draw(folder: Path) -> None:
    """Draw every picture into ``folder``, in a world of its own, in which nothing else is picked."""
    with tempfile.TemporaryDirectory() as world, contextlib.chdir(world):
        wishes = ("SUMMIT_LANG", "SUMMIT_NOW", "SUMMIT_SCHEDULE", "SUMMIT_AGENDA")
        for name in (*wishes, *(name for name in os.environ if name.startswith(("LC_", "LANG")))):
            os.environ.pop(name, None)
        os.environ.update(SUMMIT_CACHE=f"{world}/cache", SUMMIT_DATA=f"{world}/data", LANG="C.UTF-8")
        Path("plan.json").write_text(example(), "utf-8")
        _summit("agenda", "add", *PICKED)
        for name, (columns, words) in PICTURES.items():
            os.environ["COLUMNS"] = str(columns)
            _summit(*words, "--svg", str(folder / name))


def _summit(*words: str) -> None:
    if status := main(list(words)):
        raise SystemExit(f"summit {' '.join(words)} exits with {status}")


if __name__ == "__main__":
    draw(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else DOCS)
