"""The lines of the list."""

from dataclasses import dataclass

import pytest
from rich.cells import cell_len
from rich.style import Style

from summitcli.tui.lines import Layout, Line, Palette, segments
from tests.session_rows import listing
from tests.tui.browsing import browser

PALETTE = Palette(*[Style()] * 6)


@dataclass
class Texts:
    """The text of a line, for a width."""

    width: int

    def of(self, line: Line, **fields: object) -> str:
        """Return the text of a line of a listing with these fields."""
        setting = browser(lang="en").call.setting
        layout = Layout.fitting(self.width, timed=True, dated=True, rooms=True, categories=True)
        row = listing("one", **fields)
        drawn = segments(setting, row, line, layout, PALETTE, False)
        return "".join(part.text for part in drawn)


@pytest.mark.parametrize("width", [24, 40, 60, 64, 80, 110, 200])
def test_a_line_fills_its_width_exactly(width: int) -> None:
    shown = Texts(width).of(Line(mark="yes"), title="数字" * 40, titles={"zh": "数字" * 40}, room="大厅" * 20)
    assert cell_len(shown) == width


def test_marks_are_signs_not_only_colours() -> None:
    texts = Texts(80)
    assert texts.of(Line(mark="yes", conflicts=True)).startswith("▎★! ")
    assert texts.of(Line(mark="maybe")).startswith("▎☆  ")
    assert texts.of(Line(mark="hidden")).startswith("▎×  ")
    assert texts.of(Line()).startswith("▎   ")


def test_a_status_is_beside_the_title() -> None:
    assert "tentative" in Texts(80).of(Line(), status="tentative")
