"""Tests for durations: calendar days and elapsed hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.calendars.durations import Duration, Time, exact_duration, read_duration

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2024, 3, 30, 22, tzinfo=BERLIN)
"""The evening before an hour is skipped."""
FLOATING = datetime(2024, 3, 30, 22)  # noqa: DTZ001
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "days", "rest"),
    [
        ("PT1H30M", 0, 1.5 * HOUR),
        ("P1D", 1, 0 * HOUR),
        ("PT24H", 0, 24 * HOUR),
        ("P1W", 7, 0 * HOUR),
        ("+p1dt2h3m4s", 1, timedelta(hours=2, minutes=3, seconds=4)),
        (" PT0S ", 0, 0 * HOUR),
    ],
)
def test_a_duration_is_parsed(text: str, days: int, rest: timedelta) -> None:
    assert read_duration(text) == Duration(days * DAY, rest)


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "-PT1H", "P1H", "PT1D", "P9999W", "P1Y", "PT1H x"])
def test_an_invalid_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_duration(text)


def test_days_follow_the_calendar_and_hours_are_elapsed_time() -> None:
    assert Duration(DAY).of(EVENING) == Time(EVENING, datetime(2024, 3, 31, 22, tzinfo=BERLIN))
    assert Duration(0 * DAY, 24 * HOUR).of(EVENING).end == datetime(2024, 3, 31, 23, tzinfo=BERLIN)
    assert Duration(DAY, HOUR).of(EVENING).end == datetime(2024, 3, 31, 23, tzinfo=BERLIN)
    assert Duration(2 * DAY).of(date(2024, 3, 30)) == Time(date(2024, 3, 30), date(2024, 4, 1))


def test_hours_after_a_local_time_stay_a_length() -> None:
    assert Duration(0 * DAY, 8 * HOUR).of(FLOATING) == Time(FLOATING, None, 8 * HOUR)
    assert Duration(DAY).of(FLOATING) == Time(FLOATING, FLOATING + DAY)


def test_the_duration_of_a_night_is_elapsed_time() -> None:
    assert exact_duration(Time(EVENING, datetime(2024, 3, 31, 6, tzinfo=BERLIN))) == Duration(
        0 * DAY, 7 * HOUR
    )
    assert exact_duration(Time(date(2024, 3, 30), date(2024, 4, 1))) == Duration(2 * DAY)
    assert exact_duration(Time(FLOATING, FLOATING + 8 * HOUR)) == Duration(8 * HOUR)
    assert exact_duration(Time(EVENING)) is None


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    st.integers(0, 10_000),
    st.sampled_from(["Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_an_event_of_minutes_ends_that_much_later(start: datetime, minutes: int, zone: str) -> None:
    begins = start.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    end = read_duration(f"PT{minutes}M").of(begins).end
    assert isinstance(end, datetime)
    assert end.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=minutes)
