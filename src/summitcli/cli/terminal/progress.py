"""Somebody waits before a terminal: a bar that shows how far it is."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from summitcli.i18n import _
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from summitcli.sources.web import Progress

UNSEEN = 0.5
"""How long something may take before it is shown, in seconds."""


@contextlib.contextmanager
def waiting(color: bool | None) -> Iterator[Progress | None]:
    """What shows on stderr how far a download is; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    shown = _Shown(color)
    try:
        yield shown
    finally:
        shown.end()


class _Shown:
    """The bar, once it is worth showing."""

    def __init__(self, color: bool | None) -> None:
        self._color = color
        self._begun = time.monotonic()
        self._bar: Bar | None = None

    def __call__(self, received: int, expected: int | None) -> None:
        if time.monotonic() - self._begun < UNSEEN:
            return
        if self._bar is None:
            self._bar = self._begin()
        (task,) = self._bar.task_ids
        self._bar.update(task, completed=received, total=expected, refresh=True)

    def _begin(self) -> Bar:
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

        from summitcli.render.console import console

        columns = TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn()
        # It refreshes when it is told to, and leaves nothing behind.
        bar = Progress(*columns, console=console(sys.stderr, self._color), transient=True, auto_refresh=False)
        bar.add_task(_("fetching"), total=None)
        bar.start()
        return bar

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
