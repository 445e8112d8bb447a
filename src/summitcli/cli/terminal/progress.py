"""Somebody waits before a terminal: a bar that shows how far it is."""

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

UNSEEN = 0.5
"""How long something may take before it is shown, in seconds."""
OFTEN = 0.1
"""How long one state is shown at least, in seconds."""


@contextlib.contextmanager
def waiting(color: bool | None) -> Iterator[Progress | None]:
    """What shows on stderr how far a download is; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    shown = Downloading(color)
    try:
        yield shown
    finally:
        shown.end()


class _Shown:
    """A bar, once it is worth showing; it leaves nothing behind."""

    def __init__(self, color: bool | None) -> None:
        self._color = color
        self._begun = time.monotonic()
        self._last = 0.0
        self._bar: Bar | None = None

    def _columns(self) -> Iterator[ProgressColumn]:
        """The columns behind the name of what is done."""
        raise NotImplementedError

    def _show(self, work: str, done: int, total: int | None, amount: str = "") -> None:
        now = time.monotonic()
        if now - self._begun < UNSEEN or now - self._last < OFTEN:
            return
        self._last = now
        bar = self._bar
        if bar is None:
            # Known before it is begun, so that it is taken away even if it is interrupted on its way.
            bar = self._bar = self._new()
            bar.start()
        (task,) = bar.task_ids
        bar.update(task, description=work, completed=done, total=total, amount=amount, refresh=True)

    def _new(self) -> Bar:
        from rich.progress import Progress, TextColumn

        from summitcli.render.console import console

        columns = TextColumn("{task.description}", markup=False), *self._columns()
        # It refreshes when it is told to.
        bar = Progress(*columns, console=console(sys.stderr, self._color), transient=True, auto_refresh=False)
        bar.add_task("", total=None, amount="")
        return bar

    def end(self) -> None:
        """Take the bar away."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.stop()
        self._begun = time.monotonic()


class Downloading(_Shown):
    """How far a download is, in bytes."""

    def _columns(self) -> Iterator[ProgressColumn]:
        from rich.progress import BarColumn, DownloadColumn

        yield from (BarColumn(), DownloadColumn())

    def __call__(self, received: int, expected: int | None) -> None:
        """Show that ``received`` of ``expected`` bytes are here."""
        self._show(_("fetching"), received, expected)


class Working(_Shown):
    """How far work on sessions is: the listener of :mod:`summitcli.progress`."""

    def _columns(self) -> Iterator[ProgressColumn]:
        from rich.progress import BarColumn, TextColumn

        yield from (BarColumn(), TextColumn("{task.fields[amount]}", markup=False))

    def show(self, work: str, done: int, total: int | None) -> None:
        """Show that ``done`` of ``total`` sessions are done."""
        if total is None:
            amount = ngettext("{n} session", "{n} sessions", done)
        else:
            amount = ngettext("{done} of {n} session", "{done} of {n} sessions", total, done=f"{done:,}")
        self._show(work, done, total, amount)
