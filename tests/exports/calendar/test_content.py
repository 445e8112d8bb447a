"""Values in the forms of RFC 5545, and folded lines."""

from datetime import timedelta

import pytest

from summitcli.exports.calendar import content
from tests.limits import in_proportion


@pytest.mark.parametrize(
    "letter", ["a", "é", "数", "🎪", "e\u0301", "👩\u200d💻", "👍🏽", "\\", ";", "\n", " ", "\t"]
)
def test_folding_never_cuts_a_character(letter: str) -> None:
    for before in range(80):
        line = "X" * before + content.escape(letter * 80)
        folded = content.fold(line)
        assert folded.replace("\r\n ", "") == line
        pieces = folded.encode().split(b"\r\n")
        assert max(map(len, pieces)) <= 75
        assert all(piece.decode() for piece in pieces)


@pytest.mark.parametrize("together", ["\\n", "\\\\", "e\u0301", "👩\u200d💻", "👍🏽", "数\ufe00"])
def test_folding_splits_no_escape_and_no_combining_mark(together: str) -> None:
    for before in range(60, 90):
        pieces = content.fold("X" * before + together + "Y" * 90).split("\r\n ")
        assert sum(together in piece for piece in pieces) == 1


@pytest.mark.parametrize("letter", ["x", "数", "\\", "\\\\", "e\u0301", "\u0301", " "])
@in_proportion()
def test_a_very_long_line_is_folded(letter: str) -> None:
    folded = content.fold(letter * 1_000_000)
    assert (folded.replace("\r\n ", "") == letter * 1_000_000) is True


def test_folding_leaves_no_space_at_the_end_of_a_line() -> None:
    pieces = content.fold("SUMMARY:" + "to be or not to be " * 20).split("\r\n ")
    assert [piece for piece in pieces[:-1] if piece != piece.strip()] == []


def test_parameters_are_quoted_if_needed() -> None:
    assert [content.parameter(value) for value in ("Asia/Shanghai", "a:b", "a;b", "a,b", 'a"b', "a\nb")] == [
        "Asia/Shanghai",
        '"a:b"',
        '"a;b"',
        '"a,b"',
        '"a\'b"',
        '"a b"',
    ]


def test_values_in_the_forms_of_the_standard() -> None:
    assert content.duration(timedelta(0)) == "PT0S"
    assert content.duration(-timedelta(weeks=2)) == "-P14D"
    assert content.offset(timedelta(hours=-3, minutes=-30)) == "-0330"
    assert content.offset(timedelta(hours=8, seconds=7)) == "+080007"
    assert (
        content.escape("a\\b;c,d\r\ne\rf\ng\vh\x00\x7f\x9b\t\u2029") == "a\\\\b\\;c\\,d\\ne\\nf\\ng\\nh\t\\n"
    )
