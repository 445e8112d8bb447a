"""The content of the cells of a grid: bars in the colours of categories, and texts cut to fit."""

from collections.abc import Mapping

from rich.text import Text

from summitcli.render.setting import Setting
from summitcli.render.wrapping import wrapped
from summitcli.text.colors import assign_colors, visible

TOP, MIDDLE, BOTTOM, ALONE = "┏", "┃", "┗", "╺"
"""The characters of the bar beside a session: its start, middle and end, and a bar of only one line."""
CUT = "↓"
"""The last character of the bar beside a session that ends later than the grid."""
ACROSS = "━"
NOW = "╌"

CHARACTERS_PER_COLUMN = 40
"""The number of characters of a text that are measured for each column that it may fill.

Most characters fill one or two columns, but combining marks fill none. The limit keeps the time short for
very long texts.
"""


def bar_colors(setting: Setting, own: Mapping[str, str]) -> dict[str | None, str]:
    """Return the colour of the bars of each category, such as ``{"forum": "#aa3300"}``.

    All colours are visible on light and on dark backgrounds.

    Args:
        setting: the conference and the language to show.
        own: the colours that the schedule gives to categories, by the category's ID.
    """
    colors = assign_colors((row.id for row in setting.categories), own)
    return {id_: visible(color) for id_, color in colors.items()}


def bar(lines: int, cut: bool) -> str:
    """Return the bar that is drawn beside a session of ``lines`` lines, one character for each line.

    ``cut`` is True if the session ends later than the grid.
    """
    if lines == 1:
        return CUT if cut else ALONE
    return TOP + MIDDLE * (lines - 2) + (CUT if cut else BOTTOM)


def fitted(text: Text, width: int, max_lines: int) -> list[Text]:
    """Return ``text`` wrapped to at most ``max_lines`` lines of ``width`` columns.

    If the text is cut, it ends with an ellipsis.
    """
    # Only the part of a long text that could be displayed is wrapped.
    limit = max_lines * CHARACTERS_PER_COLUMN * max(width, 2)
    is_whole = len(text) <= limit
    lines = wrapped(text if is_whole else text[:limit], width)
    if is_whole and len(lines) <= max_lines:
        return lines
    last = min(max_lines, len(lines)) - 1
    return [*lines[:last], shortened(lines[last], width)]


def shortened(line: Text, width: int) -> Text:
    """Return ``line``, cut to ``width`` columns with an ellipsis at its end."""
    kept = line.copy()
    while kept.plain and kept.cell_len > width - 1:
        kept.right_crop(1)
    kept.rstrip()
    return kept.append("…")
