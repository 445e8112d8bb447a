"""The scanner: it reads command lines as Typer does, and finds the same first problem."""

import subprocess
import sys
from collections.abc import Sequence

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.cli.app import app
from summitcli.cli.grammar.commands import COMMANDS, HELP, VERSION, Parameter, common, find
from summitcli.cli.grammar.scanner import (
    MISSING,
    NO_COMMAND,
    NO_NUMBER,
    NO_OPTION,
    NO_VALUE,
    NOT_FOR_SUBCOMMAND,
    UNEXPECTED,
    UNWANTED_VALUE,
    Scanner,
    scan,
)
from summitcli.cli.running import Invocation
from summitcli.errors import SummitError
from tests.conftest import Asked, Run, examples
from tests.test_imports import loaded

VALUES = st.one_of(
    st.sampled_from(
        ["1", "0", "12", "007", "-1", "-", "--", "", " ", "forum", "分论坛", "a=b", "=", "-x", "--json",
        "help", "٣", "1.0",
         "list", "id,title", "{day} {title}", "zh", "2022-07-23T10:00", "@file", "-c", "*", "~", "$HOME", "%"]
    ),
    st.text(max_size=4).filter(lambda text: "\0" not in text),
)  # fmt: skip


TREE = typer.main.get_command(app)

SHORT = {words: [flag[1] for flag in find(words).options() if len(flag) == 2] for words in ["", *COMMANDS]}
"""The letters of all short options."""


@st.composite
def pieces(draw: st.DrawFn, words: str, taken: Sequence[Parameter]) -> list[str]:
    """Draw words: an option with its value in any form, combined options, an argument, or noise."""
    if draw(st.integers(0, 5)) == 0:
        letters = draw(st.lists(st.sampled_from([*SHORT[words], "h", "V", "z"]), min_size=1, max_size=3))
        return [f"-{''.join(letters)}{draw(VALUES)}"]
    one = draw(st.sampled_from([*taken, None]))
    if one is None or not one.flags:
        return [draw(VALUES)]
    flag = draw(st.sampled_from(one.flags))
    value = draw(VALUES)
    return draw(st.sampled_from([[flag, value], [flag, value], [f"{flag}={value}"], [flag], [flag + value]]))


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    words = draw(st.sampled_from(["", *COMMANDS]))
    taken = [*find(words).parameters(), *common(), HELP, VERSION]
    parts = [words.split(), *draw(st.lists(pieces(words, taken), max_size=5))]
    if draw(st.integers(0, 4)) == 0:
        parts = draw(st.permutations(parts))
    return [word for part in parts for word in part]


class Typers:
    """The result of Typer for a command line.

    Args:
        words: the line.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.invocation: Invocation | None = None
        self.problem: tuple[str, str] | None = None
        not_read: type[Exception] = typer.BadParameter.__base__  # type: ignore[assignment]
        try:
            TREE.main(args=list(words), prog_name="summit", standalone_mode=False, obj=self._note)
        except SummitError as error:
            self.problem = NOT_FOR_SUBCOMMAND, str(error).rpartition(" ")[2]
        except not_read as error:
            self.problem = _problem(error)

    def _note(self, invocation: Invocation) -> int:
        self.invocation = invocation
        return 0


def _problem(error: Exception) -> tuple[str, str]:
    """Return the kind of an error from Typer, and the name in it."""
    said = str(getattr(error, "message", ""))
    name = type(error).__name__
    if name == "NoSuchOption":
        return NO_OPTION, error.option_name  # type: ignore[attr-defined]
    if name == "BadOptionUsage":
        kind = UNWANTED_VALUE if "does not take a value" in said else NO_VALUE
        return kind, error.option_name  # type: ignore[attr-defined]
    if name == "MissingParameter":
        return MISSING, error.param.name  # type: ignore[attr-defined]
    if name == "BadParameter":
        return NO_NUMBER, error.param.name  # type: ignore[attr-defined]
    if "extra argument" in said:
        return UNEXPECTED, ""
    assert "No such command" in said
    return NO_COMMAND, ""


def scanned_problem(words: Sequence[str]) -> tuple[str, str] | None:
    """Return the first problem of a line in the form of :func:`_problem`."""
    problem = scan(words).problem
    if problem is None:
        return None
    if problem.kind in (MISSING, NO_NUMBER):
        assert problem.parameter is not None
        return problem.kind, problem.parameter.name
    return problem.kind, "" if problem.kind in (UNEXPECTED, NO_COMMAND) else problem.text


@settings(max_examples=examples(500), deadline=None)
@given(command_lines())
def test_the_scanner_and_typer_agree_on_every_line(words: list[str]) -> None:
    found = scan(words)
    if not (found.help or found.version):
        typers = Typers(words)
        if found.problem is not None and found.problem.kind == NO_COMMAND and found.problem.text[:1] == "-":
            # After ``--`` Typer reads the name of a command as an option.
            assert typers.problem is not None
        else:
            assert scanned_problem(words) == typers.problem
        if found.problem is None:
            assert typers.invocation == Invocation(found.command, found.values)


@settings(max_examples=examples(200), deadline=None)
@given(command_lines())
def test_the_scanner_shows_help_and_version_where_typer_does(words: list[str]) -> None:
    typers = Typers(words)
    found = scan(words)
    if typers.problem is None and typers.invocation is None:
        assert found.version or found.help
    elif typers.invocation is not None and typers.invocation.command == "help" and found.command != "help":
        assert found.help


@settings(max_examples=examples(200), deadline=None)
@given(command_lines(), st.integers(0, 12))
def test_the_place_of_a_word_agrees_with_how_it_is_read(words: list[str], number: int) -> None:
    scanner = Scanner()
    for word in words[:number]:
        scanner.take(word)
    last = words[number] if number < len(words) else ""
    place = scanner.place(last)
    assert not (place.command and place.option)
    if place.parameter is not None or place.command or place.option:
        assert place.before + place.text in (last, "--")
    if place.parameter is not None and scanner.is_readable:
        scanner.take(last)
        assert last[len(place.before) :] in scanner.texts(place.parameter.name)


PLAIN = [
    [], ["--json"], ["--lang", "zh"], ["list"], ["list", "-d", "1", "--day=2", "-c", "forum"], ["day", "1"],
    ["day", "--json", "1"], ["next", "-n", "3", "--at", "2022-07-22"], ["show", "main-f", "contest-v"],
    ["search", "数字", "论坛", "--fields", "id"], ["categories", "--lang", "en"], ["about", "--json"],
    ["rooms"], ["--lang", "zh", "list"], ["--schedule=bundled", "--debug", "day", "1", "--lang", "en"],
    ["list", "--template", "{id}"], ["days", "--header"], ["today"], ["list", "--schedule", "-"],
]  # fmt: skip


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_usual_lines_are_read(words: list[str]) -> None:
    found = scan(words)
    assert found.problem is None
    assert Typers(words).invocation == Invocation(found.command, found.values)


GLUED = {
    "day 1 -fjson": ("day", {("", "when"): "1", ("output", "format"): "json"}),
    "next -n3": ("next", {("", "number"): 3}),
    "list -cforum -xcontest": (
        "list", {("filters", "category"): ("forum",), ("filters", "exclude_category"): ("contest",)},
    ),
    "list -d=1": ("list", {("filters", "day"): ("=1",)}),
    "-fjson day 1": ("day", {("", "when"): "1", ("output", "format"): "json"}),
    "agenda --name x add a": ("agenda add", {("", "ids"): ("a",), ("filters", "name"): "x"}),
    "agenda -d1 add a -d2": ("agenda add", {("", "ids"): ("a",), ("filters", "day"): ("2",)}),
    "agenda clear -y": ("agenda clear", {("", "yes"): True}),
    "show -- -x --json": ("show", {("", "ids"): ("-x", "--json")}),
    "show a -- -x": ("show", {("", "ids"): ("a", "-x")}),
    "-- show --json a": ("show", {("", "ids"): ("a",), ("output", "json"): True}),
    "list -c --json": ("list", {("filters", "category"): ("--json",)}),
    "list -c --": ("list", {("filters", "category"): ("--",)}),
    "show -": ("show", {("", "ids"): ("-",)}),
    "next -n -1": ("next", {("", "number"): -1}),
    "next -n 2 -n 3": ("next", {("", "number"): 3}),
    "day 1 -f json -f csv": ("day", {("", "when"): "1", ("output", "format"): "csv"}),
}  # fmt: skip


@pytest.mark.parametrize("line", GLUED)
def test_combined_options_and_attached_values_are_read(line: str) -> None:
    found = scan(line.split())
    assert (found.command, found.values, found.problem) == (*GLUED[line], None)
    assert Typers(line.split()).invocation == Invocation(found.command, found.values)


PROBLEMS = {
    "lst": (NO_COMMAND, ""), "agenda ad": (NO_COMMAND, ""), "lst list": (NO_COMMAND, ""),
    "lst --nope list": (NO_COMMAND, ""), "agenda ad add a": (NO_COMMAND, ""),
    "next -n ²": (NO_NUMBER, "number"),
    "list --nope lst": (NO_OPTION, "--nope"), "list -fz -zq": (NO_OPTION, "-z"),
    "--nope lst": (NO_OPTION, "--nope"), "list -": (UNEXPECTED, ""),
    "list extra --nope": (NO_OPTION, "--nope"),
    "list -c": (NO_VALUE, "-c"), "list --day": (NO_VALUE, "--day"),
    "list --json=1": (UNWANTED_VALUE, "--json"),
    "next -n x": (NO_NUMBER, "number"), "next -n x -n 3": None, "next -n ² extra": (NO_NUMBER, "number"),
    "next -nx --nope": (NO_OPTION, "--nope"), "day": (MISSING, "when"), "diff a": (MISSING, "new"),
    "diff a b c": (UNEXPECTED, ""), "agenda --json remove a": (NOT_FOR_SUBCOMMAND, "--json"),
    "agenda --from 9:00 clear": (NOT_FOR_SUBCOMMAND, "--from"),
    "-fjson agenda clear": (NOT_FOR_SUBCOMMAND, "--format"),
    f"next -n {'9' * 5000}": (NO_NUMBER, "number"),
}  # fmt: skip


@pytest.mark.parametrize("line", PROBLEMS, ids=lambda line: line[:30])
def test_the_first_problem_is_the_one_that_typer_finds(line: str) -> None:
    assert scanned_problem(line.split()) == PROBLEMS[line]
    assert Typers(line.split()).problem == PROBLEMS[line]


@pytest.mark.parametrize(
    ("line", "text", "words", "before"),
    [
        ("day 1 x y", "", ("x", "y"), "1"), ("diff a b c", "", ("c",), "b"), ("list x y", "", ("x", "y"), ""),
        ("next -n 3 -n x -n y", "y", (), ""), ("lst -q a", "lst", ("-q", "a"), ""),
    ],
)  # fmt: skip
def test_a_problem_has_the_words_that_suggestions_need(
    line: str, text: str, words: tuple[str, ...], before: str
) -> None:
    problem = scan(line.split()).problem
    assert problem is not None
    assert (problem.text, problem.words, problem.before) == (text, words, before)


@pytest.mark.parametrize(
    ("line", "shown"),
    [("-V", True), ("-V list", True), ("-V lst", True), ("-qV", True), ("-V --nope", False),
     ("--nope -V", False), ("-zV", False), ("list -V", False)],
)  # fmt: skip
def test_the_version_is_shown_unless_an_option_is_unknown(line: str, shown: bool) -> None:
    assert scan(line.split()).version is shown
    assert (Typers(line.split()).problem is None) is shown


@pytest.mark.parametrize(
    ("line", "command", "problem"),
    [
        ("lst list", "", "lst"), ("lst --help", "", "lst"), ("lst -h list", "", "lst"),
        ("agenda ad add a", "agenda", "ad"), ("lst --nope list", "", "lst"),
    ],
)  # fmt: skip
def test_no_command_is_read_after_an_unknown_one(line: str, command: str, problem: str) -> None:
    found = scan(line.split())
    assert found.problem is not None
    assert (found.command, found.problem.text, found.help, found.values) == (command, problem, False, {})


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("list -h", {("", "words"): ("list",)}),
        ("-h", {}),
        ("list --lang zh -h", {("", "words"): ("list",), ("common", "lang"): "zh"}),
        ("--lang en list --lang zh -d1 -h", {("", "words"): ("list",), ("common", "lang"): "zh"}),
        (
            "agenda add --color never --json -h",
            {("", "words"): ("agenda", "add"), ("common", "color"): "never"},
        ),
    ],
)
def test_the_values_of_help(line: str, asked: dict[tuple[str, str], object]) -> None:
    found = scan(line.split())
    assert (found.help, found.help_values()) == (True, asked)
    assert found.common("lang") == asked.get(("common", "lang"))


PLACES: dict[tuple[str, ...], tuple[str | None, str, str]] = {
    ("",): ("COMMAND", "", ""), ("l",): ("COMMAND", "l", ""), ("agenda", ""): ("COMMAND", "", ""),
    ("agenda", "a"): ("COMMAND", "a", ""), ("lst", ""): ("COMMAND", "", ""),
    ("-",): ("OPTION", "-", ""), ("--",): ("OPTION", "--", ""), ("--la",): ("OPTION", "--la", ""),
    ("--nope=x",): ("OPTION", "--nope=x", ""), ("--json=x",): ("OPTION", "--json=x", ""),
    ("list", "-"): ("OPTION", "-", ""), ("day", "-"): ("OPTION", "-", ""),
    ("agenda", "-"): ("OPTION", "-", ""),
    ("list", "--day"): ("OPTION", "--day", ""), ("list", "-d"): ("OPTION", "-d", ""),
    ("list", "-zd1"): ("OPTION", "-zd1", ""), ("list", "-hd"): ("OPTION", "-hd", ""),
    ("list", ""): ("OPTION", "--", ""), ("day", "1", ""): ("OPTION", "--", ""),
    ("diff", "a", "b", ""): ("OPTION", "--", ""), ("list", "--nope", ""): ("OPTION", "--", ""),
    ("--lang", ""): ("lang", "", ""), ("--lang", "z"): ("lang", "z", ""),
    ("--lang", "-z"): ("lang", "-z", ""),
    ("--lang=z",): ("lang", "z", "--lang="), ("--lang=",): ("lang", "", "--lang="),
    ("list", "--day=1"): ("day", "1", "--day="), ("list", "-d1"): ("day", "1", "-d"),
    ("list", "-d", "1"): ("day", "1", ""), ("list", "-d", "--"): ("day", "--", ""),
    ("list", "-hd1"): ("day", "1", "-hd"), ("list", "-fj"): ("format", "j", "-f"),
    ("next", "-n", "-"): ("number", "-", ""), ("day", ""): ("when", "", ""), ("day", "1"): ("when", "1", ""),
    ("day", "--json", ""): ("when", "", ""), ("show", "a", "b"): ("ids", "b", ""),
    ("show", "a", ""): ("ids", "", ""),
    ("show", "--", "-x"): ("ids", "-x", ""), ("show", "--", "--", ""): ("ids", "", ""),
    ("diff", "a", ""): ("new", "", ""), ("agenda", "add", ""): ("ids", "", ""),
    ("list", "x"): (None, "", ""), ("day", "1", "x"): (None, "", ""), ("list", "--", ""): (None, "", ""),
    ("list", "--", "-d"): (None, "", ""),
}  # fmt: skip
"""The meaning of the last word of each line: a command, an option, or the value of a parameter; then the
typed part, and the part of the word before that."""


@pytest.mark.parametrize("words", PLACES, ids=" ".join)
def test_the_meaning_of_an_unfinished_word(words: tuple[str, ...]) -> None:
    place = taken(*words[:-1]).place(words[-1])
    name = (
        "COMMAND" if place.command else "OPTION" if place.option else place.parameter and place.parameter.name
    )
    assert (name, place.text, place.before) == PLACES[words]


def taken(*words: str) -> Scanner:
    scanner = Scanner()
    for word in words:
        scanner.take(word)
    return scanner


@pytest.mark.parametrize(
    ("line", "readable"),
    [
        ("", True), ("day", True), ("day 1", True), ("day 1 2", False), ("list x", False),
        ("show a b c", True),
        ("diff a", True), ("diff a b", True), ("diff a b c", False), ("lst", False), ("list --nope", False),
        ("list -d", True), ("list --json=1", False), ("agenda", True),
    ],
)  # fmt: skip
def test_a_line_is_readable_while_it_can_become_valid(line: str, readable: bool) -> None:
    assert taken(*line.split()).is_readable is readable


def test_the_values_typed_so_far_for_a_parameter() -> None:
    agenda = taken("agenda", "--name", "x", "-d1", "add", "-d", "2", "a", "b")
    typed = {name: agenda.texts(name) for name in ("name", "day", "ids", "nothing")}
    assert typed == {"name": ("x",), "day": ("1", "2"), "ids": ("a", "b"), "nothing": ()}
    assert (agenda.words, agenda.next_argument() is agenda.arguments[-1]) == ("agenda add", True)
    diff = taken("diff", "a", "b", "c")
    assert [diff.texts(name) for name in ("old", "new")] == [("a",), ("b",)]
    assert diff.next_argument() is None
    assert taken("diff").texts("old") == ()


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "words",
    ["day 1 -fjson", "list -cforum -fids", "next -n3 --at=2022-07-22", "-- list", "list --help",
     "list -hfjson", "-V"],
)  # fmt: skip
def test_combined_options_do_not_load_typer(words: str) -> None:
    assert sorted(loaded(*words.split()) & {"typer", "click", "pydantic", "summitcli.cli.app"}) == []


def test_a_usage_error_does_not_load_typer(run: Run) -> None:
    code = """
import sys
from summitcli.cli import main
statuses = [int(main(line.split())) for line in ("lst", "list --nope", "day", "day 1 2", "next -nx")]
print(statuses, sorted({"typer", "click", "summitcli.cli.app"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[2, 2, 2, 2, 2] []\n"


def test_options_before_the_command_mean_what_they_mean_after_it(ask: Asked) -> None:
    assert ask("--lang", "en", "day", "1") == ask("day", "1", "--lang", "en")
