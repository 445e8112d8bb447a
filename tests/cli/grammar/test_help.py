"""The help: its layout in both languages and at any width, and the ways to ask for it."""

import re
import shlex

import pytest
from hypothesis import given, settings

from summitcli.cli.grammar.commands import (
    COMMANDS,
    GLANCE,
    HELP,
    PANELS,
    VERSION,
    bundle,
    common,
    subcommands,
)
from summitcli.cli.grammar.help import render
from summitcli.cli.grammar.manual import (
    ENVIRONMENT,
    Example,
    HelpEntry,
    Page,
    Section,
    examples,
    page,
)
from summitcli.cli.grammar.scanner import scan
from summitcli.cli.grammar.suggestions import usage_error
from summitcli.i18n import using_language
from summitcli.text.width import width
from tests.cli.every_screen import FOLDER, LOCALES
from tests.cli.grammar.test_scanner import command_lines
from tests.conftest import Asked, Run, Terminal
from tests.test_i18n import CHINESE
from tests.test_imports import SLOW, loaded

EVERYTHING = {"": GLANCE, **COMMANDS}

FRONT, FRONT_ZH = ((FOLDER / f"front.{language}.txt").read_text("utf-8") for language in LOCALES)

PAGE = Page(
    "Bake a cake, and put it on the table.",
    ("summit bake [OPTIONS] CAKE", "summit bake COMMAND [OPTIONS] …"),
    (
        Section("Arguments", (HelpEntry((), "CAKE", "The cake to bake, by its name or its ingredients."),)),
        Section("Commands", (HelpEntry(("bake slowly",), "", "Take your time."),)),
        Section(
            "Options",
            (
                HelpEntry(("-o", "--oven"), "NAME", "The oven to use, such as the one in the kitchen."),
                HelpEntry(("--dry",), "", "Don't eat it."),
                HelpEntry(("--temperature-of-oven",), "DEGREES", "How hot it is."),
            ),
            "Say them in any order.",
        ),
    ),
    (
        Example("summit bake plum", "A plum cake."),
        Example("summit bake plum -o big --dry", "In another oven."),
    ),
    "Read the book.",
)

AT_60 = """\
Bake a cake, and put it on the table.

Usage: summit bake [OPTIONS] CAKE
       summit bake COMMAND [OPTIONS] …

Examples
  summit bake plum               A plum cake.
  summit bake plum -o big --dry  In another oven.

Arguments
  CAKE             The cake to bake, by its name or its
                   ingredients.

Commands
  bake slowly  Take your time.

Options
  Say them in any order.
  -o, --oven NAME  The oven to use, such as the one in the
                   kitchen.
      --dry        Don't eat it.
      --temperature-of-oven DEGREES
                   How hot it is.

Read the book.
"""

COMMANDS_ALONE = """\
用法：summit [选项]

Bake
  bake  Do it.
Eat
  taste, devour
"""


def test_a_page_is_aligned_and_wrapped() -> None:
    assert render(PAGE, 60, styled=False) == AT_60


def test_sections_of_commands_alone_have_no_blank_lines_between_them() -> None:
    sections = (
        Section("Bake", (HelpEntry(("bake",), "", "Do it."),)),
        Section("Eat", (HelpEntry(("taste", "devour"), "", ""),)),
    )
    with using_language("zh"):
        shown = render(Page("", ("summit [选项]",), sections, ()), 60, styled=False)
    assert shown.lstrip("\n") == COMMANDS_ALONE


@pytest.mark.parametrize(("language", "shown"), [("en", FRONT), ("zh", FRONT_ZH)])
def test_the_main_page(ask: Asked, monkeypatch: pytest.MonkeyPatch, language: str, shown: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert ask("--help", "--lang", language) == (0, shown, "")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", [*EVERYTHING, "options"])
def test_a_page_fits_a_screen(ask: Asked, monkeypatch: pytest.MonkeyPatch, words: str, lang: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page_ = ask("help", *words.split(), "--lang", lang)
    # The main page may have two lines more, as it lists all commands.
    assert (page_.status, page_.out.count("\n") <= 40) == (0, True)


@pytest.mark.parametrize("words", COMMANDS)
def test_usage_and_examples_come_first_and_the_global_options_are_only_referred_to(
    ask: Asked, words: str
) -> None:
    out = ask("help", *words.split()).out
    headings = [line for line in out.splitlines() if line and line[0].isupper() and "." not in line]
    expected = ["Examples", "Arguments", "Commands", "Options", "Filters", "Output"]
    assert headings[0].startswith("Usage: ")
    assert headings[1:] == [heading for heading in expected if heading in headings]
    assert out.endswith("\n\nGlobal options, such as --schedule and --lang: see `summit help options`.\n")


@pytest.mark.parametrize("words", COMMANDS)
def test_each_option_of_an_example_is_explained_on_the_page(ask: Asked, words: str) -> None:
    out = ask("help", *words.split()).out
    typed = {word for example in examples(COMMANDS[words].load()) for word in shlex.split(example.line)}
    filters = {flag for parameter in bundle("Filters") for flag in parameter.flags}
    flags = {word for word in typed if re.fullmatch(r"-\w|--[a-z-]+", word)} - filters
    assert [flag for flag in flags if not re.search(rf"(?m)^ +(-\w, )?{flag}\b", out)] == []


@pytest.mark.parametrize("words", COMMANDS)
def test_no_option_is_both_explained_and_listed_as_a_filter(ask: Asked, words: str) -> None:
    above, heading, below = ask("help", *words.split()).out.partition("\nFilters\n")
    explained = re.findall(r"(?m)^ +(?:-\w, )?(--[a-z-]+)", above.partition("\nOptions\n")[2])
    listed = re.findall(r"--[a-z-]+", below.partition("\n\n")[0])
    assert not heading or listed
    assert [flag for flag in explained if flag in listed] == []


@pytest.mark.parametrize("words", COMMANDS)
def test_all_own_options_of_a_command_are_on_its_page(ask: Asked, words: str) -> None:
    out = ask("help", *words.split()).out
    flags = [flag for parameter in COMMANDS[words].parameters() for flag in parameter.flags]
    assert [flag for flag in flags if not re.search(rf"(?<![\w-]){flag}(?![\w-])", out)] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_global_options_and_the_environment_have_their_own_page(ask: Asked, lang: str) -> None:
    out = ask("help", "options", "--lang", lang).out
    for flag in [flag for parameter in (*common(), HELP, VERSION) for flag in parameter.flags]:
        assert re.search(rf"(?m)^ +(-\w, )?{flag}\b", out)
    for name in ENVIRONMENT:
        assert f"\n  {name} " in out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("columns", "widest"),
    [
        ("0", 80),
        ("00", 80),
        ("", 80),
        ("-1", 80),
        ("1", 60),
        ("60", 60),
        ("80", 80),
        ("100", 100),
        ("999", 100),
    ],
)
def test_no_line_is_wider_than_the_terminal(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, columns: str, widest: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    pages = {words: ask("help", *words.split(), "--lang", lang) for words in EVERYTHING}
    assert {answer.status for answer in pages.values()} == {0}
    lines = [line for answer in pages.values() for line in answer.out.splitlines()]
    assert [line for line in lines if width(line) > widest] == []
    assert max(map(width, lines)) > widest - 10


def test_every_command_is_on_the_main_page_below_its_panel(ask: Asked) -> None:
    out = ask("help").out
    for words, command in COMMANDS.items():
        group, _space, name = words.rpartition(" ")
        begin = out.index(f"\n{command.panel}\n")
        later = [place for panel in PANELS if (place := out.index(f"\n{panel}\n")) > begin]
        below = out[begin : min(later, default=None)] + "\n"
        if group:
            assert f"`{name}`" in below[below.index(f"\n  {group} ") :]
        else:
            assert re.search(rf"\n  (\w+, )*{name}( |,|\n)", below)


ASKED = {
    "--help": "", "-h": "", "help": "", "--lang en --help": "", "-h --lang en": "", "--color=never -h": "",
    "list -h": "list", "-h list": "list", "--lang en list --help": "list", "list -c forum -h": "list",
    "list --nope --help": "list", "list -d1 -h": "list", "list --day=1 -h": "list", "list extra -h": "list",
    "next -n x -h": "next", "list -hf json": "list", "agenda clear -yh": "agenda clear",
    "agenda --help": "agenda", "agenda --name x add -h": "agenda add", "agenda -h add": "agenda add",
    "help agenda add": "agenda add", "help -h": "help", "help help": "help", "day --help": "day",
    "day -h -- -h": "day", "show -h - x": "show",
}  # fmt: skip


@pytest.mark.parametrize("line", ASKED)
def test_help_is_shown_wherever_an_option_may_stand(ask: Asked, line: str) -> None:
    assert ask(*line.split()) == ask("help", *ASKED[line].split())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("show -- -h", 'no session "-h"'),
        ("day -- --help", 'no day "--help"'),
        ("list -c -h", 'no category "-h"'),
        ("list --category=--help", 'no category "--help"'),
        ("list --help=yes", "--help does not take a value"),
        ("categoris --help", 'no command "categoris". Did you mean "categories"?'),
        ("agenda ad -h", 'no command "ad". Did you mean "add"?'),
        ("help agnda", 'no command "agnda". Did you mean "agenda"?'),
        ("help agenda ad", 'no command "ad". Did you mean "add"?'),
        ("help list more", 'no command "more"'),
        ("help --lang fr", 'no language "fr"'),
        ("help --color pink", 'no colour mode "pink"'),
    ],
)
def test_help_as_a_value_or_argument_does_not_show_help(ask: Asked, line: str, said: str) -> None:
    status, out, err = ask(*line.split())
    assert (status, out, err[: len(f"summit: {said}")]) == (2, "", f"summit: {said}")


def test_help_needs_no_clock_no_schedule_and_no_directory(run: Run) -> None:
    nothing = {"SUMMIT_NOW": "zzz", "SUMMIT_SCHEDULE": "/none.json", "SUMMIT_CACHE": "/proc/none", "HOME": ""}
    for words in ([], ["list"], ["agenda", "add"]):
        shown = render(page(" ".join(words), brief=True), 80, styled=False) if words else FRONT
        assert run(*words, "--help", env=nothing) == shown


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    "words", [["--help"], ["help", "--lang", "zh"], ["list", "-h"], ["agenda", "add", "-h"]]
)
def test_help_loads_nothing_slow(words: list[str]) -> None:
    assert sorted(loaded(*words) & SLOW) == []


@pytest.mark.usefixtures("warm")
def test_the_front_page_loads_no_command() -> None:
    modules = {f"summitcli.cli.{command.module}" for command in EVERYTHING.values()} - {
        "summitcli.cli.grammar.help"
    }
    assert sorted(loaded("--help") & (modules | {"summitcli.cli.call", "sqlite3", "datetime", "json"})) == []


def test_names_are_bold_on_a_terminal_that_may_have_colour(terminal: Terminal) -> None:
    shown = terminal("list", "--help", columns=80, env={"LANG": "C.UTF-8"}, styled=True)
    assert "\x1b[1mUsage: \x1b[0msummit list [OPTIONS]\n" in shown
    assert "  \x1b[1m-d, --day\x1b[0m WHEN" in shown
    assert shown.replace("\x1b[1m", "").replace("\x1b[0m", "") == terminal(
        "list", "--help", columns=80, env={"LANG": "C.UTF-8", "NO_COLOR": "1"}, styled=True
    )
    assert "\x1b" not in terminal("help", env={"TERM": "dumb"}, styled=True)


def test_nothing_is_bold_in_a_pipe(run: Run) -> None:
    assert "\x1b" not in run("--help", "--color", "always", env={"FORCE_COLOR": "1"})


MISTAKES = {
    "list extra words": (
        'unexpected argument: "extra", "words"; see `summit list --help`',
        "多余的参数：“extra”、“words”；用法见 `summit list --help`",
    ),
    "list forum": (
        'unexpected argument: "forum". Did you mean "-c forum"?',
        "多余的参数：“forum”。是不是要输入“-c forum”？",
    ),
    "day 1 2": (
        'unexpected argument: "2"; see `summit day --help`',
        "多余的参数：“2”；用法见 `summit day --help`",
    ),
    "search": (
        "missing argument: TEXT…; see `summit search --help`",
        "缺少参数：TEXT…；用法见 `summit search --help`",
    ),
    "agenda import": (
        "missing argument: FILE; see `summit agenda import --help`",
        "缺少参数：FILE；用法见 `summit agenda import --help`",
    ),
    "next -n x": (
        '--number must be a whole number, not "x"; see `summit next --help`',
        "--number 必须是整数，而不是“x”；用法见 `summit next --help`",
    ),
    "next -n 1.0": (
        '--number must be a whole number, not "1.0"; see `summit next --help`',
        "--number 必须是整数，而不是“1.0”；用法见 `summit next --help`",
    ),
    "next --number": (
        "--number needs a value: N; see `summit next --help`",
        "--number 需要一个值：N；用法见 `summit next --help`",
    ),
    "agenda add x --name": (
        "--name needs a value: NAME; see `summit agenda add --help`",
        "--name 需要一个值：NAME；用法见 `summit agenda add --help`",
    ),
    "--lang": (
        "--lang needs a value: zh|en|auto; see `summit --help`",
        "--lang 需要一个值：zh|en|auto；用法见 `summit --help`",
    ),
    "list --json=yes": (
        "--json does not take a value; see `summit list --help`",
        "--json 后不能带值；用法见 `summit list --help`",
    ),
    "agenda clear --yes=1": (
        "--yes does not take a value; see `summit agenda clear --help`",
        "--yes 后不能带值；用法见 `summit agenda clear --help`",
    ),
    "list --help=1": (
        "--help does not take a value; see `summit list --help`",
        "--help 后不能带值；用法见 `summit list --help`",
    ),
    "list -z": (
        "no option -z; see `summit list --help`",
        "没有选项 -z；用法见 `summit list --help`",
    ),
    "list --xyzzy": (
        "no option --xyzzy; see `summit list --help`",
        "没有选项 --xyzzy；用法见 `summit list --help`",
    ),
    "agenda --xyzzy": (
        "no option --xyzzy; see `summit agenda --help`",
        "没有选项 --xyzzy；用法见 `summit agenda --help`",
    ),
    "list --categry forum": (
        'no option --categry. Did you mean "--category"?',
        "没有选项 --categry。是不是要输入“--category”？",
    ),
    "--langg zh": (
        'no option --langg. Did you mean "--lang"?',
        "没有选项 --langg。是不是要输入“--lang”？",
    ),
    "add big-data": (
        'no command "add". Did you mean "summit agenda add big-data"?',
        "没有名为“add”的命令。是不是要输入“summit agenda add big-data”？",
    ),
    "remove x": (
        'no command "remove". Did you mean "summit agenda remove x" or "summit schedules remove x"?',
        "没有名为“remove”的命令。是不是要输入“summit agenda remove x”或“summit schedules remove x”？",
    ),
    "sercah 数字": (
        'no command "sercah". Did you mean "search"?',
        "没有名为“sercah”的命令。是不是要输入“search”？",
    ),
    "-- --list": (
        'no command "--list". Did you mean "list"?',
        "没有名为“--list”的命令。是不是要输入“list”？",
    ),
}
"""The error for each command line, in English and in Chinese."""


@pytest.mark.parametrize("line", MISTAKES)
def test_a_usage_error_is_one_line_in_our_words(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    english, chinese = MISTAKES[line]
    assert ask(*line.split()) == (2, "", f"summit: {english}\n")
    monkeypatch.setenv("SUMMIT_LANG", "zh")
    assert ask(*line.split()) == (2, "", f"summit: {chinese}\n")


@pytest.mark.parametrize("line", ["roms --lang zh", "--lang zh roms", "--lang=zh roms", "roms -q --lang=zh"])
def test_a_usage_error_is_in_the_language_given_on_the_line(ask: Asked, line: str) -> None:
    assert ask(*line.split()) == (2, "", "summit: 没有名为“roms”的命令。是不是要输入“rooms”？\n")


@settings(max_examples=30, deadline=None)
@given(command_lines())
def test_every_usage_error_is_in_the_language_of_the_user(words: list[str]) -> None:
    with using_language("zh"):
        found = scan([word for word in words if word not in ("en", "--lang")])
        if found.problem is not None:
            error = usage_error(found, found.problem)
            assert CHINESE.search(str(error).partition("；用法见")[0])


def test_the_subcommands_of_a_group_are_those_below_it() -> None:
    assert subcommands("schedules") == ["schedules remove"]
    assert subcommands("list") == []
    assert "agenda" in subcommands("")
    assert [words for words in subcommands("") if " " in words] == []
