import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.text.printable import printable, printable_block, printable_json

HOSTILE = [*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize("code", HOSTILE, ids=hex)
def test_no_control_is_printed(code: int) -> None:
    character = chr(code)
    assert character not in printable(f"a{character}b")
    assert character not in printable_block(f"a{character}b") or character in "\n\t"
    assert character not in printable_json(json.dumps(f"a{character}b", ensure_ascii=False))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\x1b[31mred", "\\x1b[31mred"), ("a\tb\r\nc", "a\\tb\\r\\nc"), ("\u202eevil", "\\u202eevil"),
     ("\x9b", "\\x9b"), ("[red]x[/]", "[red]x[/]"), ("数字 · “峰会”", "数字 · “峰会”"), ("👩‍💻 é", "👩‍💻 é"),
     ("\u00a0", "\u00a0"), ("\ud800x\udcff", "\\ud800x\\udcff")],
)  # fmt: skip
def test_what_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_json_means_the_same_and_a_line_is_one_line(text: str) -> None:
    assert json.loads(printable_json(json.dumps(text, ensure_ascii=False))) == text
    assert not {"\n", "\r", "\x1b", "\x85"} & set(printable(text))
    assert printable(printable(text)) == printable(text)
