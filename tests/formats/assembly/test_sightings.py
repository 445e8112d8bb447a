"""What times say of the conference's clocks, and which of two that contradict each other is right."""

from zoneinfo import ZoneInfo

import pytest

from summitcli.formats.assembly.sightings import by_clock, derived, fixed, read_sightings, zones_of_events
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Event
from tests.formats.drafts import BERLIN, at, event, odd, slots

TWICE = event("2025-06-10T11:30+02:00", "2025-06-10T12:15+02:00", clock="09:30")
"""At 09:30 in Berlin, with the offset added twice."""


def test_the_clock_is_right_where_the_offset_is_that_of_the_zone_that_is_named() -> None:
    moved = event("2025-06-10T09:30+02:00", "2025-06-10T10:15+02:00", clock="09:30")
    assert by_clock(TWICE, BERLIN) == moved
    schedule, said = odd(TWICE)
    assert slots(schedule.sessions) == [
        ("2025-06-10", "2025-06-10T09:30:00+02:00", "2025-06-10T10:15:00+02:00")
    ]
    assert schedule.conference.time_zone == "Europe/Berlin"
    assert said == ["1 event whose date and clock time contradict each other; the clock time is taken"]


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
    ],
)
def test_any_other_time_is_left_as_it_is(right: Event) -> None:
    assert by_clock(right, BERLIN) is right


def test_a_clock_of_another_day_is_the_nearer_one() -> None:
    assert by_clock(event("2025-06-11T01:30+02:00", clock="23:30"), BERLIN).start == at(
        "2025-06-10T23:30+02:00"
    )


def test_summer_and_winter_in_london_are_told_from_instants() -> None:
    london = Survey([event("2022-10-29T12:00+01:00"), event("2022-10-30T12:00+00:00")])
    assert derived(read_sightings(london, ())) == ZoneInfo("Europe/London")
    assert derived(read_sightings(Survey([event("2022-10-30T12:00Z")]), ())) is None
    summer = Survey([event("2022-07-23T12:00+02:00"), event("2022-07-23T12:00Z")])
    assert derived(read_sightings(summer, ())) == ZoneInfo("Etc/GMT-2")


def test_zones_of_events_are_in_the_order_of_their_number() -> None:
    times = [("Europe/Berlin", 1), ("UTC", 5), ("Asia/Tokyo", 2), ("Etc/GMT-3", 3)]
    events = [
        event()._replace(start=at("23T09:00", ZoneInfo(key))) for key, number in times for _n in range(number)
    ]
    assert zones_of_events(Survey(events)) == ["Asia/Tokyo", "Europe/Berlin"]


def test_zones_without_a_place_are_of_whole_hours() -> None:
    offsets = [
        at(f"23T00:00{text}").utcoffset() for text in ("+14:00", "-12:00", "+00:00", "+05:30", "+15:00")
    ]
    assert [(zone := fixed(offset)) and zone.key for offset in offsets if offset is not None] == [
        "Etc/GMT-14",
        "Etc/GMT+12",
        "UTC",
        None,
        None,
    ]
