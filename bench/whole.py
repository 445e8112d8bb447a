"""Measure commands that read whole schedules of 51, 10,000 and 100,000 sessions.

The schedules are frab JSON. Time is compared with that of Python's ``json.load`` and ``json.dump`` of the
same file, memory with that of the same command with 51 sessions.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from measure import Command, Figure, output_of
from world import HERE, SUMMIT

SIZES = (51, 10_000, 100_000)
SMALL, MIDDLE, LARGE = SIZES
ROUND_TRIP = """
import json, os, sys
json.dump(json.load(open(sys.argv[1], "rb")), open(os.devnull, "w"))
"""
MEMORY_LIMIT, MEMORY_GOAL = 4, 2
"""The limit and goal of a command's memory beyond that for 51 sessions, relative to the file's size."""
GROWTH_LIMIT = 11
"""The limit of the factor by which ten times as many sessions take longer."""


class Limit(NamedTuple):
    """The limit and goal of a command's time, relative to the round trip of the same file."""

    limit: float
    goal: float


LIMITS: Mapping[str, Limit | None] = {
    "use": Limit(3.5, 2.5),
    "validate": Limit(2, 1.5),
    "validate, frab XML": None,
    "convert, JSON": Limit(4, 3),
    "convert, frab XML": None,
    "convert, ics": Limit(5.5, 4),
    "diff": Limit(6, 4),
    "update": Limit(6, 4),
    "export, ics": Limit(2.5, 2),
    "export, html": Limit(2, 1.5),
    "list --json": Limit(0.4, 0.4),
    "list in a terminal": None,
    "grid --svg": None,
    "agenda add, all": None,
    "agenda conflicts": None,
    "agenda gaps": None,
}
CATEGORY, TRACK = "forums", "Forums"
LISTED, BY_JQ = f"list -c {CATEGORY} --json", "jq, the same of the source"
"""The names of listing a large category, and of selecting the same events from the frab JSON with jq."""
JQ_LIMIT = Limit(0.15, 0.1)
"""The limit and goal of the time of listing, relative to jq."""
SEARCHES = ("区块链分论坛4711", "工业互联网大数据分论坛4711", "qklflt4711", "--full qzxvj")
"""Searches with a part that does not occur, or with a typing error."""
SEARCH_LIMIT = Limit(5, 2)
"""The limit and goal of their time, relative to 51 sessions."""
ROUND_TRIP_NAME = "json.load and json.dump"
FIRST_USE, SECOND_USE = "the first `summit day 1` of a checkout, which carries no catalog", "the second"


class Whole:
    """Conferences of each size, saved and with agendas, and the commands to measure.

    Args:
        folder: an empty folder.
        program: the path of the program, for measuring another version.
        sizes: the numbers of sessions.
    """

    def __init__(self, folder: Path, program: str = SUMMIT, sizes: Sequence[int] = SIZES) -> None:
        self._folder = folder
        self._program = program
        self.files = {size: folder / f"frab{size}.json" for size in sizes}
        for size in sizes:
            self._prepare(size)

    def commands(self) -> Iterator[tuple[str, Command]]:
        """Yield every command by its name and size, and the first use of a new installation."""
        for size in self.files:
            yield from ((f"{name} {size}", command) for name, command in self._commands(size))
        new = str(self._folder / "new")
        first = {**self._environment(SMALL), "SUMMIT_CACHE": f"{new}/cache", "SUMMIT_DATA": f"{new}/data"}
        yield FIRST_USE, Command((self._program, "day", "1"), first, removed=new)
        yield SECOND_USE, Command((self._program, "day", "1"), first)

    def large_commands(self) -> Iterator[tuple[str, Command]]:
        """Yield the program's own commands on the largest schedule, by their names."""
        return ((name, command) for name, command in self._commands(LARGE) if name in LIMITS)

    def _commands(self, size: int) -> Iterator[tuple[str, Command]]:
        file, later = str(self.files[size]), str(self._later(size))
        kept, out = self._environment(size), str(self._folder / "out")
        yield ROUND_TRIP_NAME, Command((sys.executable, "-c", ROUND_TRIP, file))
        used = str(self._folder / "used")
        anew = {**kept, "SUMMIT_DATA": f"{used}/data", "SUMMIT_CACHE": f"{used}/cache"}
        yield "use", Command((self._program, "use", file), anew, removed=used)
        yield "validate", Command((self._program, "validate", file), kept, statuses=(0, 3))
        yield "validate, frab XML", Command((self._program, "validate", f"{file}.xml"), kept, statuses=(0, 3))
        for name, format_ in {"JSON": "json", "frab XML": "frab-xml", "ics": "ics"}.items():
            yield (
                f"convert, {name}",
                Command((self._program, "convert", file, "-f", format_, "-o", out), kept),
            )
        yield "diff", Command((self._program, "diff", file, later), kept, statuses=(1,))
        yield "update", Command((self._program, "update", "whole"), kept, before=lambda: self._turn(size))
        for format_ in ("ics", "html"):
            yield f"export, {format_}", Command((self._program, "export", "-f", format_), kept)
        yield "list --json", Command((self._program, "list", "--json"), kept)
        yield "list in a terminal", Command((self._program, "list"), kept, terminal=True)
        yield "grid --svg", Command((self._program, "grid", "1", "--svg", f"{out}.svg"), kept)
        picked = {**kept, "SUMMIT_DATA": str(self._data(size, "picked"))}
        ids = str(self._folder / f"ids{size}")
        adding = ("/bin/sh", "-c", f'"{self._program}" agenda add --name new - <"{ids}"')
        yield "agenda add, all", Command(adding, picked, before=lambda: self._forget(size))
        for command in ("conflicts", "gaps"):
            yield f"agenda {command}", Command((self._program, "agenda", command), picked, statuses=(0, 1))
        yield LISTED, Command((self._program, "list", "-c", CATEGORY, "--json"), kept, statuses=(0, 1))
        if jq := shutil.which("jq"):
            events = f'.schedule.conference.days[].rooms[][] | select(.track == "{TRACK}")'
            yield BY_JQ, Command((jq, "-c", events, file))
        for text in SEARCHES:
            yield f"search {text}", Command((self._program, "search", *text.split()), kept, statuses=(0, 1))

    def _prepare(self, size: int) -> None:
        file = self.files[size]
        for path, form in ((file, "frab"), (self._later(size), "later")):
            output_of([sys.executable, str(HERE / "schedules.py"), str(path), str(size), form], {})
        self._turn(size)
        kept = self._environment(size)
        output_of([self._program, "use", str(self._current(size)), "--name", "whole"], kept)
        output_of([self._program, "convert", str(file), "-f", "frab-xml", "-o", f"{file}.xml"], kept)
        ids = dict.fromkeys(output_of([self._program, "list", "-f", "ids"], kept).split())
        (self._folder / f"ids{size}").write_text("\n".join(ids), "utf-8")
        shutil.copytree(self._data(size), self._data(size, "picked"))
        picked = {**kept, "SUMMIT_DATA": str(self._data(size, "picked"))}
        output_of([self._program, "agenda", "add", *list(ids)[:MIDDLE]], picked)

    def _turn(self, size: int) -> None:
        """Switch the published version between the earlier and the later one."""
        current, states = self._current(size), (self.files[size], self._later(size))
        is_first = current.exists() and current.stat().st_size == states[0].stat().st_size
        shutil.copyfile(states[is_first], current)

    def _forget(self, size: int) -> None:
        """Remove the agenda that is created in each run."""
        for file in self._data(size, "picked").glob("agendas/*/new.json"):
            file.unlink()

    def _later(self, size: int) -> Path:
        return self._folder / f"later{size}.json"

    def _current(self, size: int) -> Path:
        return self._folder / f"current{size}.json"

    def _data(self, size: int, name: str = "data") -> Path:
        return self._folder / f"{name}{size}"

    def _environment(self, size: int) -> dict[str, str]:
        return {
            "SUMMIT_CACHE": str(self._folder / f"cache{size}"),
            "SUMMIT_DATA": str(self._data(size)),
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "SUMMIT_PAGER": "",
        }


def report(figures: Mapping[str, Figure], file: Path, earlier: Mapping[str, Figure] = {}) -> Iterator[str]:
    """Yield the lines of the section on whole schedules.

    Args:
        figures: the measurements.
        file: the largest schedule.
        earlier: the measurements of an earlier version in the same rounds, by the names of the commands.
    """
    size = file.stat().st_size / 2**20
    yield f"\n## Whole schedules, up to {LARGE:,} sessions\n"
    round_trip = figures[f"{ROUND_TRIP_NAME} {LARGE}"].seconds
    yield f"frab JSON of {size:.0f} MiB. Time is relative to Python's `json.load` and `json.dump` of the same"
    yield f"file ({round_trip:.1f} s), memory is that beyond the same command with {SMALL} sessions, relative"
    yield f"to the file's size: at most {MEMORY_LIMIT}, goal {MEMORY_GOAL}. Ten times as many sessions may"
    yield f"take {GROWTH_LIMIT} times as long.\n"
    growth = f"{LARGE:,} ÷ {MIDDLE:,}"
    before = " × round trip, before | MiB, before |" if earlier else ""
    yield f"| command | × round trip | limit | goal | | × file | | {growth} | | seconds | MiB |{before}"
    yield "| --- |" + " --- |" * (12 if earlier else 10)
    for name, limit in LIMITS.items():
        row = _row(name, limit, figures, size)
        if earlier:
            was = earlier.get(name)
            row += f" {was.seconds / round_trip:.2f} | {was.memory:.0f} |" if was else " | |"
        yield row
    yield f"\n| search | {LARGE:,} ÷ {SMALL} | limit | goal | |"
    yield "| --- | --- | --- | --- | --- |"
    for text in SEARCHES:
        ratio = figures[f"search {text} {LARGE}"].seconds / figures[f"search {text} {SMALL}"].seconds
        yield f"| `{text}` | {ratio:.2f} | {_limits(SEARCH_LIMIT, ratio)} |"
    if jq := figures.get(f"{BY_JQ} {LARGE}"):
        ratio = figures[f"{LISTED} {LARGE}"].seconds / jq.seconds
        yield f"| `{LISTED}` of {LARGE:,}, ÷ {BY_JQ} | {ratio:.2f} | {_limits(JQ_LIMIT, ratio)} |"
    ratio = figures[FIRST_USE].seconds / figures[SECOND_USE].seconds
    yield f"| {FIRST_USE}, ÷ {SECOND_USE} | {ratio:.2f} | {_limits(None, ratio)} |"


def _row(name: str, limit: Limit | None, figures: Mapping[str, Figure], size: float) -> str:
    large = figures[f"{name} {LARGE}"]
    ratio = large.seconds / figures[f"{ROUND_TRIP_NAME} {LARGE}"].seconds
    memory = (large.memory - figures[f"{name} {SMALL}"].memory) / size
    growth = large.seconds / figures[f"{name} {MIDDLE}"].seconds
    cells = (
        f"{ratio:.2f} | {_limits(limit, ratio)}",
        f"{memory:.1f} | {_verdict(Limit(MEMORY_LIMIT, MEMORY_GOAL), memory)}",
        f"{growth:.1f} | {_verdict(Limit(GROWTH_LIMIT, GROWTH_LIMIT), growth)}",
        f"{large.seconds:.1f} | {large.memory:.0f}",
    )
    return f"| `{name}` | {' | '.join(cells)} |"


def _limits(limit: Limit | None, figure: float) -> str:
    return " | | " if limit is None else f"{limit.limit} | {limit.goal} | {_verdict(limit, figure)}"


def _verdict(limit: Limit, figure: float) -> str:
    return "goal met" if figure <= limit.goal else "met" if figure <= limit.limit else "**missed**"
