"""Tests for the days and times of events."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from summitcli.formats.assembly.days import Days, Occurrence
from summitcli.formats.assembly.survey import Times
from summitcli.formats.draft import DraftDay, Event
from summitcli.formats.findings import Findings
from tests.formats.drafts import DAY, at, draft, event, odd, parsed, schedule, slots

SATURDAY, SUNDAY, MONDAY = date(2022, 7, 23), date(2022, 7, 24), date(2022, 7, 25)
WRONG_DAY = "1 event listed under the wrong day"


def held(one: Event, **fields: Any) -> list[tuple[str, str | None, str | None]]:
    return slots(schedule(one, **fields).sessions)


def days(*events: Event, **fields: Any) -> tuple[list[str], list[str]]:
    """Return the day of each slot, and the findings."""
    made, said = odd(*events, **fields)
    return [day for day, _start, _end in slots(made.sessions)], said


def test_the_day_is_that_of_the_start_in_the_conferences_zone() -> None:
    start, end = "2022-07-24T00:30:00+02:00", "2022-07-24T01:00:00+02:00"
    assert held(event("23T22:30Z", "23T23:00Z")) == [("2022-07-24", start, end)]


def test_an_event_in_the_night_stays_on_the_day_it_is_listed_under() -> None:
    for start in ("24T00:00", "24T02:00", "24T08:59"):
        assert held(event(start, "24T11:11", day=SATURDAY))[0][0] == "2022-07-23"


@pytest.mark.parametrize("start", ["24T09:00", "25T00:30", "22T23:00"])
def test_an_event_after_the_night_is_on_its_own_date(start: str) -> None:
    assert days(event(start, start, day=SATURDAY)) == ([f"2022-07-{start[:2]}"], [WRONG_DAY])


def test_a_day_may_end_later_than_the_night_after_it() -> None:
    saturday = DraftDay(SATURDAY, at("23T10:00"), at("24T12:00+02:00"))
    assert days(event("24T11:00", "24T11:30", day=SATURDAY), days=(saturday,)) == (["2022-07-23"], [])
    assert days(event("24T12:00", "24T12:30", day=SATURDAY), days=(saturday,)) == (
        ["2022-07-24"],
        [WRONG_DAY],
    )


def test_an_event_starting_when_its_day_ends_stays_on_that_day() -> None:
    saturday = DraftDay(SATURDAY, at("23T10:00"), at("24T04:00"))
    for start in ("24T03:59", "24T04:00", "24T06:00"):
        assert days(event(start, "24T07:00", day=SATURDAY), days=(saturday,)) == (["2022-07-23"], [])


def test_an_unlisted_event_is_on_the_day_that_has_not_ended() -> None:
    saturday = DraftDay(SATURDAY, at("23T10:00"), at("24T06:00"))
    assert days(event("24T05:59", "24T07:00"), days=(saturday,)) == (["2022-07-23"], [])
    assert days(event("24T06:00", "24T07:00"), days=(saturday,)) == (["2022-07-24"], [])
    assert days(event("24T05:59", "24T07:00")) == (["2022-07-24"], [])


def test_a_day_ending_on_its_own_date_has_no_night() -> None:
    saturday = DraftDay(SATURDAY, at("23T10:00"), at("23T18:00"))
    assert days(event("24T02:00", "24T03:00", day=SATURDAY), days=(saturday,)) == (["2022-07-23"], [])


@pytest.mark.parametrize("end", ["23T18:00", "25T10:00", None])
def test_only_an_end_on_the_next_date_extends_the_night(end: str | None) -> None:
    saturday = DraftDay(SATURDAY, at("23T10:00"), at(end) if end else None)
    for start in ("24T02:00", "24T11:00"):
        assert days(event(start, "24T12:00"), days=(saturday,)) == (["2022-07-24"], [])
    assert days(event("24T11:00", "24T12:00", day=SATURDAY), days=(saturday,)) == (
        ["2022-07-24"],
        [WRONG_DAY],
    )


@pytest.mark.parametrize(
    ("starts", "true"),
    [
        (["24T10:00"], True),
        (["24T10:00", "24T11:00", "23T10:00"], True),
        (["24T10:00", "23T10:00"], False),
        ([], False),
    ],
)
def test_a_day_is_redated_if_most_of_its_events_are_on_the_date_of_its_start(
    starts: list[str], true: bool
) -> None:
    misdated = DraftDay(SATURDAY, at("24T08:00"))
    untimed = event(day=SATURDAY)
    events = [event(start, start, day=SATURDAY) for start in starts]
    made, said = days(untimed, *events, days=(misdated,))
    assert made[0] == ("2022-07-24" if true else "2022-07-23")
    assert ("1 day whose date differs from that of its events" in said) is true


def test_a_day_starting_at_the_end_of_the_calendar_is_ignored() -> None:
    saturday = DraftDay(SATURDAY, at("9999-12-31T23:59Z"), at("9999-12-31T23:59Z"))
    noon = event("23T12:00", "23T13:00", day=SATURDAY)
    assert days(noon, days=(saturday,)) == (["2022-07-23"], [])


def test_a_day_listed_twice_is_redated_once() -> None:
    misdated = DraftDay(SATURDAY, at("24T08:00"))
    made = days(event("24T10:00", "24T11:00", day=SATURDAY), days=(misdated, misdated))
    assert made == (["2022-07-24"], ["1 day whose date differs from that of its events"])


def test_a_day_is_redated_if_its_start_and_events_are_on_another_date() -> None:
    misdated = DraftDay(SATURDAY, at("23T21:30Z"), at("24T21:29Z"))
    noon = event("24T10:00Z", "24T11:00Z", day=SATURDAY)
    night = event("24T20:30Z", "24T21:00Z", day=SATURDAY)
    made = days(noon, night, event(day=SATURDAY), days=(misdated,), time_zone="Asia/Kolkata")
    assert made == (
        ["2022-07-24"] * 3,
        ["1 day whose date differs from that of its events", "1 event without a time"],
    )


def test_a_day_keeps_its_date_if_only_its_start_is_on_another() -> None:
    begun = DraftDay(SATURDAY, at("22T22:00"))
    assert days(event("23T10:00", "23T11:00", day=SATURDAY), days=(begun,)) == (["2022-07-23"], [])
    assert days(event("23T01:00", "23T02:00", day=SATURDAY), days=(begun,)) == (["2022-07-23"], [])


def test_days_without_times_are_slots_without_times() -> None:
    three = (MONDAY, SATURDAY, SUNDAY, SATURDAY)
    assert held(event(days=three)) == [(f"2022-07-{day}", None, None) for day in (23, 24, 25)]


@pytest.mark.parametrize(
    ("start", "end", "made"),
    [
        ("23T00:00", "24T00:00", ["23"]),
        ("22T22:00Z", "24T22:00Z", ["23", "24"]),
        ("2022-10-29T00:00", "2022-10-31T00:00", ["29", "30"]),
        ("2022-10-29T22:00Z", "2022-10-30T22:00Z", ["30"]),
        ("2022-10-29T22:00Z", "2022-10-30T23:00Z", ["30"]),
    ],
)
def test_whole_days_from_a_midnight_are_days_without_times(start: str, end: str, made: list[str]) -> None:
    found = held(event(start, end))
    assert [(day[8:], begin, until) for day, begin, until in found] == [(day, None, None) for day in made]


@pytest.mark.parametrize(
    ("zone", "start", "end", "made"),
    [
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-05T00:00", ["2018-11-04"]),
        ("America/Sao_Paulo", "2018-11-03T00:00", "2018-11-04T00:00", ["2018-11-03"]),
        (
            "America/Sao_Paulo",
            "2018-11-03T00:00",
            "2018-11-06T00:00",
            ["2018-11-03", "2018-11-04", "2018-11-05"],
        ),
        ("Asia/Beirut", "2022-03-27T00:00", "2022-03-28T00:00", ["2022-03-27"]),
    ],
)
def test_whole_days_may_start_after_a_skipped_midnight(
    zone: str, start: str, end: str, made: list[str]
) -> None:
    assert held(event(start, end), time_zone=zone) == [(day, None, None) for day in made]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018-11-04T02:00", "2018-11-05T00:00"),
        ("2018-11-05T01:00", "2018-11-06T00:00"),
        ("2018-11-03T23:00", "2018-11-04T23:00"),
    ],
)
def test_an_event_later_than_a_skipped_midnight_has_times(start: str, end: str) -> None:
    ((_day, begin, until),) = held(event(start, end), time_zone="America/Sao_Paulo")
    assert begin and until


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("23T00:00", "23T00:00"),
        ("23T00:00", "23T23:59"),
        ("23T00:00:01", "24T00:00:01"),
        ("23T10:00", "24T10:00"),
        ("22T00:00Z", "23T00:00Z"),
    ],
)
def test_an_event_that_is_not_whole_days_has_times(start: str, end: str) -> None:
    ((_day, begin, until),) = held(event(start, end))
    assert begin and until


def test_whole_days_have_times_where_the_format_is_exact() -> None:
    ((_day, begin, until),) = held(event("23T00:00", "24T00:00"), exact=True)
    assert (begin, until) == ("2022-07-23T00:00:00+02:00", "2022-07-24T00:00:00+02:00")


def test_an_event_on_the_first_day_of_the_calendar_has_no_day_before() -> None:
    first = datetime(1, 1, 1, 1, tzinfo=UTC)
    made = Days(draft(), ZoneInfo("UTC"), (), Findings())
    assert made.of(Times(start=first, end=first)).occurrences == (Occurrence(date(1, 1, 1), first, first),)


def test_an_event_may_have_two_problems() -> None:
    assert days(event("25T09:00", None, day=SATURDAY)) == (
        ["2022-07-25"],
        ["1 event without an end", WRONG_DAY],
    )


def test_an_event_without_a_time_is_on_its_day() -> None:
    assert odd(event(day=DAY))[1] == ["1 event without a time"]
    assert slots(odd(event(day=DAY))[0].sessions) == [("2022-07-23", None, None)]


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (None, "1 event without an end"),
        ("23T08:59", "1 event that ends before it begins"),
        ("1970-01-01T00:00", "1 event that ends before it begins"),
        ("2099-01-01T00:00", "1 event longer than a year; its end was left out"),
        ("9999-12-31T23:59Z", "1 event longer than a year; its end was left out"),
        ("2023-07-24T09:00:01", "1 event longer than a year; its end was left out"),
    ],
)
def test_a_missing_or_impossible_end_becomes_the_start(end: str | None, sentence: str) -> None:
    made, said = odd(event("23T09:00", end))
    start = "2022-07-23T09:00:00+02:00"
    assert (slots(made.sessions), said) == ([("2022-07-23", start, start)], [sentence])


def test_an_event_may_last_366_days() -> None:
    start, end = "2022-07-23T09:00:00+02:00", "2023-07-24T09:00:00+02:00"
    assert held(event("23T09:00", "2023-07-24T09:00")) == [("2022-07-23", start, end)]


def test_an_ambiguous_end_is_after_its_start() -> None:
    assert held(event("2022-10-30T02:30", "2022-10-30T02:10")) == [
        ("2022-10-30", "2022-10-30T02:30:00+02:00", "2022-10-30T02:10:00+01:00")
    ]


def test_an_ambiguous_end_equal_to_its_start_stays() -> None:
    assert held(event("2022-10-30T02:30", "2022-10-30T02:30")) == [
        ("2022-10-30", "2022-10-30T02:30:00+02:00", "2022-10-30T02:30:00+02:00")
    ]


def test_findings_show_the_events_title_or_the_listed_day() -> None:
    made = parsed(
        draft(
            event("23T09:00", None, title="Endless"),
            event("23T09:00", "23T08:00", title="Backwards", line=7),
            event("25T09:00", "25T10:00", title="Elsewhere", day=SATURDAY),
            event(title="Untimed", day=SATURDAY),
        )
    )
    assert [(found.kind.singular, found.where, found.line, found.value) for found in made.findings] == [
        ("{n} event without an end", "events[0]", None, "Endless"),
        ("{n} event that ends before it begins", "events[0]", 7, "Backwards"),
        (
            "{n} event listed under the wrong day",
            "events[0]",
            None,
            "2022-07-23 → 2022-07-25",
        ),
        ("{n} event without a time", "events[0]", None, "Untimed"),
    ]


def test_a_skipped_time_is_kept() -> None:
    assert held(event("2022-03-27T02:30", "2022-03-27T03:45")) == [
        ("2022-03-27", "2022-03-27T03:30:00+02:00", "2022-03-27T03:45:00+02:00")
    ]


@pytest.mark.parametrize(
    ("length", "end", "said"),
    [
        (timedelta(0), "2022-07-23T10:00:00+02:00", []),
        (timedelta(minutes=90), "2022-07-23T11:30:00+02:00", []),
        (timedelta(seconds=-1), "2022-07-23T10:00:00+02:00", ["1 event that ends before it begins"]),
        (timedelta(days=366), "2023-07-24T10:00:00+02:00", []),
        (
            timedelta(days=366, seconds=1),
            "2022-07-23T10:00:00+02:00",
            ["1 event longer than a year; its end was left out"],
        ),
    ],
)
def test_a_possible_length_is_added_to_the_start(length: timedelta, end: str, said: list[str]) -> None:
    made, found = odd(event("23T10:00", length=length))
    assert (slots(made.sessions), found) == ([("2022-07-23", "2022-07-23T10:00:00+02:00", end)], said)


def test_a_length_is_elapsed_time_across_a_clock_change() -> None:
    autumn = event("2022-10-30T01:30", length=timedelta(hours=3))
    assert held(autumn) == [("2022-10-30", "2022-10-30T01:30:00+02:00", "2022-10-30T03:30:00+01:00")]


def test_the_text_of_an_occurrence_never_changes_as_ids_are_made_from_it() -> None:
    start = at("23T09:00+02:00")
    assert repr(Occurrence(DAY, start, start)) == f"Held(day={DAY!r}, start={start!r}, end={start!r})"
    assert repr(Occurrence(DAY)) == "Held(day=datetime.date(2022, 7, 23), start=None, end=None)"
