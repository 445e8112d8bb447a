"""Bad input: one line on standard error with suggestions, the documented exit code, and no output."""

import json
import os
from pathlib import Path

import pytest

from summitcli.cli.grammar.commands import subcommands
from summitcli.text.printable import printable
from tests.conftest import Asked, Run
from tests.schedules import DATA, document, session, write

DAYS = "2022-07-23 to 2022-07-26"
NOT_A_DAY = 'use a number from 1 to 4, a date such as 2022-07-23, a weekday or "today"'

KNOWN = 20
"""The number of commands that the error for an unknown command lists."""

MISTAKES = {
    "list -c forun": 'no category "forun". Did you mean "forum"?',
    "list -x Forumm": 'no category "Forumm". Did you mean "forum"?',
    "list -c ex": 'no category "ex". Did you mean "exhibition" or "exchange" or "product-expo"?',
    "list -r Hall": "this schedule has no rooms",
    "list -s Ada": "this schedule has no speakers",
    "list --language en": "this schedule has no languages",
    "list -c forum -x 分论坛": 'category "forum" is both chosen with -c and left out with -x',
    "day 9": "no day 9; the conference has days 1 to 4",
    "day 0": "no day 0; the conference has days 1 to 4",
    "day 2022-08-01": f"2022-08-01 is not a day of the conference, {DAYS}",
    "day 2022-02-30": f'no day "2022-02-30"; {NOT_A_DAY}',
    "day friday": f'no "friday" during the conference ({DAYS})',
    "day xyz": f'no day "xyz"; {NOT_A_DAY}',
    "list -d s": f'no day "s"; {NOT_A_DAY}',
    "day 1 -d 2": "--day 2022-07-24 is not the day of the command, 2022-07-23; give only one of them",
    "list --from 9:99": '"9:99" is not a time; use HH:MM, such as 9:30',
    "list --to 25:00": '"25:00" is not a time; use HH:MM, such as 9:30',
    "list --from 9:00 --to 9:00": "--from and --to are the same time",
    "show main-forun": 'no session "main-forun". Did you mean "main-forum" (主论坛)?',
    "show data-l zzzz": 'no session "zzzz"; find its ID with `summit search`',
    "show contest-v contest": (
        '"contest" matches several sessions; be more specific\n'
        "  数字中国创新大赛·数字城市设计赛道总决赛  23 July  contest-city-design\n"
        "  数字中国创新大赛·数字医疗赛道总决赛  23 July  contest-healthcare\n"
        "  数字中国创新大赛·网络安全赛道（车联网安全赛）总决赛  23–24 July  contest-vehicle-security\n"
        "  数字中国创新大赛·青少年AI机器人赛道总决赛  23–24 July  contest-youth-robots\n"
        "  数字中国创新大赛·区块链赛道总决赛  24 July  contest-blockchain\n"
        "  …"
    ),
    "show 1": (
        'no session "1". Did you mean "green-belt-road-forum" (数字环保二（绿色数字“一带一路”分论坛）)?'
    ),
    "show Big Data Forum": 'a title of several words needs quotes: "Big Data Forum"',
    "show blokchain": (
        'no session "blokchain". Did you mean "contest-blockchain" (数字中国创新大赛·区块链赛道总决赛)?'
    ),
    "search 数字 -n 0": "-n must be between 1 and 1000000",
    "forum": 'no command "forum". Did you mean "summit list -c forum"?',
    "分论坛": 'no command "分论坛". Did you mean "summit list -c forum"?',
    "7/23": 'no command "7/23". Did you mean "summit day 7/23"?',
    "saturday": 'no command "saturday". Did you mean "summit day saturday"?',
    "big-data": 'no command "big-data". Did you mean "summit show big-data"?',
    "福建": 'no command "福建". Did you mean "summit search 福建"?',
    "lookup 数字": 'no command "lookup". Did you mean "summit search 数字"?',
    "https://conf.example/s.json": (
        'no command "https://conf.example/s.json". Did you mean "summit use https://conf.example/s.json"?'
    ),
    "big-data --schedule https://conf.example/s.json": (
        f'no command "big-data". Available: {", ".join(subcommands("")[:KNOWN])}, …'
    ),
    "agenda big-data": 'no command "big-data". Did you mean "summit agenda add big-data"?',
    "agenda list": 'no command "list". Did you mean "summit agenda"?',
    "agenda rm big-data": 'no command "rm". Did you mean "summit agenda remove big-data"?',
    "help day 1": 'no command "1"; see `summit day --help`',
    "list 1": 'unexpected argument: "1". Did you mean "-d 1"?',
    "today 1": 'unexpected argument: "1". Did you mean "summit day 1"?',
    "day 23 July": """unexpected argument: "July". Did you mean "summit day '23 July'"?""",
    "list 数字": 'unexpected argument: "数字". Did you mean "summit search 数字"?',
    "next 5": 'unexpected argument: "5". Did you mean "-n 5"?',
    "agenda export mine.ics": 'unexpected argument: "mine.ics". Did you mean "-o mine.ics"?',
    "list —json": 'unexpected argument: "—json". Did you mean "--json"?',
    "list －c forum": 'unexpected argument: "－c", "forum". Did you mean "-c"?',
    "list -C forum": 'no option -C. Did you mean "-c"?',
    "-c forum": 'no option -c. Did you mean "summit list -c"?',
    "day 1 -o plan.ics": 'no option -o. Did you mean "summit export -o"?',
    "agenda export --csv": 'no option --csv. Did you mean "-f csv"?',
    "list --assume-timzone UTC": 'no option --assume-timzone. Did you mean "--assume-timezone"?',
    "list --no-color": 'no option --no-color. Did you mean "--color never"?',
    "-v": 'no option -v. Did you mean "-V"?',
    "list --cat forum": 'no option --cat. Did you mean "--category" or "--at" or "--to"?',
    "list -c forum,contest": '"forum,contest" holds several values; repeat the option for each',
    "list --lang zh_CN": 'no language "zh_CN". Did you mean "zh"?',
    "list --template {id": "unmatched brace in the template; use {{ or }} for a literal brace",
    "day 23": 'no day 23; the conference has days 1 to 4. Did you mean "2022-07-23"?',
    "day saturdy": f'no day "saturdy"; {NOT_A_DAY}. Did you mean "saturday"?',
    "now --at 10:00": '"10:00" is a time without a day; give both, such as 1T10:00 for day 1',
    "export -o plan.docx": (
        'unknown file extension ".docx"; choose a format with --format.'
        " Available: tsv, csv, json, jsonl, ids, md, ics, html"
    ),
    "agenda compare frends": 'no agenda or file "frends"',
    "categoris": 'no command "categoris". Did you mean "categories"?',
    "agenda ad": 'no command "ad". Did you mean "add"?',
    "list --frmat csv": 'no option --frmat. Did you mean "--format" or "--from" or "--at"?',
    "list -c xyzzy": (
        'no category "xyzzy". Available: opening, main-forum, policy-release, forum, exhibition, '
        "product-expo, contest, cloud-conference, exchange, signing"
    ),
    "day": "missing argument: WHEN; see `summit day --help`",
    "list -f jsn": 'no format "jsn". Did you mean "json" or "jsonl"?',
    "about -f cvs": 'no format "cvs". Available: table, tsv, json',
    "list --fields titel": 'no field "titel". Did you mean "title" or "titles"?',
    "list --template {titel}": 'no field "titel". Did you mean "title" or "titles"?',
    "list --template {title:>9}": 'use plain "{title}" in the template, without ":…" or "!…"',
    "list --json -f csv": "--json can't be used with --format csv",
    "list --template {id} --json": "--template can't be used with --format or --fields",
    "list --fields id -f ids": "--fields can only be used with tsv, csv, json, jsonl, md",
    "days -f ids": "this list has no IDs; choose another format than ids",
    "list --lang fr": 'no language "fr". Available: en, zh, auto',
    "list --color alway": 'no colour mode "alway". Did you mean "always"?',
    "today --at noon": f'no day "noon"; {NOT_A_DAY}',
    "today --at 2022-07-23T25:00": '"25:00" is not a time; use HH:MM, such as 9:30',
    "next -n 0": "-n must be between 1 and 1000000",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_an_error_is_one_line_with_advice(ask: Asked, line: str) -> None:
    assert ask(*line.split()) == (2, "", f"summit: {MISTAKES[line]}\n")


@pytest.mark.parametrize(
    "command",
    ["today", "day 1", "now", "next", "list", "search x", "days", "categories", "rooms", "about", ""],
)
def test_an_invalid_at_is_an_error_of_every_command(ask: Asked, command: str) -> None:
    assert ask(*command.split(), "--at", "zzz") == (2, "", f'summit: no day "zzz"; {NOT_A_DAY}\n')


@pytest.mark.parametrize(
    "words",
    [
        ["list", "extra"], ["day"], ["show"], ["search"], ["next", "-n",
        "x"],
        ["list", "--day"], ["--xyzzy"], ["day", "1", "2"], ["list", "--json=yes"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_usage_error_refers_to_the_help(ask: Asked, words: list[str]) -> None:
    status, out, err = ask(*words)
    assert (status, out, err.count("\n"), err[:8]) == (2, "", 1, "summit: ")
    assert "--help" in err


@pytest.mark.parametrize(
    "words", [[], ["list"], ["agenda"], ["help"], ["use", "a"], ["agenda", "import"], ["agenda", "compare"]]
)
def test_the_password_of_a_misplaced_url_is_not_shown(ask: Asked, words: list[str]) -> None:
    status, out, err = ask(*words, "https://ada:secret@conf.example/s.json")
    assert (status in (2, 4), out, "https://ada:***@conf.example/s.json" in err) == (True, "", True)
    assert "secret" not in err


@pytest.mark.parametrize(
    "word", ["\udcff", "\U0010ffff", "\ud7ff", "\uffff", "\x00", "", " ", "%", "'", "\x1b[31m"]
)
@pytest.mark.parametrize(
    "words",
    ["show", "day", "list -c", "list -r", "list -s", "list -d", "list --language", "list --from", "list -f",
     "list --fields", "list --at", "list --lang", "search", "today --at", "", "agenda", "schedules", "help",
     "list", "today", "day 1", "next", "export"],
)  # fmt: skip
def test_no_word_causes_an_internal_error(ask: Asked, words: str, word: str) -> None:
    status, _out, err = ask(*words.split(), word)
    assert status in (0, 1, 2)
    assert err.count("\n") <= 1
    assert printable(err.rstrip("\n")) == err.rstrip("\n")


def test_a_suggested_command_line_repeats_the_schedule(ask: Asked, tmp_path: Path) -> None:
    plan = write(tmp_path / "plan.json", document(session("keynote")))
    of_it = f"--schedule {plan}"
    for words, meant in (
        (["5-1"], f"summit day 5-1 {of_it}"),
        (["keynote"], f"summit show keynote {of_it}"),
        (["today", "5-1"], f"summit day 5-1 {of_it}"),
        (["list", "5-1"], "-d 5-1"),
    ):
        status, out, err = ask(*words, "--schedule", str(plan))
        assert (status, out, err.rpartition("Did you mean ")[2]) == (2, "", f'"{meant}"?\n')


def test_an_error_neither_waits_for_input_nor_downloads(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    for schedule in ("-", "https://conf.example/s.json", "/none.json"):
        monkeypatch.setenv("SUMMIT_SCHEDULE", schedule)
        status, out, err = ask("big-data")
        assert (status, out, err.startswith('summit: no command "big-data". Available: today, ')) == (
            2,
            "",
            True,
        )


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000], ids=["20 digits", "5000 digits"])
def test_a_number_of_any_size_causes_no_internal_error(ask: Asked, number: str) -> None:
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
def test_the_first_and_last_dates_cause_no_internal_error(ask: Asked, words: list[str]) -> None:
    status, out, err = ask(*words)
    assert (status in (0, 1, 2), out if status else "", err.count("\n") <= 1) == (True, "", True)


@pytest.mark.parametrize(
    "words", [["list", "--template", ""], ["list", "--fields", ""], ["list", "--fields", "id,"]]
)
def test_an_empty_field_or_template_is_an_error(ask: Asked, words: list[str]) -> None:
    status, out, _err = ask(*words)
    assert (status, out) == (2, "")


REFUSED: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 3, "is not a schedule: it is empty"),
    "blank": (b" \n\t", 3, "is not a schedule: it contains only white space"),
    "html": (b"<!DOCTYPE html><title>404</title>", 3, "is not a schedule: it looks like an HTML page"),
    "text": (b"Session 1: opening", 3, "is not a schedule: it looks like plain text"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", 3, "is not a schedule: it is a PNG file"),
    "other-json": (b'{"schedule": {}}', 3,
                   'is not a schedule: unknown kind of JSON, with the keys "schedule"'),
    "cut-short": (b'{"format": "summit-schedule/1",\n "revised"', 3,
                  "is not a valid schedule: it is not valid JSON at line 2, column 11"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_not_a_schedule_is_rejected(ask: Asked, tmp_path: Path, kind: str) -> None:
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
        f"summit: can't read {tmp_path}: it is a directory\n",
    )


def test_a_huge_file_is_rejected_before_it_is_read(ask: Asked, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(2**38)
    assert ask("list", "--schedule", str(huge)) == (
        3, "", f"summit: {huge} is too large for a schedule: more than 256 MB\n",
    )  # fmt: skip


def test_an_endless_stream_is_rejected(run: Run) -> None:
    said = "summit: /dev/zero is too large for a schedule: more than 256 MB\n"
    assert run("list", "--schedule", "/dev/zero", status=3, err=said) == ""


def test_an_invalid_schedule_is_reported_with_the_path_of_each_problem(ask: Asked, tmp_path: Path) -> None:
    file = write(tmp_path / "s.json", document(session("a", {"day": "2024-06-01"}, category="tlk")))
    assert ask("list", "--schedule", str(file)) == (
        3,
        "",
        (
            f'summit: {file} is not a valid schedule: sessions[0].category: no category has the ID "tlk";'
            ' did you mean "talk"?;'
            " sessions[0].slots[0].day: 2024-06-01 is outside the conference, 2024-05-01 to 2024-05-02\n"
        ),
    )


def test_a_rejected_schedule_leaves_no_catalog_behind(ask: Asked, tmp_path: Path) -> None:
    before = sorted(os.listdir(os.environ["SUMMIT_CACHE"]))
    ask("list", "--schedule", str(write(tmp_path / "s.json", {"format": "summit-schedule/1"})))
    assert sorted(os.listdir(os.environ["SUMMIT_CACHE"])) == before


def test_errors_are_in_the_language_of_the_user(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert ask("list", "-c", "forun") == (2, "", "summit: 没有名为“forun”的类别。是不是要输入“forum”？\n")


def test_a_url_without_a_scheme_is_distinguished_from_a_file(ask: Asked) -> None:
    said = "no such file; a URL starts with https://"
    for name in ("conf.example/schedule.json", "www.conf.example"):
        assert ask("use", name) == (4, "", f"summit: can't read {name}: {said}\n")
    assert ask("use", "plans/next.json").err.endswith(": No such file or directory\n")


@pytest.mark.parametrize("command", ["agenda", "agenda conflicts", "agenda gaps", "agenda export"])
def test_a_missing_agenda_is_distinguished_from_an_empty_one(ask: Asked, command: str) -> None:
    nothing = "your agenda is empty; add a session with `summit agenda add ID`\n"
    assert ask(*command.split(), "--name", "frends").err == nothing
    ask("agenda", "add", "main-forum", "--name", "friends")
    assert ask(*command.split()).err == nothing
    assert ask(*command.split(), "--name", "frends").err == 'no agenda "frends". Did you mean "friends"?\n'


@pytest.mark.parametrize("name", ["plan.ical", "plan.IFB", "plan", "plan.ics"])
def test_a_calendar_has_several_endings(ask: Asked, tmp_path: Path, name: str) -> None:
    assert ask("export", "-c", "opening", "-o", str(tmp_path / name)).status == 0
    assert (tmp_path / name).read_text().startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    "text", ["Big-Data", "BIG-DATA-FORUM", "ｂｉｇ-ｄａｔａ", "big-data,", "大数据分论坛、"]
)
def test_an_id_and_its_beginning_are_accepted_in_any_case_and_width(ask: Asked, text: str) -> None:
    assert ask("show", text, "-f", "ids") == (0, "big-data-forum\n", "")


def test_a_day_without_sessions_refers_to_days_with_sessions(ask: Asked, tmp_path: Path) -> None:
    title = "第五届数字中国建设峰会"
    over = f"{title} ended on 26 July 2022; see `summit day 1` for its first day\n"
    assert ask("today") == ask("now") == ask("next") == (1, "", over)
    assert ask("today", "--json") == (1, "[]\n", over)
    begins = f"{title} begins on 23 July 2022, in 1 day; see `summit day 1` for its first day\n"
    assert ask("today", "--at", "2022-07-22") == (1, "", begins)
    file = write(tmp_path / "s.json", document(session("a")))
    assert ask("day", "2", "--schedule", str(file)) == (
        1, "", "no sessions on 2 May 2024; see `summit days`\n",
    )  # fmt: skip


def test_a_filter_by_time_reports_a_schedule_without_times(ask: Asked) -> None:
    said = "no matching sessions: this schedule has days but no times\n"
    assert ask("list", "--from", "9:30") == (1, "", said)


def test_the_built_in_schedule_is_valid_with_sorted_keys(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "sorted.json"
    file.write_text(json.dumps(DATA, sort_keys=True, indent=1), "utf-8")
    assert ask("list", "--schedule", str(file)) == ask("list")
