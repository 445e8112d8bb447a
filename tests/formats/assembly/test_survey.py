"""Tests for the facts collected from all events."""

from datetime import UTC, date, datetime, timedelta, timezone

from summitcli.formats.assembly.survey import Survey, Times
from summitcli.formats.draft import Event
from tests.formats.drafts import BERLIN, at, event

DAY = date(2022, 7, 23)


def test_equal_times_are_kept_once_and_counted() -> None:
    one, other = event("23T09:00Z", "23T10:00Z", clock="11:00"), event(day=DAY, days=(DAY,))
    survey = Survey([one, other, one._replace(title="Other")])
    first = Times(one.start, one.end, "11:00")
    second = Times(day=DAY, days=(DAY,))
    assert (survey.times, survey.counts) == ([first, second], [2, 1])
    assert [survey.times_at(n) for n in range(len(survey))] == [first, second, first]


def test_equal_times_in_different_zones_are_distinct() -> None:
    late = at("2022-10-30T02:30", BERLIN)
    moments = [
        at("23T09:00+02:00"),
        at("23T07:00Z"),
        at("23T09:00", BERLIN),
        late,
        late.replace(fold=1),
        datetime(2022, 7, 23, 7, tzinfo=timezone(timedelta())),
        datetime(2022, 7, 23, 7, tzinfo=UTC),
    ]
    starts = [event()._replace(start=one) for one in moments]
    survey = Survey([*starts, *(event()._replace(end=one) for one in moments)])
    said = [repr(one) for one in moments]
    assert [repr(times.start) for times in map(survey.times_at, range(7))] == said
    assert [repr(times.end) for times in map(survey.times_at, range(7, 14))] == said


def test_few_facts_are_kept_of_each_event() -> None:
    events = [
        Event(
            "a", room="Hall", track="T", type="Talk", identity="1", names=("", "Größe", "x"), language="de"
        ),
        Event("b", room="Hall", names=("!",), language="de"),
    ]
    survey = Survey(events)
    assert (survey.rooms, survey.tracks, survey.types) == (["Hall", "Hall"], ["T", ""], ["Talk", ""])
    assert (survey.identities, survey.names) == (["1", None], ["groesse", None])
    assert survey.languages == {"de": 2}


def test_repeated_names_are_kept_once() -> None:
    rooms = ["Ha" + "ll" * n for n in (1, 1)]
    assert rooms[0] is not rooms[1]
    first, second = Survey(Event("", room=room) for room in rooms).rooms
    assert first is second
