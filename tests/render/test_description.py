"""Descriptions, in whatever form they are written."""

from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from summitcli.render.description import Description
from tests.conftest import examples
from tests.limits import in_proportion


def drawn(text: str, width: int = 40) -> str:
    """Return a description as drawn on ``width`` columns, without styles."""
    console = Console(file=StringIO(), width=width, color_system=None)
    console.print(Description(text))
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One.\n\n\nTwo.", "  One.\n\n\n  Two.\n"),
        ("a" * 50, f"  {'a' * 38}\n  {'a' * 12}\n"),
        ("- an item that goes on and on and on and on\n  - and one in it that does so as well",
         "  - an item that goes on and on and on\n    and on\n    - and one in it that does so as well\n"),
        ("10. ten", "  10. ten\n"),
        ("-not an item", "  -not an item\n"),
        ("## What #it is", "  What #it is\n"),
        ("#hashtag", "  #hashtag\n"),
        ("[here](https://a.b/c) and **now**", "  here (https://a.b/c) and now\n"),
        ("[https://a.b](https://a.b)", "  https://a.b\n"),
        ("[no link](javascript:x) [brackets] 2 ** 3 ** 4",
         "  [no link](javascript:x) [brackets] 2\n  ** 3 ** 4\n"),
        ("清晰的程序，读者首先看到什么，以及为什么这对后来的所有人都重要（见“手册”）。",
         "  清晰的程序，读者首先看到什么，以及为什\n  么这对后来的所有人都重要（见“手册”）。\n"),
        ("\x1b[31mred\u202e", "  \\x1b[31mred\\u202e\n"),
    ],
    ids=lambda part: part[:20],
)  # fmt: skip
def test_paragraphs_lists_and_links(text: str, shown: str) -> None:
    assert drawn(text) == shown


@given(st.text(), st.integers(20, 120))
@settings(max_examples=examples(250))
def test_no_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    assert max(map(cell_len, drawn(text, width).splitlines()), default=0) <= width


@pytest.mark.parametrize("text", ["[" * 100_000, "**a" * 40_000, "a " * 100_000, "[a](" * 30_000], ids=len)
@in_proportion()
def test_a_very_long_text_is_drawn(text: str) -> None:
    drawn(text, 80)
