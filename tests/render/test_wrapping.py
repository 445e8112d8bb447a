"""Where lines are broken."""

import pytest
from rich.text import Text

from summitcli.render.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two", ["one", "two"]),
        ("one   two", ["one", "two"]),
        ("一二　三", ["一二", "三"]),
        ("一二　 三", ["一二", "三"]),
    ],
)
def test_no_line_begins_or_ends_with_a_blank_of_any_script(text: str, lines: list[str]) -> None:
    assert [line.plain for line in wrapped(Text(text), 5)] == lines
