"""The comparison of a plan with a later schedule."""

from datetime import datetime, timedelta

from summitcli.agenda.own_entries import own_listing
from summitcli.agenda.plan_changes import PlanChanges, changes_of_plan
from summitcli.rows import Listing


def listing(id_: str, start: str, end: str, room: str = "Hall", day: str = "2024-05-01") -> Listing:
    begin, close = (datetime.fromisoformat(f"{day}T{time}:00+02:00") for time in (start, end))
    return own_listing(id_, id_, day, begin, close, room)


A, B = listing("a", "10:00", "11:00"), listing("b", "11:00", "12:00", "Attic")


def changes(*now: Listing, taken: tuple[Listing, ...] = ()) -> PlanChanges:
    """Return the changes to a plan with A and B."""
    held = {one.id: [other for other in now if other.id == one.id] for one in now}
    return changes_of_plan([A, B], held, taken, timedelta())


def test_the_same_times_are_no_changes() -> None:
    assert changes(A, B) == PlanChanges(((A, A), (B, B)), (), ())
    assert changes(A, B).moved == []


def test_a_session_may_move_or_be_gone() -> None:
    elsewhere = A._replace(room="Attic")
    found = changes(elsewhere)
    assert (found.moved, found.gone, found.conflicts) == ([(A, elsewhere)], (B,), ())


def test_a_slot_on_the_same_day_is_preferred() -> None:
    other_day = listing("a", "10:00", "11:00", day="2024-05-02")
    moved = listing("a", "14:00", "15:00", "Attic")
    assert changes(other_day, moved, B).moved == [(A, moved)]
    assert changes(moved, A, B).moved == []


def test_only_new_conflicts_are_reported() -> None:
    late, lunch = listing("a", "10:30", "11:30"), listing("lunch", "11:30", "12:30")
    assert changes(late, B, taken=(lunch,)).conflicts == ((late, B),)
    longer = listing("a", "10:30", "11:45")
    assert changes(longer, B, taken=(lunch,)).conflicts == ((longer, B), (longer, lunch))


def test_too_little_time_to_walk_is_a_conflict() -> None:
    late, early = (listing("b", start, "12:00", "Attic") for start in ("11:30", "11:05"))
    found = changes_of_plan([A, late], {"a": [A], "b": [early]}, (), timedelta(minutes=10))
    assert found == PlanChanges(((A, A), (late, early)), (), ((A, early),))


def test_a_session_that_loses_its_times_has_moved_and_conflicts_with_nothing() -> None:
    untimed = A._replace(start=None, end=None)
    found = changes(untimed, B)
    assert (found.moved, found.conflicts) == ([(A, untimed)], ())
