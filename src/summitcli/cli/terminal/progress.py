"""Progress bars, which are shown on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator

from summitcli.i18n import _, ngettext
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import ProgressColumn

    from summitcli.sources.web import Progress

SHOW_AFTER = 0.5
"""The time before a bar appears, in seconds."""
REFRESH_INTERVAL = 0.1
"""The minimum time between two updates of a bar, in seconds."""


@contextlib.contextmanager
def download_progress(color: bool | None) -> Iterator[Progress | None]:
    """Yield a function that shows a download's progress on stderr; None if stderr is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = DownloadProgress(color)
    try:
        yield bar
    finally:
        bar.end()


class _ProgressBar:
    """A progress bar that appears if the work takes long, and disappears at the end."""

    def __init__(self, color: bool | None) -> None:
        self._color = color
        self._begun = time.monotonic()
        self._last = 0.0
        self._bar: Bar | None = None

    def _columns(self) -> Iterator[ProgressColumn]:
        """Yield the Rich columns that the bar shows after the name of the work."""
        raise NotImplementedError

    def _show(self, work: str, done: int, total: int | None, amount: str = "") -> None:
        now = time.monotonic()
        if now - self._begun < SHOW_AFTER or now - self._last < REFRESH_INTERVAL:
            return
        self._last = now
        bar = self._bar
        if bar is None:
            # Assigned before it starts, so that it is removed even if starting is interrupted.
            bar = self._bar = self._new()
            bar.start()
        (task,) = bar.task_ids
        bar.update(task, description=work, completed=done, total=total, amount=amount, refresh=True)

    def _new(self) -> Bar:
        from rich.progress import Progress, TextColumn

        from summitcli.render.console import console

        columns = TextColumn("{task.description}", markup=False), *self._columns()
        # It is refreshed by each update.
        bar = Progress(*columns, console=console(sys.stderr, self._color), transient=True, auto_refresh=False)
        bar.add_task("", total=None, amount="")
        return bar

    def end(self) -> None:
        """Remove the bar from the terminal."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.stop()
        self._begun = time.monotonic()


class DownloadProgress(_ProgressBar):
    """A progress bar for a download, which counts bytes."""

    def _columns(self) -> Iterator[ProgressColumn]:
        from rich.progress import BarColumn, DownloadColumn

        yield from (BarColumn(), DownloadColumn())

    def __call__(self, received: int, expected: int | None) -> None:
        """Show that ``received`` of ``expected`` bytes (None if unknown) have been downloaded."""
        self._show(_("downloading"), received, expected)


class SessionProgress(_ProgressBar):
    """A progress bar for work on sessions, as reported by :mod:`summitcli.progress`."""

    def _columns(self) -> Iterator[ProgressColumn]:
        from rich.progress import BarColumn, TextColumn

        yield from (BarColumn(), TextColumn("{task.fields[amount]}", markup=False))

    def show(self, work: str, done: int, total: int | None) -> None:
        """Show that ``done`` of ``total`` sessions (None if unknown) are done.

        ``work`` is the name of the work, such as ``reading``. If both numbers are unknown, ``done`` is 0.
        """
        if total is None and not done:
            amount = ""
        elif total is None:
            amount = ngettext("{n} session", "{n} sessions", done)
        else:
            amount = ngettext("{done} of {n} session", "{done} of {n} sessions", total, done=f"{done:,}")
        self._show(work, done, total, amount)
