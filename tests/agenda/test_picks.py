from sys import intern

import pytest

from summitcli.agenda.editing import Wanted, add_sessions
from summitcli.agenda.picks import (
    Agenda,
    Pick,
    PickState,
    flag_picked,
    follow,
    held_days,
    interned_slot,
    next_revision,
    normalized_days,
    with_identity,
)
from summitcli.rows import Listing, SessionRow, SlotRow
from tests.agenda.agenda_samples import D23, D24, D25, D26, all_day, pick_of, session, timed

EMPTY = Agenda("summit-5", "峰会", "default")
OPENING = session("opening")
EXHIBITION = session("exhibition", *(all_day(day) for day in (D23, D24, D25, D26)))
TALK = session("talk", timed(D23, "09:00", "10:00"), timed(D25, "09:00", "10:00"))


def agenda(*picks: Pick) -> Agenda:
    return EMPTY._replace(picks=picks)


def whole(of: SessionRow) -> Pick:
    return pick_of(of.id, None, of.title, of.slots)


def listing(id_: str, day: str) -> Listing:
    return Listing(
        id_, id_, {}, None, None, day, 1, None, None, True, 1, 1, None, (), None, None, None, in_agenda=False
    )


def test_pairs_are_accepted_by_a_query() -> None:
    held = agenda(whole(OPENING), pick_of("exhibition", (D23, D25), "Exhibition", EXHIBITION.slots))
    assert held.pairs() == (("opening", None), ("exhibition", D23), ("exhibition", D25))
    assert held.ids() == ("opening", "exhibition")


@pytest.mark.parametrize(
    ("id_", "day", "expected"),
    [
        ("opening", None, True),
        ("opening", D26, True),
        ("talk", None, True),
        ("talk", D23, True),
        ("talk", D25, False),
        ("other", None, False),
        ("other", D23, False),
    ],
)
def test_includes(id_: str, day: str | None, expected: bool) -> None:
    held = add_sessions(EMPTY, [Wanted(OPENING, None), Wanted(TALK, (D23,))]).agenda
    assert held.includes(id_, day) is expected


def test_rows_are_flagged_by_day_or_as_sessions() -> None:
    held = add_sessions(EMPTY, [Wanted(OPENING, None), Wanted(TALK, (D23,))]).agenda
    rows = [listing("opening", D23), listing("talk", D23), listing("talk", D25), listing("other", D23)]
    assert [row.in_agenda for row in flag_picked(held, rows)] == [True, True, False, False]
    assert [row._replace(in_agenda=False, pick=None) for row in flag_picked(held, rows)] == rows
    assert flag_picked(held, [TALK, EXHIBITION]) == [TALK._replace(in_agenda=True, pick="yes"), EXHIBITION]


def test_hidden_sessions_have_a_mark_but_are_not_in_the_agenda() -> None:
    wanted = [Wanted(OPENING, None, "maybe"), Wanted(TALK, None, "hidden"), Wanted(EXHIBITION)]
    held = add_sessions(EMPTY, wanted).agenda
    rows = [listing("opening", D23), listing("talk", D23), listing("exhibition", D23)]
    assert [(row.pick, row.in_agenda) for row in flag_picked(held, rows)] == [
        ("maybe", True),
        ("hidden", False),
        ("yes", True),
    ]
    assert [pick.id for pick in held.planned()] == ["opening", "exhibition"]
    assert held.pairs() == (("opening", None), ("exhibition", None))
    assert (held.pairs("hidden"), held.pairs("yes", "hidden")) == (
        (("talk", None),),
        (("talk", None), ("exhibition", None)),
    )
    assert held.pairs_by_mark() == {
        "yes": (("exhibition", None),),
        "maybe": (("opening", None),),
        "hidden": (("talk", None),),
    }


def test_a_session_is_flagged_on_any_day_and_a_listing_only_on_its_own() -> None:
    picked = agenda(Pick("talk", (D25,), "Talk", (timed(D25, "09:00", "10:00"),)))
    rows = [listing("talk", D23), listing("talk", D25), listing("opening", D25)]
    assert [row.in_agenda for row in flag_picked(picked, rows)] == [False, True, False]
    assert [row.in_agenda for row in flag_picked(picked, [TALK, OPENING])] == [True, False]
    assert TALK.day == D23


def test_a_pick_no_longer_held_on_its_days_keeps_its_title_and_slots() -> None:
    pick = Pick("talk", (D25,), "Talk", (timed(D25, "09:00", "10:00"),))
    moved = session("talk", timed(D23, "09:00", "10:00"), title="Talk, moved")
    assert follow(pick, moved, (D25,)) == pick._replace(state="missing")
    assert follow(pick, None, (D25,)) == pick._replace(state="missing")
    assert follow(pick, TALK, (D25,)) == pick._replace(code="talk")
    assert follow(pick._replace(state="missing"), TALK, (D25,)) == pick._replace(code="talk", revision=1)
    assert follow(pick, moved, None) == pick._replace(
        days=None, title="Talk, moved", slots=(timed(D23, "09:00", "10:00"),), revision=1, code="talk"
    )


@pytest.mark.parametrize(("state", "gone"), [("held", False), ("missing", True), ("cancelled", True)])
def test_a_pick_is_gone_if_its_session_is_missing_or_cancelled(state: PickState, gone: bool) -> None:
    assert whole(TALK)._replace(state=state).gone is gone


def test_a_slot_with_interned_strings_is_equal() -> None:
    def copy(text: str) -> str:
        return "".join(list(text))

    slot = SlotRow(copy(D23), copy(f"{D23}T09:00+08:00"), copy(f"{D23}T10:00+08:00"), False, copy("Hall 1"))
    found = interned_slot(slot)
    assert found == slot
    for text in (found.day, found.start, found.end, found.room):
        assert text is intern(copy(text or ""))
    assert interned_slot(all_day(D23)) == SlotRow(D23, None, None, True, None)


def test_the_days_of_a_pick_are_those_picked_or_those_of_its_slots() -> None:
    twice = (timed(D25, "09:00", "10:00"), timed(D25, "11:00", "12:00"), timed(D26, "09:00", "10:00"))
    assert held_days(pick_of("talk", None, "Talk", twice)) == (D25, D26)
    assert held_days(pick_of("talk", (D23, D25), "Talk", twice)) == (D23, D25)


def test_all_days_of_a_session_are_the_whole_session() -> None:
    assert normalized_days(None, TALK) is None
    assert normalized_days((D25, D23), TALK) is normalized_days((D23, D24, D25), TALK) is None
    assert normalized_days((D25, D24, D25), TALK) == (D24, D25)


def test_the_revision_has_the_largest_integer_of_calendars_as_its_limit() -> None:
    assert [next_revision(revision) for revision in (0, 2147483646, 2147483647)] == [
        1, 2147483647, 2147483647,
    ]  # fmt: skip


def test_a_pick_gets_the_details_of_its_session_and_keeps_what_that_has_no_more() -> None:
    known = session("t2")._replace(guid="g", url="https://conf.example/t", speakers=("Ada",))
    pick = with_identity(whole(TALK), known)
    assert (pick.id, pick.code, pick.guid, pick.url, pick.speakers) == (
        "talk", "t2", "g", "https://conf.example/t", ("Ada",),
    )  # fmt: skip
    again = with_identity(pick, session("t3")._replace(guid="h", url="https://conf.example/u"))
    assert (again.code, again.guid, again.url, again.speakers) == ("t3", "h", "https://conf.example/u", ())
    assert with_identity(again, session("t3")) == again
