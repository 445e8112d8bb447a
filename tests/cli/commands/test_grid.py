"""`summit grid`: whole grids, their marks, and SVG files."""

import json
import os
import re
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len

from tests.conftest import Asked, Run, Terminal, examples
from tests.render.grid_schedule import DAY, conference, held
from tests.schedules import document, schedules, session, write

DAYS = """\
第五届数字中国建设峰会   2022年7月23日至26日

                                                         周六  周日  周一  周二
                                                         23   ▸24    25    26
开幕式
  开幕式                                                 ━━━━
主论坛
★ 主论坛                                                 ━━━━
分论坛 · 21
  跨越数字鸿沟：全民数字素养与数字乡村分论坛             ━━━━
  数据法治分论坛                                         ━━━━
  大数据分论坛                                           ━━━━
  数字经济分论坛                                         ━━━━
  数字环保分论坛                                         ━━━━
  数字环保二（绿色数字“一带一路”分论坛）                 ━━━━
  新技术分论坛                                           ━━━━
  数字健康分论坛                                         ━━━━
  国有企业数字化转型分论坛                               ━━━━
  智慧能源分论坛                                         ━━━━
  网络安全分论坛                                         ━━━━
  5G应用及6G愿景分论坛                                         ━━━━
  工业互联网分论坛                                             ━━━━
  数字体育分论坛                                               ━━━━
  数字丝路分论坛                                               ━━━━
  电子政务（数字抗疫）分论坛                                   ━━━━
  数字城市分论坛                                               ━━━━
  工业互联网二（物联网分论坛）                                 ━━━━
  数字福建分论坛                                               ━━━━
  数字人民币产业发展分论坛                                     ━━━━
  数字福建二（数字政法分论坛）                                 ━━━━
成果展览会 · 2
  第五届数字中国建设成果展览会                           ━━━━━━━━━━━━━━━━━━━━━━
  第五届数字中国建设峰会·云生态成果展                    ━━━━━━━━━━━━━━━━━━━━━━
数字产品博览会
  第二届中国国际数字产品博览会                           ━━━━━━━━━━━━━━━━━━━━━━
创新大赛 · 8
  数字中国创新大赛·数字城市设计赛道总决赛                ━━━━
  数字中国创新大赛·数字医疗赛道总决赛                    ━━━━
  数字中国创新大赛·网络安全赛道（车联网安全赛）总决赛    ━━━━━━━━━━
  数字中国创新大赛·青少年AI机器人赛道总决赛              ━━━━━━━━━━
  数字中国创新大赛·区块链赛道总决赛                            ━━━━
  数字中国创新大赛·大数据赛道（能源大数据子赛道）总决          ━━━━
  赛
  数字中国创新大赛总决赛高峰论坛                               ━━━━
  数字中国创新大赛颁奖仪式&峰会赞助商颁奖仪式                  ━━━━
云生态大会
  第五届数字中国建设峰会·云生态大会                            ━━━━
交流活动 · 2
★ “有福之州·对话未来”活动                                ━━━━━━━━━━━━━━━━
  “闽江夜话”活动                                         ━━━━
签约仪式
  数字经济重大项目集中签约仪式（福州市）                 ━━━━
                                                         23    21    4     3

38 场 · ★ 已加入我的日程 · ▸ 今天 · 具体日程以现场安排为准
"""

HOURS = """\
Conf   Wednesday 1 May   day 1 of 2

all day
  Exhibition  day 1 of 2

         Hall             Room 2           Room 2           Room 10          room not given
09:00    ┏ ★! Opening and
         ┃ welcome by the
09:30    ┃ whole team                                       ┏ ★! A long
         ┗ Talk                                             ┃ workshop
10:00    ┏ A lightning    ┏ !! Beside it                    ┃ Talk
         ┃ talk           ┃                                 ┃
         ┗ Idle           ┃                                 ┃
10:05    ┏ Another one    ┃                                 ┃
         ┗ Idle           ┃                                 ┃
                          ┃                                 ┃
10:20╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┃╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┃╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
10:30                     ┃                ┏ !! At the same ┃
                          ┃                ┃ time there     ┃
                          ┗                ┗ Talk           ┃
11:00                                                       ┃
                                                            ┃
                                                            ┃
                                                            ┗
12:00
12:30    ╺ The bell

14:00                                                                        ┏ Somewhere
                                                                             ┗
14:30
23:30    ┏ Party
         ┃ Idle
00:00 +1 ┃
         ┃
         ┃
         ┗
01:00 +1

10 sessions · ★ in your agenda · ! conflict in your agenda · !! two sessions in one room ·
Subject to change
"""

HOURS_NARROW = """\
Conf   5月1日 星期三   第1天/共2天

全天
  Exhibition  第1天/共2天

         Hall                     Room 2
09:00    ┏ 开幕式与全体团队欢迎致
         ┃ 辞
         ┃ 演讲
         ┗ Ada、李雷
10:00    ┏ A lightning talk       ┏ !! Beside it
         ┗ Idle                   ┃
10:05    ┏ Another one            ┃
         ┗ Idle                   ┃
                                  ┃
                                  ┃
                                  ┗
11:00
12:30    ╺ The bell

23:30    ┏ Party
         ┃ Idle
00:00 +1 ┃
         ┃
         ┃
         ┗
01:00 +1

         Room 2                   Room 10
09:30                             ┏ 很长的工作坊
                                  ┃ 演讲
10:00                             ┃
                                  ┃
10:30    ┏ !! At the same time    ┃
         ┃ there                  ┃
         ┗ 演讲                   ┃
11:00                             ┃
                                  ┃
                                  ┃
                                  ┗
12:00

         未注明会场
14:00    ┏ Somewhere
         ┗
14:30

10 场 · !! 同一会场有两个场次 · Subject to change
"""

ONE_DAY = """\
5th Digital China Summit   23–26 July 2022

                                                                      Tue
                                                                      26 Jul
Achievements Exhibition · 2
  5th Digital China Achievements Exhibition                           ━━━━━━━━━
  5th Digital China Summit: Cloud Ecosystem Achievements Exhibition   ━━━━━━━━━
Digital Product Expo
  2nd China International Digital Product Expo                        ━━━━━━━━━
                                                                      3

3 sessions · Subject to on-site arrangements
"""


AT_TEN_TWENTY = ("grid", "--at", f"{DAY}T10:20", "--lang", "en")


@pytest.fixture
def timed(tmp_path: Path) -> str:
    """Return a small schedule with times."""
    return str(write(tmp_path / "timed.json", conference()))


def shown(screen: str) -> str:
    """Return a screen without its last line, which must be a hint, and without trailing blanks."""
    *lines, hint = screen.splitlines()
    assert hint.startswith("summit ")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def test_all_days_at_80_columns_in_chinese_with_today_and_the_agenda_marked(
    call: Run, terminal: Terminal
) -> None:
    call("agenda", "add", "main-forum", "future-dialogue", err=None)
    assert shown(terminal("grid", "--at", "2022-07-24")) == DAYS


def test_a_day_of_a_schedule_without_times_in_english(terminal: Terminal) -> None:
    assert shown(terminal("grid", "4", env={"LANG": "en_US.UTF-8"})) == ONE_DAY


def test_one_day_by_time_and_room_with_now_and_a_conflict_marked(
    call: Run, terminal: Terminal, timed: str
) -> None:
    call("agenda", "add", "opening", "workshop", "--schedule", timed, err=None)
    screen = terminal(*AT_TEN_TWENTY, columns=96, env={"SUMMIT_SCHEDULE": timed})
    assert shown(screen) == HOURS


def test_a_narrow_terminal_stacks_the_rooms(terminal: Terminal, timed: str) -> None:
    assert shown(terminal("grid", columns=60, env={"SUMMIT_SCHEDULE": timed})) == HOURS_NARROW


@pytest.mark.parametrize("wish", [["--color", "always"], ["--color", "never"]], ids=str)
def test_colour_changes_no_text(call: Run, terminal: Terminal, timed: str, wish: list[str]) -> None:
    call("agenda", "add", "opening", "workshop", "--schedule", timed, err=None)
    screen = terminal(*AT_TEN_TWENTY, *wish, columns=96, env={"SUMMIT_SCHEDULE": timed})
    assert shown(screen) == HOURS
    assert "\x1b[3" not in terminal("grid", env={"NO_COLOR": "1"}, styled=True)


def test_a_colour_of_the_schedule_is_darkened_until_it_is_visible(terminal: Terminal, timed: str) -> None:
    screen = terminal("grid", "--schedule", timed, styled=True, env={"COLORTERM": "truecolor"})
    assert "\x1b[38;2;153;153;0m┏" in screen
    assert "\x1b[38;2;255;255;0m" not in screen


def test_the_default_day_is_today_or_the_first_with_times(ask: Asked, timed: str) -> None:
    def days(*words: str) -> list[str]:
        return sorted(
            {row["day"] for row in json.loads(ask("grid", "--json", "--schedule", timed, *words).out)}
        )

    assert days("--at", "2023-01-01") == [DAY]
    assert days("--at", "2024-05-02T08:00") == ["2024-05-02"]
    assert days("1", "--at", "2024-05-02T08:00") == [DAY]
    assert days("-d", "1", "-d", "2") == [DAY, "2024-05-02"]


def test_a_pipe_gets_the_rows_of_the_grid(call: Run, timed: str) -> None:
    assert call("grid") == call("list")
    assert call("grid", "2", "--json") == call("day", "2", "--json")
    assert call("grid", "--schedule", timed) == call("day", "1", "--schedule", timed)


def test_filters_apply_to_the_grid(call: Run, timed: str) -> None:
    words = ("--schedule", timed)
    assert call("grid", "-r", "Room 2", "-f", "ids", *words) == "beside\ntwice\n"
    assert call("grid", "-c", "talk", "-s", "Ada", "-f", "ids", *words) == "opening\n"
    call("agenda", "add", "party", *words, err=None)
    picture = call("grid", "--agenda", "-f", "table", *words)
    assert ("★ Party" in picture, "Hall" in picture, "Room 2" in picture) == (True, True, False)


def test_a_conflict_is_marked_even_if_the_other_session_is_not_shown(call: Run, timed: str) -> None:
    call("agenda", "add", "opening", "workshop", "--schedule", timed, err=None)
    picture = call("grid", "-r", "Hall", "-f", "table", "--schedule", timed)
    assert "★! Opening" in picture
    assert "! conflict in your agenda" in picture


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["9"], 2, "summit: no day 9; the conference has days 1 to 2\n"),
        (["-c", "idle", "-s", "Ada"], 1, "no matching sessions\n"),
        (["--svg", "x.svg", "--json"], 2,
         "summit: --svg can't be used with --format, --fields or --template\n"),
        (["--svg", "x.svg", "-c", "idle", "-s", "Ada"], 1, "no matching sessions\n"),
        (["-c", "talk", "--at", "2024-05-02"], 1,
         "no sessions on 2 May 2024; see `summit days`\n"),
    ],
)  # fmt: skip
def test_a_grid_that_can_not_be_drawn_is_reported(
    ask: Asked, timed: str, words: list[str], status: int, said: str
) -> None:
    assert ask("grid", *words, "--schedule", timed) == (status, "", said)


def test_svg_is_written_in_a_pipe_and_the_same_each_time(call: Run, tmp_path: Path, timed: str) -> None:
    words = ("grid", "--svg", "grid.svg", "--lang", "zh", "--at", "2022-07-24")
    pictures = set()
    for seed in ("0", "1"):
        assert call(*words, err="已将日程图写入 grid.svg\n", env={"PYTHONHASHSEED": seed}, cwd=tmp_path) == ""
        pictures.add((tmp_path / "grid.svg").read_text("utf-8"))
    (picture,) = pictures
    root = ElementTree.fromstring(picture)
    letters = "".join(text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "数字中国创新大赛·网络安全赛道（车联网安全赛）总决赛" in letters
    assert re.findall("https?://[^\"' ]*", picture) == ["http://www.w3.org/2000/svg"]


def test_columns_sets_the_width_of_svg(call: Run, tmp_path: Path) -> None:
    widths = []
    for columns in ("", "60", "nonsense", "100000"):
        call("grid", "--svg", "grid.svg", err=None, env={"COLUMNS": columns}, cwd=tmp_path)
        widths.append(float(ElementTree.parse(tmp_path / "grid.svg").getroot().get("width", 0)))
    assert widths == [1040, 536, 1040, 1040]


def test_svg_of_hostile_text_is_well_formed_and_complete(ask: Asked, tmp_path: Path) -> None:
    strange = "<script>\x1b[31m\x00\ufffe&]]>\u202e"
    made = document(
        session("a", held("09:00", "10:00", strange), title=strange, speakers=[strange], category="talk"),
        title=strange,
        notice=strange,
    )
    made["categories"][0]["name"] = strange
    schedule = str(write(tmp_path / "strange.json", made))
    picture = tmp_path / "strange.svg"
    assert ask("grid", "--svg", str(picture), "--schedule", schedule).status == 0
    root = ElementTree.parse(picture).getroot()
    letters = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "<script>\\x1b[31m\\x00\ufffd&]]>\\u202e" in letters


def test_svg_that_can_not_be_written_is_an_error_of_one_line(ask: Asked, tmp_path: Path) -> None:
    answer = ask("grid", "--svg", str(tmp_path / "no" / "such.svg"))
    assert (answer.status, answer.out, answer.err.count("\n")) == (4, "", 1)


def busy() -> dict[str, Any]:
    """Return a schedule with 400 sessions on one day in 92 rooms, some at the same time in one room."""
    sessions = []
    for number in range(400):
        start = 9 * 60 + number // 40 * 60 + number % 4 * 5
        clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in (start, start + 50)]
        room = f"Room {number * 7 % 92 + 1}" if number % 10 else "Hall"
        sessions.append(session(f"s{number}", held(clock[0], clock[1], room), title=f"t{number} of the day"))
    return document(*sessions)


def test_a_day_of_400_sessions_in_92_rooms_is_complete(call: Run, tmp_path: Path) -> None:
    schedule = str(write(tmp_path / "busy.json", busy()))
    call("days", "--schedule", schedule)
    picture = call("grid", "--schedule", schedule, "-f", "table", env={"COLUMNS": "80"})
    assert sorted(re.findall(r"\bt\d+ ", picture)) == sorted(f"t{number} " for number in range(400))
    assert [line for line in picture.splitlines() if cell_len(line) > 80] == []


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 120, 160])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(
    terminal: Terminal, timed: str, columns: int, language: str
) -> None:
    for words in (["grid"], ["grid", "1", "--schedule", timed, "--at", f"{DAY}T10:20"]):
        lines = terminal(*words, "--lang", language, columns=columns).splitlines()
        assert [line for line in lines if cell_len(line) > columns] == []


@settings(
    max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=schedules())
def test_every_session_of_any_schedule_is_in_the_pictures_of_its_days(
    ask: Asked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made: dict[str, Any]
) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    path = str(write(tmp_path / "any.json", made))
    os.utime(path, ns=(time.time_ns(), time.time_ns()))
    for one in json.loads(ask("days", "--json", "--schedule", path).out):
        status, picture, err = ask("grid", one["day"], "-f", "table", "--schedule", path)
        if not one["sessions"]:
            nothing = ask("day", one["day"], "--schedule", path).err
            assert nothing and (status, picture, err) == (1, "", nothing)
            continue
        assert (status, err) == (0, "")
        listed = json.loads(ask("day", one["day"], "--json", "--schedule", path).out)
        for row in listed:
            assert row["title"] in picture
        assert [line for line in picture.splitlines() if cell_len(line) > 90] == []


def test_a_day_without_sessions_has_the_same_message_as_day(ask: Asked, tmp_path: Path) -> None:
    file = str(write(tmp_path / "s.json", document(session("a"))))
    line = "no sessions on 2 May 2024; see `summit days`\n"
    assert ask("grid", "2", "--schedule", file) == ask("day", "2", "--schedule", file) == (1, "", line)
    assert ask("grid", "2", "-d", "2", "--schedule", file).err == "no matching sessions\n"
