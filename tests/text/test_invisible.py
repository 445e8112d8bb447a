"""Invisible characters: none is printed except where a script needs it."""

from collections.abc import Iterator
from unicodedata import category, combining, unidata_version

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from idna.idnadata import joining_types

from summitcli.text.invisible import is_ignorable, visible, without_ignorable
from summitcli.text.printable import BIDI_CONTROLS, printable, printable_block, printable_document
from tests.conftest import examples

ALWAYS = [
    0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200B, *range(0x2060, 0x2066), *range(0x206A, 0x2070),
    0x3164, 0xFEFF, 0xFFA0, *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B),
    0xE0000, 0xE0001, 0xE0002, 0xE0080, 0xE00FF, 0xE01F0, 0xE0FFF,
]  # fmt: skip
"""Invisible characters that no script needs anywhere."""
SOMETIMES = [
    0x61C, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x200C, 0x200D, 0x200E, 0x200F, *range(0xFE00, 0xFE10),
    *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0),
]  # fmt: skip
"""Invisible characters that a script needs in some places."""

NEEDED = {
    "a family": "👨‍👩‍👧‍👦",
    "a person at a computer": "👩🏽‍💻 talks",
    "hearts": "❤️‍🔥 ❤️ ☎︎ ©️",
    "the flag of pirates": "🏴‍☠️",
    "the rainbow flag": "🏳️‍🌈",
    "keys": "1️⃣ #️⃣ *️⃣",
    "England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Wales, twice": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f" * 2,
    "Persian": "می‌خواهم دربارهٔ نرم‌افزارهای آزاد سخن بگویم",
    "Persian with a mark": "گُل‌ها",
    "an abbreviation in Arabic script": "سنة ١٤٤٥ ه‍",
    "Kurdish": "بەڕێوە‌بردن بێ‌کەس".replace("ە‌ب", "ەب"),
    "Hindi": "क्‌ष and क्‍ष",
    "Marathi": "दऱ्‍या",
    "Bengali": "র‍্যাব",
    "Malayalam": "അവന്‍",
    "Sinhala": "ශ්‍රී ලංකා",
    "touching letters of Sinhala": "ක‍්ක",
    "Kannada": "ರ‍್ಯ",
    "Khmer": "ប៊‌ី",
    "Mongolian": "ᠠ᠋ ᠴᠢᠨ᠎ᠠ",
    "a Japanese name": "葛\U000e0100城 辻\U000e0101",
    "a character of compatibility": "羽\ufe00",
    "C++ in Hebrew": "שפת C++\u200e היא",
    "an exclamation in Arabic": "مرحبا!\u200f (abc)",
    "numbers in Arabic": "\u061c١٢-٣٤ مرحبا",
}

DROPPED = {
    "between Latin letters": ("Key\u200bnote\u200c\u200d", "Keynote"),
    "a filler for a name": ("ㅤ", ""),
    "behind a letter that never joins": ("کار‌ها", "کارها"),
    "between Chinese characters": ("数\u200b字\ufeff峰\u2060会", "数字峰会"),
    "text in tags": ("hi" + "".join(chr(0xE0000 + ord(one)) for one in "secret"), "hi"),
    "text behind a flag": ("🏴" + "".join(chr(0xE0000 + ord(one)) for one in "secret!") + "\U000e007f", "🏴"),
    "a flag without an end": ("🏴\U000e0067\U000e0062\U000e0065", "🏴"),
    "octets in variation selectors": ("😀" + "".join(map(chr, range(0xE0100, 0xE0140))), "😀"),
    "a row of selectors": ("❤️️️", "❤️"),
    "a row of joiners": ("👩‍‍‍💻", "👩‍💻"),
    "a picture joined to nothing": ("💻‍ a‍💻", "💻 a💻"),
    "a selector behind a letter": ("a\ufe0fb\ufe00", "ab"),
    "a number that is no key": ("1️", "1"),
    "digits turned round": ("12\u200f-34 a\u200e", "12-34 a"),
    "a row of marks": ("א\u200e\u200f\u061c\u200e b", "א\u200e b"),
    "a mark far from its script": ("שלום a 12\u200f-34", "שלום a 12-34"),
    "vowels that are none in Khmer": ("ក\u17b4ខ", "កខ"),
    "Mongolian selectors elsewhere": ("a\u180bb\u180e", "ab"),
    "a joiner of two scripts": ("क्\u200ca", "क्a"),
    "a soft hyphen": ("Daten\u00adbank", "Datenbank"),
}


@pytest.mark.parametrize("text", NEEDED.values(), ids=NEEDED)
def test_characters_that_a_script_needs_are_kept(text: str) -> None:
    assert printable(text) == printable_block(text) == text


@pytest.mark.parametrize(("text", "shown"), DROPPED.values(), ids=DROPPED)
def test_misleading_characters_are_removed(text: str, shown: str) -> None:
    assert printable(text) == printable_block(text) == shown


@pytest.mark.parametrize("code", ALWAYS, ids=hex)
def test_characters_that_no_script_needs_are_always_removed(code: int) -> None:
    for text in ("", *NEEDED.values()):
        assert chr(code) not in printable(text + chr(code) + text)
        assert printable(f"a{chr(code)}b{chr(code)}") == "ab"


@pytest.mark.parametrize("code", SOMETIMES, ids=hex)
def test_characters_that_a_script_needs_are_removed_elsewhere(code: int) -> None:
    assert printable(f"a{chr(code)}b 1{chr(code)}2{chr(code)}") == "ab 12"


def test_the_two_lists_are_complete() -> None:
    known = {*ALWAYS, *SOMETIMES, *BIDI_CONTROLS, *range(0xE0000, 0xE1000)}
    assert {code for code in range(0x110000) if is_ignorable(chr(code))} == known


def test_letters_join_as_unicode_has_it() -> None:
    """A non-joiner between two letters is kept if the first joins on and the second is joined."""
    kinds = {code: kind for kind, ranges in joining_types.items() for code in _codes(ranges)}
    letters = [chr(code) for code in kinds if category(chr(code)) == "Lo" and code < 0x10000]
    assert len(letters) > 300, unidata_version
    wrong = [
        (hex(ord(letter)), kinds[ord(letter)])
        for letter in letters
        if ("\u200c" in visible(f"{letter}\u200cب")) != (kinds[ord(letter)] in ("D", "L"))
        or ("\u200c" in visible(f"ب\u200c{letter}")) != (kinds[ord(letter)] in ("D", "R"))
    ]
    # Of letters newer than the table none is shaped wrongly: their non-joiner is left out.
    assert [letter for letter, kind in wrong if not _is_newer(int(letter, 16))] == []


def _codes(ranges: tuple[int, ...]) -> Iterator[int]:
    for pair in ranges:
        yield from range(pair >> 32, pair & 0xFFFFFFFF)


def _is_newer(code: int) -> bool:
    """Return whether a letter was added after Unicode 14, which the tables are of."""
    return code == 0x88F


PIECES = [
    "a", "1", " ", "\n", "\t", "\x1b", "\u202e", "\ud800", "数", "👩", "💻", "🏽", "❤", "🏴", "ب", "ر", "ه",
    "\u064b", "क", "\u094d", "\u09cd", "র", "ශ", "\u0dca", "ᠠ", "\u17ca", "\u17b8", "葛", "א", "-", "\u20e3",
    "\U000e0067", "\U000e0062", "\U000e007f", "\U0001f1e9",
]  # fmt: skip
HOSTILE = st.lists(
    st.sampled_from([*PIECES, *map(chr, (*ALWAYS[:12], *SOMETIMES[:14], 0xFE0E, 0xFE0F, 0xE0100))]),
    max_size=24,
).map("".join)


@settings(max_examples=examples(1000))
@given(st.one_of(HOSTILE, st.text()))
@example("ه\u200d\u200b\u200cه")
@example("א\x1b\u200f")
@example("👩\u200b🏽\u200d💻")
@example("ب\t\u061c")
@example("א\u2028\u200f")
def test_nothing_invisible_is_printed_and_nothing_visible_is_lost(text: str) -> None:
    for shown in (printable(text), printable_block(text)):
        assert not set(map(chr, ALWAYS)) & set(shown)
        assert printable(shown) == shown.translate(
            {9: "\\t", 10: "\\n", 0x2028: "\\u2028", 0x2029: "\\u2029"}
        )
        # What stays stands behind what can be seen, or behind a selector that does.
        hidden = "".join(
            "?" if is_ignorable(one) and one not in "\u200e\u200f\u061c" else "." for one in shown
        )
        assert not hidden.startswith("?")
        # Only the tags of a flag are many in a row.
        rows = "".join("?" if is_ignorable(one) and one < "\U000e0000" else "." for one in shown)
        assert "????" not in rows
        shown.encode()
    written = text.encode("utf-8", "backslashreplace").decode()
    assert without_ignorable(printable_block(text)) == without_ignorable(
        "".join(
            printable_block(one) if not is_ignorable(one) or ord(one) in BIDI_CONTROLS else ""
            for one in written
        )
    )


@given(st.lists(HOSTILE, max_size=6))
def test_a_document_is_made_of_the_same_texts(texts: list[str]) -> None:
    document = printable_document(lambda safe: "\n".join(map(safe, texts)))
    assert document == "\n".join(map(printable, texts))


def test_python_takes_some_of_them_for_printable() -> None:
    """``may_hide`` searches for these alone; one that is new in Python's tables would be missed."""
    for code in range(0x110000):
        if chr(code).isprintable() and is_ignorable(chr(code)):
            assert chr(code) not in printable(f"x{chr(code)}x"), hex(code)


def test_long_sequences_take_linear_time() -> None:
    for row in ("\u200d", "ب\u064b\u200c", "\u200f.", "🏴\U000e0067", "\u200b", "👩\u200d"):
        assert len(printable(row * 20_000)) <= len(row) * 20_000


@pytest.mark.parametrize("code", [0x94D, 0x9CD, 0xD4D, 0xDCA])
def test_viramas_have_the_combining_class_of_the_table(code: int) -> None:
    assert combining(chr(code)) == 9
