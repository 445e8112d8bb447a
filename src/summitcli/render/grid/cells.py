"""The cells of a grid: bars in the colours of the categories, and texts cut to fit."""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from summitcli.render.setting import Setting
from summitcli.render.wrapping import wrapped
from summitcli.text.colors import assign_colors, basic_color, visible

TOP, MIDDLE, BOTTOM, ALONE = "┏", "┃", "┗", "╺"
"""The bar beside a session: its start, middle and end, and the bar of a single line."""
CUT = "↓"
"""The end of a bar that continues below the grid."""
ACROSS = "━"
NOW = "╌"

CHARACTERS_PER_COLUMN = 40
"""How many characters are considered for each column to fill: most fill one or two columns, combining
marks none."""


def bar_colors(setting: Setting, own: Mapping[str, str]) -> dict[str | None, str]:
    """Return the colour of each category's bars, visible on light and dark backgrounds.

    Args:
        setting: the conference and the reader.
        own: the colours, ``#rrggbb``, that the schedule gives to categories, by ID.
    """
    colors = assign_colors((row.id for row in setting.categories), own)
    return {id_: visible(color) for id_, color in colors.items()}


def shade(console: Console, color: str) -> str:
    """Return ``color``, or for a console with 16 colours the nearest that is visible on light and dark."""
    few = console.color_system in ("standard", "windows")
    return basic_color(color) if few and color.startswith("#") else color


def bar(lines: int, cut: bool) -> str:
    """Return the bar beside a session, a character per line."""
    if lines == 1:
        return CUT if cut else ALONE
    return TOP + MIDDLE * (lines - 2) + (CUT if cut else BOTTOM)


def fitted(text: Text, width: int, max_lines: int) -> list[Text]:
    """Return ``text`` on at most ``max_lines`` lines of ``width`` columns, with an ellipsis if it is cut."""
    # Only the part of a long text that could be displayed is wrapped.
    limit = max_lines * CHARACTERS_PER_COLUMN * max(width, 2)
    is_whole = len(text) <= limit
    lines = wrapped(text if is_whole else text[:limit], width)
    if is_whole and len(lines) <= max_lines:
        return lines
    last = min(max_lines, len(lines)) - 1
    return [*lines[:last], shortened(lines[last], width)]


def shortened(line: Text, width: int) -> Text:
    """Return ``line`` with an ellipsis at its end, in at most ``width`` columns."""
    kept = line.copy()
    while kept.plain and kept.cell_len > width - 1:
        kept.right_crop(1)
    kept.rstrip()
    return kept.append("…")
