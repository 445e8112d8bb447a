"""A limit for what must take no longer than its size explains, which no slow or busy machine reaches."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""Of processor time. What is meant takes a fraction of one; what grows faster than its input takes hours."""


@contextmanager
def in_proportion() -> Iterator[None]:
    """Break off with an error where the block, or a test that this decorates, works without end."""
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
