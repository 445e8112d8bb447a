"""Merging duplicate picks of one session."""

import pytest

from summitcli.agenda.document import loads
from summitcli.agenda.doubles import identity_of
from summitcli.agenda.editing import Wanted, add_sessions, cleared
from summitcli.agenda.history import Action, recorded, undone
from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.reconcile import reconciled
from summitcli.agenda.writing import dumps
from summitcli.library.memory import Memory, Vanished
from tests.agenda.agenda_samples import D23, D24, NO_MEMORY, schedule, session, timed

TALK = session("7", timed(D23, "09:00", "10:00"), timed(D24, "09:00", "10:00"), title="Talk")
TALK = TALK._replace(guid="g-7")
OTHER = session("8", timed(D23, "11:00", "12:00"), title="Other")
MINE = add_sessions(Agenda("summit-5", "峰会", "default"), [Wanted(TALK, None), Wanted(OTHER, None)]).agenda
WHOLE, REST = MINE.picks
TWICE = WHOLE._replace(id="seven", uid="seven@summit-5.summitcli")


def of(*picks: Pick) -> Agenda:
    return MINE._replace(picks=picks)


@pytest.mark.parametrize(
    "twice",
    [
        TWICE,
        TWICE._replace(guid=None),
        Pick("seven", None, "TALK", TALK.slots[1:], uid=TWICE.uid),
        TWICE._replace(state="cancelled"),
    ],
    ids=["guid", "code", "title, time and room", "cancelled before"],
)
@pytest.mark.parametrize("memory", [NO_MEMORY, None], ids=["kept", "not kept"])
def test_duplicate_picks_of_a_session_are_merged(twice: Pick, memory: Memory | None) -> None:
    for picks in ((WHOLE, REST, twice), (twice, WHOLE, REST)):
        now, changes = reconciled(of(*picks), schedule(TALK, OTHER, memory=memory))
        assert now.picks == MINE.picks
        assert [(one.uid, one.state) for one in now.merged] == [(twice.uid, "cancelled")]
        assert [(change.kind, change.before.id, change.after.id) for change in changes] == [
            ("same", "seven", "7")
        ]
        again = reconciled(now, schedule(TALK, OTHER, memory=memory))
        assert (again.agenda, again.changes) == (now, ())
        kept = recorded(of(*picks), now)
        assert loads(dumps(kept), "file", kept.conference, kept.name) == kept


@pytest.mark.parametrize(
    "twice",
    [
        TWICE._replace(guid="g-9", code="9"),
        TWICE._replace(guid=None, code="9"),
        Pick("seven", None, "Talk", (timed(D23, "09:00", "10:00", "Elsewhere"),), uid=TWICE.uid),
        Pick("seven", None, "Talk", (timed(D23, "13:00", "14:00"),), uid=TWICE.uid),
        Pick("seven", None, "Workshop", TALK.slots, uid=TWICE.uid),
    ],
    ids=["guid", "code", "room", "time", "title"],
)
def test_picks_of_possibly_different_sessions_are_not_merged(twice: Pick) -> None:
    now, changes = reconciled(of(WHOLE, REST, twice), schedule(TALK, OTHER, memory=NO_MEMORY))
    assert [(pick.uid, pick.state) for pick in now.picks][2:] == [(twice.uid, "missing")]
    assert (now.merged, [change.kind for change in changes]) == ((), ["missing"])


def test_a_pick_of_a_vanished_session_is_not_merged() -> None:
    twice = TWICE._replace(guid=None)
    memory = Memory(2, vanished=(Vanished(identity_of(twice), 1, False, False),))
    now = reconciled(of(WHOLE, REST, twice), schedule(TALK, OTHER, memory=memory)).agenda
    assert [pick.state for pick in now.picks] == ["held", "held", "missing"]


def test_a_merged_pick_has_the_days_of_both_and_the_stronger_mark() -> None:
    (first,) = add_sessions(MINE._replace(picks=()), [Wanted(TALK, (D23,), "hidden")]).agenda.picks
    second = TWICE._replace(days=(D24,), slots=TALK.slots[1:], pick="maybe")
    now, changes = reconciled(of(first, second), schedule(TALK, memory=NO_MEMORY))
    (left,) = now.picks
    assert (left.days, left.slots, left.pick, left.uid) == ((D23, D24), TALK.slots, "maybe", WHOLE.uid)
    assert (left.revision, left.withdrawn) == (1, ())
    assert [change.kind for change in changes] == ["same"]
    whole = reconciled(of(first, TWICE), schedule(TALK, memory=NO_MEMORY)).agenda.picks[0]
    assert (whole.days, whole.slots, whole.pick) == (None, TALK.slots, "yes")


def test_a_restored_pick_is_no_longer_merged() -> None:
    mine = of(WHOLE, REST, TWICE)
    less = recorded(mine, of(WHOLE, REST), Action("remove", f"{D23}T10:00:00+08:00"))
    merged = less._replace(merged=(TWICE._replace(state="cancelled"),))
    back = undone(merged)
    assert back is not None
    now = recorded(merged, back.agenda)
    assert ([pick.uid for pick in now.picks][2:], now.merged) == ([TWICE.uid], ())
    # A file that says both is read as that.
    both = dumps(now._replace(merged=(TWICE,)))
    assert loads(both, "file", now.conference, now.name) == now


def test_clearing_removes_merged_picks() -> None:
    merged = MINE._replace(merged=(TWICE,))
    assert cleared(merged) == MINE._replace(picks=())
    forgotten = recorded(merged, MINE._replace(merged=(TWICE,)), Action("clear", "", forget=True))
    assert forgotten.merged == ()
