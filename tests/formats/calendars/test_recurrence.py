"""The times of what recurs: what is followed, how far, and what is not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.prop import vRecur

from summitcli.formats.calendars.recurrence import (
    NotFollowed,
    Recurrences,
    Times,
    read_rule,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2024, 3, 25)
FRIDAY = date(2024, 3, 29)
HOUR = timedelta(hours=1)


def rule(text: str) -> dict[str, Any]:
    return dict(vRecur.from_ical(text))


def follow(text: str, start: date = MONDAY, first: date = MONDAY, last: date = FRIDAY) -> Times:
    return Recurrences(first, last).follow(start, rule(text))


def march(*days: int) -> tuple[date, ...]:
    return tuple(date(2024, 3, day) for day in days)


def test_a_rule_that_ends_soon_is_followed_to_its_end() -> None:
    assert follow("FREQ=DAILY;COUNT=3") == Times(march(25, 26, 27), whole=True)
    assert follow("FREQ=WEEKLY;COUNT=2", start=date(2024, 3, 4)) == Times(march(4, 11), whole=True)
    assert follow("FREQ=DAILY;COUNT=20").starts[-1] == date(2024, 4, 13)


def test_an_endless_rule_is_followed_to_the_last_day_of_the_conference() -> None:
    assert follow("FREQ=DAILY", last=date(2024, 4, 4)) == Times(
        tuple(MONDAY + timedelta(days=n) for n in range(11)), whole=False
    )


def test_an_endless_rule_is_followed_through_its_first_week_at_least() -> None:
    assert follow("FREQ=DAILY;BYDAY=MO,WE", last=MONDAY) == Times(march(25, 27), whole=False)
    assert follow("FREQ=DAILY") == Times(march(25, 26, 27, 28, 29, 30, 31), whole=False)


def test_what_lies_long_before_the_conference_is_left_out() -> None:
    found = follow("FREQ=WEEKLY", start=date(2020, 3, 30), first=MONDAY, last=FRIDAY)
    assert found == Times((date(2024, 2, 26), *march(4, 11, 18, 25)), whole=False)


def test_what_is_held_long_before_the_conference_and_never_again_is_kept() -> None:
    found = follow("FREQ=DAILY;COUNT=2", start=date(2020, 3, 30))
    assert found == Times((date(2020, 3, 30), date(2020, 3, 31)), whole=True)


def test_the_first_time_counts_whatever_the_rule_says() -> None:
    assert follow("FREQ=WEEKLY;BYDAY=WE;COUNT=1") == Times(march(25, 27), whole=True)


def test_times_are_the_same_by_the_clock_when_daylight_saving_begins() -> None:
    start = datetime(2024, 3, 30, 9, tzinfo=BERLIN)
    assert follow("FREQ=DAILY;COUNT=3", start=start).starts == (
        datetime(2024, 3, 30, 8, tzinfo=UTC),
        datetime(2024, 3, 31, 7, tzinfo=UTC),
        datetime(2024, 4, 1, 7, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("until", "days"),
    [
        ("20240327", (25, 26, 27)),
        ("20240327T090000", (25, 26, 27)),
        ("20240327T085959", (25, 26)),
        ("20240327T080000Z", (25, 26, 27)),
        ("20240327T075959Z", (25, 26)),
    ],
)
def test_an_end_may_be_a_day_a_local_time_or_an_instant(until: str, days: tuple[int, ...]) -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=BERLIN)
    expected = tuple(datetime(2024, 3, day, 9, tzinfo=BERLIN) for day in days)
    assert follow(f"FREQ=DAILY;UNTIL={until}", start=start) == Times(expected, whole=True)


def test_days_may_end_at_a_time() -> None:
    assert follow("FREQ=DAILY;UNTIL=20240326T120000Z") == Times(march(25, 26), whole=True)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", (25, 27, 29)),
        ("FREQ=DAILY;COUNT=9;UNTIL=20240326", (25, 26)),
        ("FREQ=WEEKLY;BYDAY=TU,MO,TH;COUNT=3", (25, 26, 28)),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SA;COUNT=2", (25, 30)),
        ("FREQ=MONTHLY;BYMONTHDAY=-4,25;COUNT=2", (25, 28)),
        ("FREQ=MONTHLY;BYDAY=-1TH,4MO;COUNT=2", (25, 28)),
    ],
)
def test_intervals_and_days_of_weeks_and_months(text: str, days: tuple[int, ...]) -> None:
    assert follow(text) == Times(march(*days), whole=True)


def test_times_by_the_hour() -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=UTC)
    assert follow("FREQ=HOURLY;COUNT=3", start=start).starts == (start, start + HOUR, start + 2 * HOUR)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=1000000000",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;INTERVAL=1000000000",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=1,2",
        "FREQ=DAILY;UNTIL=20240324",
        "FREQ=DAILY;UNTIL=00010101T000000Z",
        "FREQ=DAILY;UNTIL=PT5M",
        "FREQ=DAILY;BYHOUR=9,10",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=DAILY,WEEKLY",
        "FREQ=WEEKLY;WKST=MO,TU",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 33),
        "FREQ=DAILY;INTERVAL=367;COUNT=1",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;BYMONTHDAY=29",
        "FREQ=MONTHLY;BYMONTHDAY=-29",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYDAY=-5MO",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;UNTIL=18991231",
        "FREQ=WEEKLY;WKST=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;X-ODD=1",
    ],
)
def test_a_rule_that_makes_no_sense_or_may_have_no_next_time_is_not_followed(text: str) -> None:
    with pytest.raises(NotFollowed):
        follow(text)


def test_a_thousand_million_times_are_cut_off() -> None:
    assert len(follow("FREQ=DAILY;COUNT=1000000000").starts) == 7
    assert (
        len(follow("FREQ=HOURLY", datetime(2024, 3, 25, tzinfo=UTC), last=date(2024, 12, 31)).starts) == 366
    )


@pytest.mark.parametrize("start", [date(2024, 1, 1), date(2020, 1, 1)], ids=["in it", "long before"])
def test_a_daily_event_of_a_year_is_whole_and_one_of_a_day_more_is_not(start: date) -> None:
    first, last = date(2024, 1, 1), date(2025, 12, 31)
    year = tuple(start + timedelta(days=n) for n in range(366))
    assert follow("FREQ=DAILY;COUNT=366", start, first, last) == Times(year, whole=True)
    assert follow("FREQ=DAILY;COUNT=367", start, first, last) == Times(year, whole=False)


def test_a_rule_that_ends_in_a_month_is_followed_to_its_end_and_one_of_a_day_more_is_not() -> None:
    month = follow("FREQ=DAILY;COUNT=32")
    assert (len(month.starts), month.starts[-1], month.whole) == (32, date(2024, 4, 25), True)
    assert follow("FREQ=DAILY;COUNT=33") == Times(march(25, 26, 27, 28, 29, 30, 31), whole=False)


def test_what_lies_a_month_before_the_conference_is_kept_and_a_day_more_is_not() -> None:
    found = follow("FREQ=DAILY", start=date(2024, 1, 1), last=MONDAY)
    assert found == Times(tuple(date(2024, 2, 23) + timedelta(days=n) for n in range(32)), whole=False)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=DAILY;INTERVAL=366;COUNT=1", (25,)),
        ("FREQ=DAILY;COUNT=1;INTERVAL=1;BYDAY=MO", (25,)),
        ("FREQ=WEEKLY;COUNT=1;BYDAY=" + ",".join(["MO"] * 32), (25,)),
        ("FREQ=MONTHLY;COUNT=1;BYMONTHDAY=28", (25, 28)),
        ("FREQ=MONTHLY;COUNT=1;BYMONTHDAY=-1", (25, 31)),
        ("FREQ=MONTHLY;COUNT=1;BYDAY=4TU", (25, 26)),
        ("FREQ=MONTHLY;COUNT=1;BYDAY=-1TU", (25, 26)),
        ("FREQ=WEEKLY;COUNT=2;WKST=SU;BYDAY=SA,SU", (25, 30, 31)),
        ("FREQ=DAILY;UNTIL=20240325", (25,)),
    ],
)
def test_what_is_just_within_the_limits_is_followed(text: str, days: tuple[int, ...]) -> None:
    assert follow(text) == Times(march(*days), whole=True)


WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@pytest.mark.parametrize(("day", "code"), list(enumerate(WEEK, 1)))
def test_every_day_of_the_week(day: int, code: str) -> None:
    april = date(2024, 4, day)
    assert follow(f"FREQ=WEEKLY;COUNT=1;BYDAY={code}", april, april, april) == Times((april,), whole=True)
    assert follow(f"FREQ=MONTHLY;COUNT=1;BYDAY=2{code}", april, april, april).starts[1] == date(
        2024, 4, day + 7
    )
    # Of a week that begins with this day, the day before it is the last.
    before = WEEK[day - 2]
    for begin, later in ((code, 6), (before, 13)):
        found = follow(
            f"FREQ=WEEKLY;INTERVAL=2;COUNT=2;WKST={begin};BYDAY={code},{before}", april, april, april
        )
        assert found.starts == (april, april + timedelta(days=later))


def test_a_weekday_of_a_month_is_the_one_of_that_number() -> None:
    found = follow("FREQ=MONTHLY;COUNT=1;BYDAY=1TU")
    assert found == Times((MONDAY, date(2024, 4, 2)), whole=True)
    assert follow("FREQ=MONTHLY;COUNT=2;BYDAY=TU") == Times(
        (MONDAY, date(2024, 3, 26), date(2024, 4, 2)), whole=True
    )


def test_what_begins_a_month_before_the_conference_is_not_long_before() -> None:
    for start, whole in ((date(2024, 2, 23), True), (date(2024, 2, 22), False)):
        found = follow("FREQ=DAILY;COUNT=2", start=start)
        assert found == Times(tuple(date(2024, 2, day) for day in ((23, 24) if whole else (23,))), whole)


def test_a_rule_may_be_of_a_thousand_letters() -> None:
    longest = "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 327) + ";"
    assert len(longest) == 999
    assert len(read_rule(longest + "A")["BYDAY"]) == 327
    with pytest.raises(ValueError, match=f"^{longest}A$"):
        read_rule(longest + "AB")


def test_rules_end_within_the_years_of_conferences() -> None:
    century = date(2999, 12, 30)
    for until in ("29991231", "30000101", "99991231T235959Z"):
        assert follow(f"FREQ=DAILY;UNTIL={until}", century, century, century).starts[:2] == (
            century,
            date(2999, 12, 31),
        )


def test_what_is_counted_of_one_event_has_a_limit() -> None:
    long_before = follow("FREQ=DAILY", start=MONDAY - timedelta(days=19_999))
    assert long_before.starts[-1] == MONDAY
    one_more = follow("FREQ=DAILY", start=MONDAY - timedelta(days=20_000), last=MONDAY)
    assert one_more.starts[-1] == MONDAY - timedelta(days=1)
    too_long_before = follow("FREQ=DAILY", start=date(1900, 1, 1))
    assert too_long_before == Times((date(1900, 1, 1),), whole=False)


def test_what_is_counted_in_one_file_has_a_limit() -> None:
    recurrences = Recurrences(MONDAY, FRIDAY)
    found = [recurrences.follow(MONDAY, rule("FREQ=DAILY;COUNT=10")) for _ in range(10_002)]
    assert {len(times.starts) for times in found[:-2]} == {10}
    assert found[-2:] == [Times((MONDAY,), whole=False)] * 2


RULES = st.lists(
    st.sampled_from(
        [
            *(f"FREQ={often}" for often in ("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "SECONDLY")),
            *(f"COUNT={number}" for number in (1, 40, 999_999)),
            *(f"INTERVAL={number}" for number in (1, 5, 12, 366)),
            *(f"UNTIL={moment}" for moment in ("20240401", "20240401T000000Z", "99991231")),
            *("BYDAY=MO", "BYDAY=-1SU,2TU", "BYMONTHDAY=28", "BYMONTHDAY=-28,1", "WKST=SU", "BYMONTH=2"),
        ]
    ),
    max_size=5,
).map(";".join)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
STARTS = DAYS | st.builds(datetime.combine, DAYS, st.times(), st.none() | st.just(UTC) | st.just(BERLIN))


@settings(deadline=None)
@given(RULES, STARTS)
def test_whatever_the_rule_the_times_are_few_in_order_and_of_one_kind(text: str, start: date) -> None:
    try:
        starts = follow(text, start).starts
    except NotFollowed:
        return
    assert 1 <= len(starts) <= 366
    assert list(starts) == sorted(set(starts))
    assert {type(moment) for moment in starts} == {type(start)}
    assert starts[0] == start or starts[0] > start
