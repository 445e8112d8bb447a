"""Tests for expanding recurrence rules: which are expanded, and how far."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitcli.formats.calendars import recurrence
from summitcli.formats.calendars.recurrence import (
    MAX_STEPS,
    MAX_TIMES,
    Recurrences,
    Times,
    UnsupportedRule,
    as_day,
)
from summitcli.formats.calendars.rules import read_rule

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2024, 3, 25)
FRIDAY = date(2024, 3, 29)
HOUR = timedelta(hours=1)


def expand(text: str, start: date = MONDAY, first: date = MONDAY, last: date = FRIDAY) -> Times:
    return Recurrences(first, last).expand(start, [read_rule(rule) for rule in text.split(" + ")])


def march(*days: int) -> tuple[date, ...]:
    return tuple(date(2024, 3, day) for day in days)


def test_a_rule_that_ends_soon_is_expanded_to_its_end() -> None:
    assert expand("FREQ=DAILY;COUNT=3") == Times(march(25, 26, 27), complete=True)
    assert expand("FREQ=WEEKLY;COUNT=2", start=date(2024, 3, 4)) == Times(march(4, 11), complete=True)
    assert expand("FREQ=DAILY;COUNT=20").starts[-1] == date(2024, 4, 13)


def test_an_endless_rule_is_expanded_to_the_last_day_of_the_conference() -> None:
    assert expand("FREQ=DAILY", last=date(2024, 4, 4)) == Times(
        tuple(MONDAY + timedelta(days=n) for n in range(11)), complete=False
    )


def test_an_endless_rule_is_expanded_through_its_first_week() -> None:
    assert expand("FREQ=DAILY;BYDAY=MO,WE", last=MONDAY) == Times(march(25, 27), complete=False)
    assert expand("FREQ=DAILY") == Times(march(25, 26, 27, 28, 29, 30, 31), complete=False)


def test_times_long_before_the_conference_are_left_out() -> None:
    found = expand("FREQ=WEEKLY", start=date(2020, 3, 30), first=MONDAY, last=FRIDAY)
    assert found == Times((date(2024, 2, 26), *march(4, 11, 18, 25)), complete=False)


def test_times_long_before_the_conference_are_kept_if_there_are_no_others() -> None:
    found = expand("FREQ=DAILY;COUNT=2", start=date(2020, 3, 30))
    assert found == Times((date(2020, 3, 30), date(2020, 3, 31)), complete=True)


def test_the_start_is_an_occurrence_whatever_the_rule_says() -> None:
    assert expand("FREQ=WEEKLY;BYDAY=WE;COUNT=1") == Times(march(25, 27), complete=True)


def test_local_times_stay_when_daylight_saving_begins() -> None:
    start = datetime(2024, 3, 30, 9, tzinfo=BERLIN)
    assert expand("FREQ=DAILY;COUNT=3", start=start).starts == (
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
def test_until_may_be_a_date_a_local_time_or_an_instant(until: str, days: tuple[int, ...]) -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=BERLIN)
    expected = tuple(datetime(2024, 3, day, 9, tzinfo=BERLIN) for day in days)
    assert expand(f"FREQ=DAILY;UNTIL={until}", start=start) == Times(expected, complete=True)


def test_dates_may_end_at_a_time() -> None:
    assert expand("FREQ=DAILY;UNTIL=20240326T120000Z") == Times(march(25, 26), complete=True)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=DAILY;INTERVAL=2;COUNT=3", (25, 27, 29)),
        ("FREQ=DAILY;COUNT=9;UNTIL=20240326", (25, 26)),
        ("FREQ=WEEKLY;BYDAY=TU,MO,TH;COUNT=3", (25, 26, 28)),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SA;COUNT=2", (25, 30)),
        ("FREQ=MONTHLY;BYMONTHDAY=-4,25;COUNT=2", (25, 28)),
        ("FREQ=MONTHLY;BYDAY=-1TH,4MO;COUNT=2", (25, 28)),
        ("freq=daily; count=2 ;", (25, 26)),
        ("FREQ=DAILY;BYMONTH=3;COUNT=2", (25, 26)),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;COUNT=3", (25, 27, 29)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,-5;COUNT=2", (25, 29)),
        ("FREQ=MONTHLY;BYDAY=MO,FR;BYMONTHDAY=25,29;COUNT=2", (25, 29)),
        ("FREQ=YEARLY;BYYEARDAY=85,-280;COUNT=2", (25, 27)),
        ("FREQ=YEARLY;BYDAY=13MO,13TU;COUNT=2", (25, 26)),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=5;COUNT=2", (25, 26)),
        ("FREQ=YEARLY;BYWEEKNO=13;BYDAY=MO,TH;COUNT=2", (25, 28)),
        ("FREQ=YEARLY;BYWEEKNO=13;WKST=SU;BYDAY=MO,SU;UNTIL=20240401", (25,)),
        ("FREQ=YEARLY;BYWEEKNO=13;UNTIL=20240401", (25,)),
        ("FREQ=YEARLY;BYWEEKNO=-40;BYDAY=MO,FR;BYMONTH=3;COUNT=2", (25, 29)),
        ("FREQ=DAILY;COUNT=2 + FREQ=DAILY;INTERVAL=3;COUNT=2", (25, 26, 28)),
        ("FREQ=DAILY;COUNT=2 + FREQ=DAILY;UNTIL=20240326", (25, 26)),
    ],
)
def test_intervals_and_days_of_weeks_and_months(text: str, days: tuple[int, ...]) -> None:
    assert expand(text) == Times(march(*days), complete=True)


def test_times_by_the_hour() -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=UTC)
    assert expand("FREQ=HOURLY;COUNT=3", start=start).starts == (start, start + HOUR, start + 2 * HOUR)


def test_times_by_the_hour_on_days_of_the_year() -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=UTC)
    found = expand("FREQ=HOURLY;BYYEARDAY=85,-280;BYHOUR=9;COUNT=2", start=start)
    assert found.starts == (start, datetime(2024, 3, 27, 9, tzinfo=UTC))


def test_times_by_the_minute_and_several_a_day() -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=UTC)
    assert expand("FREQ=MINUTELY;INTERVAL=60;COUNT=3", start).starts == (
        start,
        start + HOUR,
        start + 2 * HOUR,
    )
    assert expand("FREQ=DAILY;BYHOUR=9,11;COUNT=3", start).starts == (
        start,
        start + 2 * HOUR,
        start + 24 * HOUR,
    )
    assert expand("FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=2", start).starts == (start, start + 24 * HOUR)
    assert expand("FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-1;COUNT=1", start).starts == (start, start + HOUR / 2)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYDAY=53MO;BYMONTH=3",
    ],
)
def test_a_next_time_that_never_comes_is_given_up(text: str) -> None:
    for start in (MONDAY, date(1900, 1, 1)):
        with pytest.raises(UnsupportedRule):
            expand(text, start)


@pytest.mark.parametrize(
    ("until", "zone", "days"),
    [
        ("20240327T220000Z", BERLIN, (25, 26, 27)),
        ("20240327T230000Z", BERLIN, (25, 26, 27, 28)),
        ("20240327T230000Z", None, (25, 26, 27, 28)),
        ("20240327T130000Z", None, (25, 26, 27, 28)),
        ("20240327T050000Z", None, (25, 26, 27)),
        ("20240327T235959Z", BERLIN, (25, 26, 27)),
        ("20240327T000000", None, (25, 26, 27)),
    ],
)
def test_dates_may_end_at_a_midnight_in_utc(until: str, zone: ZoneInfo | None, days: tuple[int, ...]) -> None:
    rule = read_rule(f"FREQ=DAILY;UNTIL={until}")
    zones = [zone] if zone else []
    assert Recurrences(MONDAY, FRIDAY).expand(MONDAY, [rule], zones) == Times(march(*days), complete=True)


def test_the_last_minute_of_a_day_in_utc_is_of_that_day() -> None:
    late = datetime(2024, 3, 25, 23, 58, 59, tzinfo=UTC)
    assert as_day(late, [BERLIN]) == date(2024, 3, 26)
    for seconds in (1, 60):
        assert as_day(late + timedelta(seconds=seconds), [BERLIN]) == date(2024, 3, 25)


def test_a_midnight_in_utc_is_the_day_that_it_begins() -> None:
    assert as_day(date(2025, 5, 1), [BERLIN]) == date(2025, 5, 1)
    assert as_day(datetime(2025, 5, 1, 22, tzinfo=UTC), [BERLIN]) == date(2025, 5, 2)
    assert as_day(datetime(2025, 5, 2, tzinfo=BERLIN), []) == date(2025, 5, 2)


def test_the_zone_whose_midnight_it_is_determines_the_date() -> None:
    new_york = ZoneInfo("America/New_York")
    assert as_day(datetime(2025, 5, 1, 22, tzinfo=UTC), [new_york, BERLIN]) == date(2025, 5, 2)
    assert as_day(datetime(2025, 5, 1, 4, tzinfo=UTC), [BERLIN, new_york]) == date(2025, 5, 1)
    assert as_day(datetime(2025, 5, 1, 23, tzinfo=UTC), [new_york, BERLIN]) == date(2025, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=1,2",
        "FREQ=DAILY;UNTIL=20240324",
        "FREQ=DAILY;UNTIL=00010101T000000Z",
        "FREQ=DAILY;UNTIL=PT5M",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=DAILY,WEEKLY",
        "FREQ=WEEKLY;WKST=MO,TU",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 65),
        "FREQ=DAILY;X-ODD=1",
        "FREQ=MINUTELY;COUNT=1000000000",
        "FREQ=HOURLY",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYYEARDAY=1",
        "FREQ=MONTHLY;BYWEEKNO=1",
        "FREQ=YEARLY;BYWEEKNO=0",
        "FREQ=YEARLY;BYWEEKNO=54",
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO",
        "FREQ=DAILY;BYYEARDAY=1",
        "FREQ=DAILY;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYMONTH=-1",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=DAILY;COUNT=" + "9" * 5_000,
    ],
)
def test_a_contradictory_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        expand(text)


def test_one_unsupported_rule_of_several_is_refused() -> None:
    with pytest.raises(ValueError):
        expand("FREQ=DAILY;COUNT=2 + FREQ=SECONDLY")


def test_several_rules_are_complete_only_together() -> None:
    assert expand("FREQ=DAILY;COUNT=2 + FREQ=DAILY;INTERVAL=3") == Times(
        march(25, 26, 28, 31), complete=False
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=WE", (27,)),
        ("FREQ=DAILY;INTERVAL=2", (25, 27, 29)),
        ("FREQ=DAILY;COUNT=2", (25, 26)),
        ("FREQ=DAILY;UNTIL=20240326", (25, 26)),
    ],
)
def test_a_rule_may_exclude_times(text: str, days: tuple[int, ...]) -> None:
    last = datetime(2024, 3, 30)  # noqa: DTZ001
    assert tuple(Recurrences(MONDAY, FRIDAY).excluded(MONDAY, read_rule(text), last)) == march(*days)


def test_a_rule_that_excludes_too_many_is_refused() -> None:
    start, last = datetime(2024, 3, 25, tzinfo=BERLIN), datetime(2025, 3, 25)  # noqa: DTZ001
    with pytest.raises(UnsupportedRule):
        Recurrences(MONDAY, FRIDAY).excluded(start, read_rule("FREQ=MINUTELY"), last)


def test_a_billion_occurrences_are_cut_off() -> None:
    assert len(expand("FREQ=DAILY;COUNT=1000000000").starts) == 7
    start = datetime(2024, 3, 25, tzinfo=UTC)
    for rule, complete in (
        ("FREQ=HOURLY;COUNT=366", True), ("FREQ=HOURLY;COUNT=367", False), ("FREQ=HOURLY", False),
    ):  # fmt: skip
        found = expand(rule, start, last=date(2024, 12, 31))
        assert found == Times(tuple(start + n * HOUR for n in range(366)), complete)


@pytest.mark.parametrize(("count", "complete"), [(366, True), (367, False)])
def test_at_most_366_times_are_kept_long_before_the_conference(count: int, complete: bool) -> None:
    start = datetime(2024, 1, 1, tzinfo=UTC)
    found = expand(f"FREQ=HOURLY;COUNT={count}", start)
    assert found == Times(tuple(start + n * HOUR for n in range(366)), complete)


def test_only_a_rule_ending_within_a_month_is_expanded_to_its_end() -> None:
    start = datetime(2024, 3, 25, 9, tzinfo=BERLIN)
    found = expand("FREQ=DAILY;UNTIL=20240425T090000", start)
    assert (len(found.starts), found.complete) == (32, True)
    found = expand("FREQ=DAILY;UNTIL=20240425T090001", start)
    assert (len(found.starts), found.complete) == (7, False)


def test_a_count_up_to_thirty_one_is_taken_literally() -> None:
    assert expand("FREQ=WEEKLY;COUNT=31") == Times(
        tuple(MONDAY + timedelta(weeks=n) for n in range(31)), True
    )
    assert expand("FREQ=WEEKLY;COUNT=32") == Times((MONDAY,), complete=False)


def test_a_rule_with_a_small_count_is_expanded_for_a_year() -> None:
    days = MONDAY, MONDAY + timedelta(days=365)
    assert expand("FREQ=DAILY;INTERVAL=365;COUNT=2") == Times(days, complete=True)
    assert expand("FREQ=DAILY;INTERVAL=366;COUNT=2") == Times(days[:1], complete=False)
    # From the start of the conference, even if the rule begins before.
    earlier = MONDAY - timedelta(days=1)
    assert expand("FREQ=DAILY;INTERVAL=366;COUNT=2", start=earlier).starts == (earlier,)


def test_times_up_to_a_month_before_the_conference_are_kept() -> None:
    found = expand("FREQ=DAILY;COUNT=60", start=date(2024, 2, 1))
    assert (found.starts[0], found.complete) == (date(2024, 2, 23), False)


@pytest.mark.parametrize("until", ["00010101T000000Z", "18991231T235959Z"])
def test_an_until_before_supported_years_is_refused_in_any_zone(until: str) -> None:
    for zone in (UTC, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")):
        with pytest.raises(UnsupportedRule):
            expand(f"FREQ=DAILY;UNTIL={until}", datetime(2024, 3, 25, 9, tzinfo=zone))


@pytest.mark.parametrize("end", ["", ";COUNT=9", ";UNTIL=29991231", ";UNTIL=30000101", ";UNTIL=99991231"])
def test_no_rule_gives_a_day_after_supported_years(end: str) -> None:
    days = tuple(date(2999, 12, day) for day in (29, 30, 31))
    assert expand(f"FREQ=DAILY{end}", days[0], days[0], days[2]) == Times(days, complete=True)


def test_occurrences_counted_for_one_event_are_limited() -> None:
    long_before = expand("FREQ=DAILY", start=MONDAY - timedelta(days=19_999))
    assert long_before.starts[-1] == MONDAY
    longer_before = expand("FREQ=DAILY", start=MONDAY - timedelta(days=20_000))
    assert longer_before.starts[-1] == MONDAY - timedelta(days=1)
    too_long_before = expand("FREQ=DAILY", start=date(1900, 1, 1))
    assert too_long_before == Times((date(1900, 1, 1),), complete=False)


def test_steps_in_one_file_are_limited() -> None:
    recurrences = Recurrences(MONDAY, FRIDAY)
    found = [
        recurrences.expand(MONDAY, [read_rule("FREQ=DAILY;COUNT=10")]) for _ in range(MAX_STEPS // 10 + 2)
    ]
    assert {len(times.starts) for times in found[:-2]} == {10}
    assert found[-2:] == [Times((MONDAY,), complete=False)] * 2


@pytest.mark.parametrize(
    ("rule", "steps", "expected"),
    [
        ("FREQ=DAILY;BYDAY=WE;COUNT=1", 3, Times(march(25, 27), complete=True)),
        ("FREQ=DAILY;BYDAY=WE;COUNT=1", 2, Times(march(25), complete=False)),
        ("FREQ=DAILY;BYDAY=WE;UNTIL=20240326", 2, Times(march(25), complete=True)),
        ("FREQ=DAILY;BYDAY=WE;UNTIL=20240326", 1, Times(march(25), complete=False)),
    ],
)
def test_days_without_an_occurrence_are_steps(
    rule: str, steps: int, expected: Times, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurrence, "MAX_STEPS", steps)
    assert expand(rule) == expected


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
def test_any_rule_gives_few_sorted_times_of_one_type(text: str, start: date) -> None:
    try:
        starts = expand(text, start).starts
    except ValueError:
        return
    assert 1 <= len(starts) <= MAX_TIMES
    assert list(starts) == sorted(set(starts))
    assert {type(moment) for moment in starts} == {type(start)}
    assert starts[0] == start or starts[0] > start
