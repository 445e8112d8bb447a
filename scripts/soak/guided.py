"""Coverage-guided fuzzing of the schedule readers with atheris, if it is installed."""

import importlib.util
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable

from scripts.soak.sandbox import ROOT, home, scaled
from scripts.soak.table import Row, Tally, check

INPUTS = 25_000
SEEDS = 40
"""The number of mutants in the initial corpus."""
MAX_INPUT = 16_384
"""The maximum size of an input, in bytes."""
TIME_LIMIT = 5.0
"""The maximum time for one input in seconds; counting branches is slow."""


def guided(name: str) -> Callable[[float], Row]:
    """Return the row that fuzzes a format, starting with mutants of it."""

    def row(scale: float) -> Row:
        tally = Tally("hostile input", f"inputs guided by coverage: {name}")
        if importlib.util.find_spec("atheris") is None:
            print("atheris is not installed; no inputs guided by coverage", file=sys.stderr)
            return tally.row()
        command = [sys.executable, "-m", "scripts.soak.guided", name, str(scaled(INPUTS, scale))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        try:
            tally.number, failed, tally.slowest = json.loads(done.stdout.strip().splitlines()[-1])
        except (ValueError, IndexError):
            tally.number, failed = 1, 1
        tally.fail(done.stderr, failed)
        return tally.row()

    return row


def search(name: str, number: int) -> None:
    """Try ``number`` inputs, print the number, the failures and the slowest time, and exit the process."""
    import atheris

    with atheris.instrument_imports(include=["summitcli.formats", "icalendar"]):
        from tests.formats.mutations import MAKERS
        from tests.formats.test_mutations import outcome

        rng = random.Random(f"{name} guided")
        seeds = [MAKERS[name](rng) for _turn in range(SEEDS)]
        for seed in seeds:
            outcome(seed)
    tally = Tally("hostile input", f"inputs guided by coverage: {name}")

    def one(data: bytes) -> None:
        with tally.attempt(data, TIME_LIMIT):
            error = outcome(data)
            check(error is None or "\n" not in error, error)
        if tally.number == number:
            print(json.dumps([tally.number, tally.failed, tally.slowest]), flush=True)
            os._exit(0)

    with home() as folder:
        for turn, seed in enumerate(seeds):
            (folder / f"seed-{turn}").write_bytes(seed)
        atheris.Setup([sys.argv[0], f"-max_len={MAX_INPUT}", "-rss_limit_mb=0", str(folder)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    search(sys.argv[1], int(sys.argv[2]))
