from summitcli.agenda.picks import Agenda, with_days
from summitcli.agenda.reconcile import Change, Reconciled, reconciled
from summitcli.rows import SessionRow
from summitcli.text.uids import events
from tests.agenda.agenda_samples import D23, D24, D25, D26, all_day, pick_of, session, timed

EMPTY = Agenda("summit-5", "峰会", "default")
TALK = session("talk", timed(D23, "09:00", "10:00"))


def picked(*sessions: SessionRow, days: tuple[str, ...] | None = None) -> Agenda:
    return with_days(EMPTY, [(one, days) for one in sessions]).agenda


def against(agenda: Agenda, *current: SessionRow) -> Reconciled:
    return reconciled(agenda, {one.id: one for one in current})


def test_what_has_not_changed_stays_as_it_is() -> None:
    agenda = picked(TALK, session("opening"))
    assert against(agenda, session("opening"), TALK, session("new")) == Reconciled(agenda, ())


def test_a_change_elsewhere_in_the_row_is_no_change_of_the_pick() -> None:
    agenda = picked(TALK)
    assert against(agenda, TALK._replace(description="New")) == Reconciled(agenda, ())


def test_what_identifies_a_session_is_taken_over_without_a_word() -> None:
    agenda = picked(TALK)
    now = TALK._replace(guid="g-1", url="https://example.org/1", speakers=("Ada",))
    after = agenda.picks[0]._replace(guid=now.guid, url=now.url, speakers=now.speakers)
    known = Reconciled(agenda._replace(picks=(after,)), ())
    assert against(agenda, now) == known
    # What is not published any more is kept; who speaks may change.
    silent = after._replace(speakers=())
    assert against(known.agenda, TALK) == Reconciled(agenda._replace(picks=(silent,)), ())


def test_a_moved_session_takes_the_new_slots_and_the_next_revision() -> None:
    agenda = picked(session("opening"), TALK)
    now = session("talk", timed(D24, "11:00", "12:00", "Hall"))
    before, after = agenda.picks[1], pick_of("talk", None, "Talk", now.slots, revision=1)
    result = against(agenda, session("opening"), now)
    assert result == Reconciled(
        agenda._replace(picks=(agenda.picks[0], after)), (Change("moved", before, after),)
    )
    assert against(result.agenda, session("opening"), now) == Reconciled(result.agenda, ())


def test_a_renamed_and_moved_session_has_two_changes_and_one_revision() -> None:
    agenda = picked(TALK)
    now = session("talk", timed(D23, "10:00", "11:00"), title="Keynote")
    before, after = agenda.picks[0], pick_of("talk", None, "Keynote", now.slots, revision=1)
    assert against(agenda, now) == Reconciled(
        agenda._replace(picks=(after,)),
        (Change("moved", before, after), Change("renamed", before, after)),
    )


def test_a_session_that_is_not_found_keeps_what_was_known_and_its_revision() -> None:
    agenda = picked(TALK)
    before, after = agenda.picks[0], agenda.picks[0]._replace(state="missing")
    gone = against(agenda)
    assert gone == Reconciled(agenda._replace(picks=(after,)), (Change("gone", before, after),))
    assert against(gone.agenda) == Reconciled(gone.agenda, ())


def test_what_is_cancelled_stays_so_until_it_is_held_again() -> None:
    pick = pick_of("talk", None, "Talk", TALK.slots, revision=1, state="cancelled")
    agenda = EMPTY._replace(picks=(pick,))
    assert against(agenda) == Reconciled(agenda, ())
    after = pick._replace(state="held", revision=2)
    assert against(agenda, TALK) == Reconciled(EMPTY._replace(picks=(after,)), (Change("back", pick, after),))


def test_a_session_that_comes_back_is_raised() -> None:
    gone = against(picked(TALK)).agenda
    after = pick_of("talk", None, "Talk", TALK.slots, revision=1)
    assert against(gone, TALK) == Reconciled(
        gone._replace(picks=(after,)), (Change("back", gone.picks[0], after),)
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
    assert against(agenda, other_day) == Reconciled(agenda, ())
    moved = session("talk", timed(D23, "09:30", "10:00"), *three.slots[1:])
    assert against(agenda, moved).agenda.picks == (
        pick_of("talk", (D23, D24), "Talk", moved.slots[:2], revision=1),
    )


def test_a_pick_of_days_on_none_of_which_it_is_held_is_gone_and_the_session_is_named() -> None:
    two = session("talk", timed(D23, "09:00", "10:00"), timed(D24, "09:00", "10:00"))
    agenda = picked(two, days=(D23,))
    now = session("talk", timed(D25, "09:00", "10:00"), timed(D26, "09:00", "10:00"))
    after = agenda.picks[0]._replace(state="missing")
    assert against(agenda, now) == Reconciled(
        agenda._replace(picks=(after,)), (Change("gone", agenda.picks[0], after),)
    )


def test_a_whole_session_follows_it_to_further_days() -> None:
    now = session("talk", *TALK.slots, timed(D25, "09:00", "10:00"))
    assert against(picked(TALK), now).agenda.picks == (pick_of("talk", None, "Talk", now.slots, revision=1),)


def test_events_that_are_no_more_are_withdrawn_under_their_numbers() -> None:
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


def test_days_that_were_events_of_their_own_are_withdrawn_when_they_close_up() -> None:
    apart = session("exhibition", all_day(D23), all_day(D25))
    together = session("exhibition", all_day(D23), all_day(D24), all_day(D25))
    assert len(events(apart.slots)) == 2
    assert len(events(together.slots)) == 1
    assert against(picked(apart), together).agenda.picks == (
        pick_of("exhibition", None, "Exhibition", together.slots, (all_day(D25),), revision=1),
    )


def test_what_was_withdrawn_stays_so_while_the_session_is_gone() -> None:
    two = session("talk", timed(D23, "09:00", "10:00"), timed(D25, "09:00", "10:00"))
    fewer = against(picked(two), TALK).agenda
    gone = against(fewer).agenda
    assert gone.picks == (
        pick_of("talk", None, "Talk", TALK.slots, (two.slots[1],), revision=1, state="missing"),
    )
