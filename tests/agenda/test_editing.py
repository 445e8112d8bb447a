import pytest

from summitcli.agenda.editing import Added, Removed, Wanted, add_sessions, cleared, remove_sessions
from summitcli.agenda.picks import Agenda, Pick, RemovedPick
from summitcli.errors import UsageError
from summitcli.rows import SessionRow
from summitcli.text.uids import distinct_uid
from tests.agenda.agenda_samples import D23, D24, D25, D26, all_day, pick_of, session, timed, with_sessions

EMPTY = Agenda("summit-5", "峰会", "default")
OPENING = session("opening")
EXHIBITION = session("exhibition", *(all_day(day) for day in (D23, D24, D25, D26)))
TALK = session("talk", timed(D23, "09:00", "10:00"), timed(D25, "09:00", "10:00"))


def agenda(*picks: Pick) -> Agenda:
    return EMPTY._replace(picks=picks)


def whole(of: SessionRow) -> Pick:
    return pick_of(of.id, None, of.title, of.slots)


def test_sessions_are_picked_in_the_order_in_which_they_are_added() -> None:
    picks = (whole(TALK), whole(OPENING))
    assert with_sessions(EMPTY, [TALK, OPENING]) == Added(agenda(*picks), picks, ())


def test_adding_a_picked_session_changes_nothing() -> None:
    once = agenda(whole(OPENING))
    assert with_sessions(once, [OPENING]) == Added(once, (), (whole(OPENING),))
    assert with_sessions(once, [OPENING, OPENING]) == Added(once, (), (whole(OPENING),))


def test_a_session_given_twice_in_one_call_is_added_once() -> None:
    assert with_sessions(EMPTY, [OPENING, OPENING]) == Added(agenda(whole(OPENING)), (whole(OPENING),), ())


def test_one_day_of_a_session_keeps_the_slots_of_that_day() -> None:
    pick = pick_of("talk", (D25,), "Talk", (timed(D25, "09:00", "10:00"),))
    assert with_sessions(EMPTY, [TALK], D25) == Added(agenda(pick), (pick,), ())


def test_added_days_are_sorted_and_the_pick_keeps_its_position() -> None:
    before = add_sessions(EMPTY, [Wanted(EXHIBITION, (D25,)), Wanted(OPENING, None)]).agenda
    pick = pick_of("exhibition", (D23, D25), "Exhibition", (all_day(D23), all_day(D25)), revision=1)
    assert with_sessions(before, [EXHIBITION], D23) == Added(agenda(pick, whole(OPENING)), (pick,), ())


def test_a_session_picked_on_its_only_day_is_picked_as_a_whole() -> None:
    assert with_sessions(EMPTY, [OPENING], D23).agenda == agenda(whole(OPENING))


def test_adding_the_last_missing_day_picks_the_whole_session() -> None:
    before = with_sessions(EMPTY, [TALK], D23).agenda
    pick = whole(TALK)._replace(revision=1)
    assert with_sessions(before, [TALK], D25) == Added(agenda(pick), (pick,), ())


def test_a_day_of_a_whole_session_is_already_there() -> None:
    before = agenda(whole(TALK))
    assert with_sessions(before, [TALK], D23) == Added(before, (), before.picks)


def test_picking_the_whole_of_a_session_picked_on_one_day_adds_to_it() -> None:
    before = with_sessions(EMPTY, [TALK], D23).agenda
    pick = whole(TALK)._replace(revision=1)
    assert with_sessions(before, [TALK]) == Added(agenda(pick), (pick,), ())


def test_a_day_on_which_a_session_is_not_held_is_refused_with_its_days() -> None:
    with pytest.raises(UsageError) as caught:
        with_sessions(EMPTY, [EXHIBITION, TALK], D24)
    assert str(caught.value) == "talk is not held on 2022-07-24, but on 2022-07-23, 2022-07-25"


def test_adding_again_updates_the_pick_from_the_schedule() -> None:
    before = agenda(whole(OPENING)._replace(state="missing", revision=4))
    now = session("opening", all_day(D24), title="Grand Opening")
    pick = pick_of("opening", None, "Grand Opening", (all_day(D24),), revision=5)
    assert with_sessions(before, [now]) == Added(agenda(pick), (), (pick,))


def test_removing_sessions_reports_those_that_were_not_picked() -> None:
    before = agenda(whole(TALK), whole(OPENING), whole(EXHIBITION))
    assert remove_sessions(before, ["opening", "nothing", "talk", "opening"]) == Removed(
        agenda(whole(EXHIBITION)), (whole(OPENING), whole(TALK)), ("nothing",)
    )


def test_removing_a_day_of_a_whole_session_keeps_the_other_days() -> None:
    before = agenda(whole(EXHIBITION))
    rest = pick_of(
        "exhibition",
        (D23, D25, D26),
        "Exhibition",
        (all_day(D23), all_day(D25), all_day(D26)),
        revision=1,
    )
    assert remove_sessions(before, ["exhibition"], D24) == Removed(agenda(rest), (whole(EXHIBITION),), ())


def test_removing_the_last_day_removes_the_pick() -> None:
    before = with_sessions(EMPTY, [TALK], D23).agenda
    assert remove_sessions(before, ["talk"], D23) == Removed(EMPTY, before.picks, ())
    assert remove_sessions(agenda(whole(OPENING)), ["opening"], D23).agenda == EMPTY


def test_removing_a_day_that_is_not_picked_changes_nothing() -> None:
    before = with_sessions(EMPTY, [TALK], D23).agenda
    assert remove_sessions(before, ["talk"], D25) == Removed(before, (), ("talk",))
    assert remove_sessions(agenda(whole(TALK)), ["talk"], D24).absent == ("talk",)


def test_removing_the_last_day_that_has_slots_removes_the_pick() -> None:
    stale = agenda(pick_of("talk", (D23, D25), "Talk", (timed(D25, "09:00", "10:00"),)))
    assert remove_sessions(stale, ["talk"], D25).agenda == EMPTY


def test_removing_a_day_withdraws_its_separate_event() -> None:
    # The calendar has the 23rd as event 1 and the 25th as event 2; what is left becomes event 1.
    rest = pick_of(
        "talk",
        (D25,),
        "Talk",
        (timed(D25, "09:00", "10:00"),),
        withdrawn=(timed(D25, "09:00", "10:00"),),
        revision=1,
    )
    assert remove_sessions(agenda(whole(TALK)), ["talk"], D23).agenda == agenda(rest)


def test_adding_a_withdrawn_day_again_restores_its_event() -> None:
    less = remove_sessions(agenda(whole(TALK)), ["talk"], D23).agenda
    assert with_sessions(less, [TALK], D23).agenda == agenda(whole(TALK)._replace(revision=2))


def test_clearing_leaves_the_agenda_without_picks() -> None:
    assert cleared(agenda(whole(TALK), whole(OPENING))) == EMPTY


def test_a_pick_stores_what_identifies_its_session() -> None:
    row = OPENING._replace(guid="g-1", url="https://example.org/1", speakers=("Ada", "Bo"))
    (pick,) = with_sessions(EMPTY, [row]).added
    assert pick == Pick(
        "opening",
        None,
        "Opening",
        OPENING.slots,
        guid="g-1",
        code="opening",
        url="https://example.org/1",
        speakers=("Ada", "Bo"),
        uid="g-1@summit-5.summitcli",
    )


def test_no_two_picks_have_the_same_uid() -> None:
    """Check a GUID that two sessions share, in either order, and one that equals an ID."""
    first, second = (session(id_)._replace(guid="g-1") for id_ in ("first", "second"))
    third = session("g-1")
    expected = ["g-1@summit-5.summitcli", distinct_uid("second", "summit-5", "g-1")]
    before = add_sessions(EMPTY, [Wanted(first, None), Wanted(second, None)], {"g-1": "first"}).agenda
    assert [pick.uid for pick in before.picks] == expected
    alone = add_sessions(EMPTY, [Wanted(first, None)]).agenda
    again = add_sessions(alone, [Wanted(second, None), Wanted(third, None)], {"g-1": "second"}).agenda
    assert [pick.uid for pick in again.picks] == [*expected, distinct_uid("g-1", "summit-5", None)]


@pytest.mark.parametrize(
    ("id_", "guid", "uid"),
    [
        ("talk", "g", "old@summit-5.summitcli"),
        ("talk", None, "old@summit-5.summitcli"),
        ("renamed", "g", "old@summit-5.summitcli"),
        ("talk", "other", "other@summit-5.summitcli"),
        ("renamed", None, "renamed@summit-5.summitcli"),
    ],
)
def test_a_session_picked_again_gets_its_former_uid(id_: str, guid: str | None, uid: str) -> None:
    before = EMPTY._replace(former=(RemovedPick("talk", "g", "old@summit-5.summitcli", 3),))
    (pick,) = with_sessions(before, [TALK._replace(id=id_, guid=guid)]).agenda.picks
    assert pick.uid == uid


def test_a_former_uid_in_use_by_another_pick_is_not_reused() -> None:
    other = whole(OPENING)._replace(uid="old@summit-5.summitcli")
    before = agenda(other)._replace(former=(RemovedPick("talk", None, other.uid, 3),))
    assert with_sessions(before, [TALK]).agenda.picks[1].uid == "talk@summit-5.summitcli"


def test_adding_picked_and_new_days_reports_only_the_new_ones() -> None:
    before = add_sessions(EMPTY, [Wanted(EXHIBITION, (D23, D24))]).agenda
    again = add_sessions(before, [Wanted(EXHIBITION, (D24,))])
    assert (again.agenda, again.added, again.already) == (before, (), before.picks)
    more = add_sessions(before, [Wanted(EXHIBITION, (D24, D25))])
    assert (more.added, more.already) == (more.agenda.picks, ())
    assert more.agenda.picks[0].days == (D23, D24, D25)


def test_uids_stay_unique_when_session_ids_change() -> None:
    parts = [session(f"w-{number}")._replace(guid="g") for number in range(3)]
    guids = {"g": "w-0"}
    mine = add_sessions(EMPTY, [Wanted(part, None) for part in parts], guids).agenda
    # Their ids are others' by now, which have parted from the same session.
    renamed = mine._replace(picks=tuple(pick._replace(id=f"was-{pick.id}") for pick in mine.picks))
    both = add_sessions(renamed, [Wanted(part, None) for part in parts], guids).agenda
    assert len({pick.uid for pick in both.picks}) == len(both.picks) == 6


def test_a_session_is_added_with_its_mark_and_another_mark_replaces_it() -> None:
    maybe = add_sessions(EMPTY, [Wanted(OPENING, None, "maybe")])
    pick = whole(OPENING)._replace(pick="maybe")
    assert maybe == Added(agenda(pick), (pick,), ())
    assert add_sessions(maybe.agenda, [Wanted(OPENING, None, "maybe")]) == Added(agenda(pick), (), (pick,))
    sure = whole(OPENING)._replace(revision=1)
    assert add_sessions(maybe.agenda, [Wanted(OPENING)]) == Added(agenda(sure), (sure,), ())


def test_a_mark_that_may_only_be_raised_is_never_lowered() -> None:
    sure = add_sessions(EMPTY, [Wanted(OPENING)]).agenda
    lower = add_sessions(sure, [Wanted(OPENING, None, "hidden")], raise_only=True)
    assert lower == Added(sure, (), (whole(OPENING),))
    maybe = add_sessions(EMPTY, [Wanted(OPENING, None, "maybe")]).agenda
    assert add_sessions(maybe, [Wanted(OPENING)], raise_only=True).agenda.picks[0].pick == "yes"


def test_a_further_day_of_a_session_in_the_agenda_is_added_whatever_its_mark() -> None:
    one = add_sessions(EMPTY, [Wanted(TALK, (D23,))]).agenda
    (both,) = add_sessions(one, [Wanted(TALK, (D25,), "maybe")]).agenda.picks
    assert (both.days, both.pick, both.revision) == (None, "maybe", 1)


def test_hidden_and_planned_days_are_never_mixed() -> None:
    hidden = add_sessions(EMPTY, [Wanted(TALK, None, "hidden")]).agenda
    (back,) = add_sessions(hidden, [Wanted(TALK, (D25,))]).agenda.picks
    assert (back.days, back.slots, back.pick, back.uid) == ((D25,), TALK.slots[1:], "yes", whole(TALK).uid)
    (again,) = add_sessions(agenda(back), [Wanted(TALK, None, "hidden")]).agenda.picks
    assert (again.days, again.slots, again.pick) == (None, TALK.slots, "hidden")
