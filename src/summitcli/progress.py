"""Reporting the progress of long work to a listener, such as a progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from summitcli.lazy_typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing import Protocol

    class Listener(Protocol):
        """A receiver of progress reports, such as a progress bar."""

        def show(self, work: str, done: int, total: int | None) -> None:
            """Show that ``done`` of ``total`` things are done; ``total`` is None if unknown."""

        def end(self) -> None:
            """End the display; the work is done or was abandoned."""


Thing = TypeVar("Thing")

REPORT_INTERVAL = 100
"""The number of things processed between two reports."""


class _State:
    """The function that creates listeners, and the listener to the work in progress, or None."""

    listener: Callable[[], Listener] | None = None
    current: Listener | None = None


def set_listener(listener: Callable[[], Listener] | None) -> None:
    """Set the function that creates a listener when work starts; None for no listeners.

    The listener to work that is in progress is ended.
    """
    _State.listener = listener
    if (current := _State.current) is not None:
        _State.current = None
        current.end()


def has_listener() -> bool:
    """Return whether anything listens to progress; if not, the total need not be determined."""
    return _State.listener is not None


def steps(work: str, things: Iterable[Thing], total: int | None = None) -> Iterable[Thing]:
    """Return an iterable over ``things`` that reports how many of them have been processed.

    Work within other reported work is not reported itself.

    Args:
        work: a word for the work, such as "reading".
        things: the things to process.
        total: the number of things, if known.
    """
    return things if _State.listener is None else _reported(work, things, total)


def _reported(work: str, things: Iterable[Thing], total: int | None) -> Iterator[Thing]:
    if _State.listener is None or _State.current is not None:
        yield from things
        return
    listener = _State.current = _State.listener()
    try:
        for number, thing in enumerate(things):
            if number % REPORT_INTERVAL == 0 and _State.current is listener:
                listener.show(work, number, total)
            yield thing
    finally:
        if _State.current is listener:
            _State.current = None
            listener.end()
