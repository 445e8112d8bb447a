"""Our own format as YAML: it reads back equal, in the short forms that people write."""

from typing import Any

import pytest
from hypothesis import given, settings

from summitcli.exports.schedules.native_yaml import yaml
from summitcli.formats import parse
from summitcli.model import Schedule
from tests.conftest import BUNDLED
from tests.exports.published import REAL, load, odd_schedules, written
from tests.published import read
from tests.schedules import document, schedules, session, timed


def again(text: str) -> Schedule:
    parsed = parse(text.encode(), "written.yaml")
    schedule, findings = parsed.schedule, parsed.findings
    assert findings.sentences() == []
    return schedule


def same(found: Schedule, schedule: Schedule) -> bool:
    """Return whether two schedules are equal, including the offsets of their times."""
    return found == schedule and found.model_dump_json() == schedule.model_dump_json()


def test_the_bundled_schedule_comes_back_equal() -> None:
    schedule = parse(BUNDLED.read_bytes(), "bundled").schedule
    assert same(again(written(yaml, schedule)), schedule)


@settings(deadline=None)
@given(schedules())
def test_any_schedule_comes_back_equal(content: dict[str, object]) -> None:
    assert same(again(written(yaml, load(content))), load(content))


@settings(deadline=None)
@given(odd_schedules())
def test_any_content_comes_back_and_is_safe_for_terminals(schedule: Schedule) -> None:
    text = written(yaml, schedule)
    assert same(again(text), schedule)
    assert [c for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0] == []


@pytest.mark.parametrize("name", REAL)
def test_real_schedules_come_back_equal(name: str) -> None:
    schedule = read(name).schedule
    assert same(again(written(yaml, schedule)), schedule)


def times(*slots: dict[str, Any]) -> str:
    """Return the lines of a session's slots."""
    text = written(yaml, load(document(session("a", *slots))))
    return text.partition("title: A\n")[2]


def at(clock: str, day: str = "2024-05-01", offset: str = "+02:00") -> str:
    return f"{day}T{clock}:00{offset}"


@pytest.mark.parametrize(
    ("start", "end", "lines"),
    [
        (at("10:00"), at("11:30"), "start: 10:00 end: 11:30"),
        (at("22:00"), at("01:00", "2024-05-02"), "start: 22:00 end: 01:00"),
        (at("00:30", "2024-05-02"), at("02:00", "2024-05-02"), "start: 24:30 end: 02:00"),
        (at("10:00"), at("10:00"), "start: 10:00 end: 10:00"),
        (at("10:00"), at("10:00", "2024-05-02"), "start: 10:00 end: 34:00"),
        (at("10:00"), at("10:00", "2024-05-03"), f"start: 10:00 end: {at('10:00', '2024-05-03')}"),
        # Other offsets than that of the zone are kept.
        (at("10:00", offset="Z"), at("11:00", offset="Z"),
         f"start: {at('10:00', offset='+00:00')} end: {at('11:00', offset='+00:00')}"),
        (at("10:00:30"[:5]), "2024-05-01T11:00:30+02:00", "start: 10:00 end: 2024-05-01T11:00:30+02:00"),
    ],
)  # fmt: skip
def test_times_are_times_of_day_if_they_mean_the_same(start: str, end: str, lines: str) -> None:
    assert " ".join(times(timed("2024-05-01", start, end)).split()) == f"day: 2024-05-01 {lines}"


def test_a_session_with_several_slots_has_one_in_a_line() -> None:
    slots = timed("2024-05-01", at("10:00"), at("11:00"), room="Hall 1"), {"day": "2024-05-02"}
    assert times(*slots) == (
        "    slots:\n"
        "      - {day: 2024-05-01, start: 10:00, end: 11:00, room: Hall 1}\n"
        "      - {day: 2024-05-02}\n"
    )


def test_a_small_schedule_is_as_people_write_it() -> None:
    assert written(yaml, load(document(
        session("a", {"day": "2024-05-01", "room": "Hall"}, category="talk", speakers=["Ada", "Bo, Cy"],
                description="One.\n\nTwo: three.", recorded=False, status="no"),
    ))) == """\
format: summit-schedule/1
revised: 2024-01-01
conference:
  id: conf
  title: Conf
  language: en
  time_zone: Europe/Berlin
  start: 2024-05-01
  end: 2024-05-02
categories:
  - id: talk
    name: {en: Talk, zh: 演讲}
  - {id: idle, name: Idle}
sessions:
  - id: a
    title: A
    category: talk
    day: 2024-05-01
    room: Hall
    speakers: [Ada, "Bo, Cy"]
    description: |-
      One.

      Two: three.
    recorded: false
    status: "no"
"""  # fmt: skip
