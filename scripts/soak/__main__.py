"""Run every row of what must hold, print the table, and write it to ``docs/reliability.md``."""

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.formats.many import MAKERS as MANY
from tests.formats.mutations import MAKERS

from scripts.soak import agenda, catalogs, guided, inputs, kills, many, process, text
from scripts.soak.place import ROOT
from scripts.soak.table import Row, drawn

ROWS: dict[str, Callable[[float], Row]] = {
    "kills": kills.killed,
    "kills-agenda": kills.killed_additions,
    "kills-kept": kills.killed_keepers,
    "signals": kills.ended,
    "calls": agenda.calls_of_the_agenda,
    "calls-kept": agenda.calls_of_the_kept,
    "machine": agenda.machine,
    "machine-kept": agenda.known_machine,
    "crowd": kills.crowd,
    "held": agenda.held,
    "damaged": agenda.damaged,
    "no-room": agenda.no_room,
    "torn": catalogs.torn,
    "escapes": text.escapes,
    "markup": text.markup,
    "ics": text.calendars,
    "csv": text.spreadsheets,
    **{f"mutated-{name}": inputs.mutated(name) for name in MAKERS},
    **{f"guided-{name}": guided.guided(name) for name in MAKERS},
    "through": inputs.through,
    "recurrences": inputs.recurrences,
    "times": inputs.times,
    "odd-files": inputs.odd_files,
    "xml": inputs.hostile_xml,
    "json": inputs.hostile_json,
    "servers": inputs.servers,
    **{f"many-{name}": many.of_format(name) for name in MANY},
    "many-imports": many.imports,
    "many-bombs": many.bombs,
    "many-written": many.written,
    "names": text.names,
    "heads": process.heads,
    "interrupts": process.interrupts,
    "devices": process.devices,
    "encodings": process.encodings,
    "private": agenda.private,
    "suite": process.suite,
}
"""What must hold, in the order of the table."""

LONGEST = "suite"
ALONE = ("crowd", "interrupts")
"""Rows that tell less when another runs beside them."""

PAGE = ROOT / "docs" / "reliability.md"
INTRODUCTION = """# What holds, and how often it was tried

Written by `make soak`, which tries everything at its full count. A row fails wherever there is a traceback, a
fault of the program, a change that was lost, a byte that a terminal acts on, or a try that takes too long.
`slowest` is a single try; `memory` is the most that the process which tried them all, or one that it started,
ever took, the tests' own machinery included.

Run with Python {version} on {system}, {cores} processors.

"""


def main() -> int:
    """Run the rows that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.soak", description=__doc__)
    parser.add_argument("--only", action="append", choices=ROWS, metavar="ROW", help="of: " + ", ".join(ROWS))
    parser.add_argument("--scale", type=float, default=1.0, help="the share of each count that is tried")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many rows run at once")
    parser.add_argument("--row", choices=ROWS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row:
        # Who runs in the background or under nohup is told to ignore signals, and would tell every process
        # that is tried.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        print(json.dumps(ROWS[options.row](options.scale)))
        return 0
    begun = time.perf_counter()
    names = options.only or [*ROWS]
    # The longest begins first, so that the others are done beside it.
    beside = sorted((name for name in names if name not in ALONE), key=lambda name: name != LONGEST)
    with ThreadPoolExecutor(options.jobs) as pool:
        done = dict(zip(beside, pool.map(lambda name: run(name, options.scale), beside), strict=True))
    done |= {name: run(name, options.scale) for name in names if name in ALONE}
    rows = [done[name] for name in names]
    table = drawn(rows)
    print(f"{table}\n{time.perf_counter() - begun:.0f} s")
    if not options.only and options.scale == 1:
        system = f"{platform.system()} {platform.machine()}"
        head = INTRODUCTION.format(version=platform.python_version(), system=system, cores=os.cpu_count())
        PAGE.write_text(head + table, "utf-8")
    return 1 if any(row.failed for row in rows) else 0


def run(name: str, scale: float) -> Row:
    """One row, in a process of its own, so that its memory is its own."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "scripts.soak", "--row", name, "--scale", str(scale)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    try:
        row = Row(*json.loads(done.stdout.strip().splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        row = Row(name, "the run itself broke off", 0, 1, None, 0)
    print(
        f"{name}: {row.number:,} tried, {row.failed} failed, {time.perf_counter() - begun:.0f} s",
        file=sys.stderr,
    )
    return row


if __name__ == "__main__":
    sys.exit(main())
