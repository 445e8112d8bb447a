"""What stands inside a picture: bars in the colours of categories, and texts cut to fit."""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from summitcli.render.setting import Setting
from summitcli.render.wrapping import wrapped
from summitcli.text.colors import assigned, basic, visible

TOP, MIDDLE, BOTTOM, ALONE = "┏", "┃", "┗", "╺"
"""The bar beside a session: where it begins, goes on and ends, and where it has but one line."""
CUT = "↓"
"""The end of the bar of what goes on below the picture."""
ACROSS = "━"
NOW = "╌"

CHARACTERS_PER_COLUMN = 40
"""How many characters of a text are looked at for each column that it may fill: most fill one or two, some,
such as accents, none."""


def bar_colors(setting: Setting, own: Mapping[str, str]) -> dict[str | None, str]:
    """The colour of each category's bars, one that can be seen on light and on dark.

    Args:
        setting: the conference and the reader.
        own: the colours, ``#rrggbb``, of the categories that the source gives one, by id.
    """
    colors = assigned((row.id for row in setting.categories), own)
    return {id_: visible(color) for id_, color in colors.items()}


def shade(console: Console, color: str) -> str:
    """``color`` where ``console`` has it or one like it; of sixteen colours one that is seen on both."""
    few = console.color_system in ("standard", "windows")
    return basic(color) if few and color.startswith("#") else color


def bar(lines: int, cut: bool) -> str:
    """The bar beside a session, a character a line."""
    if lines == 1:
        return CUT if cut else ALONE
    return TOP + MIDDLE * (lines - 2) + (CUT if cut else BOTTOM)


def fitted(text: Text, width: int, max_lines: int) -> list[Text]:
    """``text`` on at most so many lines of ``width`` columns, with an ellipsis where it is cut."""
    # Of a text of any length no more is looked at than what can be seen of it.
    limit = max_lines * CHARACTERS_PER_COLUMN * max(width, 2)
    is_whole = len(text) <= limit
    lines = wrapped(text if is_whole else text[:limit], width)
    if is_whole and len(lines) <= max_lines:
        return lines
    last = min(max_lines, len(lines)) - 1
    return [*lines[:last], shortened(lines[last], width)]


def shortened(line: Text, width: int) -> Text:
    """``line`` with an ellipsis at its end, in at most ``width`` columns."""
    kept = line.copy()
    while kept.plain and kept.cell_len > width - 1:
        kept.right_crop(1)
    kept.rstrip()
    return kept.append("…")
