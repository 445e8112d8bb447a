"""The checks for rooms and speakers with two sessions at the same time."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.validation.programme.conflicts import overlaps
from summitcli.validation.programme.timetable import Timetable
from tests.schedules import session
from tests.validation.programme.found import at, found, problems, talks

WEDNESDAY = "Wednesday 1 May"


def test_two_sessions_in_one_room_are_an_error_at_the_later_one() -> None:
    (problem,) = problems(*talks(at("10:00", "11:00", "Hall"), at("10:30", "12:00", "Hall")))
    assert problem._replace(line=None, column=None) == (
        "error",
        "sessions[1].slots[0]",
        None,
        None,
        f'"A" and "B" are both in Hall: {WEDNESDAY} 10:30–11:00',
        "room-conflict",
        ("b", "a"),
    )


@pytest.mark.parametrize(
    "slots",
    [
        [at("10:00", "11:00", "Hall"), at("11:00", "12:00", "Hall")],
        [at("10:00", "11:00", "Hall"), at("10:00", "11:00", "Ada")],
        [at("10:00", "11:00"), at("10:00", "11:00")],
        [at("10:00", "11:00", "Hall"), at("10:00", "11:00", "Hall", "2024-05-02")],
        [{"day": "2024-05-01", "room": "Hall"}, {"day": "2024-05-01", "room": "Hall"}],
        [{"day": "2024-05-01", "room": "Hall"}, at("10:00", "11:00", "Hall")],
    ],
    ids=["one after the other", "two rooms", "no room", "two days", "no times", "one without times"],
)
def test_these_are_no_conflict(slots: list[dict[str, str]]) -> None:
    assert found(*talks(*slots)) == []


def test_two_slots_of_one_session_are_no_conflict() -> None:
    assert found(session("a", at("10:00", "11:00", "Hall"), at("10:30", "11:30", "Hall"))) == []


def test_a_session_within_a_longer_one_is_found_behind_shorter_ones() -> None:
    long, *short = at("09:00", "12:00", "Hall"), at("09:30", "10:00", "Hall"), at("11:00", "11:30", "Hall")
    assert [reason for _rule, _path, reason in found(*talks(long, *short))] == [
        f'"A" and "B" are both in Hall: {WEDNESDAY} 09:30–10:00',
        f'"A" and "C" are both in Hall: {WEDNESDAY} 11:00–11:30',
    ]


def test_a_session_without_duration_is_no_conflict() -> None:
    rules = [
        rule for rule, *_rest in found(*talks(at("10:00", "11:00", "Hall"), at("10:30", "10:30", "Hall")))
    ]
    assert rules == ["no-duration"]


def test_a_speaker_in_two_rooms_at_once_is_an_error() -> None:
    made = talks(at("10:00", "11:00", "Hall"), at("10:30", "12:00", "Ada"), speakers=["Grace"])
    assert found(*made) == [
        (
            "speaker-conflict",
            "sessions[1].slots[0]",
            f'Grace is in both "A" and "B": {WEDNESDAY} 10:30–11:00',
        )
    ]


@pytest.mark.parametrize("name", ["TBA", "N.N.", "various", "待定", "Speaker 1", "?"])
def test_a_speaker_who_is_no_person_has_no_conflicts(name: str) -> None:
    made = talks(at("10:00", "11:00", "Hall"), at("10:30", "12:00", "Ada"), speakers=[name])
    assert found(*made) == []


def test_a_conflict_in_a_room_is_not_one_of_its_speaker_too() -> None:
    made = talks(at("10:00", "11:00", "Hall"), at("10:30", "12:00", "Hall"), speakers=["Grace"])
    assert [rule for rule, *_rest in found(*made)] == ["room-conflict"]


@pytest.mark.parametrize(
    ("conflicts", "free", "rules"),
    [
        (4, 0, ["room-conflict"] * 4),
        (5, 0, ["shared-room"]),
        (5, 9, ["shared-room"]),
        (5, 10, ["room-conflict"] * 5),
    ],
)
def test_a_room_with_many_conflicts_is_reported_once(conflicts: int, free: int, rules: list[str]) -> None:
    together = [at("10:00", f"10:{30 + n}", "Lab") for n in range(conflicts + 1)]
    alone = [at(f"{12 + n // 2}:{n % 2 * 3}0", f"{12 + n // 2}:{n % 2 * 3}9", "Lab") for n in range(free)]
    assert [rule for rule, *_rest in found(*talks(*together, *alone))] == rules


def test_a_shared_room_and_a_shared_speaker_are_warnings_with_their_numbers() -> None:
    rooms = problems(*talks(*(at("10:00", "11:00", "Lab") for _ in range(6))))
    assert [(row.severity, row.reason) for row in rooms] == [
        ("warning", "5 of 6 sessions in Lab conflict with another")
    ]
    slots = (at("10:00", "11:00", f"Room {n}") for n in range(6))
    speakers = problems(*talks(*slots, speakers=["DJ"]))
    assert [(row.severity, row.rule, row.reason) for row in speakers] == [
        ("warning", "shared-speaker", "5 of 6 sessions of DJ conflict with another")
    ]


HOURS = st.tuples(st.integers(0, 12), st.integers(0, 6), st.integers(0, 3))


@given(st.lists(HOURS, max_size=12))
def test_a_slot_overlaps_if_and_only_if_an_earlier_one_of_another_session_still_runs(
    made: list[tuple[int, int, int]],
) -> None:
    slots = sorted(made, key=lambda times: times[2])
    table = Timetable.__new__(Timetable)
    table.starts = array("d", [begin for begin, _length, _session in slots])
    table.ends = array("d", [begin + length for begin, length, _session in slots])
    table.session_of = array("L", [session for _begin, _length, session in slots])
    table.contents = array("q", range(4))
    order = sorted(range(len(slots)), key=table.starts.__getitem__)
    expected = {
        slot
        for place, slot in enumerate(order)
        for earlier in order[:place]
        if slots[slot][1] and slots[earlier][2] != slots[slot][2] and table.ends[earlier] > table.starts[slot]
    }
    assert {slot for slot, _other in overlaps(table, range(len(slots)))} == expected
