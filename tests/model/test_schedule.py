"""The models of a schedule: immutable, strict, and unchanged after a round trip through JSON."""

import json
import re
from contextlib import closing
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from summitcli.catalog.store import temporary_catalog
from summitcli.formats.parsed import Parsed
from summitcli.model import Conference, Outline, Schedule, Session, SessionCheck, Slot, Text
from tests.schedules import DATA, document, schedules, session, timed


def parsed(made: object) -> Schedule:
    return Schedule.model_validate_json(json.dumps(made))


def test_the_bundled_schedule_comes_back_as_it_is() -> None:
    assert json.loads(parsed(DATA).model_dump_json(exclude_unset=True)) == DATA


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


def test_a_text_is_plain_or_in_languages() -> None:
    assert Text("甲").by_language("zh") == {"zh": "甲"}
    assert Text({"zh": "甲", "en": "A"}).by_language("zh") == {"zh": "甲", "en": "A"}
    assert Text("甲").own("zh") == Text({"zh": "甲", "en": "A"}).own("zh") == "甲"


@pytest.mark.parametrize("tag", ["z", "ZH", "zh_CN", "", "chinese", "zh-"])
def test_invalid_language_tags(tag: str) -> None:
    with pytest.raises(ValidationError):
        Text({tag: "甲"})


ZONES = ["Asia/Shanghai", "America/New_York", "UTC", "Pacific/Kiritimati"]


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01", "0001-01-02"), ("1582-10-01", "1582-10-20"), ("1899-12-31", "1900-01-01"),
     ("2999-12-31", "3000-01-01"), ("9999-12-30", "9999-12-31")],
)  # fmt: skip
@pytest.mark.parametrize("zone", ZONES)
def test_a_conference_beyond_the_end_of_time_is_refused(start: str, end: str, zone: str) -> None:
    with pytest.raises(ValidationError):
        parsed(document(session("a", {"day": start}), start=start, end=end, time_zone=zone))


@pytest.mark.parametrize(
    ("start", "end"),
    [("1900-01-01", "1900-01-02"), ("1900-01-01", "1900-01-01"), ("2999-12-30", "2999-12-31"),
     ("2999-12-31", "2999-12-31")],
)  # fmt: skip
@pytest.mark.parametrize("zone", ZONES)
def test_a_conference_at_the_end_of_time_is_built_and_asked(start: str, end: str, zone: str) -> None:
    first = datetime.fromisoformat(f"{start}T00:00").replace(tzinfo=ZoneInfo(zone))
    last = datetime.fromisoformat(f"{end}T23:59").replace(tzinfo=ZoneInfo(zone))
    # As instants in UTC, since local times of old had offsets with seconds.
    times = [(moment.astimezone(UTC).isoformat(), moment.date().isoformat()) for moment in (first, last)]
    sessions = [
        session("days", {"day": start}, *([{"day": end}] if end != start else [])),
        *(session(f"at-{number}", timed(day, moment, moment)) for number, (moment, day) in enumerate(times)),
    ]
    schedule = parsed(document(*sessions, start=start, end=end, time_zone=zone))
    with closing(temporary_catalog(Parsed.of(schedule))) as catalog:
        held = {(listing.id, listing.day) for listing in catalog.listings()}
    assert held == {("days", start), ("days", end), ("at-0", start), ("at-1", end)}


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
