import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitcli.rows import SlotRow
from summitcli.text.uids import (
    UidParts,
    distinct_uid,
    event_uid,
    events,
    is_session_uid,
    parse_uid,
    session_uid,
    session_uid_of,
)

SLUGS = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
DAYS = [f"2022-07-{day}" for day in range(23, 27)]


def all_day(day: str, room: str | None = None) -> SlotRow:
    return SlotRow(day, None, None, True, room)


def timed(day: str) -> SlotRow:
    return SlotRow(day, f"{day}T09:00:00+08:00", f"{day}T10:00:00+08:00", False, None)


def test_the_first_event_bears_no_number() -> None:
    own = session_uid("opening", "summit-5")
    assert own == "opening@summit-5.summitcli"
    assert event_uid(own) == event_uid(own, 1) == own
    assert event_uid(own, 2) == "opening.2@summit-5.summitcli"


@pytest.mark.parametrize(
    ("guid", "local"),
    [
        (None, "opening"),
        ("", "opening"),
        ("0f3d1c5e-0000-4000-8000-000000000001", "0f3d1c5e-0000-4000-8000-000000000001"),
        ("A_b.c-9", "A_b.c-9"),
        ("x" * 64, "x" * 64),
        # What is too long, not plain, or ends as the UID of a further event does, is a hash.
        ("x" * 65, "9537c5fdf120482f7d58d25e9ed583f5"),
        ("ada@example.org", "cfe00dde46ef942601ffafb9e2825e80"),
        ("talk 1", "e3e02fcb9325bbbefd9397da362f787b"),
        ("talk.2", "b1f9a61e24401157858b13a1f52ebc15"),
        ("讲座", "2e0502f2a7b85f2a3bf9dff89ce86bb5"),
        ("\ud800", "91a681b998555fb475479817b126c94e"),
    ],
)
def test_a_uid_is_made_of_the_guid_where_there_is_one(guid: str | None, local: str) -> None:
    assert session_uid("opening", "summit-5", guid) == f"{local}@summit-5.summitcli"


def test_of_sessions_with_the_same_guid_one_has_its_uid() -> None:
    shared = {"g": "talk"}
    assert session_uid("talk", "summit-5", "g", shared) == "g@summit-5.summitcli"
    other = session_uid("workshop", "summit-5", "g", shared)
    assert other == distinct_uid("workshop", "summit-5", "g")
    assert session_uid("workshop-2", "summit-5", "g", shared) not in (other, "g@summit-5.summitcli")


GUIDS = st.none() | st.text() | st.from_regex(r"[A-Za-z0-9._-]{1,66}", fullmatch=True)


@given(SLUGS, SLUGS, GUIDS, st.integers(1, 999_999))
def test_an_events_uid_leads_back_to_that_of_its_session(
    session: str, conference: str, guid: str | None, number: int
) -> None:
    own = session_uid(session, conference, guid)
    assert session_uid_of(event_uid(own, number)) == own
    assert is_session_uid(own)
    assert not is_session_uid(event_uid(own, number + 1))


@given(st.tuples(SLUGS, SLUGS, st.integers(1, 50)), st.tuples(SLUGS, SLUGS, st.integers(1, 50)))
def test_no_two_events_share_a_uid(one: tuple[str, str, int], other: tuple[str, str, int]) -> None:
    uids = [event_uid(session_uid(session, conference), n) for session, conference, n in (one, other)]
    assert (uids[0] == uids[1]) is (one == other)


@given(st.lists(st.tuples(SLUGS, GUIDS), max_size=6, unique_by=lambda pair: pair[0]), st.integers(1, 3))
def test_no_two_sessions_share_a_uid(sessions: list[tuple[str, str | None]], number: int) -> None:
    shared = {guid: id_ for id_, guid in reversed(sessions) if guid}
    shared |= {id_: id_ for id_, guid in sessions if not guid}
    uids = {event_uid(session_uid(id_, "x", guid, shared), number) for id_, guid in sessions}
    assert len(uids) == len(sessions)


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "@summit-5.summitcli",
        "opening",
        "opening@summit-5",
        "opening@summit-5.example",
        "opening.1@summit-5.summitcli",
        "opening.0@summit-5.summitcli",
        "opening.02@summit-5.summitcli",
        "opening.2.3@summit-5.summitcli",
        "opening@Summit.summitcli",
        "opening@x@summit-5.summitcli",
        "öffnung@summit-5.summitcli",
        "pretalx-summit-5-ABCDEF@pretalx.com",
    ],
)
def test_other_uids_have_no_parts(foreign: str) -> None:
    assert parse_uid(foreign) is None
    assert session_uid_of(foreign) is None
    assert not is_session_uid(foreign)


def test_space_around_a_uid_is_no_part_of_it() -> None:
    assert parse_uid(" opening.2@summit-5.summitcli\r\n") == UidParts("opening", "summit-5")
    assert not is_session_uid(" opening@summit-5.summitcli")


def test_consecutive_days_are_one_event() -> None:
    slots = tuple(all_day(day) for day in DAYS)
    assert events(slots) == (slots,)


def test_days_apart_are_events_of_their_own() -> None:
    slots = tuple(all_day(day) for day in (DAYS[0], DAYS[2], DAYS[3]))
    assert events(slots) == (slots[:1], slots[1:])


def test_slots_with_clock_times_are_events_of_their_own() -> None:
    slots = (timed(DAYS[0]), timed(DAYS[1]))
    assert events(slots) == ((slots[0],), (slots[1],))


def test_a_slot_with_times_does_not_split_consecutive_days() -> None:
    slots = (all_day(DAYS[0]), timed(DAYS[0]), all_day(DAYS[1]))
    assert events(slots) == ((slots[0], slots[2]), (slots[1],))


def test_days_in_different_rooms_are_events_of_their_own() -> None:
    slots = tuple(all_day(day, room) for day in DAYS[:2] for room in ("A", "B"))
    assert events(slots) == ((slots[0], slots[2]), (slots[1], slots[3]))


def test_the_end_of_a_month_does_not_split_consecutive_days() -> None:
    slots = (all_day("2022-07-31"), all_day("2022-08-01"))
    assert events(slots) == (slots,)


def test_no_slots_are_no_events() -> None:
    assert events(()) == ()
