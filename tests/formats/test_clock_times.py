"""Times of day beside a day: nights, durations, clock changes, and what is refused."""

import pytest

from summitcli.formats.clock_times import ClockTimes, Unreadable

DAY = "2030-05-10"
TIMES = ClockTimes("Asia/Shanghai")
BERLIN = ClockTimes("Europe/Berlin")
TIME = "must be a time such as 14:00, or with a date and UTC offset, such as 2022-07-23T09:00:00+08:00"
DURATION = "must be a duration such as 0:45, in hours and minutes, or a number of minutes"


def instants(start: object, end: object = None, duration: object = None, day: object = DAY) -> object:
    found = TIMES.instants(day, start, end, duration)
    return [str(value).removeprefix("2030-05-").removesuffix(":00+08:00") for value in found.values()]


@pytest.mark.parametrize(
    ("start", "end", "duration", "found"),
    [
        ("9:30", "10:15", None, ["10T09:30", "10T10:15"]),
        ("09:30", None, "0:45", ["10T09:30", "10T10:15"]),
        ("09:30", None, "45", ["10T09:30", "10T10:15"]),
        ("09:30", None, "26:05", ["10T09:30", "11T11:35"]),
        ("22:30", "01:00", None, ["10T22:30", "11T01:00"]),
        ("22:30", "25:00", None, ["10T22:30", "11T01:00"]),
        ("22:30", "24:00", None, ["10T22:30", "11T00:00"]),
        ("10:00", "10:00", None, ["10T10:00", "10T10:00"]),
        ("24:30", "26:00", None, ["11T00:30", "11T02:00"]),
        ("24:30", "02:00", None, ["11T00:30", "11T02:00"]),
        ("47:59", None, "1", ["11T23:59", "12T00:00"]),
        ("2030-05-10T23:00:00+08:00", "00:30", None, ["10T23:00", "10T00:30"]),
        ("23:00", "2030-05-11T00:30:00+08:00", None, ["10T23:00", "11T00:30"]),
        ("2030-05-10T23:00:00+08:00", None, "1:30", ["10T23:00", "11T00:30"]),
        ("10:00", None, None, ["10T10:00"]),
        (None, "10:00", None, ["10T10:00"]),
        (None, None, None, []),
        (["x"], {"y": 1}, None, ["['x']", "{'y': 1}"]),
        ("2030-05-10T23:00", None, "1:30", ["10T23:00"]),
    ],
)  # fmt: skip
def test_times_become_instants(start: object, end: object, duration: object, found: list[str]) -> None:
    assert instants(start, end, duration) == found


@pytest.mark.parametrize("day", [None, "soon", "2030-02-30", 5, "20300510", ["x"]])
def test_times_of_an_invalid_day_are_dropped(day: object) -> None:
    assert TIMES.instants(day, "10:00", "11:00", None) == {}
    assert TIMES.instants(day, "10:00", None, "45") == {}


def test_times_in_an_unknown_zone_are_dropped_and_instants_kept() -> None:
    unknown = ClockTimes(None)
    assert unknown.instants(DAY, "10:00", "11:00", None) == {}
    assert unknown.instants(DAY, "2030-05-10T10:00:00Z", None, "60") == {
        "start": "2030-05-10T10:00:00Z", "end": "2030-05-10T11:00:00+00:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "duration", "field", "reason"),
    [
        ("9h30", None, None, "start", TIME),
        ("48:00", None, None, "start", TIME),
        ("10:60", None, None, "start", TIME),
        ("10:00", "noon", None, "end", TIME),
        ("", "10:00", None, "start", TIME),
        ("10:00\n", None, None, "start", TIME),
        ("10:00", None, "an hour", "duration", DURATION),
        ("10:00", None, "0:60", "duration", DURATION),
        ("10:00", None, "1:5", "duration", DURATION),
        ("10:00", None, ["45"], "duration", DURATION),
    ],
)
def test_what_is_no_time_is_refused(
    start: object, end: object, duration: object, field: str, reason: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        TIMES.instants(DAY, start, end, duration)
    assert (caught.value.field, str(caught.value)) == (field, reason)


def test_a_time_that_the_clock_skips_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        BERLIN.instants("2030-03-31", "02:30", "04:00", None)
    assert str(caught.value) == ("2030-03-31 has no such time in Europe/Berlin, as the clock is set forward")
    with pytest.raises(Unreadable, match="2030-03-31 has no such time"):
        BERLIN.instants("2030-03-30", "23:00", "02:30", None)


def test_a_duration_is_real_time_when_the_clock_changes() -> None:
    assert BERLIN.instants("2030-03-31", "01:30", None, "1:00") == {
        "start": "2030-03-31T01:30:00+01:00", "end": "2030-03-31T03:30:00+02:00",
    }  # fmt: skip


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_at_the_limits_are_refused_or_converted(day: str) -> None:
    try:
        ClockTimes("Asia/Tokyo").instants(day, "24:30", "47:00", "600")
    except Unreadable as error:
        assert day in str(error)


def test_an_offset_with_seconds_is_converted_to_utc() -> None:
    assert BERLIN.instants("1890-01-01", "10:00", None, None) == {"start": "1890-01-01T09:06:32+00:00"}
