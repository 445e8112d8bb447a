"""A limit for work that must stay in proportion to its input, which no slow or busy machine reaches."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""Processor time. Correct code takes a fraction of a second; superlinear work would take hours."""


@contextmanager
def in_proportion() -> Iterator[None]:
    """Raise an error if the block, or the decorated test, uses too much processor time."""
    if not hasattr(signal, "setitimer"):
        # Windows can't tell: there it would run on.
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise AssertionError(f"it takes more than {SECONDS} seconds of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
