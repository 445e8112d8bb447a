import json
from contextlib import closing
from typing import Any, NamedTuple

import pytest

from summitcli.agenda import doubles, reconcile
from summitcli.agenda.editing import Wanted, add_sessions, remove_sessions
from summitcli.agenda.history import Action, recorded, undone
from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.reconcile import PickChange, reconciled, schedule_index
from summitcli.catalog.store import temporary_catalog
from summitcli.formats.parsed import Parsed
from summitcli.identity import identity
from summitcli.library.memory import Memory, Vanished
from summitcli.model import Schedule
from summitcli.rows import SessionRow
from summitcli.text.batches import batches
from summitcli.text.uids import events
from tests.agenda.agenda_samples import (
    D23,
    D24,
    D25,
    D26,
    NO_MEMORY,
    all_day,
    pick_of,
    schedule,
    session,
    timed,
)
from tests.schedules import document
from tests.schedules import session as plain

EMPTY = Agenda("summit-5", "峰会", "default")
TALK = session("talk", timed(D23, "09:00", "10:00"))


def picked(*sessions: SessionRow, days: tuple[str, ...] | None = None) -> Agenda:
    return add_sessions(EMPTY, [Wanted(one, days) for one in sessions]).agenda


class Outcome(NamedTuple):
    agenda: Agenda
    changes: tuple[PickChange, ...]


def against(agenda: Agenda, *current: SessionRow, memory: Memory | None = NO_MEMORY) -> Outcome:
    agenda, changes = reconciled(agenda, schedule(*current, memory=memory))
    return Outcome(agenda, changes)


def test_an_unchanged_pick_stays_the_same() -> None:
    agenda = picked(TALK, session("opening"))
    assert against(agenda, session("opening"), TALK, session("new")) == Outcome(agenda, ())


def test_unchanged_values_are_shared_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "batches", lambda picks: batches(picks, 2))
    sessions = [session(f"s{number}") for number in range(5)]
    before = picked(*sessions)
    sessions[3] = sessions[3]._replace(title="Other")
    after = reconciled(before, schedule(*sessions)).agenda
    alike = [now is was for now, was in zip(after.picks, before.picks, strict=True)]
    assert alike == [True, True, True, False, True]


def test_equal_fields_of_a_pick_and_its_session_are_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[SessionRow] = []
    really_merge = doubles.merge_duplicates

    def merge(agenda: Agenda, became: Any, sessions: dict[str, SessionRow], fates: Any) -> Any:
        held.extend(sessions.values())
        return really_merge(agenda, became, sessions, fates)

    monkeypatch.setattr(reconcile, "merge_duplicates", merge)

    def copy() -> SessionRow:
        fields: dict[str, Any] = {name: "".join(list(f"{name}-1")) for name in ("id", "title", "guid", "url")}
        fields["speakers"] = tuple(each for each in ["Ada"])
        fields["slots"] = tuple(each for each in TALK.slots)
        return session("x")._replace(**fields)

    before = picked(copy())
    against(before, copy())
    (pick,), (row,) = before.picks, held
    for name in ("id", "title", "guid", "url", "speakers", "slots"):
        assert getattr(row, name) is getattr(pick, name), name


def test_an_index_returns_what_picks_need_of_the_sessions_asked_for() -> None:
    made = document(
        plain("a", {"day": D23}, {"day": D24}, title={"zh": "甲", "en": "A"}, category="talk",
              description="x"),
        plain("b", {"day": D23}),
        plain("c", {"day": D24, "room": "Hall"}),
        start=D23, end=D24, language="zh",
    )  # fmt: skip
    with closing(temporary_catalog(Parsed.of(Schedule.model_validate_json(json.dumps(made))))) as catalog:
        index = schedule_index(catalog, True, NO_MEMORY)
        found = index.sessions(["c", "a", "nope"])
        assert [each.id for each in index.identities()] == ["a", "b", "c"]
    assert (index.has_stable_ids, index.memory, sorted(found)) == (True, NO_MEMORY, ["a", "c"])
    whole = found["a"]
    assert (whole.title, whole.days, whole.day, whole.slots) == (
        "甲", (D23, D24), D23, (all_day(D23), all_day(D24)),
    )  # fmt: skip
    assert found["c"].slots == (all_day(D24, "Hall"),)
    for row in found.values():
        assert (row.titles, row.category, row.category_name, row.description, row.descriptions) == (
            {}, None, None, None, {},
        )  # fmt: skip
        assert (row.start, row.end, row.room) == (None, None, None)


def test_a_change_of_other_fields_does_not_change_the_pick() -> None:
    agenda = picked(TALK)
    assert against(agenda, TALK._replace(description="New")) == Outcome(agenda, ())


def test_identifying_fields_are_updated_without_a_reported_change() -> None:
    agenda = picked(TALK)
    now = TALK._replace(guid="g-1", url="https://example.org/1", speakers=("Ada",))
    after = agenda.picks[0]._replace(guid=now.guid, url=now.url, speakers=now.speakers)
    known = Outcome(agenda._replace(picks=(after,)), ())
    assert against(agenda, now) == known
    # What is not published any more is kept; who speaks may change.
    silent = after._replace(speakers=())
    assert against(known.agenda, TALK) == Outcome(agenda._replace(picks=(silent,)), ())


def test_a_moved_session_gets_the_new_slots_and_the_next_revision() -> None:
    agenda = picked(session("opening"), TALK)
    now = session("talk", timed(D24, "11:00", "12:00", "Hall"))
    before, after = agenda.picks[1], pick_of("talk", None, "Talk", now.slots, revision=1)
    result = against(agenda, session("opening"), now)
    assert result == Outcome(
        agenda._replace(picks=(agenda.picks[0], after)), (PickChange("moved", before, after),)
    )
    assert against(result.agenda, session("opening"), now) == Outcome(result.agenda, ())


def test_a_renamed_and_moved_session_has_two_changes_and_one_revision() -> None:
    agenda = picked(TALK)
    now = session("talk", timed(D23, "10:00", "11:00"), title="Keynote")
    before, after = agenda.picks[0], pick_of("talk", None, "Keynote", now.slots, revision=1)
    assert against(agenda, now) == Outcome(
        agenda._replace(picks=(after,)),
        (PickChange("moved", before, after), PickChange("renamed", before, after)),
    )


def test_a_missing_session_keeps_its_details_and_revision() -> None:
    agenda = picked(TALK)
    before, after = agenda.picks[0], agenda.picks[0]._replace(state="missing")
    gone = against(agenda)
    assert gone == Outcome(agenda._replace(picks=(after,)), (PickChange("missing", before, after),))
    assert against(gone.agenda) == Outcome(gone.agenda, ())


def test_a_cancelled_session_stays_cancelled_until_it_is_back() -> None:
    pick = pick_of("talk", None, "Talk", TALK.slots, revision=1, state="cancelled")
    agenda = EMPTY._replace(picks=(pick,))
    assert against(agenda) == Outcome(agenda, ())
    after = pick._replace(state="held", revision=2)
    assert against(agenda, TALK) == Outcome(
        EMPTY._replace(picks=(after,)), (PickChange("back", pick, after),)
    )


def test_a_session_that_comes_back_gets_the_next_revision() -> None:
    gone = against(picked(TALK)).agenda
    after = pick_of("talk", None, "Talk", TALK.slots, revision=1)
    assert against(gone, TALK) == Outcome(
        gone._replace(picks=(after,)), (PickChange("back", gone.picks[0], after),)
    )


def test_a_session_that_comes_back_elsewhere_has_also_moved() -> None:
    gone = against(picked(TALK)).agenda
    now = session("talk", timed(D24, "09:00", "10:00"))
    result = against(gone, now)
    assert [change.kind for change in result.changes] == ["back", "moved"]
    assert result.agenda.picks == (pick_of("talk", None, "Talk", now.slots, revision=1),)


def test_a_pick_of_days_follows_only_those_days() -> None:
    three = session("talk", *(timed(day, "09:00", "10:00") for day in (D23, D24, D25)))
    agenda = picked(three, days=(D23, D24))
    other_day = session("talk", *three.slots[:2], timed(D25, "15:00", "16:00"))
    assert against(agenda, other_day) == Outcome(agenda, ())
    moved = session("talk", timed(D23, "09:30", "10:00"), *three.slots[1:])
    assert against(agenda, moved).agenda.picks == (
        pick_of("talk", (D23, D24), "Talk", moved.slots[:2], revision=1),
    )


def test_a_pick_of_days_without_slots_is_missing() -> None:
    two = session("talk", timed(D23, "09:00", "10:00"), timed(D24, "09:00", "10:00"))
    agenda = picked(two, days=(D23,))
    now = session("talk", timed(D25, "09:00", "10:00"), timed(D26, "09:00", "10:00"))
    after = agenda.picks[0]._replace(state="missing")
    assert against(agenda, now) == Outcome(
        agenda._replace(picks=(after,)), (PickChange("missing", agenda.picks[0], after),)
    )


def test_the_pick_of_a_whole_session_includes_new_days() -> None:
    now = session("talk", *TALK.slots, timed(D25, "09:00", "10:00"))
    assert against(picked(TALK), now).agenda.picks == (pick_of("talk", None, "Talk", now.slots, revision=1),)


def test_removed_events_are_withdrawn_under_their_numbers() -> None:
    three = session("talk", *(timed(day, "09:00", "10:00") for day in (D23, D24, D25)))
    two = session("talk", *three.slots[:2])
    after = against(picked(three), two).agenda
    assert after.picks == (pick_of("talk", None, "Talk", two.slots, (three.slots[2],), revision=1),)
    one = session("talk", three.slots[1])
    # Event 1 is now on the 24th; 2, which was there, and 3 have to go.
    after = against(after, one).agenda
    assert after.picks == (
        pick_of("talk", None, "Talk", one.slots, (three.slots[1], three.slots[2]), revision=2),
    )
    # A second event takes number 2 again; 3 stays withdrawn.
    after = against(after, two).agenda
    assert after.picks == (pick_of("talk", None, "Talk", two.slots, (three.slots[2],), revision=3),)


def test_separate_events_are_withdrawn_when_their_days_become_consecutive() -> None:
    apart = session("exhibition", all_day(D23), all_day(D25))
    together = session("exhibition", all_day(D23), all_day(D24), all_day(D25))
    assert len(events(apart.slots)) == 2
    assert len(events(together.slots)) == 1
    assert against(picked(apart), together).agenda.picks == (
        pick_of("exhibition", None, "Exhibition", together.slots, (all_day(D25),), revision=1),
    )


def test_withdrawn_events_stay_withdrawn_while_the_session_is_missing() -> None:
    two = session("talk", timed(D23, "09:00", "10:00"), timed(D25, "09:00", "10:00"))
    fewer = against(picked(two), TALK).agenda
    gone = against(fewer).agenda
    assert gone.picks == (
        pick_of("talk", None, "Talk", TALK.slots, (two.slots[1],), revision=1, state="missing"),
    )


def talk(
    id_: str, title: str, guid: str | None = None, *clocks: str, speakers: tuple[str, ...] = ()
) -> SessionRow:
    """Return a session on the 23rd with a slot of one hour for each time."""
    slots = tuple(timed(D23, clock, f"{clock[:2]}:59") for clock in clocks or ("10:00",))
    return session(id_, *slots, title=title)._replace(guid=guid, speakers=speakers)


ADA, BOB = talk("7", "Ada on engines", "aaaa"), talk("8", "Bob on boats", "bbbb", "12:00")
OTHERS = tuple(talk(f"n{n}", f"N {n}", f"g{n}", f"{n:02}:00") for n in range(20))


@pytest.mark.parametrize("memory", [NO_MEMORY, None])
def test_a_pick_follows_the_guid_to_another_id(memory: Memory | None) -> None:
    swapped = (BOB._replace(id="7"), ADA._replace(id="8"))
    now, changes = against(picked(ADA), *swapped, memory=memory)
    assert [(pick.id, pick.title, pick.uid, pick.revision) for pick in now.picks] == [
        ("8", "Ada on engines", "aaaa@summit-5.summitcli", 0)
    ]
    assert changes == ()


def test_a_matching_id_is_enough_only_in_a_saved_schedule() -> None:
    pick = picked(talk("7", "Ada on engines"))
    other = talk("7", "Cy on cells", None, "18:00", speakers=("Cy",))
    assert [pick.title for pick in against(pick, other).agenda.picks] == ["Cy on cells"]
    now, changes = against(pick, other, memory=None)
    assert [(pick.title, pick.state) for pick in now.picks] == [("Ada on engines", "missing")]
    assert [change.kind for change in changes] == ["missing"]
    moved = talk("9", "Ada on engines", None, "18:00")
    assert [(pick.id, pick.uid) for pick in against(pick, moved, memory=None).agenda.picks] == [
        ("9", "7@summit-5.summitcli")
    ]


@pytest.mark.parametrize("memory", [NO_MEMORY, None])
def test_a_missing_pick_gives_up_an_id_that_another_session_has(memory: Memory | None) -> None:
    bees = talk("7", "Bees", "cccc", "14:00", speakers=("Zed",))
    now = against(picked(ADA, BOB), bees, BOB, *OTHERS, memory=memory).agenda
    assert [(pick.id, pick.title, pick.state, pick.uid) for pick in now.picks] == [
        ("7-2", "Ada on engines", "missing", "aaaa@summit-5.summitcli"),
        ("8", "Bob on boats", "held", "bbbb@summit-5.summitcli"),
    ]
    more = add_sessions(now, [Wanted(bees, None)]).agenda
    assert [(pick.id, pick.uid) for pick in more.picks][2:] == [("7", "cccc@summit-5.summitcli")]
    back = against(more, ADA._replace(id="1"), bees._replace(id="2"), BOB, *OTHERS, memory=memory).agenda
    assert [(pick.id, pick.title, pick.state) for pick in back.picks] == [
        ("1", "Ada on engines", "held"), ("8", "Bob on boats", "held"), ("2", "Bees", "held"),
    ]  # fmt: skip


def test_both_halves_of_a_split_session_are_picked_once() -> None:
    whole = talk("w", "Workshop", "gggg", "10:00", "11:00", "12:00")
    rest = whole._replace(slots=whole.slots[::2])
    half = talk("w-2", "Workshop with cake", "gggg", "11:00")
    before = picked(BOB, whole)
    before = before._replace(picks=(before.picks[0], before.picks[1]._replace(pick="maybe")))
    now, changes = against(before, half, rest, BOB)
    assert [(pick.id, pick.pick, len(pick.slots)) for pick in now.picks] == [
        ("8", "yes", 1), ("w", "maybe", 2), ("w-2", "maybe", 1),
    ]  # fmt: skip
    assert len({pick.uid for pick in now.picks}) == 3
    assert now.picks[1].uid == before.picks[1].uid
    assert [(change.kind, change.after.id) for change in changes] == [("moved", "w"), ("parted", "w-2")]
    # One that is taken out again stays out.
    less = remove_sessions(now, ["w-2"]).agenda
    assert against(less, half, rest, BOB) == Outcome(less, ())
    # When they are one session again, one pick stands for both, and calendars cancel the other event.
    together, changes = against(now, whole, BOB)
    assert [(pick.id, pick.state) for pick in together.picks] == [("8", "held"), ("w", "held")]
    assert together.picks[1].uid == before.picks[1].uid
    assert together.merged == (now.picks[2]._replace(state="cancelled", revision=1),)
    assert [(change.kind, change.before.id, change.after.id) for change in changes] == [("same", "w-2", "w")]
    once = recorded(now, together)
    apart = against(once, half, rest, BOB).agenda
    assert [(pick.id, pick.uid) for pick in apart.picks] == [(pick.id, pick.uid) for pick in now.picks]
    kept = recorded(once, apart)
    assert (kept.merged, kept.former, kept.picks[2].revision) == ((), (), 2)


def test_a_half_of_two_picks_is_picked_once() -> None:
    one = talk("w", "Workshop", "gggg", "10:00", "12:00")
    other = talk("w-2", "Workshop with cake", "gggg", "11:00", "12:00")
    now, changes = against(
        picked(one, other),
        one._replace(slots=one.slots[:1]),
        other._replace(slots=other.slots[:1]),
        talk("w-3", "Workshop with tea", "gggg", "12:00"),
    )
    assert now.ids() == ("w", "w-2", "w-3")
    assert [(change.kind, change.after.id) for change in changes] == [
        ("moved", "w"), ("moved", "w-2"), ("parted", "w-3"),
    ]  # fmt: skip


def test_a_session_with_unchanged_times_was_not_split() -> None:
    agenda = picked(ADA)
    twin = ADA._replace(id="twin", title="Ada on engines, in the hall")
    assert against(agenda, ADA, twin) == Outcome(agenda, ())


def test_undoing_a_pick_removes_both_halves() -> None:
    whole = talk("w", "Workshop", "gggg", "10:00", "11:00")
    rest, half = whole._replace(slots=whole.slots[:1]), talk("w-2", "Workshop", "gggg", "11:00")
    before = picked(BOB)
    action = Action("add", "2022-07-23T14:02:00+08:00", False)
    mine = recorded(before, add_sessions(before, [Wanted(whole, None)]).agenda, action)
    now = against(mine, rest, half, BOB).agenda
    assert now.ids() == ("8", "w", "w-2")
    back = undone(now)
    assert back is not None
    assert back.agenda.ids() == ("8",)


def test_only_picked_days_of_a_half_are_picked() -> None:
    whole = session(
        "w", timed(D23, "10:00", "11:00"), timed(D24, "10:00", "11:00"), timed(D25, "10:00", "11:00")
    )
    whole = whole._replace(guid="gggg")
    rest, half = whole._replace(slots=whole.slots[:1]), session("w-2", *whole.slots[1:])._replace(guid="gggg")
    now = against(picked(whole, days=(D23, D24)), rest, half).agenda
    assert [(pick.id, pick.days) for pick in now.picks] == [("w", (D23, D24)), ("w-2", (D24,))]
    assert [pick.id for pick in against(picked(whole, days=(D23,)), rest, half).agenda.picks] == ["w"]


@pytest.mark.parametrize(
    ("trusted", "said", "updates", "state"),
    [
        (True, False, 1, "missing"),
        (True, False, 2, "cancelled"),
        (False, False, 9, "missing"),
        (False, True, 1, "cancelled"),
    ],
)
def test_a_vanished_session_is_cancelled_if_the_library_says_so(
    trusted: bool, said: bool, updates: int, state: str
) -> None:
    memory = Memory(updates, vanished=(Vanished(identity(ADA), 1, trusted, said),))
    now, changes = against(picked(ADA), *OTHERS, memory=memory)
    assert [pick.state for pick in now.picks] == [state]
    assert [change.kind for change in changes] == [state]
    assert [pick.revision for pick in now.picks] == [int(state == "cancelled")]
    back, changes = against(now, ADA, *OTHERS)
    assert [(pick.state, pick.uid) for pick in back.picks] == [("held", "aaaa@summit-5.summitcli")]
    assert [change.kind for change in changes] == ["back"]
    assert back.picks[0].revision == now.picks[0].revision + 1


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ({"title": "B"}, ["renamed"]),
        ({"speakers": ("B",)}, ["speakers"]),
        ({"speakers": ("B", "A")}, []),
        ({"title": "B", "speakers": ("C",)}, ["other"]),
        ({"title": "B", "speakers": ("C",), "slots": BOB.slots}, ["moved", "other"]),
        ({"title": "B", "speakers": ("A", "C")}, ["renamed"]),
    ],
)
def test_the_kinds_of_change(now: dict[str, Any], kinds: list[str]) -> None:
    before = ADA._replace(speakers=("A", "B") if now == {"speakers": ("B", "A")} else ("A",))
    assert [change.kind for change in against(picked(before), before._replace(**now)).changes] == kinds


def test_a_pick_of_the_first_format_gets_speakers_without_a_reported_change() -> None:
    pick = Pick("7", None, ADA.title, ADA.slots, uid="7@summit-5.summitcli")
    now, changes = against(EMPTY._replace(picks=(pick,)), ADA._replace(speakers=("Ann",)))
    assert (now.picks[0].speakers, now.picks[0].guid, now.picks[0].uid) == (("Ann",), "aaaa", pick.uid)
    assert changes == ()
