"""Other times of sessions that conflict."""

from hypothesis import given
from hypothesis import strategies as st

from summitcli.agenda.planner import overlaps, span
from summitcli.agenda.repeats import BusyTimes, repeats
from summitcli.rows import Listing

DAY = "2022-07-23"


def listing(id_: str, start: str | None, end: str | None, part: int = 1) -> Listing:
    begin, over = (time and f"{DAY}T{time}:00+08:00" for time in (start, end))
    return Listing(
        id_, id_, {}, None, None, DAY, 1, begin, over, begin is None, part, 2, None, (), None, None, None
    )


TALK, OTHER = listing("talk", "09:00", "10:00"), listing("other", "09:30", "10:30")


def test_a_time_without_conflicts_is_a_way_out() -> None:
    busy = BusyTimes([TALK, OTHER, listing("late", "15:00", "16:00")])
    again, twice = listing("again", "10:30", "11:30"), listing("talk", "17:00", "18:00", part=2)
    no_way = (
        listing("again", "10:29", "11:00"),
        listing("again", "15:59", "17:00"),
        listing("again", None, None),
    )
    assert repeats(TALK, [TALK, again, *no_way, twice], busy) == (again, twice)


def test_a_picked_time_of_the_session_itself_is_no_conflict() -> None:
    second = listing("talk", "12:00", "13:00", part=2)
    busy = BusyTimes([TALK, OTHER, second])
    assert repeats(TALK, [TALK, second], busy) == (second,)


def test_the_first_twenty_other_times_are_considered() -> None:
    others = [listing("talk", f"{hour:02}:00", f"{hour:02}:30", part=hour) for hour in range(3, 24)]
    busy = BusyTimes([listing("talk", "02:00", "02:30"), listing("other", "02:00", "02:30")])
    assert repeats(listing("talk", "02:00", "02:30"), [listing("talk", "02:00", "02:30"), *others], busy) == (
        tuple(others[:20])
    )


def at(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


HELD = st.builds(
    lambda id_, start, length: listing(id_, at(start), at(start + length)),
    st.sampled_from("abc"), st.integers(0, 60), st.integers(1, 30),
)  # fmt: skip


@given(st.lists(HELD), HELD)
def test_a_listing_is_free_if_it_overlaps_no_other_session(held: list[Listing], one: Listing) -> None:
    when = span(one)
    assert when is not None
    others = [other for listing in held if listing.id != one.id and (other := span(listing))]
    assert BusyTimes(held).is_free_for(one) == (not any(overlaps(when, other) for other in others))
