import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.rows import SlotRow
from summitcli.text.uids import events, session_of, uid

SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
DAYS = [f"2022-07-{day}" for day in range(23, 27)]


def all_day(day: str, room: str | None = None) -> SlotRow:
    return SlotRow(day, None, None, True, room)


def timed(day: str) -> SlotRow:
    return SlotRow(day, f"{day}T09:00:00+08:00", f"{day}T10:00:00+08:00", False, None)


def test_the_first_event_bears_no_number() -> None:
    assert uid("opening", "summit-5") == "opening@summit-5.summitcli"
    assert uid("opening", "summit-5", 1) == "opening@summit-5.summitcli"
    assert uid("opening", "summit-5", 2) == "opening.2@summit-5.summitcli"


@given(SLUGS, SLUGS, st.integers(1, 999_999))
def test_a_uid_leads_back_to_its_session(session: str, conference: str, number: int) -> None:
    assert session_of(uid(session, conference, number), conference) == session


@given(st.tuples(SLUGS, SLUGS, st.integers(1, 50)), st.tuples(SLUGS, SLUGS, st.integers(1, 50)))
def test_no_two_events_share_a_uid(one: tuple[str, str, int], other: tuple[str, str, int]) -> None:
    assert (uid(*one) == uid(*other)) is (one == other)


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "@summit-5.summitcli",
        "opening",
        "opening@summit-5",
        "opening@summit-5.example",
        "opening@other.summitcli",
        "opening.1@summit-5.summitcli",
        "opening.0@summit-5.summitcli",
        "opening.02@summit-5.summitcli",
        "opening.x@summit-5.summitcli",
        "opening.@summit-5.summitcli",
        "opening.2.3@summit-5.summitcli",
        "Opening@summit-5.summitcli",
        "opening--day@summit-5.summitcli",
        "opening@x@summit-5.summitcli",
        "pretalx-summit-5-ABCDEF@pretalx.com",
    ],
)
def test_any_other_uid_leads_nowhere(foreign: str) -> None:
    assert session_of(foreign, "summit-5") is None


def test_space_around_a_uid_is_no_part_of_it() -> None:
    assert session_of(" opening@summit-5.summitcli\r\n", "summit-5") == "opening"


def test_days_that_follow_one_another_are_one_event() -> None:
    slots = tuple(all_day(day) for day in DAYS)
    assert events(slots) == (slots,)


def test_days_apart_are_events_of_their_own() -> None:
    slots = tuple(all_day(day) for day in (DAYS[0], DAYS[2], DAYS[3]))
    assert events(slots) == (slots[:1], slots[1:])


def test_slots_with_clock_times_are_events_of_their_own() -> None:
    slots = (timed(DAYS[0]), timed(DAYS[1]))
    assert events(slots) == ((slots[0],), (slots[1],))


def test_a_slot_with_times_does_not_part_days_that_follow_one_another() -> None:
    slots = (all_day(DAYS[0]), timed(DAYS[0]), all_day(DAYS[1]))
    assert events(slots) == ((slots[0], slots[2]), (slots[1],))


def test_days_in_different_rooms_are_events_of_their_own() -> None:
    slots = tuple(all_day(day, room) for day in DAYS[:2] for room in ("A", "B"))
    assert events(slots) == ((slots[0], slots[2]), (slots[1], slots[3]))


def test_the_end_of_a_month_does_not_part_days() -> None:
    slots = (all_day("2022-07-31"), all_day("2022-08-01"))
    assert events(slots) == (slots,)


def test_no_slots_are_no_events() -> None:
    assert events(()) == ()
