"""Schedules of our own format, moved to a time zone that the user asked for."""

import json

import pytest

from summitcli.errors import UsageError
from summitcli.formats import parse
from summitcli.model import Schedule
from summitcli.sources.source import Hints
from tests.conftest import BUNDLED
from tests.formats.drafts import at, event, schedule, slots


def told(made: Schedule, zone: str) -> Schedule:
    return parse(made.model_dump_json().encode(), "ours.json", Hints(time_zone=zone)).schedule


def test_times_and_days_are_those_of_the_requested_zone() -> None:
    ours = schedule(
        event("23T21:00+02:00", "23T22:00+02:00"),
        event("24T01:00+02:00", "24T02:00+02:00", day=at("23T00:00").date()),
    )
    assert told(ours, "Asia/Tokyo").conference.time_zone == "Asia/Tokyo"
    assert slots(told(ours, "Asia/Tokyo").sessions) == [
        ("2022-07-23", "2022-07-24T04:00:00+09:00", "2022-07-24T05:00:00+09:00"),
        ("2022-07-23", "2022-07-24T08:00:00+09:00", "2022-07-24T09:00:00+09:00"),
    ]
    west = told(ours, "America/Los_Angeles")
    assert slots(west.sessions)[1] == ("2022-07-23", "2022-07-23T16:00:00-07:00", "2022-07-23T17:00:00-07:00")


def test_the_conference_spans_its_days_in_the_new_zone() -> None:
    ours = schedule(event("23T01:00+02:00", "23T02:00+02:00"))
    west = told(ours, "America/Los_Angeles")
    assert (str(west.conference.start), str(west.conference.end)) == ("2022-07-22", "2022-07-23")
    assert Schedule.model_validate_json(west.model_dump_json()) == west


def test_days_without_times_stay() -> None:
    data = BUNDLED.read_bytes()
    read = parse(data, "ours", Hints(time_zone="Asia/Tokyo"))
    assert read.schedule.sessions == parse(data, "ours").schedule.sessions
    assert read.outline.conference.time_zone == "Asia/Tokyo"
    assert [session.id for session in read.sessions] == read.sessions.ids()
    assert len(read.sessions) == len(read.sessions.ids())
    same = parse(data, "ours", Hints(time_zone=json.loads(data)["conference"]["time_zone"]))
    assert same.schedule == parse(data, "ours").schedule


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(UsageError):
        parse(BUNDLED.read_bytes(), "ours", Hints(time_zone="Mars"))
