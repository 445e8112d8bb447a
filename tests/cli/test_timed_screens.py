"""Output in a terminal for a schedule with rooms and times: whole screens in both languages."""

import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from summitcli.text.colors import visible
from tests.cli.timed_screens import conference
from tests.conftest import STYLE, Asked, Terminal
from tests.schedules import write

GLANCE = """\
Conference of Clear Programs
31 May – 1 June 2024   Europe/Berlin   day 1 of 2

▸ 1  Friday 31 May    5  ━━━━━━━━━━━━━━━━━━━━━━━━
  2  Saturday 1 June  3  ━━━━━━━━━━━━━━

2 sessions in progress
next: Soldering for beginners (in 10 min)
6 sessions
summit today · summit now · summit next
"""

DAY = """\
Conference of Clear Programs   Friday 31 May   day 1 of 2

   day 1 of 2      Posters  ╸ Hands-on workshop…
                   [posters]
   09:00–09:30     Opening  ╸ Talk
                   Great Hall of the Old Observatory · [opening]
★! 09:30–10:30     Clear programs: what a reader sees first, and why it matters
                   to all who come  ╸ Talk
                   Great Hall of the Old Observatory · [clear]
★! 10:00–12:00     Soldering for beginners  ╸ Hands-on workshop…
                   part 1 of 2 · Lab · [soldering]
★  00:30–02:00 +1  Looking at stars
                   Roof · [stars]

5 sessions · ! conflict in your agenda
summit show ID · summit day 2 · summit categories
"""

DAY_NARROW = """\
清晰程序大会   5月31日 星期五   第1天/共2天

   第1天/共2天     海报展  ╸ 工作坊与展览
                   [posters]
   09:00–09:30     开幕式  ╸ 演讲
                   Great Hall of the Old Observatory
                   [opening]
★! 09:30–10:30     清晰的程序：读者首先看到什么，以及为什么
                   这对后来的所有人都重要  ╸ 演讲
                   Great Hall of the Old Observatory
                   [clear]
★! 10:00–12:00     焊接入门  ╸ 工作坊与展览
                   第1场/共2场 · Lab · [soldering]
★  00:30–02:00 +1  观星
                   Roof · [stars]

5 场 · ! 与我的日程中的其他安排冲突
summit show ID · summit day 2 · summit categories
"""

DAYS = """\
  1  Friday 31 May    5  ━━━━━━━━━━━━━━━━━━━━━╸━━━━━━━━━━━━━━━━━━━━━╸━━━━━━━━━━╸
     ╸ Talk 2  ╸ Hands-on workshops, exhibit… 2  ╸ the rest 1
  2  Saturday 1 June  3  ━━━━━━━━━━╸━━━━━━━━━━━━━━━━━━━━━╸
     ╸ Talk 1  ╸ Hands-on workshops, exhibit… 2
"""

DAYS_NARROW = """\
  1  5月31日 星期五  5  ━━━━━━━━━━━━━╸━━━━━━━━━━━━━╸━━━━━━╸
     ╸ 演讲 2  ╸ 工作坊与展览 2  ╸ 其余 1
  2  6月1日 星期六   3  ━━━━━━╸━━━━━━━━━━━━━╸
     ╸ 演讲 1  ╸ 工作坊与展览 2
"""

NOW = """\
Conference of Clear Programs   Friday 31 May   day 1 of 2

   day 1 of 2   Posters  ╸ Hands-on workshop…
                [posters]
★! 09:30–10:30  Clear programs: what a reader sees first, and why it matters to
                all who come  ╸ Talk
                ends in 15 min · Great Hall of the Old Observatory · [clear]
★! 10:00–12:00  Soldering for beginners  ╸ Hands-on workshop…
                ends in 1 h 45 min · part 1 of 2 · Lab · [soldering]

3 sessions · ! conflict in your agenda
"""

NOW_WIDE = """\
清晰程序大会   5月31日 星期五   第1天/共2天

   第1天/共2天  海报展  ╸ 工作坊与展览
                [posters]
★! 09:30–10:30  清晰的程序：读者首先看到什么，以及为什么这对后来的所有人都重要  ╸ 演讲
                15 分钟后结束 · Great Hall of the Old Observatory · [clear]
★! 10:00–12:00  焊接入门  ╸ 工作坊与展览
                1 小时 45 分钟后结束 · 第1场/共2场 · Lab · [soldering]

3 场 · ! 与我的日程中的其他安排冲突
"""

NEXT = """\
Conference of Clear Programs   Friday 31 May   day 1 of 2   in 25 min

★! 09:30–10:30  Clear programs: what a        Great Hall of the Old Ob…  [clear]
                reader sees first, and why
                it matters to all who come

1 session · ! conflict in your agenda
"""

NEXT_FIVE = """\
清晰程序大会   5月31日 星期五   第1天/共2天

  25 分钟后
★! 09:30–10:30     清晰的程序：读者首先看到什么，以及为什么这对后来的所有人都重
                   要  ╸ 演讲
                   Great Hall of the Old Observatory · [clear]
  55 分钟后
★! 10:00–12:00     焊接入门  ╸ 工作坊与展览
                   第1场/共2场 · Lab · [soldering]
  明天
★  00:30–02:00 +1  观星
                   Roof · [stars]

清晰程序大会   6月1日 星期六   第2天/共2天   明天

★  10:00–12:00     焊接入门  ╸ 工作坊与展览
                   第2场/共2场 · Lab · [soldering]
   16:00–16:45     闭幕式  ╸ 演讲
                   Great Hall of the Old Observatory · [closing]

4 场 · ! 与我的日程中的其他安排冲突
"""

SHOW = """\
★ 清晰的程序：读者首先看到什么，以及为什么这对后来的所有人都
  重要
Clear programs: what a reader sees first, and why it matters
to all who come

  时间  5月31日 星期五 09:30–10:30
  会场  Great Hall of the Old Observatory
  类别  演讲
  嘉宾  Ada Lovelace、Grace Hopper、李雷、Annie Jump Cannon
  语言  en
  链接  https://example.org/clear
  ID    clear

  What it is about

  A *short* tour of clear programs, with an example from the
  handbook (https://example.org/handbook) and much that is
  long enough for another line.

  - First, what a reader sees before anything else, and why
    that is worth more than all the rest together.
  - Then,
    1. what is left out,
    2. what is kept.
"""

SHOW_WIDE = """\
★ Clear programs: what a reader sees first, and why it matters to all who come
清晰的程序：读者首先看到什么，以及为什么这对后来的所有人都重要

  When      Friday 31 May 09:30–10:30
  Room      Great Hall of the Old Observatory
  Category  Talk
  Speakers  Ada Lovelace, Grace Hopper, 李雷, Annie Jump Cannon
  Language  en
  Link      https://example.org/clear
  ID        clear

  What it is about

  A *short* tour of clear programs, with an example from the handbook
  (https://example.org/handbook) and much that is long enough for another line.

  - First, what a reader sees before anything else, and why that is worth more than all
    the rest together.
  - Then,
    1. what is left out,
    2. what is kept.
"""

SEARCH = """\
★ 清晰的程序：读者首先看到什么，以及为什么这对后来的  5月31日 09:30–10:30  clear
  所有人都重要

1 场
summit show clear · summit agenda add clear
"""

CONFLICTS = """\
冲突
  5月31日 星期五 10:00–10:30 · 30 分钟
★ 09:30–10:30  清晰的程序：读者首先看到什么，以及为什么这对
               后来的所有人都重要
               Great Hall of the Old Observatory · clear
★ 10:00–12:00  焊接入门
               Lab · soldering
  → 在空闲时间还会举行：焊接入门，6月1日 星期六 10:00–12:00
    Lab，soldering
summit agenda plan · summit agenda remove ID
"""

GAPS = """\
Friday 31 May 09:00–09:30 · 30 min free
  09:00–09:30  Opening  Great Hall of the Old Obs…  opening
Friday 31 May 12:00–00:30 +1 · 12 h 30 min free
  no sessions would fit
Saturday 1 June 12:00–16:45 · 4 h 45 min free
  16:00–16:45  Closing  Great Hall of the Old Obs…  closing
"""

CATEGORIES_NARROW = """\
  Talk                     talk      3
  Hands-on workshops, ex…  hands-on  2
"""

ROOMS = """\
  Great Hall of the Old Observatory  3
  Lab                                1
  Roof                               1
"""

ABOUT = """\
清晰程序大会
Conference of Clear Programs

  会议日程  2024年5月31日至6月1日
  时区      Europe/Berlin
"""

SCREENS = [
    (80, "en", ["--at", "2024-05-31T09:50"], GLANCE),
    (80, "en", ["day", "1"], DAY),
    (60, "zh", ["day", "1"], DAY_NARROW),
    (80, "en", ["days"], DAYS),
    (60, "zh", ["days"], DAYS_NARROW),
    (80, "en", ["now", "--at", "2024-05-31T10:15"], NOW),
    (104, "zh", ["now", "--at", "2024-05-31T10:15"], NOW_WIDE),
    (80, "en", ["next", "--at", "2024-05-31T09:05"], NEXT),
    (80, "zh", ["next", "-n", "5", "--at", "2024-05-31T09:05"], NEXT_FIVE),
    (60, "zh", ["show", "clear"], SHOW),
    (160, "en", ["show", "clear"], SHOW_WIDE),
    (80, "zh", ["search", "programs"], SEARCH),
    (60, "zh", ["agenda", "conflicts"], CONFLICTS),
    (80, "en", ["agenda", "gaps"], GAPS),
    (40, "en", ["categories"], CATEGORIES_NARROW),
    (40, "zh", ["rooms"], ROOMS),
    (60, "zh", ["about"], ABOUT),
]


@pytest.fixture
def schedule(tmp_path: Path, ask: Asked) -> str:
    """Use the small schedule, with three sessions in the agenda."""
    path = str(write(tmp_path / "timed.json", conference()))
    assert ask("agenda", "add", "clear", "soldering", "stars", "--schedule", path).status == 0
    return path


def shown(screen: str) -> str:
    """Return a screen without trailing spaces."""
    return "".join(f"{line.rstrip()}\n" for line in screen.splitlines())


@pytest.mark.parametrize(
    ("columns", "language", "words", "screen"),
    SCREENS,
    ids=[f"{words[0]}-{columns}" for columns, _l, words, _s in SCREENS],
)
def test_the_screen_of(
    terminal: Terminal, schedule: str, columns: int, language: str, words: list[str], screen: str
) -> None:
    environment = {"SUMMIT_SCHEDULE": schedule, "SUMMIT_LANG": language}
    drawn = terminal(*words, columns=columns, env=environment)
    assert shown(drawn) == screen
    assert [line for line in drawn.splitlines() if cell_len(line) > columns] == []


@pytest.mark.parametrize(
    "words", [["days"], ["now", "--at", "2024-05-31T10:15"], ["show", "clear"]], ids=" ".join
)
def test_colour_changes_no_letter_and_is_legible_on_light_and_on_dark(
    terminal: Terminal, schedule: str, words: list[str]
) -> None:
    environment = {"SUMMIT_SCHEDULE": schedule, "COLORTERM": "truecolor"}
    styled = terminal(*words, styled=True, env=environment)
    assert STYLE.sub("", styled) == terminal(*words, env={**environment, "NO_COLOR": "1"})
    sent = {code for style in STYLE.findall(styled) for code in style[2:-1].split(";0;")}
    # Only bold, dim, the accent (magenta) and colours visible on black and white; no background.
    plain = {code for code in sent if "38;2" not in code}
    assert plain <= {"0", "1", "2", "35", "1;35", "2;35"}
    for code in sent - plain:
        red, green, blue = re.search(r"38;2;(\d+);(\d+);(\d+)", code).groups()  # type: ignore[union-attr]
        color = f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
        assert visible(color) == color


def test_the_bar_of_a_day_is_clear_without_colour(terminal: Terminal, schedule: str) -> None:
    screen = terminal("days", "--color", "never", env={"SUMMIT_SCHEDULE": schedule, "SUMMIT_LANG": "en"})
    bar, legend, *_rest = screen.splitlines()
    pieces = re.findall("━*╸", bar)
    assert [len(piece) for piece in pieces] == [22, 22, 11]
    assert re.findall(r"╸ (.*?) (\d+)(?:  |$)", legend) == [
        ("Talk", "2"), ("Hands-on workshops, exhibit…", "2"), ("the rest", "1")]  # fmt: skip


def test_rows_in_a_pipe_have_the_same_fields_as_before(ask: Asked, schedule: str) -> None:
    rows = ask("next", "--at", "2024-05-31T09:05", "--schedule", schedule).out
    assert rows == (
        "2024-05-31\t09:30\tclear\ttalk\t"
        "Clear programs: what a reader sees first, and why it matters to all who come\n"
    )
    (day, _other) = json.loads(ask("days", "--json", "--schedule", schedule).out)
    assert list(day) == ["day", "day_number", "weekday", "sessions"]


def test_a_hint_too_long_for_a_line_suggests_to_switch_the_schedule(
    terminal: Terminal, schedule: str
) -> None:
    words = ("days", "--schedule", schedule)
    assert "summit use" not in terminal("day", "1", *words[1:], columns=1000)
    screen = "".join(terminal("day", "1", *words[1:]).splitlines()[-8:]).replace(" ", "")
    assert f"summitshowID--schedule{schedule}summituse{schedule}" in screen
    assert "summitcategories" not in screen


def test_sessions_are_counted_once_however_many_days_they_last(terminal: Terminal, schedule: str) -> None:
    screen = terminal("list", env={"SUMMIT_SCHEDULE": schedule, "SUMMIT_LANG": "en"})
    assert screen.splitlines()[-1] == "6 sessions · ! conflict in your agenda"
