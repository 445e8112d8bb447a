"""A listener to progress reports that records them."""

from collections.abc import Iterator
from contextlib import contextmanager

from summitcli.progress import set_listener


class Recorded:
    """A listener that records its calls."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int | None] | str] = []

    def show(self, work: str, done: int, total: int | None) -> None:
        self.told.append((work, done, total))

    def end(self) -> None:
        self.told.append("end")


@contextmanager
def recording() -> Iterator[Recorded]:
    """Record all progress reported in the block."""
    recorded = Recorded()
    set_listener(lambda: recorded)
    try:
        yield recorded
    finally:
        set_listener(None)
