"""How far work is that takes long, told to whoever listens, such as a bar on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from summitcli.lazy_typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing import Protocol

    class Listener(Protocol):
        """Whoever is told."""

        def show(self, work: str, done: int, total: int | None) -> None:
            """Take note that ``done`` of ``total`` things are done; None where the total is not known."""

        def end(self) -> None:
            """Take note that the work is done, or was given up."""


Thing = TypeVar("Thing")

EVERY = 100
"""After so many things it is told again."""


class _Telling:
    """Who listens, and who is being told of work now."""

    listener: Callable[[], Listener] | None = None
    current: Listener | None = None


def tell(listener: Callable[[], Listener] | None) -> None:
    """Have somebody told from now on, who is called when there is work; None for nobody.

    Whoever was being told hears no more of that work than that it has ended.
    """
    _Telling.listener = listener
    if (current := _Telling.current) is not None:
        _Telling.current = None
        current.end()


def is_told() -> bool:
    """Return whether somebody listens, for whom it may be worth finding out how much there is."""
    return _Telling.listener is not None


def steps(work: str, things: Iterable[Thing], total: int | None = None) -> Iterable[Thing]:
    """Return ``things``, telling how many of them have been gone through.

    Of work that is part of other work only the other is told.

    Args:
        work: what is done with them, such as "reading".
        things: what is worked on, one after the other.
        total: how many there are, where that is known.
    """
    return things if _Telling.listener is None else _told(work, things, total)


def _told(work: str, things: Iterable[Thing], total: int | None) -> Iterator[Thing]:
    if _Telling.listener is None or _Telling.current is not None:
        yield from things
        return
    listener = _Telling.current = _Telling.listener()
    try:
        for number, thing in enumerate(things):
            if number % EVERY == 0 and _Telling.current is listener:
                listener.show(work, number, total)
            yield thing
    finally:
        if _Telling.current is listener:
            _Telling.current = None
            listener.end()
