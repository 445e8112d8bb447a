"""The colours of categories: those that the source gives, and hues for the others.

A page and a terminal may be light or dark. The hues stand out from both: their contrast with white and with
black is at least 3 to 1, as WCAG 2.2 wants of what is not text (success criterion 1.4.11).
"""

from collections.abc import Iterable, Mapping
from colorsys import rgb_to_hls
from math import dist

HUES = (
    "#3d7fe0", "#d9593b", "#2a9a5b", "#a464d8", "#b8860b", "#1597a5", "#d2508f", "#7b8f2a", "#8a7563",
    "#6b87a3",
)  # fmt: skip
"""What the categories without a colour of their own get in turn; neighbours differ most."""

LIGHTEST, DARKEST = 0.3, 0.1
"""The relative luminances whose contrast with white, or with black, is 3 to 1."""

APART = 0.25
"""How far two colours are from each other, as points in a cube of one unit, to be told apart at a glance."""

BASIC = {"red": 0.0, "green": 1 / 3, "cyan": 1 / 2, "bright_blue": 2 / 3, "magenta": 5 / 6}
"""Those of the sixteen colours of an old terminal that are seen on light and on dark, with their hues."""

STEP = 0.05
"""How far a colour that would be lost moves at a time."""


def assigned(categories: Iterable[str], own: Mapping[str, str]) -> dict[str, str]:
    """A colour for each category, ``#rrggbb``: its own, or else a hue that no other has while hues last.

    The hues that are hard to tell from a colour of the source's are the last to be given.
    """
    shown = [visible(color) for color in own.values()]
    free = sorted(HUES, key=lambda hue: (hue in shown, any(_distance(hue, one) < APART for one in shown)))
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
    """``color``, made darker or lighter where it would be lost on white or on black."""
    channels = _channels(color)
    target = 0.0 if _luminance(channels) > LIGHTEST else 1.0
    while not DARKEST <= _luminance(channels) <= LIGHTEST:
        channels = [channel + (target - channel) * STEP for channel in channels]
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def basic(color: str) -> str:
    """Of the sixteen colours of an old terminal the nearest in hue, by name, that is seen on light and dark.

    Yellow and white are lost on light, blue and black on dark.
    """
    hue, _lightness, _saturation = rgb_to_hls(*_channels(color))
    return min(BASIC, key=lambda name: abs((hue - BASIC[name] + 0.5) % 1 - 0.5))


def _luminance(channels: Iterable[float]) -> float:
    """Return the relative luminance (WCAG 2.2): 0 for black, 1 for white."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _distance(one: str, other: str) -> float:
    return dist(_channels(one), _channels(other))


def _channels(color: str) -> list[float]:
    return [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
