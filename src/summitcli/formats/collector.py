"""Pausing Python's garbage collector while sessions are built, to save time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Disable garbage collection in the ``with`` block.

    Sessions contain no reference cycles, but the collector would scan them again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
