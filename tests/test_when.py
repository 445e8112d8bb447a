from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summitcli.errors import SummitError
from summitcli.rows import DayRow
from summitcli.text.days import WEEKDAYS
from summitcli.when import find_day, find_minute, find_moment
from tests.conftest import examples

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2022, 7, 24)


def days(start: str, count: int) -> list[DayRow]:
    first = date.fromisoformat(start)
    dates = [first + timedelta(days=number) for number in range(count)]
    return [
        DayRow(day.isoformat(), number, WEEKDAYS[day.weekday()], 1) for number, day in enumerate(dates, 1)
    ]


DAYS = days("2022-07-23", 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1", 23), ("4", 26), (" 2 ", 24), ("２", 24), ("day 2", 24), ("Day2", 24), ("第2天", 24),
        ("2022-07-23", 23), ("2022-7-23", 23), ("2022/07/23", 23), ("2022.7.23", 23), ("2022年7月23日", 23),
        ("7-23", 23), ("07-23", 23), ("7/23", 23), ("7月23日", 23), ("7月23号", 23), ("7月23", 23),
        ("７月２３日", 23),
        ("sat", 23), ("SAT", 23), ("saturday", 23), ("Satur", 23), ("周六", 23), ("星期六", 23),
        ("礼拜六", 23),
        ("周日", 24), ("周天", 24), ("星期日", 24), ("sun", 24), ("周一", 25), ("tue", 26), ("tues", 26),
        ("today", 24), ("今天", 24), ("tomorrow", 25), ("明天", 25), ("yesterday", 23), ("昨天", 23),
        ("TODAY", 24), ("23 July", 23), ("23 jul", 23), ("July 23", 23), ("Jul. 23", 23), ("jul23", 23),
        ("23rd July 2022", 23), ("July 23, 2022", 23), ("20220723", 23), ("第一天", 23), ("第四天", 26),
    ],
)  # fmt: skip
def test_every_way_to_write_a_day(text: str, day: int) -> None:
    assert find_day(text, DAYS, lambda: TODAY) == f"2022-07-{day}"


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "5", "-1", "99", "1000", "7-27", "7-22", "2021-07-23", "2022-13-01", "2022-02-30", "7",
    "fri", "周五",
     "sa", "s", "caturday", "周", "星期八", "7-23-2022", "23.7.", "1.5", "noon", "now", "2022-07-23T10:00",
     "0000-01-01",
     "99999-01-01", "2-30", "13月1日", "23 Juli", "July", "23 ju", "July 2022",
    "31 june", "22 July", "第五天", "第零天", "20221332",
    "\udcff", "\x00"],
)  # fmt: skip
def test_what_is_no_day_of_the_conference(text: str) -> None:
    with pytest.raises(SummitError) as caught:
        find_day(text, DAYS, lambda: TODAY)
    assert (caught.value.status, "\n" in str(caught.value)) == (2, False)


@pytest.mark.parametrize("text", ["today", "昨天", "tomorrow"])
def test_relative_days_need_not_be_of_the_conference(text: str) -> None:
    assert find_day(text, DAYS, lambda: date(2030, 1, 1)).startswith(("2030-01", "2029-12-31"))


@pytest.mark.parametrize(
    ("text", "day"),
    [("12-31", "2023-12-31"), ("1-1", "2024-01-01"), ("2-29", "2024-02-29"), ("2月28日", "2024-02-28")],
)
def test_a_date_without_its_year_is_in_the_conference_where_that_spans_two_years(text: str, day: str) -> None:
    assert find_day(text, days("2023-12-20", 80), lambda: TODAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-07-23", "2022-07-23T00:00"), ("2022-07-23T09:30", "2022-07-23T09:30"),
        ("2022-07-23T9:30", "2022-07-23T09:30"), ("2022-07-23 09:30:15", "2022-07-23T09:30:15"),
        ("2022-07-22T23:30-04:00", "2022-07-23T11:30"), ("2022-07-22T16:00Z", "2022-07-23T00:00"),
        ("2T8:05", "2022-07-24T08:05"), ("2 8:05", "2022-07-24T08:05"), ("7月23日 9:30", "2022-07-23T09:30"),
        ("7-23T9:30", "2022-07-23T09:30"), ("7月23日T24:00", "2022-07-24T00:00"), ("sat", "2022-07-23T00:00"),
        ("satT10:00", "2022-07-23T10:00"), ("sat 10:00", "2022-07-23T10:00"), ("Sat t 10:00",
        "2022-07-23T10:00"),
        ("周六 10:00", "2022-07-23T10:00"), ("周六T10:00", "2022-07-23T10:00"), ("today 10:00",
        "2022-07-24T10:00"),
        ("tomorrowT0:00", "2022-07-25T00:00"), ("1999-01-01T12:00", "1999-01-01T12:00"), ("2030-01-01",
        "2030-01-01T00:00"),
    ],
)  # fmt: skip
def test_every_way_to_write_a_moment(text: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    found = find_moment(text, DAYS, lambda: TODAY, ZONE)
    assert (found.isoformat(), found.tzinfo) == (expected.isoformat(), ZONE)


def test_a_clock_time_on_a_day_of_clock_changes_is_the_wall_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for text in ("2024-03-31 9:30", "2024-03-31T09:30"):
        assert find_moment(text, DAYS, lambda: TODAY, berlin).isoformat() == "2024-03-31T09:30:00+02:00"


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("0:00", 0),
        ("9:30", 570),
        ("09:30", 570),
        ("14", 840),
        ("24:00", 1440),
        ("23:59", 1439),
        ("９：３０", 570),
    ],
)
def test_every_way_to_write_a_clock_time(text: str, minute: int) -> None:
    assert find_minute(text) == minute


@pytest.mark.parametrize(
    "text", ["", "24:01", "25", "9:60", "9:5", "-1:00", "9.30", "noon", "9:30pm", "1:2:3"]
)
def test_what_is_no_clock_time(text: str) -> None:
    with pytest.raises(SummitError):
        find_minute(text)


PIECES = st.lists(
    st.sampled_from(
        ["2022", "07", "23", "-", "/", ".", "年", "月", "日", "T", "t", " ", ":", "10", "00", "周", "六",
        "第", "天", "day",
         "sat", "today", "明天", "9999-12-31", "0001-01-01", "24:00", "+14:00", "-23:59", "Z", "W", "１", "²",
         "٣"]
    ),
    max_size=7,
).map("".join)  # fmt: skip
TODAYS = st.sampled_from([TODAY, date.min, date.max])


@example("0001-01-01T00:00+23:00", TODAY)
@example("9999-12-31T23:00-12:00", TODAY)
@example("9999-12-31 24:00", TODAY)
@example("tomorrow", date.max)
@example("昨天", date.min)
@settings(max_examples=examples(600), deadline=None)
@given(st.text(max_size=20) | PIECES, TODAYS)
def test_no_text_raises_anything_but_an_error_of_ours(text: str, today: date) -> None:
    for find in (
        lambda: find_day(text, DAYS, lambda: today),
        lambda: find_moment(text, DAYS, lambda: today, ZONE).timestamp(),
        lambda: find_minute(text),
    ):
        try:
            find()
        except SummitError as error:
            assert error.status == 2


@given(
    st.dates(date(1900, 1, 2), date(2999, 12, 30)),
    st.times(),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]),
)
def test_what_is_written_as_iso_is_read_as_that(day: date, clock: time, zone: str) -> None:
    text = f"{day}T{clock:%H:%M}"
    expected = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    assert find_moment(text, DAYS, lambda: TODAY, ZoneInfo(zone)) == expected
