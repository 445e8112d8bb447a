"""A picture for a terminal as an SVG, whole in itself: no font, no script, nothing that is fetched.

Rich can write SVG as well, but has a font fetched from the web, and squeezes Chinese into half its width.
Here every stretch of characters of one width has its own place, so that columns stay aligned in any font,
and bars are drawn as shapes. The colours follow the reader's wish for light or dark.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from io import StringIO
from itertools import groupby

from rich.cells import cell_len
from rich.color import ColorType
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style

CELL, LINE, MARGIN = 8.4, 20, 16
"""The width and height of a character's cell, and the blank around the picture, in pixels."""

SHAPES = {
    "┃": (0.35, 0.0, 0.3, 1.0),
    "┏": (0.35, 0.15, 0.3, 0.85),
    "┗": (0.35, 0.0, 0.3, 0.85),
    "╺": (0.35, 0.15, 0.3, 0.7),
    "━": (0.0, 0.25, 1.0, 0.5),
}
"""Bars as rectangles: left, top, width and height, as parts of a cell."""

_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

STYLE = """\
rect.paper { fill: #ffffff }
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono",
  "Noto Sans Mono CJK SC", monospace; fill: #1c1e21; white-space: pre }
.wide { font-size: 15.5px }
.bold { font-weight: 700 }
.dim { fill: #5c6370 }
.accent { fill: #a3197f }
.alarm { fill: #c4281c }
@media (prefers-color-scheme: dark) {
  rect.paper { fill: #15171a }
  text { fill: #e4e6ea }
  .dim { fill: #9aa1ac }
  .accent { fill: #f08ad6 }
  .alarm { fill: #ff7b6b }
}
"""


def svg(picture: RenderableType, width: int, title: str) -> str:
    """``picture`` drawn ``width`` columns wide, as an SVG document (SVG 2) that bears ``title``."""
    console = Console(
        file=StringIO(), width=width, force_terminal=True, color_system="truecolor", legacy_windows=False,
        markup=False, emoji=False, highlight=False, _environ={},
    )  # fmt: skip
    lines = console.render_lines(picture, pad=False)
    while lines and not "".join(segment.text for segment in lines[-1]).strip(" "):
        lines.pop()
    wide, high = width * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    drawn = "".join(_line(line, MARGIN + number * LINE) for number, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}"'
        f' height="{high:g}" role="img">\n<title>{_text(title)}</title>\n<style>\n{STYLE}</style>\n'
        f'<rect class="paper" width="100%" height="100%" rx="8"/>\n{drawn}</svg>\n'
    )


def _line(segments: Iterable[Segment], top: float) -> str:
    """One line of the picture."""
    pieces = []
    column = 0
    for segment in segments:
        style = segment.style or Style()
        for text, kind in _stretches(segment.text):
            left, wide = MARGIN + column * CELL, cell_len(text) * CELL
            column += cell_len(text)
            if kind in SHAPES:
                pieces.append(_bar(kind, len(text), left, top, _look(style)))
            elif text.strip(" "):
                place = f'x="{left:.5g}" y="{top + 0.72 * LINE:.5g}" textLength="{wide:.5g}"'
                pieces.append(f"<text {place}{_look(style, kind)}>{_text(text)}</text>")
    return "".join(pieces) + "\n" if pieces else ""


def _text(text: str) -> str:
    """``text`` as character data, without what XML can't hold (XML 1.0, production 2)."""
    return escape(_NO_CHARACTER.sub("\ufffd", text), quote=False)


def _bar(kind: str, count: int, left: float, top: float, look: str) -> str:
    x, y, wide, high = SHAPES[kind]
    across = CELL * (count if wide == 1 else wide)
    return (
        f'<rect x="{left + x * CELL:.5g}" y="{top + y * LINE:.5g}" width="{across:.5g}"'
        f' height="{high * LINE:.5g}"{look}/>'
    )


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    """Stretches of ``text``, each of one kind: a bar's character, blanks, narrow or wide characters."""
    kinds: list[tuple[str, str]] = []
    for character in text:
        width = cell_len(character)
        kind = (
            character
            if character in SHAPES
            else " "
            if character == " "
            else "wide"
            if width == 2
            else "narrow"
        )
        # What takes no place of its own belongs to the character before it.
        kinds.append((character, kinds[-1][1] if kinds and not width else kind))
    for kind, pairs in groupby(kinds, key=lambda pair: pair[1]):
        yield "".join(character for character, _kind in pairs), kind


def _look(style: Style, kind: str = "") -> str:
    """The attributes that a style comes to, for characters of a kind."""
    names = ["wide"] if kind == "wide" else []
    fill = ""
    if style.bold:
        names.append("bold")
    if style.dim:
        names.append("dim")
    if style.color and style.color.type is ColorType.TRUECOLOR:
        fill = f' style="fill:{style.color.get_truecolor().hex}"'
    elif style.color and not style.color.is_default:
        names.append("alarm" if style.color.name == "red" else "accent")
    return (f' class="{" ".join(names)}"' if names else "") + fill
