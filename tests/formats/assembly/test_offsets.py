"""Tests for the offsets observed in a schedule's times, and for contradicting times."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from summitcli.formats.assembly.offsets import (
    by_local_time,
    fixed_zone,
    guess_zone,
    observe_offsets,
    zones_of_events,
)
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Event
from tests.formats.drafts import BERLIN, at, event, odd, slots

TWICE = event("2025-06-10T11:30+02:00", "2025-06-10T12:15+02:00", clock="09:30")
"""A start at 09:30 in Berlin, with the offset added twice."""


def test_local_time_is_right_if_the_offset_is_that_of_the_named_zone() -> None:
    moved = event("2025-06-10T09:30+02:00", "2025-06-10T10:15+02:00", clock="09:30")
    assert by_local_time(TWICE, BERLIN) == moved
    schedule, said = odd(TWICE)
    assert slots(schedule.sessions) == [
        ("2025-06-10", "2025-06-10T09:30:00+02:00", "2025-06-10T10:15:00+02:00")
    ]
    assert schedule.conference.time_zone == "Europe/Berlin"
    assert said == ["1 event with two different start times; its local time is used"]


@pytest.mark.parametrize(
    "right",
    [
        event("2025-06-10T09:30+02:00", clock="09:30"),
        event("2025-06-10T07:30Z", clock="09:30"),
        event("2025-06-10T11:30+03:00", clock="09:30"),
        event("2025-06-10T09:30+02:00", clock="09:37"),
        event("2025-06-10T09:30+02:00"),
        event("2025-06-10T11:30", clock="09:30"),
        event(),
        event(clock="09:30"),
    ],
)
def test_other_times_stay(right: Event) -> None:
    assert by_local_time(right, BERLIN) is right


def test_a_utc_instant_stays_in_london_in_winter() -> None:
    instant = event("2025-01-10T09:30+00:00", clock="11:30")
    assert by_local_time(instant, ZoneInfo("Europe/London")) is instant


@pytest.mark.parametrize(
    ("start", "clock", "right"),
    [
        ("11T01:30", "23:30", "10T23:30"),
        ("10T23:30", "01:30", "11T01:30"),
        ("10T09:30", "18:30", "10T18:30"),
        ("10T09:30", "21:30", "10T21:30"),
        ("10T09:30", "21:45", "09T21:45"),
    ],
)
def test_a_local_time_across_midnight_is_the_nearest(start: str, clock: str, right: str) -> None:
    moved = by_local_time(event(f"2025-06-{start}+02:00", clock=clock), BERLIN)
    assert moved.start == at(f"2025-06-{right}+02:00")


@pytest.mark.parametrize(
    ("start", "clock", "offset"),
    [
        ("23T11:00+03:00", "12:00", 240),
        ("23T11:00+03:00", "11:00", 180),
        ("23T11:00+03:00", "12:07", 180),
        ("23T11:00+03:00", "", 180),
        ("23T11:00+02:00", "12:00", 120),
        ("23T11:00Z", "11:07", 0),
        ("23T11:00Z", "16:45", 345),
    ],
)
def test_the_local_time_gives_the_offset_unless_the_zone_does(start: str, clock: str, offset: int) -> None:
    seen = observe_offsets(Survey([event(start, clock=clock)]), (), BERLIN)
    assert ([one.offset for one in seen.votes], [*seen.zeros]) == ([timedelta(minutes=offset)], [])


def test_times_within_an_hour_are_one_observation() -> None:
    times = ("10:00:00.5", "10:00:59", "10:59", "11:00")
    seen = observe_offsets(Survey([event(f"2022-07-23T{time}+02:00") for time in times]), ())
    assert [(observed.hour.isoformat(), number) for observed, number in seen.votes.items()] == [
        ("2022-07-23T08:00:00+00:00", 3),
        ("2022-07-23T09:00:00+00:00", 1),
    ]


def test_summer_and_winter_in_london_are_recognised() -> None:
    london = Survey([event("2022-10-29T12:00+01:00"), event("2022-10-30T12:00+00:00")])
    assert guess_zone(observe_offsets(london, ())) == ZoneInfo("Europe/London")
    assert guess_zone(observe_offsets(Survey([event("2022-10-30T12:00Z")]), ())) is None
    summer = Survey([event("2022-07-23T12:00+02:00"), event("2022-07-23T12:00Z")])
    assert guess_zone(observe_offsets(summer, ())) == ZoneInfo("Etc/GMT-2")


def test_zones_of_events_are_sorted_by_frequency() -> None:
    times = [("Europe/Berlin", 1), ("UTC", 5), ("Asia/Tokyo", 2), ("Etc/GMT-3", 3)]
    events = [
        event()._replace(start=at("23T09:00", ZoneInfo(key))) for key, number in times for _n in range(number)
    ]
    assert zones_of_events(Survey(events)) == ["Asia/Tokyo", "Europe/Berlin"]


def test_equally_frequent_zones_are_in_a_fixed_order() -> None:
    names = ["Europe/Berlin", "Asia/Kabul", "Asia/Tokyo", "Europe/Vienna"]
    events = [event()._replace(start=at("23T09:00", ZoneInfo(name))) for name in names]
    assert zones_of_events(Survey(events)) == zones_of_events(Survey(events[::-1])) == names


def seen_in(name: str, *hours: str) -> list[Event]:
    """Return an event at each of some hours in UTC, as the clocks of a place show it."""
    moments = (datetime.fromisoformat(f"{hour}:00+00:00") for hour in hours)
    return [event(moment.astimezone(ZoneInfo(name)).isoformat()) for moment in moments]


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("Africa/Windhoek", ["2016-01-01T12", "2016-07-01T12"]),
        ("America/Havana", ["2022-03-13T04", "2022-03-13T05", "2022-11-06T04", "2022-11-06T05"]),
        ("Antarctica/Casey", ["2010-01-01T12", "2016-12-12T12", "2022-07-01T12"]),
        ("Asia/Gaza", ["2022-03-26T12", "2022-10-28T12", "2022-10-29T12"]),
        ("Australia/Eucla", ["2022-03-26T12"]),
        ("Europe/Kaliningrad", ["2012-01-01T12", "2015-01-01T12", "2015-07-01T12"]),
        ("Indian/Mauritius", ["2009-01-01T12", "2022-07-01T12"]),
        ("Pacific/Norfolk", ["2022-01-01T12", "2022-07-01T12"]),
    ],
)
def test_a_zone_is_guessed_in_each_part_of_the_world(name: str, hours: list[str]) -> None:
    assert guess_zone(observe_offsets(Survey(seen_in(name, *hours)), ())) == ZoneInfo(name)


WINTER_AND_SUMMER = ["2022-01-15T12", "2022-07-15T12"]


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        *((name, WINTER_AND_SUMMER) for name in (
            "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles",
            "America/Denver", "Europe/Helsinki", "Australia/Sydney", "Asia/Kolkata", "Asia/Kathmandu",
            "Asia/Tehran", "Asia/Kabul", "Asia/Yangon", "Australia/Darwin", "Australia/Adelaide",
            "America/St_Johns", "Pacific/Auckland", "America/Halifax", "America/Anchorage",
            "America/Santiago", "Pacific/Chatham", "Australia/Lord_Howe")),
        ("America/Sao_Paulo", ["2018-01-15T12", "2018-07-15T12"]),
        ("Asia/Jerusalem", ["2022-03-26T12", "2022-01-15T12"]),
        ("Africa/Cairo", ["2023-04-15T12", "2023-07-15T12"]),
        ("Asia/Beirut", ["2022-03-26T12", "2022-03-26T23"]),
        ("Europe/Chisinau", ["2022-03-26T23", "2022-03-27T00"]),
    ],
)  # fmt: skip
def test_one_stray_time_does_not_change_the_guess(name: str, hours: list[str]) -> None:
    odd_one = event("2022-07-23T09:00+03:17")
    assert guess_zone(observe_offsets(Survey([*seen_in(name, *hours) * 2, odd_one]), ())) == ZoneInfo(name)


def test_local_times_in_utc_all_year_give_utc() -> None:
    events = [event(f"2022-{month}-15T12:00Z", clock="12:00") for month in ("01", "07")]
    seen = observe_offsets(Survey([*events * 2, event("2022-07-23T09:00+03:17")]), ())
    assert guess_zone(seen) == ZoneInfo("UTC")


@pytest.mark.parametrize("number", [4_999, 5_000, 10_001])
def test_many_times_give_the_same_zone_as_few(number: int) -> None:
    first = datetime.fromisoformat("2022-01-01T00:00+05:45")
    events = [event((first + timedelta(hours=n)).isoformat()) for n in range(number)]
    assert guess_zone(observe_offsets(Survey(events), ())) == ZoneInfo("Asia/Kathmandu")


def test_fixed_zones_have_whole_hours() -> None:
    offsets = [
        at(f"23T00:00{text}").utcoffset() for text in ("+14:00", "-12:00", "+00:00", "+05:30", "+15:00")
    ]
    assert [(zone := fixed_zone(offset)) and zone.key for offset in offsets if offset is not None] == [
        "Etc/GMT-14",
        "Etc/GMT+12",
        "UTC",
        None,
        None,
    ]
