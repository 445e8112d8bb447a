"""One row for each thing that must hold: how often it was tried, and how it went."""

import resource
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from summitcli.text.printable import printable_block

SHOWN = 5
"""How many failures of a row are told."""


class Row(NamedTuple):
    """What came of trying one thing many times."""

    area: str
    what: str
    number: int
    failed: int
    slowest: float | None
    """Of one try, in seconds; None where no single one was timed."""
    memory: int
    """The most that the process, or one that it started, ever took, in MB."""


HEADINGS = ("area", "what", "how many", "failed", "slowest", "memory")


class Failure(Exception):
    """Something did not hold."""


class Tally:
    """Counts tries, failures and time.

    Args:
        area: what it is about, as the list of what must hold names it.
        what: what is tried.
    """

    def __init__(self, area: str, what: str) -> None:
        self.area = area
        self.what = what
        self.number = self.failed = 0
        self.slowest: float | None = None

    @contextmanager
    def trying(self, what: object = "", longest: float | None = None) -> Iterator[None]:
        """One try: it fails with any exception, or if it takes longer than ``longest`` seconds."""
        begun = time.perf_counter()
        self.number += 1
        try:
            yield
            took = time.perf_counter() - begun
            if longest is not None and took > longest:
                raise Failure(f"it took {took:.1f} s")
        except Exception:
            self.fail(f"{what!r}\n{traceback.format_exc()}")
        self.slowest = max(self.slowest or 0.0, time.perf_counter() - begun)

    def fail(self, why: str, times: int = 1) -> None:
        """Count failures, and tell of the first few."""
        if times and self.failed < SHOWN:
            said = printable_block(f"{self.area}, {self.what}: {why[-2000:]}")
            print(said, file=sys.stderr, flush=True)
        self.failed += times

    def row(self) -> Row:
        """What came of it."""
        most = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        # Linux counts in KB, macOS in bytes.
        memory = most // (2**20 if sys.platform == "darwin" else 2**10)
        return Row(self.area, self.what, self.number, self.failed, self.slowest, memory)


def must(holds: object, what: object = "") -> None:
    """Nothing, if it holds.

    Raises:
        Failure: it does not.
    """
    if not holds:
        raise Failure(str(what)[:1000])


def drawn(rows: Sequence[Row]) -> str:
    """The table, for people who read it in a terminal and as Markdown."""
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
