"""Days and times in search texts."""

import pytest

from summitcli.search.day_words import DayWords, day_words

SATURDAY, SUNDAY = "2025-06-14", "2025-06-15"
DAYS = {
    "周日": SUNDAY, "sunday": SUNDAY, "Sun": SUNDAY, "15th": SUNDAY, "6-15": SUNDAY, "2025年6月15日": SUNDAY,
    "6月15日": SUNDAY, "June 15, 2025": SUNDAY, "15 jun": SUNDAY, "15号": SUNDAY, "第3天": SUNDAY,
    "第三天": SUNDAY, "day 3": SUNDAY, "明天": SUNDAY, "Tomorrow": SUNDAY, "6-14": SATURDAY,
}  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("text", ["{} forum", "论坛 {}", "AI {} 论坛"])
def test_a_day_is_found_anywhere(day: str, text: str) -> None:
    rest = " ".join(text.replace("{}", " ").split())
    assert day_words(text.format(day), DAYS.get) == DayWords(rest, (DAYS[day],), None)


@pytest.mark.parametrize(
    ("text", "rest", "begin", "end"),
    [
        ("keynote 14:05", "keynote", 845, 846),
        ("keynote at 9：30", "keynote", 570, 571),
        ("2pm keynote", "keynote", 840, 900),
        ("keynote 2:30 PM", "keynote", 870, 871),
        ("keynote 12am", "keynote", 0, 60),
        ("keynote 12pm", "keynote", 720, 780),
        ("下午2点 演讲", "演讲", 840, 900),
        ("下午14点 演讲", "演讲", 840, 900),
        ("上午9点半的演讲", "演讲", 570, 571),
        ("晚上12点 演讲", "演讲", 1440, 1500),
        ("20点演讲", "演讲", 1200, 1260),
        ("下午演讲", "演讲", 720, 1080),
        ("talks in the morning", "talks", 0, 720),
        ("Evening talks", "talks", 1080, 1800),
        ("24:00 x", "x", 1440, 1441),
    ],
)
def test_a_time_is_a_minute_an_hour_or_a_part_of_the_day(text: str, rest: str, begin: int, end: int) -> None:
    assert day_words(text, DAYS.get) == DayWords(rest, (), (begin, end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the forum on sunday at 9:30", DayWords("the forum", (SUNDAY,), (570, 571))),
        ("forum on the 15th", DayWords("forum", (SUNDAY,), None)),
        ("周日下午的论坛", DayWords("论坛", (SUNDAY,), (720, 1080))),
        ("6-14 周日 sunday x", DayWords("x", (SATURDAY, SUNDAY), None)),
        ("周日", DayWords("", (SUNDAY,), None)),
        ("monday forum sunday", DayWords("monday forum", (SUNDAY,), None)),
    ],
)
def test_days_and_a_time_together(text: str, expected: DayWords) -> None:
    assert day_words(text, DAYS.get) == expected


@pytest.mark.parametrize(
    "text",
    ["", "forum", "forum mon", "sundays at sea", "5G forum", "top 10 talks", "25:00 x", "9:60 x",
     "x 9:00 10:00", "1:2:3", "asunday", "24/7 support", "python 3.11", "3 点子"],
)  # fmt: skip
def test_other_words_are_none(text: str) -> None:
    assert day_words(text, DAYS.get) is None
