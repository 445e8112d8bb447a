"""Inputs that are found by watching what each one reaches in the readers: atheris, where it is installed."""

import importlib.util
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable

from scripts.soak.place import ROOT, counted, home
from scripts.soak.table import Row, Tally, must

EACH = 25_000
SEEDS = 40
"""How many mutants the search begins with."""
LONGEST_INPUT = 16_384
"""In bytes."""
LONGEST = 5.0
"""Seconds that one input may take while every branch is counted, which takes its time."""


def guided(name: str) -> Callable[[float], Row]:
    """Inputs that begin with mutants of a format, and go where no other went."""

    def row(scale: float) -> Row:
        tally = Tally("hostile input", f"inputs guided by coverage: {name}")
        if importlib.util.find_spec("atheris") is None:
            print("atheris is not installed: no inputs guided by coverage", file=sys.stderr)
            return tally.row()
        command = [sys.executable, "-m", "scripts.soak.guided", name, str(counted(EACH, scale))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        try:
            tally.number, failed, tally.slowest = json.loads(done.stdout.strip().splitlines()[-1])
        except (ValueError, IndexError):
            tally.number, failed = 1, 1
        tally.fail(done.stderr, failed)
        return tally.row()

    return row


def search(name: str, number: int) -> None:
    """Try ``number`` inputs, print how many failed and the seconds of the slowest, and end the process."""
    import atheris

    with atheris.instrument_imports(include=["summitcli.formats", "icalendar"]):
        from tests.formats.mutations import MAKERS
        from tests.formats.test_mutations import outcome

        chance = random.Random(f"{name} guided")
        seeds = [MAKERS[name](chance) for _turn in range(SEEDS)]
        for seed in seeds:
            outcome(seed)
    tally = Tally("hostile input", f"inputs guided by coverage: {name}")

    def one(data: bytes) -> None:
        with tally.trying(data, LONGEST):
            said = outcome(data)
            must(said is None or "\n" not in said, said)
        if tally.number == number:
            print(json.dumps([tally.number, tally.failed, tally.slowest]), flush=True)
            os._exit(0)

    with home() as folder:
        for turn, seed in enumerate(seeds):
            (folder / f"seed-{turn}").write_bytes(seed)
        atheris.Setup([sys.argv[0], f"-max_len={LONGEST_INPUT}", "-rss_limit_mb=0", str(folder)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    search(sys.argv[1], int(sys.argv[2]))
