"""The inferred end of a conference day."""

import json
from datetime import datetime

import pytest

from summitcli.formats.frab import schedule_json, schedule_xml
from summitcli.formats.frab.nights import change_of_day

ROOMS = {"One": ["11:00", "23:00", "00:00"], "Two": ["00:30", "12:00"], "Three": ["08:00", "22:00", "00:30"]}
STARTS = ["27T11:00", "27T23:00", "28T00:00", "28T00:30", "27T12:00", "27T08:00", "27T22:00", "28T00:30"]


def test_a_small_hour_after_a_later_time_is_on_the_next_morning() -> None:
    assert change_of_day(ROOMS.values()) == "00:31"
    assert change_of_day([["11:00", "", "x", "2:05"]]) == "02:06"


@pytest.mark.parametrize(
    "rooms",
    [[], [[]], [["00:30", "11:00"]], [["12:00", "09:00"]], [["00:30"], ["11:00"]], [["10:00", "24:00"]]],
)
def test_any_other_day_ends_at_midnight(rooms: list[list[str]]) -> None:
    assert change_of_day(rooms) == ""


def starts(found: list[datetime | None]) -> list[str]:
    return [f"{start:%dT%H:%M}" for start in found if start]


def test_days_with_times_of_day_alone_last_into_the_night() -> None:
    rooms = {room: [{"start": clock, "title": "x"} for clock in clocks] for room, clocks in ROOMS.items()}
    days = [{"date": "2013-12-27", "rooms": rooms}]
    data = json.dumps({"schedule": {"conference": {"days": days}}}).encode()
    assert starts([event.start for event in schedule_json.read(data, "s").events]) == STARTS
    events = {
        room: "".join(f"<event><start>{clock}</start></event>" for clock in clocks)
        for room, clocks in ROOMS.items()
    }
    inside = "".join(f'<room name="{room}">{said}</room>' for room, said in events.items())
    data = f'<schedule><day date="2013-12-27">{inside}</day></schedule>'.encode()
    assert starts([event.start for event in schedule_xml.read(data, "s").events]) == STARTS
