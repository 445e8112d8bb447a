"""SVG output: well-formed, self-contained, every text in its place."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from summitcli.render.svg import CELL, LINE, MARGIN, svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: RenderableType, width: int, title: str) -> str:
    return "".join(svg(picture, width, title))


def texts(picture: str) -> list[tuple[float, float, str]]:
    """Return the texts with their column, line and characters."""
    return [
        (
            round((float(text.get("x", 0)) - MARGIN) / CELL, 2),
            int((float(text.get("y", 0)) - MARGIN) // LINE),
            text.text or "",
        )
        for text in ElementTree.fromstring(picture).iter(f"{SVG}text")
    ]


def test_wide_and_narrow_letters_are_at_their_columns() -> None:
    assert texts(drawn(Text("ab数字 c\n  d"), 20, "T")) == [
        (0, 0, "ab"),
        (2, 0, "数字"),
        (7, 0, "c"),
        (2, 1, "d"),
    ]


def test_bars_are_shapes_in_their_colour() -> None:
    picture = ElementTree.fromstring(drawn(Text().append("━━━", "#123456").append("┃", "#abcdef"), 20, "T"))
    paper, across, down = picture.iter(f"{SVG}rect")
    assert paper.get("class") == "paper"
    assert (across.get("style"), float(across.get("width", 0))) == ("fill:#123456", round(3 * CELL, 3))
    assert (down.get("style"), float(down.get("height", 0))) == ("fill:#abcdef", LINE)


def test_weights_and_accents_are_css_classes() -> None:
    picture = drawn(
        Text().append("a", "bold").append("b", "dim").append("c", "magenta").append("d", "bold red"), 9, "T"
    )
    classes = [text.get("class") for text in ElementTree.fromstring(picture).iter(f"{SVG}text")]
    assert classes == ["bold", "dim", "accent", "bold alarm"]
    assert "prefers-color-scheme: dark" in picture


def test_nothing_is_fetched_and_nothing_runs() -> None:
    picture = drawn(Text("<script>x</script> & ]]>"), 40, "<b>")
    assert re.findall("https?://[^\"']*", picture) == ["http://www.w3.org/2000/svg"]
    assert not re.search("url|@import|@font-face|<script|href|<image|<foreignObject", picture)
    elements = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(picture).iter()}
    assert elements == {"svg", "title", "style", "rect", "text"}


def test_characters_that_xml_forbids_are_replaced() -> None:
    picture = drawn(Text("a\ufffeb"), 20, "\x00\ud800<")
    assert texts(picture) == [(0, 0, "a\ufffdb")]
    title = ElementTree.fromstring(picture).find(f"{SVG}title")
    assert title is not None
    assert title.text == "\ufffd\ufffd<"


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co", "Cf", "Mn", "Me", "Mc"]),
        max_size=30,
    )
)
def test_every_letter_is_there(text: str) -> None:
    found = texts(drawn(Text(text, no_wrap=True), max(cell_len(text), 1), "T"))
    wanted = re.sub(r"[ ┃┏┗╺━]", "", text)
    assert "".join(letters for _x, _y, letters in found).replace(" ", "") == wanted
