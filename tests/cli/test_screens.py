"""Output in a terminal: whole screens, and no line wider than the terminal."""

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.conftest import STYLE, Terminal
from tests.inside import environment, look
from tests.schedules import document, session, timed, write

DAY_1 = """\
第五届数字中国建设峰会   7月23日 星期六   第1天/共4天

开幕式
  开幕式                                              opening-ceremony
主论坛
  主论坛                                              main-forum
分论坛 · 11
  跨越数字鸿沟：全民数字素养与数字乡村分论坛          digital-literacy-forum
  数据法治分论坛                                      data-law-forum
  大数据分论坛                                        big-data-forum
  数字经济分论坛                                      digital-economy-forum
  数字环保分论坛                                      digital-environment-forum
  数字环保二（绿色数字“一带一路”分论坛）              green-belt-road-forum
  新技术分论坛                                        new-technology-forum
  数字健康分论坛                                      digital-health-forum
  国有企业数字化转型分论坛                            state-enterprise-forum
  智慧能源分论坛                                      smart-energy-forum
  网络安全分论坛                                      cybersecurity-forum
成果展览会 · 2
  第五届数字中国建设成果展览会           第1天/共4天  achievements-exhibition
  第五届数字中国建设峰会·云生态成果展    第1天/共4天  cloud-ecosystem-exhibition
数字产品博览会
  第二届中国国际数字产品博览会           第1天/共4天  digital-product-expo
创新大赛 · 4
  数字中国创新大赛·数字城市设计赛道总决赛             contest-city-design
  数字中国创新大赛·数字医疗赛道总决赛                 contest-healthcare
  数字中国创新大赛·网络安全赛道（车联网  第1天/共2天  contest-vehicle-security
  安全赛）总决赛
  数字中国创新大赛·青少年AI机器人赛道总  第1天/共2天  contest-youth-robots
  决赛
交流活动 · 2
  “有福之州·对话未来”活动                第1天/共3天  future-dialogue
  “闽江夜话”活动                                      minjiang-night-talks
签约仪式
  数字经济重大项目集中签约仪式（福州市）              project-signing-ceremony

23 场 · 具体日程以现场安排为准
"""

DAY_4_NARROW = """\
5th Digital China Summit   Tuesday 26 July   day 4 of 4

Achievements Exhibition · 2
  5th Digital China Achievements Exhibition
  day 4 of 4 · achievements-exhibition
  5th Digital China Summit: Cloud Ecosystem Achievements
  Exhibition
  day 4 of 4 · cloud-ecosystem-exhibition
Digital Product Expo
  2nd China International Digital Product Expo
  day 4 of 4 · digital-product-expo

3 sessions · Subject to on-site arrangements
"""

GLANCE = """\
第五届数字中国建设峰会
2022年7月23日至26日   第2天/共4天

  1  7月23日 星期六  23  ━━━━━━━━━━━━━━━━━━━━━━━━
▸ 2  7月24日 星期日  21  ━━━━━━━━━━━━━━━━━━━━━━
  3  7月25日 星期一   4  ━━━━
  4  7月26日 星期二   3  ━━━

38 场
summit today · summit now · summit next
"""

CATEGORIES = """\
  开幕式          opening            1  ━
  主论坛          main-forum         1  ━
  政策发布        policy-release     0
  分论坛          forum             21  ━━━━━━━━━━━━━━━━━━━━━━━━
  成果展览会      exhibition         2  ━━
  数字产品博览会  product-expo       1  ━
  创新大赛        contest            8  ━━━━━━━━━
  云生态大会      cloud-conference   1  ━
  交流活动        exchange           2  ━━
  签约仪式        signing            1  ━
"""


def shown(screen: str) -> str:
    """Return a screen without trailing spaces."""
    return "".join(f"{line.rstrip()}\n" for line in screen.splitlines())


def without_hint(screen: str) -> str:
    """Return a screen without its last line, which must be a hint."""
    *lines, hint = screen.splitlines()
    assert hint.startswith("summit ")
    return shown("\n".join(lines))


def test_the_first_day_at_80_columns_in_chinese(terminal: Terminal) -> None:
    assert without_hint(terminal("day", "1")) == DAY_1


@pytest.mark.parametrize("wish", [["--color", "always"], ["--color", "never"], []], ids=str)
def test_colour_does_not_change_the_text(terminal: Terminal, wish: list[str]) -> None:
    assert without_hint(terminal("day", "1", *wish)) == DAY_1
    assert without_hint(terminal("day", "1", *wish, env={"NO_COLOR": "1"})) == DAY_1


def test_the_fourth_day_at_60_columns_in_english(terminal: Terminal) -> None:
    assert without_hint(terminal("day", "4", columns=60, env={"LANG": "en_US.UTF-8"})) == DAY_4_NARROW


def test_a_wide_terminal_shows_chinese_titles_beside_the_english(terminal: Terminal) -> None:
    screen = terminal("day", "1", "--lang", "en", columns=160)
    (line,) = [line for line in screen.splitlines() if "Data and the Rule of Law Forum" in line]
    assert "数据法治分论坛" in line


def test_the_glance_on_the_second_day(terminal: Terminal) -> None:
    assert shown(terminal("--at", "2022-07-24")) == GLANCE


def test_the_categories_with_bars(terminal: Terminal) -> None:
    assert shown(terminal("categories")) == CATEGORIES


def test_colour_is_one_accent_and_the_titles_have_none(terminal: Terminal) -> None:
    screen = terminal("day", "4", styled=True)
    (line,) = [line for line in screen.splitlines() if "digital-product-expo" in line]
    before_title = line.partition("第二届")[0]
    assert "\x1b[35m" not in before_title


def test_without_colour_no_colour_is_sent(terminal: Terminal) -> None:
    for screen in (
        terminal("day", "1", "--color", "never", styled=True),
        terminal("day", "1", styled=True, env={"NO_COLOR": "1"}),
    ):
        assert "\x1b[3" not in screen.replace("\x1b[3m", "")


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 160])
@pytest.mark.parametrize(
    "command",
    ["day 1", "day 1 --lang en", "list", "", "about", "about --full --lang en", "categories --lang en",
    "days",
     "search 数字", "show contest-vehicle-security", "now --at 2"],
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, command: str, columns: int) -> None:
    if columns in (20, 40, 160) and command not in ("day 1", "about", "categories --lang en", "list"):
        columns = 60
    lines = terminal(*command.split(), columns=columns).splitlines()
    assert [line for line in lines if cell_len(line) > columns] == []


def test_a_terminal_that_asks_for_fields_gets_rows(terminal: Terminal) -> None:
    assert terminal("show", "main-forum", "--fields", "id,title") == "main-forum\t主论坛\n"


def test_names_follow_the_locale_on_a_terminal(terminal: Terminal) -> None:
    english, chinese = {"LANG": "en_US.UTF-8"}, {"LANG": "zh_CN.UTF-8"}
    assert "Main Forum" in terminal("show", "main-forum", env=english).splitlines()[0]
    assert terminal("show", "main-forum", env=chinese).startswith("主论坛\n")
    assert terminal("show", "main-forum", env={"LANG": "C"}).startswith("主论坛\n")
    assert terminal("show", "main-forum", env={**english, "SUMMIT_LANG": "zh"}).startswith("主论坛\n")
    assert terminal("show", "main-forum", "--lang", "en", env=chinese).startswith("Main Forum\n主论坛\n")


def test_hints_suggest_another_day_with_sessions_if_there_is_one(warm: None, tmp_path: Path) -> None:
    held = [timed(f"2024-05-0{n}", f"2024-05-0{n}T10:00:00Z", f"2024-05-0{n}T11:00:00Z") for n in (1, 2, 4)]

    def hints(*slots: dict[str, Any]) -> list[str]:
        schedule = write(tmp_path / f"{len(slots)}.json", document(session("a", *slots), end="2024-05-05"))
        words = ("2 --at 2024-05-02", "4 --at 2024-05-04") if len(slots) > 1 else ("2",)
        with environment({"SUMMIT_SCHEDULE": str(schedule), "LANG": "en_GB.UTF-8"}):
            screens = [look(f"{command} {rest}".split()) for rest in words for command in ("day", "grid")]
        return [STYLE.sub("", screen.out).splitlines()[-1] for screen in screens]

    assert hints(*held) == [
        "summit show ID · summit day 4 · summit categories",
        "summit grid 4 · summit show ID · summit grid --svg FILE",
        "summit show ID · summit day 1 · summit categories",
        "summit grid 1 · summit show ID · summit grid --svg FILE",
    ]
    assert hints(held[1]) == [
        "summit show ID · summit categories",
        "summit show ID · summit grid --svg FILE",
    ]


def test_the_overview_hints_at_the_first_day_with_sessions(warm: None, tmp_path: Path) -> None:
    schedule = write(tmp_path / "late.json", document(session("a", {"day": "2024-05-02"})))
    with environment({"SUMMIT_SCHEDULE": str(schedule)}):
        screen = look(["--at", "2024-04-30"]).out
    assert "summit day 2 · summit next · summit about" in screen
