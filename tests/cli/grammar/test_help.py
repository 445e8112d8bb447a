"""The help: what it says, in both languages and at any width, and where it is asked for."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from summitcli.cli.grammar.commands import (
    COMMANDS,
    GLANCE,
    HELP,
    PANELS,
    VERSION,
    Command,
    common,
    subcommands,
)
from summitcli.cli.grammar.manual import EXAMPLES, examples, front, page
from summitcli.cli.grammar.scanner import scan
from summitcli.cli.grammar.suggestions import usage_error
from summitcli.cli.options import Filters
from summitcli.i18n import using_language
from summitcli.text.width import width
from summitcli.words.zh import WORDS
from tests.cli.every_screen import FOLDER, LOCALES
from tests.cli.grammar.test_scanner import command_lines
from tests.conftest import Asked, Run, Terminal
from tests.test_i18n import CHINESE
from tests.test_imports import SLOW, loaded

EVERYTHING = {"": GLANCE, **COMMANDS}

FRONT, FRONT_ZH = ((FOLDER / f"front.{language}.txt").read_text("utf-8") for language in LOCALES)

REMOVE = """\
Remove saved schedules. Keeps the agendas made from them.

Usage: summit schedules remove [OPTIONS] NAME…

Arguments
  NAME…                  Names of the schedules to remove.

Options of every command
      --schedule REF     Schedule to use instead of the
                         current one: a name, file, URL,
                         bundled, or - for stdin.
      --assume-timezone ZONE
                         Time zone of the conference, such
                         as Europe/Berlin.
      --at WHEN          Pretend that it is this day, or
                         this day and time, such as 1T10:00.
                         In a calendar of more than a year,
                         this also chooses the year to read.
      --lang zh|en|auto  Language of headings, messages and
                         titles.
      --color auto|always|never
                         When to use colour.
  -q, --quiet            Show only the output and errors, no
                         other messages.
      --debug            Show a traceback on internal
                         errors.
  -h, --help             Show this help and exit.

Examples
  summit schedules remove meetup
      By its name.
"""

REMOVE_ZH = """\
删除已保存的会议日程。相应的个人日程仍会保留。

用法：summit schedules remove [选项] NAME…

参数
  NAME…                  要删除的会议日程的名称。

所有命令的选项
      --schedule REF     改用这份会议日程：名称、文件、网
                         址、bundled（内置），或 -（标准输
                         入）。
      --assume-timezone ZONE
                         会议所在的时区，如 Europe/Berlin。
      --at WHEN          假定现在是某一天或某一时刻，如
                         1T10:00。日历超过一年时，也由它决定
                         读取哪一年。
      --lang zh|en|auto  界面和名称所用的语言。
      --color auto|always|never
                         何时使用颜色。
  -q, --quiet            只显示输出和错误，不显示其他信息。
      --debug            发生内部错误时显示 traceback。
  -h, --help             显示本帮助并退出。

示例
  summit schedules remove meetup
      用名称。
"""

GROUP = """\
List saved schedules. Shows their dates and sizes, and marks the current one.

Usage: summit schedules [OPTIONS]
       summit schedules COMMAND [OPTIONS] …

Commands
  schedules remove  Remove saved schedules.

Output
  -f, --format FORMAT            Output format: table, tsv, csv, json, jsonl or md (default: table
                                 in a terminal, otherwise tsv).
      --json                     Same as --format json.
      --fields A,B,…             Fields to show, in this order; `--fields help` lists them.
      --template TEXT            Template for each row, such as '{day} {title}'.
      --header                   Add a header row to TSV output.

Options of every command
      --schedule REF             Schedule to use instead of the current one: a name, file, URL,
                                 bundled, or - for stdin.
      --assume-timezone ZONE     Time zone of the conference, such as Europe/Berlin.
      --at WHEN                  Pretend that it is this day, or this day and time, such as 1T10:00.
                                 In a calendar of more than a year, this also chooses the year to
                                 read.
      --lang zh|en|auto          Language of headings, messages and titles.
      --color auto|always|never  When to use colour.
  -q, --quiet                    Show only the output and errors, no other messages.
      --debug                    Show a traceback on internal errors.
  -h, --help                     Show this help and exit.

Examples
  summit schedules
      Saved schedules; the current one is marked.
  summit schedules --json
      The same as JSON.
"""


@pytest.mark.parametrize(
    ("words", "columns", "shown"),
    [
        ("help", "80", FRONT),
        ("--help --lang zh", "80", FRONT_ZH),
        ("help schedules remove", "60", REMOVE),
        ("schedules remove -h --lang zh", "60", REMOVE_ZH),
        ("schedules --help", "100", GROUP),
    ],
)
def test_a_page_of_help(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, words: str, columns: str, shown: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert ask(*words.split()) == (0, shown, "")


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


def test_every_command_is_on_the_front_page_once_below_its_panel(ask: Asked) -> None:
    out = ask("help").out
    for words, command in COMMANDS.items():
        assert out.count(f"\n  {words}  ") == 1
        panels = [panel for panel in PANELS if out.index(f"\n{panel}\n") < out.index(f"\n  {words}  ")]
        assert panels[-1] == command.panel


def test_the_front_page_has_the_options_of_summit_alone() -> None:
    alone = {heading: entries for heading, entries, _note in page("").sections}
    at_front = {heading: entries for heading, entries, _note in front().sections}
    assert at_front["Options of `summit` alone"] == (*alone["Output"], *alone["Options"])


def sentences() -> Iterator[str]:
    """Every sentence that declarations say to users."""
    yield from (*PANELS, HELP.help, VERSION.help, Filters.__doc__ or "")
    for command in EVERYTHING.values():
        yield from (command.summary, command.load().__doc__ or "")
        yield from (one.help for one in (*command.parameters(), *common()))
        yield from (example.what for example in (*EXAMPLES, *examples(command.load())))


def test_everything_that_the_help_says_has_its_chinese() -> None:
    assert sorted({sentence for sentence in sentences() if sentence not in WORDS}) == []


@pytest.mark.parametrize("command", EVERYTHING.values(), ids=EVERYTHING)
def test_a_command_is_described_alike_in_both_places(command: Command) -> None:
    described = command.load().__doc__ or ""
    assert described.startswith(command.summary.rstrip("."))
    assert described.endswith(".")


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
        ("list --help=yes", "--help takes no value"),
        ("categoris --help", 'no command "categoris". Did you mean "categories"?'),
        ("agenda ad -h", 'no command "ad". Did you mean "add"?'),
        ("help agnda", 'no command "agnda". Did you mean "agenda"?'),
        ("help agenda ad", 'no command "ad". Did you mean "add"?'),
        ("help list more", 'no command "more"'),
        ("help --lang fr", 'no language "fr"'),
        ("help --color pink", 'no colour mode "pink"'),
    ],
)
def test_what_only_looks_like_a_question_for_help_is_none(ask: Asked, line: str, said: str) -> None:
    status, out, err = ask(*line.split())
    assert (status, out, err[: len(f"summit: {said}")]) == (2, "", f"summit: {said}")


def test_the_help_needs_no_clock_no_schedule_and_no_folder(run: Run) -> None:
    nothing = {"SUMMIT_NOW": "zzz", "SUMMIT_SCHEDULE": "/none.json", "SUMMIT_CACHE": "/proc/none", "HOME": ""}
    for words in ([], ["list"], ["agenda", "add"]):
        assert run(*words, "--help", env=nothing).startswith(page(" ".join(words)).text if words else FRONT)


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
        'too much: "extra", "words"; see `summit list --help`',
        "多余的词：“extra”、“words”；用法见 `summit list --help`",
    ),
    "list forum": (
        'too much: "forum". Did you mean "-c forum"?',
        "多余的词：“forum”。是不是要输入“-c forum”？",
    ),
    "day 1 2": (
        'too much: "2"; see `summit day --help`',
        "多余的词：“2”；用法见 `summit day --help`",
    ),
    "search": (
        "TEXT… is missing; see `summit search --help`",
        "缺少 TEXT…；用法见 `summit search --help`",
    ),
    "agenda import": (
        "FILE is missing; see `summit agenda import --help`",
        "缺少 FILE；用法见 `summit agenda import --help`",
    ),
    "next -n x": (
        '--number takes a whole number, not "x"; see `summit next --help`',
        "--number 后面应是整数，而不是“x”；用法见 `summit next --help`",
    ),
    "next -n 1.0": (
        '--number takes a whole number, not "1.0"; see `summit next --help`',
        "--number 后面应是整数，而不是“1.0”；用法见 `summit next --help`",
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
        "--json takes no value; see `summit list --help`",
        "--json 不带值；用法见 `summit list --help`",
    ),
    "agenda clear --yes=1": (
        "--yes takes no value; see `summit agenda clear --help`",
        "--yes 不带值；用法见 `summit agenda clear --help`",
    ),
    "list --help=1": (
        "--help takes no value; see `summit list --help`",
        "--help 不带值；用法见 `summit list --help`",
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
        'no option --categry. Did you mean "--category" or "--exclude-category" or "--at"?',
        "没有选项 --categry。是不是要输入“--category”或“--exclude-category”或“--at”？",
    ),
    "--langg zh": (
        'no option --langg. Did you mean "--lang"?',
        "没有选项 --langg。是不是要输入“--lang”？",
    ),
    "add big-data": (
        'no command "add". Did you mean "agenda add"?',
        "没有命令“add”。是不是要输入“agenda add”？",
    ),
    "remove x": (
        'no command "remove". Did you mean "agenda remove" or "schedules remove"?',
        "没有命令“remove”。是不是要输入“agenda remove”或“schedules remove”？",
    ),
    "sercah 数字": (
        'no command "sercah". Did you mean "search"?',
        "没有命令“sercah”。是不是要输入“search”？",
    ),
    "-- --list": (
        'no command "--list". Did you mean "list"?',
        "没有命令“--list”。是不是要输入“list”？",
    ),
}
"""What is wrong with a line, in English and in Chinese."""


@pytest.mark.parametrize("line", MISTAKES)
def test_what_can_not_be_read_is_said_in_one_line_of_ours(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    english, chinese = MISTAKES[line]
    assert ask(*line.split()) == (2, "", f"summit: {english}\n")
    monkeypatch.setenv("SUMMIT_LANG", "zh")
    assert ask(*line.split()) == (2, "", f"summit: {chinese}\n")


@pytest.mark.parametrize("line", ["roms --lang zh", "--lang zh roms", "--lang=zh roms", "roms -q --lang=zh"])
def test_a_mistake_is_said_in_the_language_that_its_line_asks_for(ask: Asked, line: str) -> None:
    assert ask(*line.split()) == (2, "", "summit: 没有命令“roms”。是不是要输入“rooms”？\n")


@settings(max_examples=30, deadline=None)
@given(command_lines())
def test_every_mistake_is_said_in_the_readers_language(words: list[str]) -> None:
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
