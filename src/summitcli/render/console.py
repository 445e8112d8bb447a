"""The consoles that pictures are drawn on."""

from collections.abc import Callable, Iterator
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

MIN_WIDTH = 20

SIZE_VARIABLES = "COLUMNS", "LINES"
MAX_SIZE_DIGITS = 9
"""In digits; Rich would take a superscript for one, and can't read it, nor thousands of them."""


class _Console(Console):
    """A console whose reader may go away."""

    def on_broken_pipe(self) -> None:
        """Leave it to the process, as for every other output."""
        raise BrokenPipeError


class Pieces:
    """A picture whose pieces are drawn one by one, each as soon as it is made.

    Args:
        pieces: makes what it is drawn of, for a console and its size.
    """

    def __init__(self, pieces: Callable[[Console, ConsoleOptions], Iterator[RenderableType]]) -> None:
        self.pieces = pieces

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw them all."""
        yield from self.pieces(console, options)


class Piece:
    """A piece of a picture that is already made for its console.

    Args:
        made: what Rich takes for it.
    """

    def __init__(self, made: RenderResult) -> None:
        self._made = [*made]

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        """Draw it."""
        yield from self._made


def console(stream: TextIO, color: bool | None) -> Console:
    """A console on ``stream``.

    Args:
        stream: where to draw; its terminal's width is used, or ``COLUMNS``, or 80.
        color: whether to use colour; None for what the stream can show.
    """
    made = _Console(
        file=stream,
        # Said in so many words, as Rich would ask the environment again.
        force_terminal=bool(color) or (color is None and stream.isatty()),
        no_color=False,
        color_system=None if color is False else "auto",
        # What people wrote is never markup, and nothing in it is highlighted or made an emoji.
        markup=False,
        emoji=False,
        highlight=False,
        _environ=_environment(),
    )
    if made.width < MIN_WIDTH:
        made.width = MIN_WIDTH
    return made


def _environment() -> dict[str, str]:
    """What Rich would read of the environment, without sizes that are none (POSIX, XBD 8.3: more than 0)."""
    return {
        name: value
        for name, value in Console._environ.items()
        if name not in SIZE_VARIABLES
        or (value.isascii() and len(value) <= MAX_SIZE_DIGITS and value.strip("0"))
    }
