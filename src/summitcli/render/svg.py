"""Terminal output as an SVG picture that needs no fonts, scripts or other files.

Rich can write SVG, too, but it needs a font from the web and draws Chinese characters at half their width.
Here each sequence of characters of one width has its own position and length, so that columns are aligned in
any font. Bars are drawn as shapes. The colours are light or dark, as the viewer prefers.
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
"""The width and height of a character, and the margin, in pixels."""

SHAPES = {
    "┃": (0.35, 0.0, 0.3, 1.0),
    "┏": (0.35, 0.15, 0.3, 0.85),
    "┗": (0.35, 0.0, 0.3, 0.85),
    "╺": (0.35, 0.15, 0.3, 0.7),
    "━": (0.0, 0.25, 1.0, 0.5),
    "▎": (0.0, 0.0, 0.3, 1.0),
}
"""The characters of which bars are made in a terminal, each with the rectangle that is drawn for it.

A rectangle is its left edge, top edge, width and height, as fractions of the space for a character.
"""

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
.cursor { fill: #d9dde6 }
@media (prefers-color-scheme: dark) {
  rect.paper { fill: #15171a }
  text { fill: #e4e6ea }
  .dim { fill: #9aa1ac }
  .accent { fill: #f08ad6 }
  .alarm { fill: #ff7b6b }
  .cursor { fill: #3a3f4b }
}
"""


def svg(picture: RenderableType, width: int, title: str) -> Iterator[str]:
    """Yield an SVG document (SVG 2) with ``picture``, drawn ``width`` columns wide, in pieces of text.

    As the height of the picture comes first in the document, the lines are kept in a temporary file until all
    are drawn.
    """
    console = Console(
        file=StringIO(), width=width, force_terminal=True, color_system="truecolor", legacy_windows=False,
        markup=False, emoji=False, highlight=False, _environ={},
    )  # fmt: skip
    rendered = console.render(picture, console.options)
    written = TextSpool()
    height = 0
    lines = Segment.split_and_crop_lines(rendered, width, include_new_lines=False, pad=False)
    for number, line in enumerate(lines):
        drawn = _line(line, MARGIN + number * LINE)
        written.add(drawn)
        if drawn:
            height = number + 1
    yield _head(width * CELL + 2 * MARGIN, height * LINE + 2 * MARGIN, title)
    yield from written
    yield "</svg>\n"


def _head(width: float, height: float, title: str) -> str:
    """Return the SVG document up to the first line of text."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}"'
        f' height="{height:g}" role="img">\n<title>{_text(title)}</title>\n<style>\n{STYLE}</style>\n'
        '<rect class="paper" width="100%" height="100%" rx="8"/>\n'
    )


def _line(segments: Iterable[Segment], top: float) -> str:
    """Return the SVG elements for a line of text. ``top`` is the position of its upper edge."""
    pieces = []
    column = 0
    for segment in segments:
        if segment.control:
            continue
        style = segment.style or _PLAIN
        for text, kind in _runs(segment.text):
            # Measured together, as combining characters can change the width of the one before.
            columns = len(text) if text.isascii() else cell_len(text)
            left, width = MARGIN + column * CELL, columns * CELL
            column += columns
            if style.reverse:
                size = f'width="{width:.5g}" height="{LINE}"'
                pieces.append(f'<rect x="{left:.5g}" y="{top:.5g}" {size} class="cursor"/>')
            if kind in SHAPES:
                pieces.append(_bar(kind, len(text), left, top, _attributes(style)))
            elif text.strip(" "):
                place = f'x="{left:.5g}" y="{top + 0.72 * LINE:.5g}" textLength="{width:.5g}"'
                pieces.append(f"<text {place}{_attributes(style, kind)}>{_text(text)}</text>")
    return "".join(pieces) + "\n" if pieces else ""


def _text(text: str) -> str:
    """Return ``text`` escaped for XML. Characters that XML forbids (XML 1.0, production 2) are replaced."""
    return escape(_NO_CHARACTER.sub("\ufffd", text), quote=False)


def _bar(kind: str, count: int, left: float, top: float, attributes: str) -> str:
    x, y, width, height = SHAPES[kind]
    across = CELL * (count if width == 1 else width)
    return (
        f'<rect x="{left + x * CELL:.5g}" y="{top + y * LINE:.5g}" width="{across:.5g}"'
        f' height="{height * LINE:.5g}"{attributes}/>'
    )


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Split ``text`` into parts whose characters are of one kind; yield each part with its kind.

    The kinds are blanks, narrow characters and wide characters. Each character of :data:`SHAPES`, such as
    ``━``, is a kind by itself.
    """
    start, kind = 0, ""
    for place, character in enumerate(text):
        its_kind, width = _kind_and_width(character)
        # A character without width belongs to the one before it.
        if kind and width and its_kind != kind:
            yield text[start:place], kind
            start = place
        if not kind or width:
            kind = its_kind
    if text:
        yield text[start:], kind


@cache
def _kind_and_width(character: str) -> tuple[str, int]:
    """Return a character's kind and its width in columns.

    The kind is ``wide`` or ``narrow``. But for a space, or for a character of :data:`SHAPES`, the kind is the
    character itself.
    """
    width = cell_len(character)
    if character in SHAPES or character == " ":
        return character, width
    return "wide" if width == 2 else "narrow", width


@lru_cache(1024)
def _attributes(style: Style, kind: str = "") -> str:
    """Return the SVG attributes for a style.

    ``kind`` is ``"wide"`` for wide characters, which get a class of their own.
    """
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
