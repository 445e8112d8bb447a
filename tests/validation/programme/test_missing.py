"""The checks for missing rooms and durations."""

from tests.schedules import session
from tests.validation.programme.found import at, found


def test_a_session_without_a_room_is_found_if_most_others_have_one() -> None:
    rooms = [session(f"s{n}", at(f"1{n}:00", f"1{n}:30", "Hall"), speakers=["Ada"]) for n in range(2)]
    without = session("a", at("15:00", "16:00"), speakers=["Ada"])
    assert found(*rooms, without) == [
        ("no-room", "sessions[2].slots[0]", '"A" has no room: Wednesday 1 May 15:00–16:00')
    ]
    assert found(rooms[0], without) == []


def test_breaks_and_whole_days_need_no_room() -> None:
    rooms = [session(f"s{n}", at(f"1{n}:00", f"1{n}:30", "Hall")) for n in range(3)]
    assert found(*rooms, session("lunch", at("15:00", "16:00")), session("fair", speakers=["Ada"])) == []


def test_a_session_that_ends_when_it_begins_has_no_duration() -> None:
    assert found(session("a", at("10:00", "11:00"), at("12:00", "12:00"))) == [
        ("no-duration", "sessions[0].slots[1]", '"A" has no duration: Wednesday 1 May 12:00–12:00')
    ]
