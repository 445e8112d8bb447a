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
Remove schedules that are kept. What was picked from them
stays in the agendas.

Usage: summit schedules remove [OPTIONS] NAME…

Arguments
  NAME…                  Which schedules.

Options of every command
      --schedule REF     The schedule to read: a name,
                         address, file, bundled or -.
      --assume-timezone ZONE
                         The time zone of the conference,
                         such as Europe/Berlin.
      --at WHEN          Answer as if it were then: a day,
                         or a day and a time as in 1T10:00.
                         Of a calendar of more than a year,
                         read what is around that day.
      --lang zh|en|auto  The language of headings, hints and
                         names.
      --color auto|always|never
                         Whether to use colour.
  -q, --quiet            Say nothing beside the answer but
                         errors.
      --debug            Show where a fault of the program
                         itself arose.
  -h, --help             Show this page.

Examples
  summit schedules remove meetup
      By its name.
"""

REMOVE_ZH = """\
删除已保存的会议日程。从中选过的场次仍留在我的日程里。

用法：summit schedules remove [选项] NAME…

参数
  NAME…                  哪些日程。

所有命令的选项
      --schedule REF     要读的日程：名字、网址、文件、
                         bundled 或 -。
      --assume-timezone ZONE
                         会议所在的时区，如 Europe/Berlin。
      --at WHEN          假定现在是某个时刻：某一天，或带时
                         间，如 1T10:00。日历超过一年时，读
                         取那一天前后的场次。
      --lang zh|en|auto  标题、提示和名称的语言。
      --color auto|always|never
                         是否用颜色。
  -q, --quiet            除结果和错误外，什么都不显示。
      --debug            显示程序自身的错误出在哪里。
  -h, --help             显示本页。

示例
  summit schedules remove meetup
      用名字。
"""

GROUP = """\
The schedules that are known. With dates and sizes, and which is the current one.

Usage: summit schedules [OPTIONS]
       summit schedules COMMAND [OPTIONS] …

Commands
  schedules remove  Remove schedules that are kept.

Output
  -f, --format FORMAT            table, tsv, csv, json, jsonl or md.
      --json                     The same as --format json.
      --fields A,B,…             Which columns, in which order; help lists them.
      --template TEXT            A line of your own, such as '{day} {title}'.
      --header                   Begin TSV with the names of its columns.

Options of every command
      --schedule REF             The schedule to read: a name, address, file, bundled or -.
      --assume-timezone ZONE     The time zone of the conference, such as Europe/Berlin.
      --at WHEN                  Answer as if it were then: a day, or a day and a time as in
                                 1T10:00. Of a calendar of more than a year, read what is around
                                 that day.
      --lang zh|en|auto          The language of headings, hints and names.
      --color auto|always|never  Whether to use colour.
  -q, --quiet                    Say nothing beside the answer but errors.
      --debug                    Show where a fault of the program itself arose.
  -h, --help                     Show this page.

Examples
  summit schedules
      What is kept, and which is in use.
  summit schedules --json
      The same for other programs.
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
        'too much: "extra", "words"; `summit list --help` shows what there is',
        "多余的词：“extra”、“words”；用法见 `summit list --help`",
    ),
    "list forum": (
        'too much: "forum". Did you mean "-c forum"?',
        "多余的词：“forum”。是不是要输入“-c forum”？",
    ),
    "day 1 2": (
        'too much: "2"; `summit day --help` shows what there is',
        "多余的词：“2”；用法见 `summit day --help`",
    ),
    "search": (
        "TEXT… is missing; `summit search --help` shows what there is",
        "缺少 TEXT…；用法见 `summit search --help`",
    ),
    "agenda import": (
        "FILE is missing; `summit agenda import --help` shows what there is",
        "缺少 FILE；用法见 `summit agenda import --help`",
    ),
    "next -n x": (
        '--number takes a whole number, not "x"; `summit next --help` shows what there is',
        "--number 后面应是整数，而不是“x”；用法见 `summit next --help`",
    ),
    "next -n 1.0": (
        '--number takes a whole number, not "1.0"; `summit next --help` shows what there is',
        "--number 后面应是整数，而不是“1.0”；用法见 `summit next --help`",
    ),
    "next --number": (
        "--number needs a value: N; `summit next --help` shows what there is",
        "--number 需要一个值：N；用法见 `summit next --help`",
    ),
    "agenda add x --name": (
        "--name needs a value: NAME; `summit agenda add --help` shows what there is",
        "--name 需要一个值：NAME；用法见 `summit agenda add --help`",
    ),
    "--lang": (
        "--lang needs a value: zh|en|auto; `summit --help` shows what there is",
        "--lang 需要一个值：zh|en|auto；用法见 `summit --help`",
    ),
    "list --json=yes": (
        "--json takes no value; `summit list --help` shows what there is",
        "--json 不带值；用法见 `summit list --help`",
    ),
    "agenda clear --yes=1": (
        "--yes takes no value; `summit agenda clear --help` shows what there is",
        "--yes 不带值；用法见 `summit agenda clear --help`",
    ),
    "list --help=1": (
        "--help takes no value; `summit list --help` shows what there is",
        "--help 不带值；用法见 `summit list --help`",
    ),
    "list -z": (
        "no option -z; `summit list --help` shows what there is",
        "没有选项 -z；用法见 `summit list --help`",
    ),
    "list --xyzzy": (
        "no option --xyzzy; `summit list --help` shows what there is",
        "没有选项 --xyzzy；用法见 `summit list --help`",
    ),
    "agenda --xyzzy": (
        "no option --xyzzy; `summit agenda --help` shows what there is",
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
