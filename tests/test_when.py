from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summitcli.errors import SummitError, UnknownValue
from summitcli.rows import DayRow
from summitcli.text.days import WEEKDAYS
from summitcli.text.zones import ABBREVIATIONS
from summitcli.when import find_day, find_duration, find_minute, find_moment, find_zone, full_date
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
        ("today", 24), ("今天", 24), ("今日", 24), ("tomorrow", 25), ("明天", 25), ("明日", 25),
        ("yesterday", 23), ("昨天", 23), ("昨日", 23),
        ("TODAY", 24), ("23 July", 23), ("23 jul", 23), ("July 23", 23), ("Jul. 23", 23), ("jul23", 23),
        ("23rd July 2022", 23), ("July 23, 2022", 23), ("20220723", 23), ("第一天", 23), ("第四天", 26),
        ("24日", 24), ("24号", 24), ("24號", 24), ("24 日", 24), ("24th", 24), ("the 24th", 24),
        ("The  23rd", 23), ("后天", 26),
    ],
)  # fmt: skip
def test_every_way_to_write_a_day(text: str, day: int) -> None:
    assert find_day(text, DAYS, lambda: TODAY) == f"2022-07-{day}"


MONTHS = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
]  # fmt: skip
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS, 1)))
def test_every_month_by_its_name_and_by_its_first_three_letters(number: int, name: str) -> None:
    year = days("2022-01-01", 365)
    for text in (f"9 {name}", f"9 {name[:3]}", f"{name.title()} 9th", f"{name[:3].upper()}. 9, 2022"):
        assert find_day(text, year, lambda: TODAY) == f"2022-{number:02}-09"
    with pytest.raises(SummitError, match="no day"):
        find_day(f"9 {name[:2]}", year, lambda: TODAY)


@pytest.mark.parametrize(("number", "written"), list(enumerate("一二三四五六七八九十", 1)))
def test_every_day_by_its_chinese_number(number: int, written: str) -> None:
    assert find_day(f"第{written}天", days("2022-07-01", 10), lambda: TODAY) == f"2022-07-{number:02}"


@pytest.mark.parametrize(
    ("number", "name", "written"),
    list(zip(range(4, 11), WEEK, "一二三四五六日", strict=True)),
)
def test_every_weekday_in_both_languages(number: int, name: str, written: str) -> None:
    week = days("2022-07-04", 7)
    for text in (name, name[:3], name[:-1], f"周{written}", f"星期{written}", f"礼拜{written}"):
        assert find_day(text, week, lambda: TODAY) == f"2022-07-{number:02}"


NO_DAY = 'no day "{}"; use a number from 1 to 4, a date such as 2022-07-23, a weekday or "today"'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("todya", NO_DAY.format("todya") + '. Did you mean "today"?'),
        ("tomorow", NO_DAY.format("tomorow") + '. Did you mean "tomorrow"?'),
        ("yesterdy", NO_DAY.format("yesterdy") + '. Did you mean "yesterday"?'),
        ("fryday", NO_DAY.format("fryday") + '. Did you mean "friday"?'),
        ("toda", NO_DAY.format("toda") + '. Did you mean "today"?'),
        ("tod", NO_DAY.format("tod")),
        ("sund ay", NO_DAY.format("sund ay") + '. Did you mean "sunday"?'),
        ("2022-02-30", NO_DAY.format("2022-02-30")),
        ("0", "no day 0; the conference has days 1 to 4"),
        ("5", "no day 5; the conference has days 1 to 4"),
        ("24", 'no day 24; the conference has days 1 to 4. Did you mean "2022-07-24"?'),
        ("7-27", "2022-07-27 is not a day of the conference, 2022-07-23 to 2022-07-26"),
        ("周五", 'no "周五" during the conference (2022-07-23 to 2022-07-26)'),
        ("27日", 'no "27日" during the conference (2022-07-23 to 2022-07-26)'),
        ("the 22nd", 'no "the 22nd" during the conference (2022-07-23 to 2022-07-26)'),
    ],
)
def test_messages_for_invalid_days(text: str, sentence: str) -> None:
    with pytest.raises(SummitError) as caught:
        find_day(text, DAYS, lambda: TODAY)
    assert str(caught.value) == sentence


def test_the_first_day_with_that_day_of_the_month_is_suggested() -> None:
    with pytest.raises(SummitError) as caught:
        find_day("41", days("2022-07-01", 40), lambda: TODAY)
    assert str(caught.value) == "no day 41; the conference has days 1 to 40"
    with pytest.raises(SummitError) as caught:
        find_day("31", [*days("2022-07-30", 2), *days("2022-08-30", 2)], lambda: TODAY)
    assert str(caught.value) == 'no day 31; the conference has days 1 to 4. Did you mean "2022-07-31"?'


@pytest.mark.parametrize("text", ["24日", "the 24th"])
def test_a_day_of_the_month_is_ambiguous_if_two_months_have_it(text: str) -> None:
    two_months = [*days("2022-07-23", 4), *days("2022-08-24", 2)]
    assert find_day(text.replace("24", "25"), days("2022-07-25", 30), lambda: TODAY) == "2022-07-25"
    with pytest.raises(SummitError) as caught:
        find_day(text, two_months, lambda: TODAY)
    nearest = '"2022-07-24" or "2022-08-24"'
    said = f'"{text}" could be in several months; give the month, too. Did you mean {nearest}?'
    assert str(caught.value) == said


@pytest.mark.parametrize("text", ["tomorrow", "昨天"])
def test_a_day_beyond_the_calendar_is_none(text: str) -> None:
    with pytest.raises(SummitError) as caught:
        find_day(text, DAYS, lambda: date.max if text == "tomorrow" else date.min)
    assert str(caught.value).startswith(NO_DAY.format(text))


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "5", "-1", "99", "1000", "7-27", "7-22", "2021-07-23", "2022-13-01", "2022-02-30", "7",
    "fri", "周五",
     "sa", "s", "caturday", "周", "星期八", "7-23-2022", "23.7.", "1.5", "noon", "now", "2022-07-23T10:00",
     "0000-01-01",
     "99999-01-01", "2-30", "13月1日", "23 Juli", "July", "23 ju", "July 2022",
    "31 june", "22 July", "24nd day", "a 24th", "第24日", "第五天", "第零天", "20221332",
    "\udcff", "\x00"],
)  # fmt: skip
def test_days_outside_the_conference_are_rejected(text: str) -> None:
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


def test_a_moment_is_of_the_years_in_which_conferences_are() -> None:
    for text in ("1900-01-01", "2999-12-31T23:59"):
        assert find_moment(text, DAYS, lambda: TODAY, ZONE).isoformat()[:10] == text[:10]
    for text in ("1899-12-31T23:59", "3000-01-01", "9999-12-31 24:00"):
        with pytest.raises(SummitError) as caught:
            find_moment(text, DAYS, lambda: TODAY, ZONE)
        assert str(caught.value) == f'"{text}" is not between the years 1900 and 2999'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9:30", '"9:30" is a time without a day; give both, such as 1T9:30 for day 1'),
        ("１９:30", '"１９:30" is a time without a day; give both, such as 1T１９:30 for day 1'),
        ("1 9:60", '"9:60" is not a time; use HH:MM, such as 9:30'),
        ("x", NO_DAY.format("x")),
    ],
)
def test_messages_for_invalid_moments(text: str, sentence: str) -> None:
    with pytest.raises(SummitError) as caught:
        find_moment(text, DAYS, lambda: TODAY, ZONE)
    assert str(caught.value) == sentence


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
def test_every_way_to_write_a_time_of_day(text: str, minute: int) -> None:
    assert find_minute(text) == minute


@pytest.mark.parametrize(
    "text", ["", "24:01", "25", "9:60", "9:5", "-1:00", "9.30", "noon", "9:30pm", "1:2:3"]
)
def test_invalid_times_of_day(text: str) -> None:
    with pytest.raises(SummitError) as caught:
        find_minute(text)
    assert str(caught.value) == f'"{text}" is not a time; use HH:MM, such as 9:30'


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30m", 30), ("30min", 30), ("2h", 120), ("1d", 1440), ("1h30m", 90), ("1d2h3min", 1563), ("45", 45),
        ("0", 0), (" 1 h ", 60), ("1H", 60), ("２h", 120), ("999d", 999 * 1440), ("9999h", 9999 * 60),
        ("99999m", 99999), ("99999", 99999),
    ],
)  # fmt: skip
def test_every_way_to_write_a_duration(text: str, minutes: int) -> None:
    assert find_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    ["", " ", "m", "x", "1x", "1000d", "10000h", "100000m", "100000", "30m2h", "2h30", "-1", "1.5h", "1mi"],
)
def test_invalid_durations(text: str) -> None:
    with pytest.raises(SummitError) as caught:
        find_duration(text)
    assert str(caught.value) == f'"{text}" is not a duration; use 30m, 2h or 1d'


@pytest.mark.parametrize(
    ("text", "zone"), [("Europe/Berlin", "Europe/Berlin"), ("EUROPE/berlin", "Europe/Berlin"), ("utc", "UTC")]
)
def test_a_zone_is_found_in_whatever_case(text: str, zone: str) -> None:
    assert find_zone(text) == zone


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("CST", "Asia/Shanghai Asia/Taipei America/Chicago"),
        ("ist", "Asia/Kolkata Europe/Dublin Asia/Jerusalem"),
        ("北京时间", "Asia/Shanghai"),
        ("UTC+8", "Etc/GMT-8"),
        ("gmt-03:00", "Etc/GMT+3"),
        ("+14", "Etc/GMT-14"),
        ("+15", ""),
        ("UTC+5:30", ""),
    ],
)
def test_an_abbreviation_or_an_offset_is_an_error_with_likely_zones(text: str, zones: str) -> None:
    with pytest.raises(UnknownValue) as error:
        find_zone(text)
    near = " or ".join(f'"{zone}"' for zone in zones.split())
    question = f". Did you mean {near}?" if near else ""
    assert str(error.value) == f'no time zone "{text}"; use an IANA name such as Europe/Berlin{question}'


def test_every_suggested_zone_exists() -> None:
    for line in ABBREVIATIONS.strip().splitlines():
        for zone in line.partition(":")[2].split():
            assert find_zone(zone) == zone


def test_a_zone_that_there_is_not_is_an_error_with_the_nearest() -> None:
    with pytest.raises(SummitError) as caught:
        find_zone("Berlin")
    assert str(caught.value) == (
        'no time zone "Berlin"; use an IANA name such as Europe/Berlin. Did you mean "Europe/Berlin"?'
    )


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


@pytest.mark.parametrize(
    ("text", "day"),
    [("2022-07-23", "2022-07-23"), (" 2022-07-23T09:00 ", "2022-07-23"), ("7-23", None), ("today", None)],
)
def test_only_a_date_with_its_year_is_one_whatever_the_schedule(text: str, day: str | None) -> None:
    assert full_date(text) == (day and date.fromisoformat(day))
