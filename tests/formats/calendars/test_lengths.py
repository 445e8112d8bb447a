"""Lengths: days by the calendar, hours in real time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.formats.calendars.lengths import Length, Time, exact, read_length

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = datetime(2024, 3, 30, 22, tzinfo=BERLIN)
"""Before the night in which an hour is skipped."""
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
def test_a_length_is_read(text: str, days: int, rest: timedelta) -> None:
    assert read_length(text) == Length(days * DAY, rest)


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "-PT1H", "P1H", "PT1D", "P9999W", "P1Y", "PT1H x"])
def test_what_is_no_length_of_an_event_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_length(text)


def test_a_day_is_as_long_as_it_is_and_an_hour_an_hour() -> None:
    assert Length(DAY).of(EVENING) == Time(EVENING, datetime(2024, 3, 31, 22, tzinfo=BERLIN))
    assert Length(0 * DAY, 24 * HOUR).of(EVENING).end == datetime(2024, 3, 31, 23, tzinfo=BERLIN)
    assert Length(DAY, HOUR).of(EVENING).end == datetime(2024, 3, 31, 23, tzinfo=BERLIN)
    assert Length(2 * DAY).of(date(2024, 3, 30)) == Time(date(2024, 3, 30), date(2024, 4, 1))


def test_hours_from_a_local_time_on_are_counted_where_its_zone_is_known() -> None:
    assert Length(0 * DAY, 8 * HOUR).of(FLOATING) == Time(FLOATING, None, 8 * HOUR)
    assert Length(DAY).of(FLOATING) == Time(FLOATING, FLOATING + DAY)


def test_the_length_of_a_night_is_that_of_its_instants() -> None:
    assert exact(Time(EVENING, datetime(2024, 3, 31, 6, tzinfo=BERLIN))) == Length(0 * DAY, 7 * HOUR)
    assert exact(Time(date(2024, 3, 30), date(2024, 4, 1))) == Length(2 * DAY)
    assert exact(Time(FLOATING, FLOATING + 8 * HOUR)) == Length(8 * HOUR)
    assert exact(Time(EVENING)) is None


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    st.integers(0, 10_000),
    st.sampled_from(["Europe/Berlin", "Africa/Cairo", "Australia/Lord_Howe", "America/St_Johns"]),
)
def test_what_lasts_minutes_ends_so_many_minutes_later(start: datetime, minutes: int, zone: str) -> None:
    begins = start.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone))
    end = read_length(f"PT{minutes}M").of(begins).end
    assert isinstance(end, datetime)
    assert end.astimezone(UTC) - begins.astimezone(UTC) == timedelta(minutes=minutes)
