"""Completion of the values of options and arguments."""

import json
import os
from pathlib import Path

import pytest

from summitcli.cli.grammar.commands import COMMANDS
from summitcli.cli.grammar.completion import offers_for
from summitcli.cli.grammar.values import COMPLETERS, FILES, OF_THE_SCHEDULE
from summitcli.i18n import using_language
from tests.conftest import Asked
from tests.directory.samples import directory
from tests.schedules import DATA, document, session, timed, write

IDS = sorted(item["id"] for item in DATA["sessions"])
CATEGORIES = [category["id"] for category in DATA["categories"]]


def values(*words: str) -> list[str]:
    return [offer.value for offer in offers_for(words).offers]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["show", ""], IDS),
        (["show", "contest-v"], ["contest-vehicle-security"]),
        (["show", "main-forum", "main"], []),
        (["show", "szjj"], ["digital-economy-forum", "project-signing-ceremony"]),
        (["show", "区块链"], ["contest-blockchain"]),
        (["show", "block"], ["contest-blockchain"]),
        (["agenda", "add", "rmb"], ["digital-rmb-forum"]),
        (["show", "xyzzy"], []),
        (["list", "-c", ""], CATEGORIES),
        (["list", "-c", "ex"], ["exhibition", "exchange"]),
        (["list", "-c", "exhibition", "-c", "ex"], ["exchange"]),
        (["list", "-c", "分"], ["forum"]),
        (["list", "-x", "INNOV"], ["contest"]),
        (["day", "2022-07-24"], ["2022-07-24"]),
        (["day", "3"], ["3"]),
        (["list", "-f", "js"], ["json", "jsonl"]),
        (["about", "-f", ""], ["table", "tsv", "json"]),
        (["export", "-f", ""], ["tsv", "csv", "json", "jsonl", "ids", "md", "ics", "html"]),
        (["convert", "bundled", "-f", "frab"], ["frab-json", "frab-xml"]),
        (["list", "-r", ""], []),
        (["list", "--color", "n"], ["never"]),
        (["list", "--lang", ""], ["en", "zh", "auto"]),
        (["list", "--fields", "ti"], ["title", "titles"]),
        (["list", "--fields", "he"], ["help"]),
        (["list", "--fields", "title,id,ti"], ["title,id,titles"]),
        (["list", "--fields", "title,he"], []),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["help", "agenda", "ex"], ["export"]),
        (["help", "to"], ["today", "tomorrow"]),
        (["list", "--at", "2022-07-26"], ["2022-07-26"]),
        (["list", "--assume-timezone", ""], []),
        (["--schedule", "-", "show", ""], []),
        (["--schedule", "/dev/tty", "show", ""], []),
    ],
)  # fmt: skip
def test_values_are_offered(words: list[str], expected: list[str]) -> None:
    assert values(*words) == expected


@pytest.mark.usefixtures("warm")
def test_values_are_offered_with_explanations() -> None:
    assert offers_for(["show", "digital-e"]).offers == (
        ("digital-economy-forum", "数字经济分论坛"),
        ("digital-environment-forum", "数字环保分论坛"),
    )
    assert offers_for(["show", "--lang", "en", "digital-econ"]).offers == (
        ("digital-economy-forum", "Digital Economy Forum"),
    )
    assert offers_for(["day", ""]).offers[3:5] == (("2022-07-26", "Tuesday"), ("1", "2022-07-23"))
    with using_language("zh"):
        (gaps,) = offers_for(["agenda", "ga"]).offers
        assert gaps == ("gaps", "列出我的日程中的空档和可以安排进去的场次。")


def test_rooms_and_speakers_are_offered_by_beginning_or_part(warm: None, tmp_path: Path) -> None:
    held = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room="Hall 2")
    made = document(
        session("a", held, speakers=["Ada Lovelace", "Grace Hopper"]),
        session("b", {**held, "room": "Großer Saal"}, speakers=["李雷"], language="en"),
        session("c", {**held, "room": "Saal 2"}, speakers=["bad\x1bname"]),
    )
    file = str(write(tmp_path / "s.json", made))
    assert values("list", "--schedule", file, "-r", "") == ["Großer Saal", "Hall 2", "Saal 2"]
    assert values("list", "--schedule", file, "-r", "saal") == ["Saal 2"]
    assert values("list", "--schedule", file, "-r", "2") == ["Hall 2", "Saal 2"]
    assert values("list", f"--schedule={file}", "-s", "ho") == ["Grace Hopper"]
    # Values with control characters are not offered.
    assert values("--schedule", file, "list", "-s", "") == ["Ada Lovelace", "Grace Hopper", "李雷"]
    assert values("list", "--schedule", file, "--language", "") == ["en"]


def test_sessions_in_the_agenda_are_offered_for_removal(ask: Asked) -> None:
    ask("agenda", "add", "big-data", "main-forum")
    ask("agenda", "add", "opening", "--name", "mine")
    assert values("agenda", "remove", "") == ["big-data-forum", "main-forum"]
    assert values("agenda", "remove", "主论坛") == ["main-forum"]
    assert values("agenda", "remove", "main-forum", "") == ["big-data-forum"]
    assert values("agenda", "remove", "--name", "mine", "") == ["opening-ceremony"]
    assert values("agenda", "--name", "m") == ["mine"]
    assert offers_for(["agenda", "compare", "m"]) == ((("mine", ""),), True, False)


def test_a_schedule_that_can_not_be_read_is_offered_as_it_can_be_removed(ask: Asked, tmp_path: Path) -> None:
    for name in ("good", "bad"):
        ask(
            "use",
            str(write(tmp_path / f"{name}.json", document(id=name, title=name.title()))),
            "--name",
            name,
        )
    (Path(os.environ["SUMMIT_DATA"]) / "schedules" / "bad" / "source.json").write_bytes(b"{")
    assert offers_for(["schedules", "remove", ""]).offers == (("bad", ""), ("good", "Good"))
    assert values("list", "--schedule", "go") == ["good"]


def test_the_first_and_the_last_of_many_sessions_are_offered(warm: None, tmp_path: Path) -> None:
    file = str(write(tmp_path / "s.json", document(*(session(f"s-{n:03}") for n in range(120)))))
    shown = values("show", "--schedule", file, "s-")
    # With the first ones alone, a shell would insert their common beginning.
    assert shown == [*(f"s-{n:03}" for n in range(49)), "s-119"]
    assert values("show", "--schedule", file, "s-11") == [f"s-{n:03}" for n in range(110, 120)]


COUNTED = [
    words
    for words, command in COMMANDS.items()
    if "Output" in command.bundles().values() and words not in ("update", "diff", "validate")
]


@pytest.mark.parametrize("words", [*COUNTED, "diff", "validate"])
def test_the_fields_offered_are_those_that_the_command_has(ask: Asked, tmp_path: Path, words: str) -> None:
    files = [str(write(tmp_path / name, document(session(name[0])))) for name in ("a.json", "b.json")]
    arguments = {
        "diff": files,
        "validate": files[:1],
        "day": ["1"],
        "search": ["数字"],
        "show": ["opening"],
        "agenda compare": ["default"],
    }
    ask("agenda", "add", "opening")
    answer = ask(*words.split(), *arguments.get(words, ()), "--fields", "help")
    assert [*answer.out.split(), "help"] == values(*words.split(), "--fields", "")


def test_the_fields_of_an_update_are_those_of_its_changes() -> None:
    assert values("update", "--fields", "") == values("diff", "--fields", "")


def test_every_declared_kind_has_a_completer() -> None:
    kinds = {one.completes for command in COMMANDS.values() for one in command.parameters()}
    assert kinds - {""} <= {*COMPLETERS, *OF_THE_SCHEDULE, *FILES}
    assert {*COMPLETERS, *OF_THE_SCHEDULE} - kinds == {"lang", "color", "zone"}


def test_ids_are_offered_without_reading_the_sessions(warm: None, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text(json.dumps(document(*(session(f"s-{n}") for n in range(60)))), "utf-8")
    from summitcli.cli.grammar.values import MAX_OFFERS, PartialValue
    from summitcli.cli.options import Common

    asked = PartialValue("s-", Common(schedule=str(file)))
    connection = asked.call.catalog._connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    assert len(asked.call.catalog.beginning("session", "s-", MAX_OFFERS)) == MAX_OFFERS
    asked.call.catalog.beginning("room", "s", MAX_OFFERS)
    connection.set_trace_callback(None)
    plans = [row[3] for one in statements for row in connection.execute(f"EXPLAIN QUERY PLAN {one}")]
    assert plans == [
        *["SEARCH session USING INDEX session_by_id (id>? AND id<?)"] * 2,
        "SEARCH room USING INDEX room_by_folded (folded>? AND folded<?)",
    ]
    asked.close()


def test_a_name_with_invisible_characters_is_offered_without_them(ask: Asked, tmp_path: Path) -> None:
    held = timed("2024-05-01", "2024-05-01T10:00+02:00", "2024-05-01T11:00+02:00", room="Ha\u200bll\u2060 2")
    made = document(
        session("a", held, title="Key\u200bnote", speakers=["A\u00adda \U000e0041Lovelace", "\u3164"]),
        session("b", {**held, "room": "Hall 2"}, speakers=["رضا می‌خواهد"]),
    )
    file = str(write(tmp_path / "s.json", made))
    assert values("list", "--schedule", file, "-r", "") == ["Hall 2"]
    assert values("list", "--schedule", file, "-s", "") == ["Ada Lovelace", "رضا می‌خواهد"]
    assert offers_for(["show", "--schedule", file, "a"]).offers == (("a", "Keynote"),)
    both = "2024-05-01\t10:00\ta\t\tKeynote\n2024-05-01\t10:00\tb\t\tB\n"
    for words, rows in (
        (["-r", "Hall 2"], both),
        (["-s", "Ada Lovelace"], both.splitlines(True)[0]),
        (["-s", "رضا می‌خواهد"], both.splitlines(True)[1]),
        (["-s", "رضا میخواهد"], both.splitlines(True)[1]),
    ):
        assert ask("list", "--schedule", file, *words).out == rows
    assert ask("search", "--schedule", file, "keynote", "-f", "ids").out == "a\n"
    assert ask("show", "--schedule", file, "keynote", "-f", "ids").out == "a\n"


@pytest.mark.usefixtures("warm")
def test_conferences_in_directories_are_offered_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "d.json").write_text(directory("https://a.example/", "fosdem-2030", title="FOSDEM 2030"))
    # Nothing is downloaded during completion.
    monkeypatch.setenv("SUMMIT_DIRECTORY", f"{tmp_path / 'd.json'}:http://127.0.0.1:9/d.json")
    assert values("use", "fosdem-2") == values("find", "FOSDEM-2") == [
        "fosdem-2030", "fosdem-2026", "fosdem-2025", "fosdem-2024", "fosdem-2023", "fosdem-2022",
    ]  # fmt: skip
    assert offers_for(["list", "--schedule", "fosdem-2030"]).offers == (("fosdem-2030", "FOSDEM 2030"),)
    assert values("use", "") == ["bundled"]
    assert len(values("find", "")) == 50
