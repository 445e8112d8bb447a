"""The consoles that everything is drawn on."""

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
def test_an_invalid_size_is_ignored(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    made = console(StringIO(), None)
    assert made.width == width
