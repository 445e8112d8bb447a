"""A picture for a terminal as an SVG, whole in itself: no font, no script, nothing that is fetched.

Rich can write SVG as well, but has a font fetched from the web, and squeezes Chinese into half its width.
Here every stretch of characters of one width has its own place, so that columns stay aligned in any font,
and bars are drawn as shapes. The colours follow the reader's wish for light or dark.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import escape
from io import StringIO

from rich.cells import cell_len
from rich.color import ColorType
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style

from summitcli.storage.spool import TextSpool

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

_PLAIN = Style()

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


def svg(picture: RenderableType, width: int, title: str) -> Iterator[str]:
    """Yield ``picture``, drawn ``width`` columns wide, as an SVG document (SVG 2) that bears ``title``.

    It begins with its height, so each of its lines is kept outside of memory until the last is drawn.
    """
    console = Console(
        file=StringIO(), width=width, force_terminal=True, color_system="truecolor", legacy_windows=False,
        markup=False, emoji=False, highlight=False, _environ={},
    )  # fmt: skip
    rendered = console.render(picture, console.options)
    written = TextSpool()
    high = 0
    lines = Segment.split_and_crop_lines(rendered, width, include_new_lines=False, pad=False)
    for number, line in enumerate(lines):
        drawn = _line(line, MARGIN + number * LINE)
        written.add(drawn)
        if drawn:
            high = number + 1
    yield _head(width * CELL + 2 * MARGIN, high * LINE + 2 * MARGIN, title)
    yield from written
    yield "</svg>\n"


def _head(wide: float, high: float, title: str) -> str:
    """What stands before the lines."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" width="{wide:g}"'
        f' height="{high:g}" role="img">\n<title>{_text(title)}</title>\n<style>\n{STYLE}</style>\n'
        '<rect class="paper" width="100%" height="100%" rx="8"/>\n'
    )


def _line(segments: Iterable[Segment], top: float) -> str:
    """One line of the picture."""
    pieces = []
    column = 0
    for segment in segments:
        style = segment.style or _PLAIN
        for text, kind in _stretches(segment.text):
            # What has no width of its own can change that of what it follows.
            columns = len(text) if text.isascii() else cell_len(text)
            left, wide = MARGIN + column * CELL, columns * CELL
            column += columns
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
    start, kind = 0, ""
    for place, character in enumerate(text):
        its_kind, width = _kind(character)
        # What takes no place of its own belongs to the character before it.
        if kind and width and its_kind != kind:
            yield text[start:place], kind
            start = place
        if not kind or width:
            kind = its_kind
    if text:
        yield text[start:], kind


@cache
def _kind(character: str) -> tuple[str, int]:
    """The kind of a character, and how many columns it takes."""
    width = cell_len(character)
    if character in SHAPES or character == " ":
        return character, width
    return "wide" if width == 2 else "narrow", width


@lru_cache(1024)
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
