"""What schedules say about sessions and speakers, through the commands."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Asked, Terminal
from tests.published import DATA
from tests.schedules import document, session, write

ISLAND = str(DATA / "island.json")
PEOPLE: list[dict[str, Any]] = [
    {
        "name": "Mo Lin",
        "names": {},
        "biography": "Keeps lighthouses running.\n\nWrites about *fog*.",
        "biographies": {"en": "Keeps lighthouses running.\n\nWrites about *fog*.", "zh": "灯塔维护者。"},
        "links": [
            {"url": "https://mo.example/", "title": None, "kind": None},
            {"url": "https://code.example/mo", "title": "Code", "kind": None},
        ],
    },
    {
        "name": "Ada Berg",
        "names": {},
        "biography": "Sails.\n\nTies knots, *mostly*.",
        "biographies": {},
        "links": [],
    },
]
DETAILS = {
    "level": "beginner",
    "tags": ["Sensors", "Open data"],
    "links": [
        {"url": "https://live.example/pier", "title": "Pier, live", "kind": "stream"},
        {"url": "https://video.example/tide", "title": None, "kind": "recording"},
        {"url": "https://island.example/buoys", "title": "The buoys", "kind": None},
        {"url": "https://island.example/files/tides.pdf", "title": "Tides", "kind": "slides"},
    ],
    "feedback_url": "https://island.example/talk/TIDE01/feedback/",
    "people": PEOPLE,
}

ENGLISH = """\
Tides as a data source
把潮汐当作数据源

  When         Saturday 14 September 10:00–10:45
  Room         Pier
  Level        beginner
  Tags         Sensors, Open data
  Speakers     Mo Lin, Ada Berg
  Stream       Pier, live: https://live.example/pier
  Recording    https://video.example/tide
  Slides       Tides: https://island.example/files/tides.pdf
  Other links  The buoys: https://island.example/buoys
  Feedback     https://island.example/talk/TIDE01/feedback/
  ID           tide01

  What a harbour measures.

  Sensors, gaps and night watches.

About the speakers

  Mo Lin
  https://mo.example/
  Code: https://code.example/mo

  Keeps lighthouses running.

  Writes about *fog*.

  Ada Berg
  Sails.

  Ties knots, *mostly*.
"""
CHINESE = """\
把潮汐当作数据源
Tides as a data source

  时间      9月14日 星期六 10:00–10:45
  会场      Pier
  级别      beginner
  标签      Sensors、Open data
  嘉宾      Mo Lin、Ada Berg
  直播      Pier, live：https://live.example/pier
  录像      https://video.example/tide
  幻灯片    Tides：https://island.example/files/tides.pdf
  其他链接  The buoys：https://island.example/buoys
  反馈      https://island.example/talk/TIDE01/feedback/
  ID        tide01

  港口测量些什么。

  传感器、缺口与守夜。

嘉宾介绍

  Mo Lin
  https://mo.example/
  Code：https://code.example/mo

  灯塔维护者。

  Ada Berg
  Sails.

  Ties knots, *mostly*.
"""


@pytest.fixture
def island(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the sample the current schedule."""
    monkeypatch.setenv("SUMMIT_SCHEDULE", ISLAND)


def lines(screen: str) -> list[str]:
    return [line.rstrip() for line in screen.rstrip().splitlines()]


@pytest.mark.usefixtures("island")
@pytest.mark.parametrize("columns", [60, 80, 160])
def test_show_has_everything_about_a_session_in_english(terminal: Terminal, columns: int) -> None:
    screen = terminal("show", "tide01", columns=columns, env={"LC_ALL": "en_US.UTF-8"})
    assert lines(screen) == lines(ENGLISH)


@pytest.mark.usefixtures("island")
def test_show_has_everything_about_a_session_in_chinese(terminal: Terminal) -> None:
    assert lines(terminal("show", "tide01", columns=60)) == lines(CHINESE)


@pytest.mark.usefixtures("island")
@pytest.mark.parametrize("words", [["show", "tide01"], ["search", "sensors"]], ids=str)
def test_json_ends_with_the_details(ask: Asked, words: list[str]) -> None:
    (row,) = json.loads(ask(*words, "--json").out)
    last = [name for name in DETAILS if name != "tags"]
    assert list(row)[-len(last) :] == last
    assert {name: row[name] for name in DETAILS} == DETAILS
    assert ask(*words, "-f", "jsonl").out == f"{json.dumps(row, ensure_ascii=False)}\n"


@pytest.mark.usefixtures("island")
def test_details_can_be_chosen_as_fields_and_in_templates(ask: Asked) -> None:
    links = json.dumps(DETAILS["links"], ensure_ascii=False)
    assert ask("show", "tide01", "--fields", "level,tags,links").out == (
        f"beginner\tSensors,Open data\t{links}\n"
    )
    assert ask("search", "sensors", "--template", "{id} {feedback_url}").out == (
        f"tide01 {DETAILS['feedback_url']}\n"
    )


@pytest.mark.usefixtures("island")
def test_speakers_have_biographies_and_links_in_json_only(ask: Asked) -> None:
    rows = json.loads(ask("speakers", "--json").out)
    assert rows == [
        {"name": person["name"], "sessions": 2, **{key: person[key] for key in list(person)[1:]}}
        for person in reversed(PEOPLE)
    ]
    assert ask("speakers").out == "Ada Berg\t2\nMo Lin\t2\n"
    assert json.loads(ask("speakers", "-r", "pier", "--json").out) == rows


@pytest.mark.usefixtures("island")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["sensors"], "tide01"),
        (["open data"], "tide01"),
        (["crafts"], "rope02"),
        (["--full", "灯塔"], "both"),
    ],
    ids=str,
)  # fmt: skip
def test_search_finds_tags_and_biographies(ask: Asked, words: list[str], found: str) -> None:
    ids = ask("search", *words, "-f", "ids").out.split()
    assert ids == (["tide01", "rope02"] if found == "both" else [found])


def test_changes_have_whole_sessions(ask: Asked, tmp_path: Path) -> None:
    content: dict[str, Any] = json.loads(Path(ISLAND).read_bytes())
    (events,) = content["schedule"]["conference"]["days"][0]["rooms"].values()
    events[0]["title"]["en"] = "Tides"
    later = tmp_path / "later.json"
    later.write_text(json.dumps(content), "utf-8")
    (change,) = json.loads(ask("diff", ISLAND, str(later), "--json").out)
    assert {name: change["before"][name] for name in DETAILS} == DETAILS
    assert {name: change["after"][name] for name in DETAILS} == DETAILS


@pytest.mark.parametrize("name", ["json", "frab-json"])
def test_what_was_converted_is_shown_alike(ask: Asked, tmp_path: Path, name: str) -> None:
    shown = json.loads(ask("show", "tide01", "rope02", "--json", "--schedule", ISLAND).out)
    converted = str(tmp_path / "converted.json")
    ask("convert", ISLAND, "-f", name, "-o", converted)
    again = json.loads(ask("show", "tide01", "rope02", "--json", "--schedule", converted).out)
    mine = {"guid", "url"} if name == "frab-json" else set()
    assert [{key: row[key] for key in row if key not in mine} for row in again] == [
        {key: row[key] for key in row if key not in mine} for row in shown
    ]


def test_the_sample_goes_through_the_commands(ask: Asked, tmp_path: Path) -> None:
    assert ask("use", ISLAND).status == 0
    assert ask("list", "-f", "ids").out == "tide01\nrope02\n"
    assert ask("grid", "1").status == 0
    assert ask("agenda", "add", "tide01").status == 0
    assert ask("agenda", "-f", "ids").out == "tide01\n"
    for name in ("ics", "csv", "frab-xml"):
        path = str(tmp_path / f"converted.{name.removeprefix('frab-')}")
        assert ask("convert", ISLAND, "-f", name, "-o", path).status == 0
        if name != "csv":
            rows = json.loads(ask("list", "--json", "--schedule", path).out)
            kept = ("title", "start", "end", "room", "speakers")
            assert [tuple(row[key] for key in kept) for row in rows] == [
                ("Tides as a data source", "2030-09-14T10:00:00+08:00", "2030-09-14T10:45:00+08:00", "Pier",
                 ["Mo Lin", "Ada Berg"]),
                ("Ropes and knots", "2030-09-14T11:00:00+08:00", "2030-09-14T12:30:00+08:00", "Pier",
                 ["Ada Berg", "Mo Lin"]),
            ]  # fmt: skip


TECHNOLOGY = str(Path(__file__).parents[2] / "search" / "technology.json")


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        (
            "forum sunday",
            "en",
            'Sunday 15 June · "forum"',
        ),
        (
            "周日 上午 论坛",
            "zh",
            "6月15日 星期日 00:00–12:00 · “论坛”",
        ),
        (
            "security 9:30",
            "en",
            '09:30 · "security"',
        ),
    ],
)
def test_a_day_or_time_in_a_search_is_said_to_be_understood(
    terminal: Terminal, text: str, language: str, sentence: str
) -> None:
    screen = terminal(
        "search", text, columns=120, env={"SUMMIT_SCHEDULE": TECHNOLOGY, "SUMMIT_LANG": language}
    )
    assert "network-forum" in screen
    assert sentence in lines(screen)


def test_a_day_in_a_search_is_one_more_filter(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", TECHNOLOGY)
    forums = ("search", "forum saturday", "-f", "ids")
    assert ask(*forums) == (0, "open-source\npanel\n", "")
    assert ask(*forums, "--from", "18:00") == (0, "panel\n", "")
    assert ask(*forums, "--to", "18:00") == (0, "open-source\n", "")
    assert ask(*forums, "-d", "sunday", "-d", "saturday") == (0, "open-source\npanel\n", "")
    nothing = (1, "", 'no sessions match "forum saturday"\n')
    assert ask(*forums, "-d", "sunday") == nothing
    (row,) = json.loads(ask("search", "forum sunday", "--json").out)
    assert (row["id"], row["day"], row["start"]) == (
        "network-forum",
        "2025-06-15",
        "2025-06-15T09:30:00+08:00",
    )


def test_times_in_a_search_count_for_nothing_if_none_are_published(terminal: Terminal, ask: Asked) -> None:
    assert ask("search", "闽江 7月23日 晚上", "-f", "ids").out == "minjiang-night-talks\n"
    sentence = "7月23日 星期六；未公布具体时间 · “闽江”"
    assert sentence in lines(terminal("search", "闽江 7月23日 晚上", columns=120))


def test_a_time_alone_finds_all_sessions_that_begin_then(
    ask: Asked, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_SCHEDULE", TECHNOLOGY)
    rows = json.loads(ask("list", "--json").out)
    rows.sort(key=lambda row: row["start"])

    def ids(day: str, start: str, end: str) -> str:
        held = (row for row in rows if day in row["start"] and start <= row["start"][11:16] < end)
        return "".join(f"{row['id']}\n" for row in held)

    assert ask("search", "周六 上午", "-f", "ids") == (0, ids("2025-06-14T", "00:00", "12:00"), "")
    assert ask("search", "9:30", "-f", "ids") == (0, ids("T", "09:30", "09:31"), "")
    assert ask("search", "周日", "-f", "ids").status == 1
    assert ask("search", "周日 3:00", "-f", "ids").status == 1
    environment = {"SUMMIT_SCHEDULE": TECHNOLOGY, "SUMMIT_LANG": "zh"}
    screen = lines(terminal("search", "周六 上午", "-n", "1", columns=120, env=environment))
    assert screen[0].endswith(ids("2025-06-14T", "00:00", "12:00").split()[0])
    assert "6月14日 星期六 00:00–12:00" in screen


def test_a_day_alone_leads_to_its_list(ask: Asked) -> None:
    sentence = 'no sessions match "周日"; list the day with `summit day 2022-07-24`\n'
    assert ask("search", "周日") == (1, "", sentence)
    assert ask("search", "明天") == (1, "", 'no sessions match "明天"\n')


def test_a_chinese_search_says_if_nothing_is_in_chinese(ask: Asked, tmp_path: Path) -> None:
    for language, reason in (
        ("en", "this schedule has no Chinese text, only: en"), ("und", "this schedule has no Chinese text"),
    ):  # fmt: skip
        made = document(session("tea"), language=language) | {"categories": []}
        ask("use", str(write(tmp_path / "tea.json", made)))
        assert ask("search", "品茶") == (1, "", f'no sessions match "品茶"; {reason}\n')
        assert ask("search", "coffee") == (1, "", 'no sessions match "coffee"\n')


def test_similar_titles_are_said_to_be_similar_and_left_out_unless_near(terminal: Terminal) -> None:
    assert lines(terminal("search", "robotics", columns=100, status=1, env={"SUMMIT_LANG": "en"})) == [
        'no sessions match "robotics"',
        "Similar titles:",
        "  Digital China Innovation Contest: Youth AI Robot Track Final  contest-youth-robots",
    ]
    assert lines(terminal("search", "火锅底料", status=1)) == ["没有与“火锅底料”匹配的场次"]
