"""The result table: one row for each property, with the number of runs and failures."""

import resource
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from summitcli.text.printable import printable_block

MAX_SHOWN = 5
"""The maximum number of failures of a row that are printed."""


class Row(NamedTuple):
    """The result of one test, run many times."""

    area: str
    what: str
    number: int
    failed: int
    slowest: float | None
    """The time of the slowest run, in seconds; None if runs are not timed."""
    memory: int
    """The peak memory of the process, or of one that it started, in MB."""


HEADINGS = ("area", "what", "how many", "failed", "slowest", "memory")


class Failure(Exception):
    """A failed check."""


class Tally:
    """Counts runs, failures and time.

    Args:
        area: the area, as listed in :mod:`tests.test_soak`.
        what: a description of the runs.
    """

    def __init__(self, area: str, what: str) -> None:
        self.area = area
        self.what = what
        self.number = self.failed = 0
        self.slowest: float | None = None

    @contextmanager
    def attempt(self, what: object = "", time_limit: float | None = None) -> Iterator[None]:
        """Count and time one run; it fails on any exception, or if it takes over ``time_limit`` seconds."""
        begun = time.perf_counter()
        self.number += 1
        try:
            yield
            took = time.perf_counter() - begun
            if time_limit is not None and took > time_limit:
                raise Failure(f"the run took {took:.1f} s")
        except Exception:
            self.fail(f"{what!r}\n{traceback.format_exc()}")
        self.slowest = max(self.slowest or 0.0, time.perf_counter() - begun)

    def fail(self, why: str, times: int = 1) -> None:
        """Count failures, and print the first few."""
        if times and self.failed < MAX_SHOWN:
            said = printable_block(f"{self.area}, {self.what}: {why[-2000:]}")
            print(said, file=sys.stderr, flush=True)
        self.failed += times

    def row(self) -> Row:
        """Return the result."""
        most = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        # In KB on Linux, in bytes on macOS.
        memory = most // (2**20 if sys.platform == "darwin" else 2**10)
        return Row(self.area, self.what, self.number, self.failed, self.slowest, memory)


def check(holds: object, what: object = "") -> None:
    """Raise Failure unless ``holds`` is true."""
    if not holds:
        raise Failure(str(what)[:1000])


def render(rows: Sequence[Row]) -> str:
    """Return the table in Markdown, with aligned columns."""
    cells = [HEADINGS, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(_padded(cell, column, widths) for column, cell in enumerate(row)) + " |"
        for row in cells
    ]
    rule = "| " + " | ".join("-" * (w - 1) + (":" if n > 1 else "-") for n, w in enumerate(widths)) + " |"
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    slowest = "" if row.slowest is None else f"{row.slowest:.2f} s"
    return row.area, row.what, f"{row.number:,}", f"{row.failed:,}", slowest, f"{row.memory} MB"


def _padded(cell: str, column: int, widths: Sequence[int]) -> str:
    return cell.rjust(widths[column]) if column > 1 else cell.ljust(widths[column])
