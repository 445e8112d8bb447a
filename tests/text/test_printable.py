import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.text.printable import escaped_block, may_hide, printable, printable_block, printable_json

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
def test_escapes(text: str, shown: str) -> None:
    assert printable(text) == shown


CHARACTERS = [chr(code) for code in range(0x3000)]
BIDI = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def test_what_is_escaped_on_one_line_and_nothing_beside_it() -> None:
    escaped = {ord(one): printable(one) for one in CHARACTERS if printable(one)[:1] == "\\" != one}
    codes = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *BIDI}
    assert escaped == {
        **{code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in codes},
        0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r",
    }  # fmt: skip
    assert printable("\xff\u0100") == "\xff\u0100"


def test_what_is_escaped_in_a_block_and_nothing_beside_it() -> None:
    escaped = {ord(one) for one in CHARACTERS if escaped_block(one) != one}
    assert escaped == {*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *BIDI}
    text = "a\tb\r\nc\bd\x0b\x0c\x0e"
    assert printable_block(text) == escaped_block(text) == "a\tb\nc\\x08d\\x0b\\x0c\\x0e"
    assert escaped_block("\ufe00\u180b") == "\ufe00\u180b"


def test_what_is_escaped_in_json_and_nothing_beside_it() -> None:
    written = {ord(one): json.dumps(one, ensure_ascii=False) for one in CHARACTERS}
    escaped = {code: printable_json(text) for code, text in written.items() if printable_json(text) != text}
    assert escaped == {code: f'"\\u{code:04x}"' for code in (*range(0x7F, 0xA0), *BIDI)}


HIDDEN = [
    0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x3164, *range(0xFE00, 0xFE10), 0xFFA0,
    *range(0xE0100, 0xE01F0),
]  # fmt: skip


@pytest.mark.parametrize("code", HIDDEN, ids=hex)
def test_may_hide_finds_invisible_characters(code: int) -> None:
    assert may_hide(f"a{chr(code)}b")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "é",
        "\u034e",
        "\u0350",
        "\u1000",
        "\u1100",
        "\u1200",
        "\u3131",
        "\uff21",
        "\uf900",
        "中",
        "🙂",
        "\U000f0000",
    ],
)
def test_may_hide_accepts_visible_characters(text: str) -> None:
    assert not may_hide(text)


@given(st.text())
def test_json_means_the_same_and_a_line_is_one_line(text: str) -> None:
    assert json.loads(printable_json(json.dumps(text, ensure_ascii=False))) == text
    assert not {"\n", "\r", "\x1b", "\x85"} & set(printable(text))
    assert printable(printable(text)) == printable(text)
