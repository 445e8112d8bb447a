"""Large, regular files, many of one thing each: what they cost, each in a process of its own."""

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

from scripts.soak.place import SUMMIT, counted, home
from scripts.soak.table import Row, Tally, must

AREA = "many small things"
SMALL, LARGE = 1_000_000, 20_000_000
"""Sizes of files in bytes: of one that many things fit into before a budget ends them, and of the largest
that is taken from a server."""
LONGEST = 10.0
"""Seconds of the processor that one command may take, however busy the machine is."""
MOST_MEMORY = 400
"""In MB, for the process of one command."""
PATIENCE = 600
"""Seconds after which a command is taken to hang."""
SESSIONS = 100_000
"""How many sessions a schedule has whose copies in every format can be read again."""

_MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=open(sys.argv[1], "wb"))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
"""Runs between this process and the command: a child's memory counts from that of its parent at the start."""


class Cost(NamedTuple):
    """What a command took, and how it ended."""

    status: int
    seconds: float
    """Of the processor."""
    memory: int
    """The most that it held, in MB."""
    err: str


def cost(words: Sequence[str]) -> Cost:
    """Run the program, and return what that took."""
    with tempfile.NamedTemporaryFile() as said:
        command = [sys.executable, "-I", "-S", "-c", _MEASURE, said.name, *SUMMIT, *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
            try:
                out, _err = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                # The command runs below that process, and would go on without it.
                os.killpg(process.pid, signal.SIGKILL)
                raise
        status, seconds, most = out.split()
        err = Path(said.name).read_text("utf-8", "replace")
    # Linux counts in KB, macOS in bytes.
    return Cost(int(status), float(seconds), int(most) // (2**20 if sys.platform == "darwin" else 2**10), err)


class _Costs:
    """The costs of a row's commands."""

    def __init__(self, what: str, longest: float = LONGEST, most_memory: int = MOST_MEMORY) -> None:
        self._tally = Tally(AREA, what)
        self._longest, self._most_memory = longest, most_memory
        self._seconds, self._memory = 0.0, 0

    def run(self, what: object, words: Sequence[str], statuses: Iterable[int] = (0, 1, 3)) -> None:
        """Run a command, which must end with one of these statuses within the limits."""
        with self._tally.trying((what, words)):
            done = cost(words)
            self._seconds, self._memory = max(self._seconds, done.seconds), max(self._memory, done.memory)
            must(done.status in statuses, done)
            must(done.status != 3 or words[0] == "validate" or done.err.count("\n") == 1, done)
            must(done.seconds <= self._longest and done.memory <= self._most_memory, done)

    def row(self) -> Row:
        """Return the most that any of them took."""
        return self._tally.row()._replace(slowest=self._seconds, memory=self._memory)


def of_format(name: str) -> Callable[[float], Row]:
    """Return the row of a format: each thing, so many that they fill a small file and a large one."""

    def row(scale: float) -> Row:
        costs = _Costs(f"many of one thing, each alone: {name}")
        commands = ((SMALL, ["use"]), (SMALL, ["convert", "-f", "json"]), (LARGE, ["validate"]))
        for thing, data, words in _files(MAKERS[name], commands, scale):
            costs.run((thing, len(data)), words)
        return costs.row()

    return row


def imports(scale: float) -> Row:
    """Files that an agenda is imported from."""
    costs = _Costs("many of one thing, each alone: files to import")
    commands = ((SMALL, ["agenda", "import"]), (LARGE, ["agenda", "compare"]))
    for thing, data, words in _files(IMPORTS, commands, scale):
        costs.run((thing, len(data)), words)
    return costs.row()


def _files(
    makers: Mapping[str, Maker], commands: Iterable[tuple[int, list[str]]], scale: float
) -> Iterator[tuple[str, bytes, list[str]]]:
    """Write each file; yield what it is full of, its content, and a command with its path."""
    commands = list(commands)
    things = list(makers.items())[:: max(1, round(0.1 / scale))]
    with home() as folder:
        file = folder / "many"
        for thing, make in things:
            for size, words in commands:
                data = sized(make, counted(size, scale))
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
"""What swells most, tried in every way in which a file can come."""


def bombs(scale: float) -> Row:
    """Files that swell, as they are, packed, and from a server, through each command that reads schedules."""
    costs = _Costs("what swells most × list, use, validate, convert, diff, import × a file, packed, a server")
    things = list(BOMBS.items())[: counted(len(BOMBS), scale)]
    with home() as folder, serving() as site:
        file = folder / "bomb"
        for thing, make in things:
            data = sized(make, counted(LARGE, scale))
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
    """100,000 sessions with texts: used, converted to every format, and each copy used again.

    A schedule as large as that may take longer, and more memory, than one that only pretends.
    """
    costs = _Costs(f"{SESSIONS:,} sessions with texts × convert to each format, use again", PATIENCE, 4_000)
    with home() as folder:
        file = folder / "large.json"
        file.write_bytes(rich(counted(SESSIONS, scale)))
        costs.run("use", ["use", str(file)], (0,))
        for name in ("json", "frab-json", "frab-xml", "ics"):
            copy = folder / f"copy.{name}"
            costs.run(name, ["convert", str(file), "-f", name, "-o", str(copy)], (0,))
            must(os.path.getsize(copy) > 0, copy)
            costs.run(name, ["use", str(copy), "--name", f"copy-{name}"], (0,))
    return costs.row()
