"""Bad input: one line on standard error, the nearest real values, the documented status, nothing else."""

import json
import os
from pathlib import Path

import pytest

from summitcli.printable import printable
from tests.conftest import Asked, Run
from tests.schedules import DATA, document, session, write

DAYS = "2022-07-23 to 2022-07-26"
NOT_A_DAY = 'write a number from 1 to 4, a date such as 2022-07-23, a weekday or "today"'

MISTAKES = {
    "list -c forun": 'no category "forun". Did you mean "forum"?',
    "list -x Forumm": 'no category "Forumm". Did you mean "forum" or "main-forum" or "Main Forum"?',
    "list -r Hall": "this schedule names no rooms",
    "list -s Ada": "this schedule names no speakers",
    "list --language en": "this schedule names no languages",
    "list -c forum -x 分论坛": 'category "forum" is both asked for and excluded',
    "day 9": "there is no day 9: the conference has days 1 to 4",
    "day 0": "there is no day 0: the conference has days 1 to 4",
    "day 2022-08-01": f"2022-08-01 is not a day of the conference, {DAYS}",
    "day 2022-02-30": f'no day "2022-02-30"; {NOT_A_DAY}',
    "day friday": f'no day of the conference is a "friday": it runs from {DAYS}',
    "day xyz": f'no day "xyz"; {NOT_A_DAY}',
    "list -d s": f'no day "s"; {NOT_A_DAY}',
    "day 1 -d 2": "--day asks for 2022-07-24, the command for 2022-07-23",
    "list --from 9:99": '"9:99" is not a time; write HH:MM, such as 9:30',
    "list --to 25:00": '"25:00" is not a time; write HH:MM, such as 9:30',
    "list --from 9:00 --to 9:00": "--from and --to are the same time",
    "show main-forun": 'no session "main-forun". Did you mean "main-forum"?',
    "show data-l zzzz": 'no session "zzzz"; `summit search` finds them by name',
    "show contest-v contest": (
        '"contest" can mean several sessions: contest-city-design, contest-healthcare,'
        " contest-vehicle-security, contest-youth-robots, contest-blockchain, contest-energy-data, …"
    ),
    "show 大数据": 'no session "大数据". Did you mean "big-data-forum" or "contest-energy-data"?',
    "show blokchain": 'no session "blokchain". Did you mean "contest-blockchain"?',
    "search 数字 -n 0": "-n takes a number from 1 to 1000000",
    "lst": 'no command "lst". Did you mean "list"?',
    "agenda ad": 'no command "ad". Did you mean "add"?',
    "list --frmat csv": 'no option --frmat. Did you mean "--format" or "--from" or "--at"?',
    "list -c xyzzy": (
        'no category "xyzzy". There is: opening, main-forum, policy-release, forum, exhibition, product-expo,'
        " contest, cloud-conference, exchange, signing"
    ),
    "day": "WHEN is missing; `summit day --help` shows what there is",
    "list -f jsn": 'no format "jsn". Did you mean "json" or "jsonl"?',
    "about -f cvs": 'no format "cvs". There is: table, tsv, json',
    "list --fields titel": 'no field "titel". Did you mean "title" or "titles"?',
    "list --template {titel}": 'no field "titel". Did you mean "title" or "titles"?',
    "list --template {title:>9}": 'write "{title}" alone in the template',
    "list --json -f csv": "--json and --format csv contradict each other",
    "list --template {id} --json": "--template is a format of its own: leave out --format and --fields",
    "list --fields id -f ids": "--fields goes with tsv, csv, json, jsonl and md",
    "days -f ids": "these rows have no ids; leave out --format ids",
    "list --lang fr": 'no language "fr". There is: en, zh, auto',
    "list --color alway": 'no colour mode "alway". Did you mean "always"?',
    "today --at noon": f'no day "noon"; {NOT_A_DAY}',
    "today --at 2022-07-23T25:00": '"25:00" is not a time; write HH:MM, such as 9:30',
    "next -n 0": "-n takes a number from 1 to 1000000",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_is_one_line_that_says_what_to_do(ask: Asked, line: str) -> None:
    assert ask(*line.split()) == (2, "", f"summit: {MISTAKES[line]}\n")


@pytest.mark.parametrize(
    "command",
    ["today", "day 1", "now", "next", "list", "search x", "days", "categories", "rooms", "about", ""],
)
def test_a_clock_that_can_not_be_read_is_a_mistake_of_every_command(ask: Asked, command: str) -> None:
    assert ask(*command.split(), "--at", "zzz") == (2, "", f'summit: no day "zzz"; {NOT_A_DAY}\n')


@pytest.mark.parametrize(
    "words",
    [
        ["list", "extra"], ["day"], ["show"], ["search"], ["next", "-n",
        "x"],
        ["list", "--day"], ["--nope"], ["day", "1", "2"], ["list", "--json=yes"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_no_command_takes_is_one_line_that_leads_to_the_help(ask: Asked, words: list[str]) -> None:
    status, out, err = ask(*words)
    assert (status, out, err.count("\n"), err[:8]) == (2, "", 1, "summit: ")
    assert "--help" in err


@pytest.mark.parametrize(
    "word", ["\udcff", "\U0010ffff", "\ud7ff", "\uffff", "\x00", "", " ", "%", "'", "\x1b[31m"]
)
@pytest.mark.parametrize(
    "words",
    ["show", "day", "list -c", "list -r", "list -s", "list -d", "list --language", "list --from", "list -f",
     "list --fields", "list --at", "list --lang", "search", "today --at"],
)  # fmt: skip
def test_no_word_is_a_fault_of_the_program(ask: Asked, words: str, word: str) -> None:
    status, _out, err = ask(*words.split(), word)
    assert status in (0, 1, 2)
    assert err.count("\n") <= 1
    assert printable(err.rstrip("\n")) == err.rstrip("\n")


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000], ids=["20 digits", "5000 digits"])
def test_a_number_of_any_size_is_no_fault(ask: Asked, number: str) -> None:
    assert ask("next", "-n", number, "--at", "2022-07-22").status in (0, 2)


@pytest.mark.parametrize(
    "words",
    [
        ["tomorrow", "--at", "9999-12-31"], ["list", "-d", "yesterday", "--at", "0001-01-01"],
        ["now", "--at", "0001-01-01T00:00+23:00"], ["now", "--at", "9999-12-31T23:00-12:00"],
        ["now", "--at", "9999-12-31 24:00"], ["next", "--at", "0001-01-01"], ["now", "--at", "9999-12-31"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_ends_of_time_are_no_fault(ask: Asked, words: list[str]) -> None:
    status, out, err = ask(*words)
    assert (status in (0, 1, 2), out if status else "", err.count("\n") <= 1) == (True, "", True)


@pytest.mark.parametrize(
    "words", [["list", "--template", ""], ["list", "--fields", ""], ["list", "--fields", "id,"]]
)
def test_nothing_is_no_field_and_no_template(ask: Asked, words: list[str]) -> None:
    status, out, _err = ask(*words)
    assert (status, out) == (2, "")


REFUSED: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 3, "is not a schedule: it is empty"),
    "blank": (b" \n\t", 3, "is not a schedule: it is blank"),
    "html": (b"<!DOCTYPE html><title>404</title>", 3, "is not a schedule: it looks like a page of HTML"),
    "text": (b"Session 1: opening", 3, "is not a schedule: it looks like plain text"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", 3, "is not a schedule: it is a PNG file"),
    "other-json": (b'{"schedule": {}}', 3, 'is not a schedule: it is JSON of another kind, with "schedule"'),
    "cut-short": (b'{"format": "summit-schedule/1",\n "revised"', 3,
                  "is not a valid schedule: it is not valid JSON at line 2, column 11"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_schedule_is_refused_by_name(ask: Asked, tmp_path: Path, kind: str) -> None:
    content, status, said = REFUSED[kind]
    file = tmp_path / "plan.json"
    file.write_bytes(content)
    for command in ("list", "days", "about", "show x"):
        answer = ask(*command.split(), "--schedule", str(file))
        assert answer == (status, "", f"summit: {file} {said}\n")
    assert file.read_bytes() == content


def test_a_file_that_can_not_be_read(ask: Asked, tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    assert ask("list", "--schedule", str(missing)) == (
        4, "", f"summit: can't read {missing}: No such file or directory\n",
    )  # fmt: skip
    assert ask("list", "--schedule", str(tmp_path)) == (
        4,
        "",
        f"summit: can't read {tmp_path}: it is a folder\n",
    )


def test_a_huge_file_is_refused_before_it_is_read(ask: Asked, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(2**38)
    assert ask("list", "--schedule", str(huge)) == (
        3, "", f"summit: {huge} is too large for a schedule: more than 256 MB\n",
    )  # fmt: skip


def test_an_endless_stream_is_refused(run: Run) -> None:
    said = "summit: /dev/zero is too large for a schedule: more than 256 MB\n"
    assert run("list", "--schedule", "/dev/zero", status=3, err=said) == ""


def test_an_invalid_schedule_names_the_path_of_its_fault(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("a", {"day": "2024-06-01"}, category="tlk")))
    assert ask("list", "--schedule", str(file)) == (
        3,
        "",
        (
            f'summit: {file} is not a valid schedule: sessions[0].category: no category has the id "tlk";'
            " sessions[0].slots[0].day: 2024-06-01 is outside the conference, 2024-05-01 to 2024-05-02\n"
        ),
    )


def test_a_schedule_that_was_refused_leaves_no_catalog_behind(ask: Asked, tmp_path: Path) -> None:
    before = sorted(os.listdir(os.environ["SUMMIT_CACHE"]))
    ask("list", "--schedule", str(write(tmp_path / "s.json", {"format": "summit-schedule/1"})))
    assert sorted(os.listdir(os.environ["SUMMIT_CACHE"])) == before


def test_mistakes_are_said_in_the_readers_language(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert ask("list", "-c", "forun") == (2, "", "summit: 没有类别“forun”。是不是想写 “forum”？\n")


def test_a_day_without_sessions_says_where_there_are_some(ask: Asked, tmp_path: Path) -> None:
    title = "第五届数字中国建设峰会"
    over = f"{title} is over since 2022-07-26; `summit day 1` shows its first day\n"
    assert ask("today") == ask("now") == ask("next") == (1, "", over)
    assert ask("today", "--json") == (1, "[]\n", over)
    begins = f"{title} begins on 2022-07-23, 1 day later; `summit day 1` shows its first day\n"
    assert ask("today", "--at", "2022-07-22") == (1, "", begins)
    file = write(tmp_path / "s.json", document(session("a")))
    assert ask("day", "2", "--schedule", str(file)) == (
        1, "", "no session on 2024-05-02; `summit days` shows where there are some\n",
    )  # fmt: skip


def test_a_filter_by_clock_time_says_that_there_are_none(ask: Asked) -> None:
    said = "no session matches: this schedule publishes days, no clock times\n"
    assert ask("list", "--from", "9:30") == (1, "", said)


def test_the_bundled_schedule_passes_also_as_a_file_of_sorted_keys(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "sorted.json"
    file.write_text(json.dumps(DATA, sort_keys=True, indent=1), "utf-8")
    assert ask("list", "--schedule", str(file)) == ask("list")
