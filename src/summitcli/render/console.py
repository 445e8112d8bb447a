"""The Rich console, on which all terminal output is drawn."""

from collections.abc import Callable, Iterator
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

from summitcli.text.colors import basic_color

MIN_WIDTH, DEFAULT_WIDTH = 20, 80

SIZE_VARIABLES = "COLUMNS", "LINES"
MAX_SIZE_DIGITS = 9
"""The maximum number of digits in COLUMNS and LINES. Values with more are not passed to Rich.

Rich fails on thousands of digits.
"""


class _Console(Console):
    """A console that raises BrokenPipeError if the program that it writes to, such as ``head``, has ended."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError, instead of exiting as Rich does, so that the process handles it."""
        raise BrokenPipeError


class Pieces:
    """Output made of several pieces. Each piece is drawn as soon as it is made.

    Args:
        pieces: a function that yields the pieces, given a console and the size to draw in.
    """

    def __init__(self, pieces: Callable[[Console, ConsoleOptions], Iterator[RenderableType]]) -> None:
        self.pieces = pieces

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw all pieces, one below the other."""
        yield from self.pieces(console, options)


class Piece:
    """A piece of output that is already rendered for its console, so that drawing it is fast.

    Args:
        made: the rendered content.
    """

    def __init__(self, made: RenderResult) -> None:
        self._made = [*made]

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        """Draw the piece."""
        yield from self._made


def console(stream: TextIO, color: bool | None) -> Console:
    """Return a console that draws on ``stream``.

    Its width is taken from the environment variable COLUMNS, else from the terminal, else it is 80.

    Args:
        stream: the output.
        color: whether to use colour; None to use it if the stream supports it.
    """
    environment = _environment()
    made = _Console(
        file=stream,
        # Explicit, as otherwise Rich reads the environment itself.
        force_terminal=bool(color) or (color is None and stream.isatty()),
        no_color=False,
        color_system=None if color is False else "auto",
        # Texts of a schedule contain no markup, highlighting or emoji codes.
        markup=False,
        emoji=False,
        highlight=False,
        _environ=environment,
    )
    if not stream.isatty():
        # Rich would take the width from any of the standard streams that is a terminal.
        columns = environment.get("COLUMNS", "")
        made.width = int(columns) if columns.isdigit() else DEFAULT_WIDTH
    if made.width < MIN_WIDTH:
        made.width = MIN_WIDTH
    return made


def shade(console: Console, color: str) -> str:
    """Return ``color``; if the console has few colours, a similar one that is visible on any background."""
    few = console.color_system in ("standard", "windows")
    return basic_color(color) if few and color.startswith("#") else color


def _environment() -> dict[str, str]:
    """Return the environment variables for Rich, without COLUMNS and LINES if their values are invalid.

    They must be numbers above 0 (POSIX.1 section 8.3).
    """
    return {
        name: value
        for name, value in Console._environ.items()
        if name not in SIZE_VARIABLES
        or (value.isascii() and len(value) <= MAX_SIZE_DIGITS and value.strip("0"))
    }
