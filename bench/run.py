"""Measure the program and its alternatives, and write ``bench/RESULTS.md``.

Every command runs as a new process. In each round all commands and the bare interpreter run once; the results
are medians, and their ratios to the median of the bare interpreter in the same rounds.
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
from publishing import Site, site_report
from whole import Whole, report
from world import HERE, LARGE, PICKS, ROOM, SIZES, SMALL, World

from schedules import rooms

Figures = Mapping[str, Figure]


class Goal(NamedTuple):
    """The limit of a figure, and its goal."""

    limit: float
    goal: float

    def verdict(self, figure: float) -> str:
        """Return the table cells with limit, goal and whether they are met."""
        met = "goal met" if figure <= self.goal else "met" if figure <= self.limit else "**missed**"
        return f"{self.limit} | {self.goal} | {met}"


QUICK = Goal(6.5, 2.5)
TABLE = {
    "version": ("`summit --version`", Goal(2, 1.5)),
    "day": ("`summit day 1` in a pipe", QUICK),
    "next": ("`summit next`", QUICK),
    "show": ("`summit show ID --json`", QUICK),
    "search": ("`summit search 数字`", QUICK),
    "picked day": ("`summit day 1` in a pipe, with an agenda", QUICK),
    "tab id": ("completion of an ID", QUICK),
    "tab category": ("completion of a category", QUICK),
    "screen": ("`summit day 1` in a terminal", Goal(10, 6)),
    "help": ("`summit --help`", Goal(10, 7)),
    "export": (f"`summit agenda export` with {PICKS} sessions", Goal(18, 12)),
}
GROWTH = {
    "room": f"`day 1 -r {ROOM} --from 9:00 --to 10:00`",
    "next": "`next -n 5`",
    "show": "`show ID --json`",
    "tab": "completion of an ID",
    "search": "`search 数字 -n 20`",
}
GROWTH_LIMIT = Goal(1.5, 1.1)
BEFORE = "before: "
"""What stands before the names of the commands of an earlier version."""
PEERS = {
    "day": "summit, `day 1` in a pipe",
    "screen": "summit, `day 1` in a terminal",
    "naive": "Typer, pydantic and Rich without a catalog (`bench/naive.py`)",
    "khal": "khal, `list DAY`",
    "gcalcli": "gcalcli, `--version`",
    "calcurse": "calcurse, `-Q`",
    "jq": "jq, the IDs of a day",
}


def main() -> None:
    """Measure, and print and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="rounds of short commands")
    parser.add_argument("--heavy-rounds", type=int, default=11, help="rounds of commands that take seconds")
    parser.add_argument("--whole-rounds", type=int, default=3, help="rounds of commands on whole schedules")
    parser.add_argument("--only-whole", action="store_true", help="only measure commands on whole schedules")
    parser.add_argument("--only-site", action="store_true", help="only measure publishing a site")
    parser.add_argument(
        "--before",
        metavar="PROGRAM",
        help="the program of an earlier version, for commands on whole schedules",
    )
    parser.add_argument("--cpu", action="store_true", help="measure CPU time, for a machine that is not idle")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md")
    options = parser.parse_args()
    if options.only_site:
        print("\n".join(_site(options.whole_rounds)))
        return
    of_whole = list(_whole(options))
    if options.only_whole:
        print("\n".join(of_whole))
        return
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        light = measure(dict(world.light()), options.rounds, options.cpu)
        heavy = measure(dict(world.heavy()), options.heavy_rounds, options.cpu)
        size = world.files[LARGE].stat().st_size / 2**20
    page = "\n".join(
        [
            *_introduction(light, options),
            *_commands(light),
            *_growth(light),
            *_large(heavy, size),
            *of_whole,
            *_site(options.whole_rounds),
            *_peers(light),
            "",
        ]
    )
    options.output.write_text(page, "utf-8")
    print(page)


def _whole(options: argparse.Namespace) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        whole = Whole(Path(folder))
        commands = dict(whole.commands())
        earlier = {}
        if options.before:
            earlier = dict(Whole(Path(other), options.before, [LARGE]).large_commands())
        both = commands | {f"{BEFORE}{name}": command for name, command in earlier.items()}
        figures = measure(both, options.whole_rounds, options.cpu)
        before = {name: figures[f"{BEFORE}{name}"] for name in earlier}
        yield from report(figures, whole.files[LARGE], before)


def _site(rounds: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield from site_report(measure(dict(Site(Path(folder)).commands()), rounds, cpu=True))


def _introduction(light: Figures, options: argparse.Namespace) -> Iterator[str]:
    machine = f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}"
    yield "# Benchmarks\n"
    yield "Written by `make bench`; [docs/performance.md](../docs/performance.md) explains how these figures"
    yield "were reached.\n"
    yield f"{machine}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}."
    if options.cpu:
        yield "All times are CPU time."
    yield f"Medians of {options.rounds} runs ({options.heavy_rounds} for longer commands), alternating with"
    yield f"the bare interpreter (`python -c pass`, {light[''].seconds * 1000:.1f} ms)."


def _commands(light: Figures) -> Iterator[str]:
    yield "\n## Built-in schedule, with its catalog built\n"
    yield "| command | × bare | limit | goal | | ms | MiB |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, (text, goal) in TABLE.items():
        figure = light[name]
        cells = f"{goal.verdict(figure.ratio)} | {figure.seconds * 1000:.0f} | {figure.memory:.0f}"
        yield f"| {text} | {figure.ratio:.2f} | {cells} |"


def _growth(light: Figures) -> Iterator[str]:
    sizes = " | ".join(f"{size:,}" for size in SIZES)
    yield "\n## From 51 sessions to 100,000\n"
    yield "Each command shows at most 50 rows. The conferences have"
    yield f"{', '.join(str(rooms(size)) for size in SIZES)} rooms.\n"
    yield f"| command, × bare | {sizes} | {LARGE:,} ÷ {SMALL} | limit | goal | |"
    yield "| --- |" + " --- |" * (len(SIZES) + 4)
    for name, text in GROWTH.items():
        ratios = [light[f"{name} {size}"].ratio for size in SIZES]
        growth = ratios[-1] / ratios[0]
        cells = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        yield f"| {text} | {cells} | {growth:.2f} | {GROWTH_LIMIT.verdict(growth)} |"


def _large(heavy: Figures, size: float) -> Iterator[str]:
    yield f"\n## {LARGE:,} sessions at once, and switching to a schedule\n"
    yield "| what | figure | limit | goal | |"
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
    yield (
        f"peak memory of building the catalog, ÷ the file of {size:.0f} MiB",
        heavy["build"].memory / size,
        Goal(8, 4),
    )
    text = "`use` of 1,000 sessions, ÷ `json.load` and the same rows in SQLite"
    yield text, ratio("use", "rows"), Goal(3, 3)


def _peers(light: Figures) -> Iterator[str]:
    yield "\n## Alternatives\n"
    yield "The same day of the built-in schedule, in the same rounds.\n"
    yield "| program | × bare | ms | MiB |"
    yield "| --- | --- | --- | --- |"
    for name, text in PEERS.items():
        if figure := light.get(name):
            yield f"| {text} | {figure.ratio:.2f} | {figure.seconds * 1000:.0f} | {figure.memory:.0f} |"
        else:
            yield f"| {text} | not installed | | |"


if __name__ == "__main__":
    main()
