"""The models of a schedule: immutable, strict, and unchanged after a round trip through JSON."""

import gc
import json
import re
import weakref
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from summitcli.model import Conference, Outline, Schedule, Session, SessionCheck, Slot, Text
from tests.conftest import examples
from tests.schedules import DATA, document, schedules, session, timed


def parsed(made: object) -> Schedule:
    return Schedule.model_validate_json(json.dumps(made))


def test_the_bundled_schedule_comes_back_as_it_is() -> None:
    assert json.loads(parsed(DATA).model_dump_json(exclude_unset=True)) == DATA


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schedules())
def test_what_is_written_is_read_as_the_same(made: dict[str, object]) -> None:
    schedule = parsed(made)
    assert Schedule.model_validate_json(schedule.model_dump_json()) == schedule


def test_a_schedule_can_not_be_changed() -> None:
    schedule = parsed(DATA)
    with pytest.raises(ValidationError):
        schedule.conference.title = Text("another")
    with pytest.raises(ValidationError):
        schedule.sessions[0].id = "another"


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("2024-05-01T10:00:00Z", "9999-12-31T23:59:59-12:00", "from 2024-05-01T10:00:00+00:00 to"),
        ("2024-05-01T10:00:00Z", "2025-05-03T10:00:00Z", "is more than 366 days"),
        (
            "9999-12-31T23:59:59-12:00",
            "9999-12-31T23:59:59-12:00",
            "is neither on 2024-05-01 nor in",
        ),
        (
            "0001-01-01T00:00:00+14:00",
            "0001-01-01T00:00:00+14:00",
            "is neither on 2024-05-01 nor in",
        ),
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_slot_at_the_limits_of_datetime_is_refused(start: str, end: str, fault: str, zone: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(fault)):
        parsed(document(session("a", timed("2024-05-01", start, end)), time_zone=zone))


def test_a_slot_may_last_as_long_as_a_conference() -> None:
    held = timed("2024-05-01", "2024-05-01T10:00:00Z", "2025-05-02T10:00:00Z")
    assert parsed(document(session("a", held))).sessions[0].slots[0].end is not None


def test_a_slot_is_a_day_or_a_day_with_both_times() -> None:
    made = document(session("a", timed("2024-05-01", "2024-05-01T10:00Z", "2024-05-01T10:00Z")))
    assert parsed(made).sessions[0].slots[0].start == parsed(made).sessions[0].slots[0].end


@pytest.mark.parametrize("model", [Conference, Session, Schedule])
def test_undeclared_keys_are_rejected(model: type[Schedule]) -> None:
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"] is True


@pytest.mark.parametrize("folds", [(0, 1), (1, 0)])
def test_two_equal_local_times_are_checked_separately(folds: tuple[int, int]) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2024, 10, 27, 2, 30, tzinfo=berlin)
    conference = Conference(
        id="c",
        title=Text("C"),
        language="en",
        time_zone="Atlantic/Cape_Verde",
        start=date(2024, 10, 27),
        end=date(2024, 10, 28),
    )
    sessions = []
    for fold in folds:
        at = first.replace(fold=fold)
        slot = Slot(day=date(2024, 10, 27), start=at, end=at)
        sessions.append(Session(id=f"fold-{fold}", title=Text("S"), slots=(slot,)))
    check = SessionCheck(Outline(format="summit-schedule/1", conference=conference))
    # The first of them is before midnight on Cape Verde.
    assert [bool(check.faults(*numbered)) for numbered in enumerate(sessions)] == [not fold for fold in folds]


def test_a_speaker_may_be_listed_once() -> None:
    made = document(session("talk", speakers=["Ada"]), language="en")
    made["speakers"] = [
        {"name": "Ada"},
        {"name": {"en": "Bob", "zh": "鲍勃"}},
        {"name": {"en": "Ada", "zh": "艾"}},
    ]
    with pytest.raises(ValidationError) as raised:
        parsed(made)
    (fault,) = raised.value.errors()
    assert (fault["loc"], fault["msg"]) == (
        ("speakers", 2, "name"),
        'the speaker "Ada" is already listed by speakers[0]',
    )


def test_the_texts_about_speakers_are_in_the_own_language_of_the_conference() -> None:
    made = document(session("talk"), language="en")
    made["speakers"] = [{"name": {"zh": "艾达"}}, {"name": "Bob", "biography": {"zh": "航海。"}}]
    with pytest.raises(ValidationError) as raised:
        parsed(made)
    assert [fault["loc"] for fault in raised.value.errors()] == [
        ("speakers", 0, "name"),
        ("speakers", 1, "biography"),
    ]


def test_a_check_is_freed_without_the_garbage_collector() -> None:
    check = SessionCheck(parsed(DATA))
    freed = weakref.ref(check)
    gc.disable()
    try:
        del check
        assert freed() is None
    finally:
        gc.enable()
