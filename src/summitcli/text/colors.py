"""The colours of categories: those of the source, and colours chosen here for the others.

As pages and terminals may be light or dark, the chosen ones have a contrast of at least 3 to 1 with both
white and black, which WCAG 2.2 requires for non-text content (success criterion 1.4.11).
"""

from collections.abc import Iterable, Mapping
from colorsys import rgb_to_hls
from math import dist

HUES = (
    "#3d7fe0", "#d9593b", "#2a9a5b", "#a464d8", "#b8860b", "#1597a5", "#d2508f", "#7b8f2a", "#8a7563",
    "#6b87a3",
)  # fmt: skip
"""The colours for categories that have none in the source, in order of use; successive ones differ most."""

LIGHTEST, DARKEST = 0.3, 0.1
"""The relative luminances between which a colour has a contrast of 3 to 1 with both white and black."""

MIN_DISTANCE = 0.25
"""Two colours at this distance or more differ at a glance; red, green and blue are from 0 to 1."""

BASIC = {"red": 0.0, "green": 1 / 3, "cyan": 1 / 2, "bright_blue": 2 / 3, "magenta": 5 / 6}
"""The colours of a 16-colour terminal that are visible on both light and dark backgrounds.

The values are their hues, from 0 to 1.
"""

STEP = 0.05
"""The step, a fraction of 1, by which a colour with too little contrast is made darker or lighter."""


def assign_colors(categories: Iterable[str], own: Mapping[str, str]) -> dict[str, str]:
    """Return a colour such as ``#3d7fe0`` for each category: its own, or else one of :data:`HUES`.

    Hues are repeated only when all have been used; those similar to a colour in ``own`` are used last.

    Args:
        categories: the IDs of the categories.
        own: the colours that categories have in the source, by ID.
    """
    shown = [visible(color) for color in own.values()]
    free = sorted(
        HUES, key=lambda hue: (hue in shown, any(_distance(hue, one) < MIN_DISTANCE for one in shown))
    )
    colors: dict[str, str] = {}
    given = 0
    for id_ in categories:
        if id_ in own:
            colors[id_] = own[id_]
        else:
            colors[id_] = free[given % len(free)]
            given += 1
    return colors


def visible(color: str) -> str:
    """Return ``color``, made darker or lighter if it has too little contrast with white or black."""
    channels = _channels(color)
    target = 0.0 if _luminance(channels) > LIGHTEST else 1.0
    while not DARKEST <= _luminance(channels) <= LIGHTEST:
        channels = [channel + (target - channel) * STEP for channel in channels]
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def basic_color(color: str) -> str:
    """Return the name of the colour in :data:`BASIC` whose hue is nearest to that of ``color``."""
    hue, _lightness, _saturation = rgb_to_hls(*_channels(color))
    return min(BASIC, key=lambda name: abs((hue - BASIC[name] + 0.5) % 1 - 0.5))


def _luminance(channels: Iterable[float]) -> float:
    """Return the relative luminance (WCAG 2.2) of red, green and blue channels: 0 for black, 1 for white."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _distance(one: str, other: str) -> float:
    return dist(_channels(one), _channels(other))


def _channels(color: str) -> list[float]:
    return [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
