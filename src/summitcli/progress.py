"""Reporting the progress of long work to a listener, such as a progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from summitcli.lazy_typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing import Protocol

    class Listener(Protocol):
        """A receiver of progress reports, such as a progress bar."""

        def show(self, work: str, done: int, total: int | None) -> None:
            """Show that ``done`` of ``total`` things are done; ``total`` is None if unknown.

            ``work`` is the name of the work, such as "reading".
            """

        def end(self) -> None:
            """End the display; the work is done or was abandoned."""


Thing = TypeVar("Thing")

REPORT_INTERVAL = 100
"""The number of things processed between two reports."""


class Work:
    """A context manager for long work, whose steps are counted and reported.

    If it is part of other work that is being reported, it is not reported itself.

    Args:
        name: a word for the work, such as "reading".
        total: the number of things to process, if known.
    """

    def __init__(self, name: str, total: int | None = None) -> None:
        self._name = name
        self._total = total
        self._done = 0
        self._listener: Listener | None = None

    def __enter__(self) -> Work:
        if _State.listener is not None and _State.current is None:
            self._listener = _State.listener()
            _State.current = self
        return self

    def __exit__(self, *_error: object) -> None:
        if _State.current is self:
            _State.current = None
            self.end()

    def end(self) -> None:
        """End the listener's display of this work."""
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.end()

    def step(self) -> None:
        """Count one thing, which is about to be processed."""
        if self._done % REPORT_INTERVAL == 0:
            self.show(self._done)
        self._done += 1

    def wait(self) -> None:
        """Report that the work goes on, but nothing more is done yet."""
        self.show(self._done)

    def show(self, done: int) -> None:
        """Report that ``done`` things are done."""
        self._done = done
        if self._listener is not None:
            self._listener.show(self._name, done, self._total)


class _State:
    """The function that creates listeners, and the work that is reported now, if any."""

    listener: Callable[[], Listener] | None = None
    current: Work | None = None


def set_listener(listener: Callable[[], Listener] | None) -> None:
    """Set the function that creates a listener when work starts; None for no reports.

    If work is in progress, its listener is ended.
    """
    _State.listener = listener
    if (current := _State.current) is not None:
        _State.current = None
        current.end()


def has_listener() -> bool:
    """Return whether progress is reported to a listener; if not, the total need not be determined."""
    return _State.listener is not None


def step() -> None:
    """Count one thing in the work that is being reported; do nothing if no work is."""
    if _State.current is not None:
        _State.current.step()


def wait() -> None:
    """Report that the work that is being reported goes on; do nothing if no work is."""
    if _State.current is not None:
        _State.current.wait()


def steps(work: str, things: Iterable[Thing], total: int | None = None) -> Iterable[Thing]:
    """Return an iterable over ``things`` that reports how many of them have been processed.

    ``work`` is a word for the work, such as "reading", and ``total`` the number of things, if known.
    """
    return things if _State.listener is None else _reported(work, things, total)


def _reported(work: str, things: Iterable[Thing], total: int | None) -> Iterator[Thing]:
    with Work(work, total) as counted:
        for thing in things:
            counted.step()
            yield thing
