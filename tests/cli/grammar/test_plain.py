"""The plain reader and Typer read every command line alike."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.cli import app
from summitcli.cli.grammar import plain
from summitcli.cli.grammar.commands import COMMANDS, GLANCE, Command
from summitcli.cli.grammar.params import Argument, Option, parameters
from summitcli.cli.grammar.reading import Reading, common
from summitcli.errors import SummitError
from tests.conftest import Asked

VALUES = st.one_of(
    st.sampled_from(
        ["1", "0", "12", "007", "-1", "-", "--", "", " ", "forum", "分论坛", "a=b", "=", "-x", "--json",
        "help", "٣", "1.0",
         "list", "id,title", "{day} {title}", "zh", "2022-07-23T10:00", "@file", "-c", "*", "~", "$HOME", "%"]
    ),
    st.text(max_size=4).filter(lambda text: "\0" not in text),
)  # fmt: skip


def declared(command: Command) -> list[Argument | Option]:
    return [one.spec for one in (*parameters(command.load()), *common())]


@st.composite
def pieces(draw: st.DrawFn, specs: Sequence[Argument | Option]) -> list[str]:
    """One option with its value however it may be written, an argument, or something odd."""
    spec = draw(st.sampled_from([*specs, None]))
    if spec is None or isinstance(spec, Argument):
        return [draw(VALUES)]
    flag = draw(st.sampled_from(spec.flags))
    value = draw(VALUES)
    return draw(st.sampled_from([[flag, value], [flag, value], [f"{flag}={value}"], [flag], [flag + value]]))


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    words = draw(st.sampled_from(["", *COMMANDS]))
    command = COMMANDS.get(words, GLANCE)
    parts = [words.split(), *draw(st.lists(pieces(declared(command)), max_size=5))]
    if draw(st.integers(0, 9)) == 0:
        parts = draw(st.permutations(parts))
    return [word for part in parts for word in part]


def typers(words: Sequence[str]) -> Reading | str | None:
    try:
        return app.read(words)
    except SummitError as error:
        return str(error)


@settings(max_examples=400, deadline=None)
@given(command_lines())
def test_whatever_the_plain_reader_reads_typer_reads_the_same(words: list[str]) -> None:
    read = plain.read(words)
    if read is not None:
        assert read == typers(words)


@settings(max_examples=300, deadline=None)
@given(command_lines())
def test_the_plain_reader_never_fails(words: list[str]) -> None:
    plain.read(words)


PLAIN = [
    [], ["--json"], ["--lang", "zh"], ["list"], ["list", "-d", "1", "--day=2", "-c", "forum"], ["day", "1"],
    ["day", "--json", "1"], ["next", "-n", "3", "--at", "2022-07-22"], ["show", "main-f", "contest-v"],
    ["search", "数字", "论坛", "--fields", "id"], ["categories", "--lang", "en"], ["about", "--json"],
    ["rooms"], ["--lang", "zh", "list"], ["--schedule=bundled", "--debug", "day", "1", "--lang", "en"],
    ["list", "--template", "{id}"], ["days", "--header"], ["today"], ["list", "--schedule", "-"],
]  # fmt: skip


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_what_people_type_is_read_plainly(words: list[str]) -> None:
    read = plain.read(words)
    assert read is not None
    assert read == app.read(words)


@pytest.mark.parametrize("words", PLAIN[:-1], ids=" ".join)
def test_both_ways_give_the_same_bytes(ask: Asked, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    fast = ask(*words)
    monkeypatch.setattr(plain, "read", lambda _words: None)
    assert ask(*words) == fast


@pytest.mark.parametrize(
    "words",
    [["list", "-hf", "json"], ["lst"], ["list", "-d1"], ["list", "--", "-x"], ["next", "-n", "x"], ["day"],
     ["--json", "list"]],
    ids=" ".join,
)  # fmt: skip
def test_everything_unusual_is_left_to_typer(words: list[str]) -> None:
    assert plain.read(words) is None


def test_options_before_the_command_mean_what_they_mean_after_it(ask: Asked) -> None:
    assert ask("--lang", "en", "day", "1") == ask("day", "1", "--lang", "en")
