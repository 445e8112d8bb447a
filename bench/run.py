"""Measure the program and what people would use instead, and write ``bench/RESULTS.md``.

Every command is a whole process. In each round all of them run once, in turn with the bare interpreter; what
is printed are medians, and their ratio to that of the bare interpreter in the same rounds.
"""

import argparse
import os
import platform
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from measure import Figure, measure
from whole import Whole, report
from world import HERE, LARGE, PICKS, ROOM, SIZES, SMALL, World

from schedules import rooms

Figures = Mapping[str, Figure]


class Goal(NamedTuple):
    """What a figure must not exceed, and what it should not."""

    most: float
    goal: float

    def verdict(self, figure: float) -> str:
        """The cells of both, and whether they are met."""
        met = "goal met" if figure <= self.goal else "met" if figure <= self.most else "**missed**"
        return f"{self.most} | {self.goal} | {met}"


QUICK = Goal(6.5, 2.5)
TABLE = {
    "version": ("`summit --version`", Goal(2, 1.5)),
    "day": ("`summit day 1` into a pipe", QUICK),
    "next": ("`summit next`", QUICK),
    "show": ("`summit show ID --json`", QUICK),
    "search": ("`summit search 数字`", QUICK),
    "picked day": ("`summit day 1` into a pipe, with an agenda", QUICK),
    "tab id": ("TAB on an id", QUICK),
    "tab category": ("TAB on a category", QUICK),
    "screen": ("`summit day 1` on a terminal", Goal(10, 6)),
    "help": ("`summit --help`", Goal(10, 7)),
    "export": (f"`summit agenda export` of {PICKS} picks", Goal(18, 12)),
}
GROWTH = {
    "room": f"`day 1 -r {ROOM} --from 9:00 --to 10:00`",
    "next": "`next -n 5`",
    "show": "`show ID --json`",
    "tab": "TAB on an id",
    "search": "`search 数字 -n 20`",
}
MOST_GROWTH = Goal(1.5, 1.1)
PEERS = {
    "day": "summit, `day 1` into a pipe",
    "screen": "summit, `day 1` on a terminal",
    "naive": "Typer, pydantic and Rich without a catalog (`bench/naive.py`)",
    "khal": "khal, `list DAY`",
    "gcalcli": "gcalcli, `--version`",
    "calcurse": "calcurse, `-Q`",
    "jq": "jq, the ids of a day",
}


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--heavy-rounds", type=int, default=11, help="of what takes seconds")
    parser.add_argument("--whole-rounds", type=int, default=3, help="of what goes through whole schedules")
    parser.add_argument("--only-whole", action="store_true", help="measure nothing else, and only print")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = Whole(Path(folder))
        figures = measure(dict(whole.commands()), options.whole_rounds)
        of_whole = list(report(figures, whole.files[LARGE]))
    if options.only_whole:
        print("\n".join(of_whole))
        return
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        light = measure(dict(world.light()), options.rounds)
        heavy = measure(dict(world.heavy()), options.heavy_rounds)
        size = world.files[LARGE].stat().st_size / 2**20
    page = "\n".join(
        [
            *_introduction(light, options),
            *_commands(light),
            *_growth(light),
            *_large(heavy, size),
            *of_whole,
            *_peers(light),
            "",
        ]
    )
    options.output.write_text(page, "utf-8")
    print(page)


def _introduction(light: Figures, options: argparse.Namespace) -> Iterator[str]:
    machine = f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}"
    yield "# How fast it is\n"
    yield "`make bench` writes this page; [docs/performance.md](../docs/performance.md) says what was done"
    yield "for these figures.\n"
    yield f"{machine}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    yield f"Medians of {options.rounds} runs of whole processes ({options.heavy_rounds} of the longer ones),"
    yield f"in turn with the bare interpreter (`python -c pass`, {light[''].seconds * 1000:.1f} ms)."


def _commands(light: Figures) -> Iterator[str]:
    yield "\n## The bundled schedule, its catalog built\n"
    yield "| command | × bare | at most | goal | | ms | MiB |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, (text, goal) in TABLE.items():
        figure = light[name]
        cells = f"{goal.verdict(figure.ratio)} | {figure.seconds * 1000:.0f} | {figure.memory:.0f}"
        yield f"| {text} | {figure.ratio:.2f} | {cells} |"


def _growth(light: Figures) -> Iterator[str]:
    sizes = " | ".join(f"{size:,}" for size in SIZES)
    yield "\n## From 51 sessions to 100,000\n"
    yield "At most 50 rows are asked for. The conferences have"
    yield f"{', '.join(str(rooms(size)) for size in SIZES)} rooms.\n"
    yield f"| command, × bare | {sizes} | {LARGE:,} ÷ {SMALL} | at most | goal | |"
    yield "| --- |" + " --- |" * (len(SIZES) + 4)
    for name, text in GROWTH.items():
        ratios = [light[f"{name} {size}"].ratio for size in SIZES]
        growth = ratios[-1] / ratios[0]
        cells = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        yield f"| {text} | {cells} | {growth:.2f} | {MOST_GROWTH.verdict(growth)} |"


def _large(heavy: Figures, size: float) -> Iterator[str]:
    yield f"\n## {LARGE:,} sessions at once, and putting a schedule into use\n"
    yield "| what | figure | at most | goal | |"
    yield "| --- | --- | --- | --- | --- |"
    for text, figure, goal in _comparisons(heavy, size):
        yield f"| {text} | {figure:.2f} | {goal.verdict(figure)} |"
    yield "\n| process | × bare | seconds | MiB |"
    yield "| --- | --- | --- | --- |"
    for name, measured in heavy.items():
        cells = f"{measured.ratio:.1f} | {measured.seconds:.3f} | {measured.memory:.0f}"
        yield f"| {name or 'bare interpreter'} | {cells} |"


def _comparisons(heavy: Figures, size: float) -> Iterator[tuple[str, float, Goal]]:
    def ratio(one: str, other: str) -> float:
        return heavy[one].seconds / heavy[other].seconds

    if "jq list" in heavy:
        text = "`list -c forum --json`, ÷ jq doing the same on the source"
        yield text, ratio("list", "jq list"), Goal(0.25, 0.1)
    text = "building the catalog, ÷ `model_validate_json` of the same file"
    yield text, ratio("build", "validate"), Goal(4, 2)
    yield f"its peak memory, ÷ the file of {size:.0f} MiB", heavy["build"].memory / size, Goal(8, 4)
    text = "`use` of 1,000 sessions, ÷ `json.load` and the same rows in SQLite"
    yield text, ratio("use", "rows"), Goal(3, 3)


def _peers(light: Figures) -> Iterator[str]:
    yield "\n## What people would use instead\n"
    yield "The same day of the bundled schedule, in the same rounds.\n"
    yield "| program | × bare | ms | MiB |"
    yield "| --- | --- | --- | --- |"
    for name, text in PEERS.items():
        if figure := light.get(name):
            yield f"| {text} | {figure.ratio:.2f} | {figure.seconds * 1000:.0f} | {figure.memory:.0f} |"
        else:
            yield f"| {text} | not installed | | |"


if __name__ == "__main__":
    main()
