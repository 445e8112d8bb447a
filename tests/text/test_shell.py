"""Words of command lines, read back by a shell."""

import os
import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.text.printable import printable
from summitcli.text.shell import quote

BASH = shutil.which("bash") or ""
NAMES = st.binary(min_size=1, max_size=12).map(lambda name: os.fsdecode(name.replace(b"\0", b"")))


@pytest.mark.parametrize("word", ["plain.json", "two words", "it's", "$(id)`id`", "日程", "", "a\\b"])
def test_printable_words_are_quoted_as_usual(word: str) -> None:
    assert quote(word) == shlex.quote(word)


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("a\nb", r"$'a\012b'"),
        ("it's\t\\", r"$'it\'s\011\\'"),
        ("\x1b[31m", r"$'\033[31m'"),
        ("\udcff", r"$'\377'"),
        ("\ud800", r"$'\355\240\200'"),
        ("z\u200bw", r"$'z\342\200\213w'"),
        ("程\u202e", r"$'\347\250\213\342\200\256'"),
        ("\n1", r"$'\0121'"),
    ],
)
def test_unprintable_characters_are_octal_bytes(word: str, quoted: str) -> None:
    assert quote(word) == quoted


@pytest.mark.skipif(not BASH, reason="there is no bash")
def test_a_shell_reads_the_word_that_was_meant() -> None:
    words = ["a\nb'c", '\udcff\\n$(id)`id`"', "z\u200b\u202e!*?", "\n1\n", "日\r程"]
    script = "printf '%s\\0' " + " ".join(map(quote, words))
    said = subprocess.run([BASH, "-c", script], capture_output=True, check=True).stdout
    assert list(map(os.fsdecode, said.split(b"\0")[:-1])) == words


@given(NAMES)
def test_any_word_is_one_line_that_is_shown_as_it_is(word: str) -> None:
    assert printable(quote(word)) == quote(word)
