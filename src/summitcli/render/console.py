"""The consoles that pictures are drawn on."""

from typing import TextIO

from rich.console import Console

NARROWEST = 20


def console(stream: TextIO, color: bool | None) -> Console:
    """A console on ``stream``.

    Args:
        stream: where to draw; its terminal's width is used, or ``COLUMNS``, or 80.
        color: whether to use colour; None for what the stream can show.
    """
    made = Console(
        file=stream,
        force_terminal=True if color else None,
        no_color=True if color is False else None,
        # What people wrote is never markup, and nothing in it is highlighted or made an emoji.
        markup=False,
        emoji=False,
        highlight=False,
    )
    if made.width < NARROWEST:
        made.width = NARROWEST
    return made
