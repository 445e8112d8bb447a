"""Time and memory for large files with many copies of one thing, each in a new process."""

import gzip
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.formats.many import FRAB_JSON, FRAB_XML, ICS, IMPORTS, MAKERS, NATIVE, Maker, rich, sized
from tests.webserver import page, serving

from scripts.soak.sandbox import SUMMIT, home, scaled
from scripts.soak.table import Row, Tally, check

AREA = "many small things"
SMALL, LARGE = 1_000_000, 20_000_000
"""File sizes in bytes: one that holds many things within the budgets, and the largest accepted download."""
TIME_LIMIT = 10.0
"""The maximum CPU time of one command, in seconds."""
MEMORY_LIMIT = 400
"""The maximum memory of one command, in MB."""
TIMEOUT = 600
"""Seconds after which a command is considered to hang."""
SESSIONS = 100_000
"""The number of sessions of a schedule that is converted to every format and read again."""

_MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=open(sys.argv[1], "wb"))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""A wrapper that runs the command, since a child's peak memory starts with that of its parent."""


class Cost(NamedTuple):
    """The resources that a command used, and its result."""

    status: int
    seconds: float
    """CPU time."""
    memory: int
    """Peak memory in MB."""
    err: str


def cost(words: Sequence[str]) -> Cost:
    """Run the program, and return its cost."""
    with tempfile.NamedTemporaryFile() as stderr:
        command = [sys.executable, "-I", "-S", "-c", _MEASURE, stderr.name, *SUMMIT, *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
            try:
                out, _err = process.communicate(timeout=TIMEOUT)
            except subprocess.TimeoutExpired:
                # Killing only the wrapper would leave the command running.
                os.killpg(process.pid, signal.SIGKILL)
                raise
        status, seconds, most = out.split()
        err = Path(stderr.name).read_text("utf-8", "replace")
    # Linux counts in KB, macOS in bytes.
    return Cost(int(status), float(seconds), int(most) // (2**20 if sys.platform == "darwin" else 2**10), err)


class _Costs:
    """The costs of a row's commands."""

    def __init__(self, what: str, time_limit: float = TIME_LIMIT, memory_limit: int = MEMORY_LIMIT) -> None:
        self._tally = Tally(AREA, what)
        self._time_limit, self._memory_limit = time_limit, memory_limit
        self._seconds, self._memory = 0.0, 0

    def run(self, what: object, words: Sequence[str], statuses: Iterable[int] = (0, 1, 3)) -> None:
        """Run a command, which must exit with one of ``statuses`` within the limits."""
        with self._tally.attempt((what, words)):
            done = cost(words)
            self._seconds, self._memory = max(self._seconds, done.seconds), max(self._memory, done.memory)
            check(done.status in statuses, done)
            check(done.status != 3 or words[0] == "validate" or done.err.count("\n") == 1, done)
            check(done.seconds <= self._time_limit and done.memory <= self._memory_limit, done)

    def row(self) -> Row:
        """Return the row, with the maximum time and memory of all commands."""
        return self._tally.row()._replace(slowest=self._seconds, memory=self._memory)


def of_format(name: str) -> Callable[[float], Row]:
    """Return the row of a format, with a small and a large file full of each thing."""

    def row(scale: float) -> Row:
        costs = _Costs(f"many of one thing, each alone: {name}")
        commands = ((SMALL, ["use"]), (SMALL, ["convert", "-f", "json"]), (LARGE, ["validate"]))
        for thing, data, words in _files(MAKERS[name], commands, scale):
            costs.run((thing, len(data)), words)
        return costs.row()

    return row


def imports(scale: float) -> Row:
    """Test importing files full of one thing into an agenda."""
    costs = _Costs("many of one thing, each alone: files to import")
    commands = ((SMALL, ["agenda", "import"]), (LARGE, ["agenda", "compare"]))
    for thing, data, words in _files(IMPORTS, commands, scale):
        costs.run((thing, len(data)), words)
    return costs.row()


def _files(
    makers: Mapping[str, Maker], commands: Iterable[tuple[int, list[str]]], scale: float
) -> Iterator[tuple[str, bytes, list[str]]]:
    """Write each file, and yield the thing in it, its content, and a command with its path."""
    commands = list(commands)
    things = list(makers.items())[:: max(1, round(0.1 / scale))]
    with home() as folder:
        file = folder / "many"
        for thing, make in things:
            for size, words in commands:
                data = sized(make, scaled(size, scale))
                file.write_bytes(data)
                yield thing, data, [*words, str(file)]
                shutil.rmtree(folder / "cache", ignore_errors=True)


BOMBS = {
    "events": FRAB_JSON["empty events"],
    "days": FRAB_JSON["days"],
    "persons": FRAB_JSON["empty persons"],
    "list items": FRAB_JSON["list items in HTML"],
    "elements": FRAB_XML["elements"],
    "events in XML": FRAB_XML["empty events"],
    "sessions": NATIVE["empty sessions"],
    "blank lines": ICS["blank lines"],
}
"""The things that expand most, tested as plain and compressed files and from a server."""


def bombs(scale: float) -> Row:
    """Test files that expand, plain, compressed and from a server, with each command that reads schedules."""
    costs = _Costs(
        "expanding files × list, use, validate, convert, diff, import × plain, compressed, from a server"
    )
    things = list(BOMBS.items())[: scaled(len(BOMBS), scale)]
    with home() as folder, serving() as site:
        file = folder / "bomb"
        for thing, make in things:
            data = sized(make, scaled(LARGE, scale))
            packed = gzip.compress(data)
            site["/bomb"] = page(packed, Content_Encoding="gzip")
            for content, reference in ((data, str(file)), (packed, str(file)), (b"", f"{site.url}/bomb")):
                file.write_bytes(content)
                for words in (
                    ["list", "--schedule"], ["use"], ["convert", "-f", "json"], ["diff", "bundled"],
                    *([] if reference.startswith("http") else [["validate"], ["agenda", "import"]]),
                ):  # fmt: skip
                    costs.run((thing, len(content)), [*words, reference])
    return costs.row()


def written(scale: float) -> Row:
    """Test a schedule of 100,000 sessions with texts: use it, convert it to every format, use each copy.

    It may take more time and memory than the files full of one thing.
    """
    costs = _Costs(f"{SESSIONS:,} sessions with texts × convert to each format, use again", TIMEOUT, 4_000)
    with home() as folder:
        file = folder / "large.json"
        file.write_bytes(rich(scaled(SESSIONS, scale)))
        costs.run("use", ["use", str(file)], (0,))
        for name in ("json", "frab-json", "frab-xml", "ics"):
            copy = folder / f"copy.{name}"
            costs.run(name, ["convert", str(file), "-f", name, "-o", str(copy)], (0,))
            check(os.path.getsize(copy) > 0, copy)
            costs.run(name, ["use", str(copy), "--name", f"copy-{name}"], (0,))
    return costs.row()
