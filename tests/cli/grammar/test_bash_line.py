"""Command lines of bash: split as bash does, and quoted so that bash reads the word."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.cli.grammar.bash_line import INSERT_ALL, BashLine, read
from tests.conftest import examples

TAB = "9"
"""The COMP_TYPE of a normal completion (Bash manual)."""

BREAKS = " \t\n\"'@><=;|&(:"
"""The default COMP_WORDBREAKS of an interactive bash."""


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
def test_a_line_is_split_into_words(line: str, words: tuple[str, ...]) -> None:
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
        (r"summit list -r Ro", r"Room A", r"Room\ A"),
        (r"summit list -r 'Ro", r"Room 'A' x", r"Room '\''A'\'' x"),
        (r'summit list -r "Ro', r'Room "$A" `x`', r"Room \"\$A\" \`x\`"),
        (r"summit list --room=Ro", r"--room=大厅 1", r"大厅\ 1"),
        (r"summit list -r a:b", r"a:bc", r"bc"),
        (r"summit list -r a:b", r"other", r""),
        (r"summit list -r ", r"~x*", r"\~x\*"),
        # History is expanded within quotes.
        (r"summit list -r Ro", r"Room!! A!", r"Room\!\!\ A\!"),
        (r'summit list -r "Ro', r"Room!! A!x", r'Room"\!\!" A"\!"x'),
        (r"summit list -r 'Ro", r"Room!'A!x", r"Room'\!\''A'\!'x"),
        # Readline drops an opening quote before the same quote, and adds no closing one after it.
        (r'summit list -r "', r"!#", r'""\!"#'),
        (r"summit list -r '", r"'a", r"''\''a"),
        (r'summit list -r "Ro', r'Room "A"', r"Room \"A\"" + '"'),
        (r"summit list -r 'Ro", r"Room 'A'", r"Room '\''A'\'''"),
        (r'summit list -r "Ro', r"Room!", r'Room"\!""'),
        # The open quote is uncertain after a substitution.
        (r"summit list -r $'Ro", r"$Room A", r""),
        (r"summit list -r $'Ro", r"$Room", r"Room"),
        (r"summit list -d $(date +%F) -r ", r"Room A", r""),
        (r"summit list -d $(date +%F) -r ", r"大厅", r"大厅"),
        (r'summit list -d "`date`" -r ', r"Room A", r""),
        (r'summit list -d "${day}" -r ', r"a!", r""),
        (r'summit list -d $"x" -r ', r"a b", r""),
        (r"summit list -d '$(`x`)' -r ", r"a b", r"a\ b"),
        (r'summit list -d "$" -r ', r"a b", r"a\ b"),
        (r"summit list -d \$(x -r ", r"a b", r"a\ b"),
    ],
)  # fmt: skip
def test_the_rest_of_the_word_is_inserted_quoted(line: str, value: str, inserted: str) -> None:
    assert read(line, BREAKS).insertion(value, TAB) == inserted


def test_all_matches_are_inserted_without_a_quote() -> None:
    assert read('summit list -r "Ro', BREAKS).insertion("Room !", INSERT_ALL) == "Room\\ \\!"


def test_without_comp_type_only_plain_text_is_inserted_in_quotes() -> None:
    typed = read('summit list -r "Ro', BREAKS)
    assert [typed.insertion(value) for value in ("Room A", "Room-1")] == ["", "Room-1"]
    assert read("summit list -r Ro", BREAKS).insertion("Room A") == "Room\\ A"


@pytest.mark.parametrize(
    ("line", "history", "inserted"),
    [
        ("summit ", "@", r"a\@,\!b"),
        ("summit ", ",", r"a\@\,\!b"),
        ('summit "', "@", r'a"\@",!b'),
        ("summit '", ",", r"a@'\,'!b"),
        ("summit $(x) ", ",", ""),
    ],
)
def test_another_history_character_is_escaped(line: str, history: str, inserted: str) -> None:
    assert read(line, BREAKS).insertion("a@,!b", TAB, history) == inserted


def accepted(quote: str, value: str) -> str:
    """Return the word on the line after completing an open quote to ``value``."""
    inserted = read(f"summit {quote}", BREAKS).insertion(value, TAB)
    before = "" if quote and inserted.startswith(quote) else quote
    after = "" if quote and inserted.endswith(quote) else quote
    return before + inserted + after


TEXTS = st.text(
    st.one_of(st.sampled_from("!'\"\\ $`"), st.characters(exclude_categories=("Cs", "Cc"))),
    min_size=1,
    max_size=12,
)


@settings(max_examples=examples(200), deadline=None)
@given(TEXTS, st.sampled_from(["", "'", '"']))
def test_inserted_text_is_read_as_the_value(value: str, quote: str) -> None:
    assert read(f"summit {accepted(quote, value)} ", BREAKS).words == (value, "")


@settings(max_examples=examples(500), deadline=None)
@given(st.text(st.sampled_from("ab '\"\\=:<>$`@~é大"), max_size=20))
def test_any_line_can_be_read(typed: str) -> None:
    line = read(f"summit {typed}", BREAKS)
    assert not line.words or line.words[-1].startswith(line.kept)


def test_bash_reads_the_inserted_text_as_the_value() -> None:
    values = [
        "Room A",
        "it's",
        "'a'",
        '"x"',
        "$HOME",
        "`id`",
        "a\\b",
        "a\\",
        "*?[x]",
        "~",
        "#1",
        "{a,b}",
        "!x!",
        "大厅 (西)",
        "-x;&|<>",
    ]
    words = " ".join(accepted(quote, value) for value in values for quote in ("", "'", '"'))
    done = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {words}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [value for value in values for _quote in range(3)]
