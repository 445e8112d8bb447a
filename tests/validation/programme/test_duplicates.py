"""The check for sessions that are listed twice."""

from tests.schedules import session
from tests.validation.programme.found import at, found


def test_a_session_listed_twice_is_found_in_one_room_and_in_two() -> None:
    first = session("a", at("10:00", "11:00", "Hall"), title="Tea", speakers=["Ada"])
    for room, where in (("Hall", ""), ("Lab", ", in Hall and Lab")):
        again = session("b", at("10:00", "11:00", room), title="Tea", speakers=["Ada"])
        reason = f'"Tea" is listed twice{where}: Wednesday 1 May 10:00–11:00'
        assert found(first, again) == [("duplicate", "sessions[1].slots[0]", reason)]


def test_a_session_without_times_is_found_on_its_day() -> None:
    twice = [session(id_, title="Tea") for id_ in "ab"]
    assert found(*twice) == [("duplicate", "sessions[1].slots[0]", '"Tea" is listed twice: Wednesday 1 May')]


def test_a_break_in_several_rooms_is_no_duplicate() -> None:
    rooms = ("Hall", "Lab")
    assert found(*(session(room.lower(), at("10:00", "11:00", room), title="Tea") for room in rooms)) == []


def test_another_time_title_or_speaker_is_no_duplicate() -> None:
    made = session("a", at("10:00", "11:00", "Hall"), title="Tea", speakers=["Ada"])
    for again in (
        session("b", at("12:00", "13:00", "Hall"), title="Tea", speakers=["Ada"]),
        session("b", at("10:00", "11:00", "Lab"), title="Tea", speakers=["Grace"]),
        session("b", at("12:00", "13:00", "Hall"), title="Coffee", speakers=["Ada"]),
    ):
        assert found(made, again) == []
