"""The announcement of changes in Markdown: whole ones in both languages, and text that is not Markdown."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Asked
from tests.schedules import document, session, timed, write

DAY, NEXT = "2024-05-01", "2024-05-02"


def at(start: str, end: str, day: str = DAY, room: str | None = None) -> dict[str, Any]:
    slot = timed(day, f"{day}T{start}:00+02:00", f"{day}T{end}:00+02:00")
    return slot if room is None else {**slot, "room": room}


def talk(id_: str, chinese: str, *slots: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return session(id_, *slots, **{"title": {"en": id_.title(), "zh": chinese}, **fields})


def files(folder: Path, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[str, str]:
    """Write two versions of a schedule of the file format that marks cancelled sessions."""
    title = {"en": "Conf", "zh": "大会"}
    return (
        str(write(folder / "before.json", document(*before, title=title))),
        str(write(folder / "after.json", document(*after, title=title))),
    )


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    """Return two versions of a schedule with a change of almost every kind, as files."""
    same = talk("same", "不变", at("08:00", "09:00"))
    before = [
        same,
        talk("gone", "取消", at("20:00", "21:00", room="Hall")),
        talk("later", "推迟", at("09:00", "10:00", room="Hall"), url="https://example.org/later_(2)"),
        talk("next", "次日", at("09:00", "10:00", room="Hall")),
        talk("elsewhere", "换厅", at("11:00", "12:00", room="Hall")),
        talk("nowhere", "待定", at("12:00", "13:00", room="Hall")),
        talk("twice", "两天", at("14:00", "15:00"), at("14:00", "15:00", NEXT)),
        talk("old", "旧名", {"day": DAY}),
        talk("spoken", "演讲", at("16:00", "17:00"), speakers=["Ada", "李雷"]),
        talk("worded", "文字", {"day": NEXT}, language="en"),
    ]
    after = [
        same,
        talk("new", "新增", at("18:00", "19:00", room="Lab *1*")),
        talk("whole", "全天", {"day": DAY}),
        talk("later", "推迟", at("10:30", "11:30", room="Hall"), url="https://example.org/later_(2)"),
        talk("next", "次日", at("09:30", "10:00", NEXT, room="Lab")),
        talk("elsewhere", "换厅", at("11:00", "12:00", room="Lab")),
        talk("nowhere", "待定", at("12:00", "13:00")),
        talk("twice", "两天", at("14:00", "15:00")),
        talk("old", "新名", {"day": DAY}, title={"en": "New name", "zh": "新名"}),
        talk("spoken", "演讲", at("16:00", "17:00"), speakers=["Ada"]),
        talk("worded", "文字", {"day": NEXT}, language="zh"),
    ]
    return files(tmp_path, before, after)


ENGLISH = r"""# Conf: changes to the schedule

1–2 May 2024 · times in Europe/Berlin

## New

- **Whole**: Wednesday 1 May
- **New**: Wednesday 1 May 18:00–19:00, Lab \*1\*

## No longer listed

- **Gone**: Wednesday 1 May 20:00–21:00, Hall

## New time

- [**Later**](https://example.org/later_%282%29): Wednesday 1 May 09:00–10:00 → 10:30–11:30, Hall
- **Twice**: no longer Thursday 2 May 14:00–15:00
- **Next**: Wednesday 1 May 09:00–10:00, Hall → Thursday 2 May 09:30–10:00, Lab

## New room

- **Elsewhere**: Wednesday 1 May 11:00–12:00, Hall → Lab
- **Nowhere**: Wednesday 1 May 12:00–13:00, Hall → –

## Renamed

- **Old** → **New name** (Wednesday 1 May)

## Speakers changed

- **Spoken** (Wednesday 1 May 16:00–17:00): Ada, 李雷 → Ada

## Text changed

- **Worded** (Thursday 2 May): Language en → zh
"""

CHINESE = r"""# 大会：会议日程变动

2024年5月1日至2日 · 时间均为 Europe/Berlin 时间

## 新增

- **全天**：5月1日 星期三
- **新增**：5月1日 星期三 18:00–19:00，Lab \*1\*

## 已不在会议日程中

- **取消**：5月1日 星期三 20:00–21:00，Hall

## 时间变动

- [**推迟**](https://example.org/later_%282%29)：5月1日 星期三 09:00–10:00 → 10:30–11:30，Hall
- **两天**：不再有 5月2日 星期四 14:00–15:00
- **次日**：5月1日 星期三 09:00–10:00，Hall → 5月2日 星期四 09:30–10:00，Lab

## 会场变动

- **换厅**：5月1日 星期三 11:00–12:00，Hall → Lab
- **待定**：5月1日 星期三 12:00–13:00，Hall → –

## 改名

- **旧名** → **新名**（5月1日 星期三）

## 嘉宾变动

- **演讲**（5月1日 星期三 16:00–17:00）：Ada、李雷 → Ada

## 内容变动

- **文字**（5月2日 星期四）：语言 en → zh
"""


def test_an_announcement_has_sections_with_old_and_new_values(ask: Asked, two: tuple[str, str]) -> None:
    assert ask("diff", *two, "-f", "md") == (1, ENGLISH, "")
    assert ask("diff", *two, "-f", "md", "--lang", "zh") == (1, CHINESE, "")


def test_times_are_in_the_zone_that_is_asked_for(ask: Asked, tmp_path: Path) -> None:
    before, after = files(
        tmp_path, [talk("a", "甲", at("01:00", "02:00"))], [talk("a", "甲", at("07:00", "08:00"))]
    )
    made = ask("diff", before, after, "-f", "md", "--timezone", "America/New_York").out
    assert "times in America/New_York\n" in made
    text = "Tuesday 30 April 19:00–20:00 (1 May at the conference) → Wednesday 1 May 01:00–02:00"
    assert made.endswith(f"## New time\n\n- **A**: {text}\n")


def test_an_announcement_knows_nothing_of_an_agenda(ask: Asked, two: tuple[str, str]) -> None:
    ask("agenda", "add", "spoken", "gone", "--schedule", two[0])
    assert ask("diff", *two, "-f", "md").out == ENGLISH


def test_no_changes_make_no_announcement(ask: Asked, two: tuple[str, str]) -> None:
    assert ask("diff", two[0], two[0], "-f", "md") == (0, "", "nothing has changed\n")


def test_fields_make_a_table_as_for_all_rows(ask: Asked, two: tuple[str, str]) -> None:
    assert ask("diff", *two, "-f", "md", "--fields", "kind,title").out.splitlines()[:3] == [
        "| kind | title |", "| --- | --- |", "| moved | Later |"]  # fmt: skip
    answer = ask("diff", *two, "-f", "md", "--template", "{id}")
    assert answer == (2, "", "summit: --template can't be used with --format or --fields\n")


def test_text_of_a_schedule_is_not_markdown(ask: Asked, tmp_path: Path) -> None:
    hostile = "# 1. `a` *b* _c_ [d](e) <f> ~g~ R&D &amp; \\ \n\n- h\x1b[31m"
    before, after = files(
        tmp_path, [talk("a", "甲")], [talk("a", "甲"), talk("b", "", title=hostile, url="https://x/\u202e")]
    )
    shown = r"# 1. \`a\` \*b\* \_c\_ \[d\](e) \<f\> \~g\~ R&D \&amp; \\ \\n\\n- h\\x1b\[31m"
    assert ask("diff", before, after, "-f", "md").out.splitlines()[-1] == f"- **{shown}**: Wednesday 1 May"


def test_a_title_that_is_not_shown_is_only_text(ask: Asked, tmp_path: Path) -> None:
    before, after = files(tmp_path, [talk("a", "甲")], [talk("a", "乙", url="https://example.org/")])
    words = ("diff", before, after, "-f", "md")
    name = "[**A**](https://example.org/) (Wednesday 1 May)"
    assert ask(*words).out.splitlines()[4:] == ["## Text changed", "", f"- {name}: Link, Translation"]
    shown = ask(*words, "--lang", "zh").out.splitlines()[4:]
    assert shown == [
        "## 改名", "", "- **甲** → [**乙**](https://example.org/)（5月1日 星期三）", "",
        "## 内容变动", "", "- [**乙**](https://example.org/)（5月1日 星期三）：链接",
    ]  # fmt: skip


CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:x\r
BEGIN:VEVENT\r
UID:a\r
DTSTART;VALUE=DATE:20240501\r
SUMMARY:Stays\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:b\r
DTSTART;VALUE=DATE:20240501\r
SUMMARY:Leaves\r
STATUS:CONFIRMED\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_cancelled_session_is_announced_as_cancelled(ask: Asked, tmp_path: Path) -> None:
    (tmp_path / "before.ics").write_text(CALENDAR, newline="")
    (tmp_path / "after.ics").write_text(CALENDAR.replace("CONFIRMED", "CANCELLED"), newline="")
    made = ask("diff", str(tmp_path / "before.ics"), str(tmp_path / "after.ics"), "-f", "md").out
    assert made.endswith("\n## Cancelled\n\n- **Leaves**: Wednesday 1 May\n")
