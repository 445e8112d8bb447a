"""The consoles that pictures are drawn on."""

from io import StringIO

import pytest

from summitcli.render.console import MIN_WIDTH, console


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        ("60", 60),
        ("1", MIN_WIDTH),
        ("", 80),
        ("²", 80),
        ("６０", 80),
        ("9" * 5000, 80),
        ("1e3", 80),
        ("-1", 80),
        ("0", 80),
        ("00", 80),
    ],
)
def test_a_size_that_is_no_number_is_none(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    made = console(StringIO(), None)
    assert made.width == width
