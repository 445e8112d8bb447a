"""The undo history of an agenda."""

from hypothesis import given
from hypothesis import strategies as st

from summitcli.agenda.editing import cleared, remove_sessions
from summitcli.agenda.history import MAX_HISTORY, MAX_IDS, Action, Undone, recorded, undone, without_oldest
from summitcli.agenda.picks import Agenda, HistoryEntry, OwnEntry, Pick, RemovedPick
from summitcli.agenda.reconcile import reconciled
from tests.agenda.agenda_samples import D23, D24, D25, all_day, pick_of, schedule, session, with_sessions

EMPTY = Agenda("summit-5", "峰会", "default")
AT = "2022-07-23T14:02:00+08:00"
A, B, C = session("a"), session("b"), session("c")
FAIR = session("fair", all_day(D23), all_day(D24), all_day(D25))


def done(before: Agenda, after: Agenda, name: str = "add") -> Agenda:
    return recorded(before, after, Action(name, AT))


def picked(*ids: str) -> Agenda:
    return done(EMPTY, with_sessions(EMPTY, [session(id_) for id_ in ids]).agenda)


def back(agenda: Agenda) -> Agenda:
    """Return the agenda after undoing a change, as it is saved."""
    found = undone(agenda)
    assert found is not None
    return recorded(agenda, found.agenda)


def uid(id_: str) -> str:
    return f"{id_}@summit-5.summitcli"


def test_the_history_records_added_picks_by_uid() -> None:
    agenda = picked("a", "b")
    assert agenda.history == (HistoryEntry("add", AT, ("a", "b"), 2, (), (), (uid("a"), uid("b"))),)
    assert undone(agenda) == Undone(EMPTY, agenda.history[0])
    assert back(agenda) == EMPTY._replace(
        former=(RemovedPick("a", None, uid("a"), 0), RemovedPick("b", None, uid("b"), 0))
    )


def test_the_history_records_removed_picks_with_their_positions() -> None:
    before = picked("a", "b", "c")
    after = done(before, remove_sessions(before, ["b"]).agenda, "remove")
    assert after.history[-1] == HistoryEntry("remove", AT, ("b",), 1, (before.picks[1],), (1,), ())
    assert after.former == (RemovedPick("b", None, uid("b"), 0),)
    assert back(after) == before._replace(
        picks=(before.picks[0], before.picks[1]._replace(revision=1), before.picks[2])
    )


def test_undoing_the_removal_of_a_day_raises_the_revision() -> None:
    before = done(EMPTY, with_sessions(EMPTY, [FAIR]).agenda)
    after = done(before, remove_sessions(before, ["fair"], D24).agenda, "remove")
    assert [pick.revision for pick in after.picks] == [1]
    assert len(after.picks[0].withdrawn) == 0
    assert back(after).picks == (before.picks[0]._replace(revision=2, withdrawn=(all_day(D25),)),)


def test_changes_of_own_entries_and_other_calendars_are_undone() -> None:
    lunch, party = OwnEntry("lunch", "Lunch", D23), OwnEntry("party", "Party", D24)
    before = picked("a")._replace(entries=(lunch,), busy=("/shifts.ics",))
    blocked = done(before, before._replace(entries=(party,)), "block")
    assert blocked.history[-1] == HistoryEntry("block", AT, ("lunch", "party"), 2, (), (), (), (lunch,))
    busy = done(blocked, blocked._replace(busy=()), "busy")
    assert busy.history[-1] == HistoryEntry("busy", AT, (), 0, (), (), (), None, ("/shifts.ics",))
    assert back(busy) == blocked
    assert back(blocked) == before


def test_changes_by_a_schedule_and_no_changes_are_not_recorded() -> None:
    agenda = picked("a")
    assert done(agenda, agenda) == agenda
    now = reconciled(agenda, schedule(session("a", title="Renamed"))).agenda
    assert recorded(agenda, now) == now
    assert undone(EMPTY) is None
    assert undone(back(agenda)) is None


def test_undoing_keeps_changes_made_by_the_schedule() -> None:
    agenda = picked("a", "b")
    more = done(agenda, remove_sessions(agenda, ["b"]).agenda, "remove")
    now = recorded(more, reconciled(more, schedule(session("a", title="Renamed"))).agenda)
    renamed = pick_of("a", None, "Renamed", A.slots, revision=1)
    assert back(now).picks == (renamed, agenda.picks[1]._replace(revision=1))


def test_undoing_restores_a_mark() -> None:
    before = picked("a")
    maybe = before.picks[0]._replace(pick="maybe", revision=1)
    after = done(before, before._replace(picks=(maybe,)), "maybe")
    assert back(after).picks == (maybe._replace(pick="yes", revision=2),)


def test_undoing_restores_the_order() -> None:
    before = picked("a", "b", "c")
    after = done(before, before._replace(picks=before.picks[::-1]), "sort")
    assert after.history[-1].places == (0, 1, 2)
    assert back(after).picks == before.picks


def test_a_session_picked_again_gets_its_old_uid_and_a_higher_revision() -> None:
    old = Pick("a", None, "A", A.slots, (), 4, uid="old@summit-4.summitcli")
    before = EMPTY._replace(picks=(old,))
    gone = done(before, cleared(before), "clear")
    again = done(gone, with_sessions(gone, [A]).agenda)
    assert again.picks == (old._replace(code="a", revision=5),)
    assert again.former == ()


def test_a_removed_pick_is_found_by_guid_if_its_id_is_taken() -> None:
    a, b = (A._replace(guid="g-1"), B._replace(guid="g-2"))
    old = EMPTY._replace(
        former=(RemovedPick("a", "g-1", uid("old"), 3), RemovedPick("b", "g-9", uid("nobody"), 1))
    )
    renamed = session("a-2")._replace(guid="g-1")
    stranger = a._replace(guid="g-3")
    added = with_sessions(old, [renamed, stranger, b]).added
    assert [pick.uid for pick in added] == [uid("old"), uid("g-3"), uid("g-2")]


def test_forgetting_deletes_the_history() -> None:
    agenda = picked("a", "b")
    assert recorded(agenda, cleared(agenda), Action("clear", AT, forget=True)) == EMPTY


def test_the_history_is_limited_in_ids_and_entries() -> None:
    ids = [f"s{number}" for number in range(MAX_IDS + 2)]
    (past,) = picked(*ids).history
    assert (past.ids, past.number) == (tuple(ids[:MAX_IDS]), MAX_IDS + 2)
    agenda = EMPTY
    for number in range(MAX_HISTORY + 2):
        agenda = done(agenda, with_sessions(agenda, [session(f"s{number}")]).agenda)
    assert [past.ids for past in agenda.history] == [(f"s{n}",) for n in range(2, MAX_HISTORY + 2)]


def test_the_latest_change_is_dropped_last() -> None:
    before = picked("a", "b")
    agenda = done(before, remove_sessions(before, ["b"]).agenda, "remove")
    last = agenda.history[1:]
    assert without_oldest(agenda) == agenda._replace(history=last)
    assert without_oldest(agenda._replace(history=last)) == agenda._replace(history=last, former=())
    assert without_oldest(agenda._replace(history=last, former=())) == agenda._replace(history=(), former=())
    assert without_oldest(agenda._replace(history=(), former=())) is None


LISTS = st.lists(st.sampled_from("abcdef"), unique=True)


@given(LISTS, LISTS)
def test_any_change_of_the_picks_can_be_undone(first: list[str], second: list[str]) -> None:
    """Check any order, that UIDs are restored and that no revision is lower than before."""
    before = picked(*first)
    known = before.by_id()
    others = with_sessions(EMPTY, [session(id_) for id_ in second]).agenda.by_id()
    after = done(before, before._replace(picks=tuple(known.get(id_, others[id_]) for id_ in second)))
    again = back(after) if after.picks != before.picks else after
    assert [(pick.id, pick.uid) for pick in again.picks] == [(pick.id, pick.uid) for pick in before.picks]
    assert all(pick.revision == (pick.id not in second) for pick in again.picks)
    assert len({pick.uid for pick in again.picks} | {one.uid for one in again.former}) == len(
        again.picks
    ) + len(again.former)


def test_a_revision_never_exceeds_the_largest_integer_of_icalendar() -> None:
    last = 2**31 - 1
    old = EMPTY._replace(picks=(pick_of("a", None, "A", A.slots, revision=last),))
    moved = reconciled(old, schedule(session("a", title="Moved"))).agenda
    assert [(pick.title, pick.revision) for pick in moved.picks] == [("Moved", last)]
    gone = done(old, cleared(old), "clear")
    assert [pick.revision for pick in done(gone, with_sessions(gone, [A]).agenda).picks] == [last]


def test_a_restored_pick_whose_id_is_taken_gets_a_new_one() -> None:
    mine = picked("a", "b")
    less = done(mine, remove_sessions(mine, ["a"]).agenda, "remove")
    # Of a schedule that is not kept, the id of a session may become another's.
    swapped = less._replace(picks=(less.picks[0]._replace(id="a"),))
    assert [(pick.id, pick.uid) for pick in back(swapped).picks] == [("a-2", uid("a")), ("a", uid("b"))]
