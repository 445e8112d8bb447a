"""Command lines as bash has them: read as bash reads them, and words that it reads back."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.cli.bash_line import BashLine, read

BREAKS = " \t\n\"'@><=;|&(:"
"""What an interactive bash sets COMP_WORDBREAKS to."""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("summit ", ("",)),
        ("summit sh", ("sh",)),
        ("summit  list   -c fo", ("list", "-c", "fo")),
        ("summit show 'a b' c\\ d \"e f\" ", ("show", "a b", "c d", "e f", "")),
        ('summit show "a\\"b\\$\\x" \'a\\b\' ', ("show", 'a"b$\\x', "a\\b", "")),
        ("summit show '' x", ("show", "", "x")),
        ("summit list -r Room\\ A", ("list", "-r", "Room A")),
        ("summit list -r Room\\", ("list", "-r", "Room")),
        ("summit list 2>errors -c fo", ("list", "-c", "fo")),
        ("summit list > out.txt ", ("list", "")),
        ("summit list > ou", ()),
        ("summit list >", ()),
        ("summit import <in", ()),
    ],
)
def test_a_line_is_taken_apart(line: str, words: tuple[str, ...]) -> None:
    assert read(line, BREAKS) == BashLine(words)


@pytest.mark.parametrize(
    ("line", "word", "quote", "kept"),
    [
        ("summit list --category=f", "--category=f", "", "--category="),
        ("summit use http://h:8/s", "http://h:8/s", "", "http://h:"),
        ("summit show a@b", "a@b", "", "a"),
        ("summit list -r 'Room A", "Room A", "'", ""),
        ('summit list --room="Room A', "--room=Room A", '"', "--room="),
        ('summit list -r "Room A"x', "Room Ax", "", "Room A"),
    ],
)
def test_readline_replaces_only_the_end_of_a_word(line: str, word: str, quote: str, kept: str) -> None:
    found = read(line, BREAKS)
    assert (found.words[-1], found.quote, found.kept) == (word, quote, kept)


@pytest.mark.parametrize(
    ("line", "value", "inserted"),
    [
        ("summit list -r Ro", "Room A", "Room\\ A"),
        ("summit list -r 'Ro", "Room 'A'", "Room '\\''A'\\''"),
        ('summit list -r "Ro', 'Room "$A"', 'Room \\"\\$A\\"'),
        ("summit list --room=Ro", "--room=大厅 1", "大厅\\ 1"),
        ("summit list -r a:b", "a:bc", "bc"),
        ("summit list -r a:b", "other", ""),
        ("summit list -r ", "~x*", "\\~x\\*"),
    ],
)
def test_what_is_inserted_is_the_rest_of_the_word_quoted(line: str, value: str, inserted: str) -> None:
    assert read(line, BREAKS).inserted(value) == inserted


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from(["", "'", '"']))
def test_what_is_inserted_is_read_back_as_the_value(value: str, quote: str) -> None:
    inserted = read(f"summit {quote}", BREAKS).inserted(value)
    assert read(f"summit {quote}{inserted}{quote} ", BREAKS).words == (value, "")


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab '\"\\=:<>$`@~é大"), max_size=20))
def test_whatever_is_typed_is_read(typed: str) -> None:
    line = read(f"summit {typed}", BREAKS)
    assert not line.words or line.words[-1].startswith(line.kept)


def test_bash_itself_reads_what_is_inserted_as_the_value() -> None:
    values = [
        "Room A",
        "it's",
        '"x"',
        "$HOME",
        "`id`",
        "a\\b",
        "*?[x]",
        "~",
        "#1",
        "{a,b}",
        "!x",
        "大厅 (西)",
        "-x;&|<>",
    ]
    words = " ".join(
        f"{quote}{read(f'summit {quote}', BREAKS).inserted(value)}{quote}"
        for value in values
        for quote in ("", "'", '"')
    )
    done = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {words}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [value for value in values for _quote in range(3)]
