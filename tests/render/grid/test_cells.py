"""Texts cut to fit into a grid."""

import pytest
from rich.text import Text

from summitcli.render.grid.cells import fitted
from summitcli.render.wrapping import wrapped
from tests.limits import in_proportion


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert [line.plain for line in fitted(Text("one two three"), 8, 2)] == ["one two", "three"]


def test_a_text_that_does_not_fit_ends_in_an_ellipsis() -> None:
    assert [line.plain for line in fitted(Text("one two three four"), 8, 2)] == ["one two", "three…"]


@pytest.mark.parametrize("letter", ["x", "数", "e\u0301", "\u0301", "a ", "\u200d"])
@in_proportion()
def test_a_very_long_text_is_cut(letter: str) -> None:
    lines = fitted(Text(letter * 2_000_000), 10, 3)
    assert (lines[-1].plain[-1], len(lines) <= 3) == ("…", True)


@pytest.mark.parametrize("letter", ["\u0301", "\u200d", "\u200b", "\ufe0f"])
def test_a_text_without_width_is_one_line(letter: str) -> None:
    text = letter * 5_000 + "x"
    assert "".join(line.plain for line in wrapped(Text(text), 10)) == text
