"""Times of day, ranges and durations as people type them."""

from datetime import timedelta

import pytest

from summitcli.formats.tables.clocks import LONGEST, Clocks, read_clocks, read_duration


def clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60}:{minutes % 60:02}"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("10:00", "10:00"),
        ("9:05", "9:05"),
        ("09:05:30", "9:05"),
        ("9.30", "9:30"),
        ("9h30", "9:30"),
        ("9h", "9:00"),
        ("9 h 30", "9:30"),
        ("10 Uhr", "10:00"),
        ("10.30 Uhr", "10:30"),
        ("um 10:30 Uhr", "10:30"),
        ("2:00 PM", "14:00"),
        ("2pm", "14:00"),
        ("2 p.m.", "14:00"),
        ("12:00 AM", "0:00"),
        ("12 pm", "12:00"),
        ("12:30 a.m.", "0:30"),
        ("14:00 PM", "14:00"),
        ("下午2:00", "14:00"),
        ("上午10点半", "10:30"),
        ("10点30分", "10:30"),
        ("晚上8点", "20:00"),
        ("中午12:00", "12:00"),
        ("中午1点", "13:00"),
        ("凌晨1:15", "1:15"),
        ("１０：３０", "10:30"),
        ("0930", "9:30"),
        ("24:00", "24:00"),
        ("0.416666667", "10:00"),
        ("0.5000", "12:00"),
        ("à 9h30", ""),
        ("from 10:00", "10:00"),
    ],
)
def test_a_time(text: str, start: str) -> None:
    found = read_clocks(text)
    assert (clock(found.start), found.end) == (start, None) if found and start else found is None


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("10:00–11:00", "10:00 11:00"),
        ("10:00-11:30", "10:00 11:30"),
        ("10:00 — 11:00", "10:00 11:00"),
        ("10:00 ~ 11:00", "10:00 11:00"),
        ("10:00～11:00", "10:00 11:00"),
        ("10:00至11:00", "10:00 11:00"),
        ("10:00 to 11:00", "10:00 11:00"),
        ("from 10:00 to 11:00", "10:00 11:00"),
        ("10 bis 11 Uhr", "10:00 11:00"),
        ("von 9.30 bis 10.15 Uhr", "9:30 10:15"),
        ("de 9h30 à 10h", "9:30 10:00"),
        ("10–11 Uhr", "10:00 11:00"),
        ("2–3 PM", "14:00 15:00"),
        ("11–1 pm", "11:00 13:00"),
        ("11:00–1:00 PM", "11:00 13:00"),
        ("9:30 AM - 2 PM", "9:30 14:00"),
        ("下午2:00-3:30", "14:00 15:30"),
        ("上午10:00–12:00", "10:00 12:00"),
        ("上午11:00-下午1:00", "11:00 13:00"),
        ("23:00–01:00", "23:00 1:00"),
        ("0900-1030", "9:00 10:30"),
    ],
)
def test_a_range(text: str, times: str) -> None:
    found = read_clocks(text)
    assert found and f"{clock(found.start)} {clock(found.end)}" == times


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "25:00",
        "10:60",
        "24:01",
        "2022",
        "13:00 am",
        "0 pm",
        "soon",
        "10:00–",
        "–11:00",
        "10:5",
        "10-11",
        "1:1:1:1",
        "x" * (LONGEST + 1),
        "10:00 " * 10,
        "-1:00",
        "99999",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read_clocks(text) is None or (text == "2022" and read_clocks(text) == Clocks(20 * 60 + 22))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("45 min", 45),
        ("45 Minuten", 45),
        ("90'", 90),
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1:30", 90),
        ("0:45:00", 45),
        ("1,5 h", 90),
        ("1.5 hours", 90),
        ("2 Std.", 120),
        ("1小时30分钟", 90),
        ("30分", 30),
        ("0", 0),
        ("0.031250000", 45),
        ("1 heure", 60),
        ("60.0", 60),
        ("半小时", 30),
        ("半个小时", 30),
        ("1个半小时", 90),
    ],
)
def test_a_duration(text: str, minutes: int) -> None:
    assert read_duration(text) == timedelta(minutes=minutes)


def test_a_number_of_hours() -> None:
    assert read_duration("1.5", 60) == timedelta(minutes=90)
    assert read_duration("0.750", 60) == timedelta(minutes=45)
    assert read_duration("1:30", 60) == timedelta(minutes=90)


@pytest.mark.parametrize("text", ["", "long", "-5", "h", "1:75", "99999 h", "1e9", "x" * (LONGEST + 1)])
def test_what_is_no_duration(text: str) -> None:
    assert read_duration(text) is None
