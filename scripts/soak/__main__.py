"""Run all reliability tests, print the table, and write it to ``docs/reliability.md``."""

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

from scripts.soak import (
    agenda,
    catalogs,
    directories,
    guided,
    inputs,
    kills,
    many,
    plans,
    process,
    publishing,
    syncing,
    text,
)
from scripts.soak.sandbox import ROOT
from scripts.soak.table import Row, render

ROWS: dict[str, Callable[[float], Row]] = {
    "kills": kills.killed_writers,
    "kills-agenda": kills.killed_additions,
    "kills-kept": kills.killed_library_commands,
    "kills-site": publishing.killed_publishers,
    "kills-sync": syncing.killed_syncs,
    "signals": kills.ended_writers,
    "calls": agenda.agenda_calls,
    "calls-kept": agenda.library_calls,
    "machine": agenda.agenda_machine,
    "machine-kept": agenda.library_machine,
    "machine-sync": agenda.sync_machine,
    "steps-sync": syncing.random_steps,
    "crowd": kills.concurrent_writers,
    "held": agenda.held_locks,
    "damaged": agenda.damaged_agendas,
    "no-room": agenda.no_room,
    "plans": plans.random_plans,
    "plans-large": plans.large_plans,
    "torn": catalogs.torn_catalogs,
    "escapes": text.escapes,
    "markup": text.markup,
    "ics": text.calendars,
    "csv": text.spreadsheets,
    **{f"mutated-{name}": inputs.mutated(name) for name in MAKERS},
    **{f"guided-{name}": guided.guided(name) for name in MAKERS},
    "through": inputs.whole_commands,
    "recurrences": inputs.recurrences,
    "times": inputs.times,
    "odd-files": inputs.special_files,
    "xml": inputs.hostile_xml,
    "json": inputs.hostile_json,
    "directories": directories.directories,
    "servers": inputs.servers,
    **{f"many-{name}": many.of_format(name) for name in MANY},
    "many-imports": many.imports,
    "many-bombs": many.bombs,
    "many-written": many.written,
    "names": text.names,
    "heads": process.broken_pipes,
    "interrupts": process.interrupts,
    "devices": process.devices,
    "encodings": process.encodings,
    "private": agenda.private_files,
    "suite": process.suite,
}
"""The rows, in the order of the table."""

LONGEST = "suite"
ALONE = ("crowd", "interrupts")
"""Rows that test less when others run at the same time."""

PAGE = ROOT / "docs" / "reliability.md"
INTRODUCTION = """# Reliability tests

Written by `make soak`, which runs every test at its full count. A row fails if there is a traceback, an
internal error, a lost change, a byte that a terminal interprets, or a run that takes too long. `slowest` is
the time of the slowest run; `memory` is the peak memory of the process that made all runs, or of one that it
started, including the test framework.

Run with Python {version} on {system}, {cores} processors.

"""


def main() -> int:
    """Run the selected rows, and return 1 if one fails."""
    parser = argparse.ArgumentParser(prog="python -m scripts.soak", description=__doc__)
    parser.add_argument(
        "--only",
        action="append",
        choices=ROWS,
        metavar="ROW",
        help="only this row; may be repeated: " + ", ".join(ROWS),
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="the share of each count to run (default: 1)"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="the number of rows to run at once"
    )
    parser.add_argument("--row", choices=ROWS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row:
        # In the background or under nohup signals are ignored, which all tested processes would inherit.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        print(json.dumps(ROWS[options.row](options.scale)))
        return 0
    begun = time.perf_counter()
    names = options.only or [*ROWS]
    # The longest starts first, so that the others run beside it.
    beside = sorted((name for name in names if name not in ALONE), key=lambda name: name != LONGEST)
    with ThreadPoolExecutor(options.jobs) as pool:
        done = dict(zip(beside, pool.map(lambda name: run(name, options.scale), beside), strict=True))
    done |= {name: run(name, options.scale) for name in names if name in ALONE}
    rows = [done[name] for name in names]
    table = render(rows)
    print(f"{table}\n{time.perf_counter() - begun:.0f} s")
    if not options.only and options.scale == 1:
        system = f"{platform.system()} {platform.machine()}"
        head = INTRODUCTION.format(version=platform.python_version(), system=system, cores=os.cpu_count())
        PAGE.write_text(head + table, "utf-8")
    return 1 if any(row.failed for row in rows) else 0


def run(name: str, scale: float) -> Row:
    """Return the result of one row, run in a new process to measure its memory."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "scripts.soak", "--row", name, "--scale", str(scale)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    try:
        row = Row(*json.loads(done.stdout.strip().splitlines()[-1]))
    except (ValueError, IndexError, TypeError):
        row = Row(name, "the row crashed", 0, 1, None, 0)
    print(
        f"{name}: {row.number:,} runs, {row.failed} failed, {time.perf_counter() - begun:.0f} s",
        file=sys.stderr,
    )
    return row


if __name__ == "__main__":
    sys.exit(main())
