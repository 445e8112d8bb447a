"""Random sequences of editing, undoing, saving, reading and reconciling, compared with a simple model."""

import copy
import os
import shutil
import tempfile
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from summitcli.agenda.editing import cleared, remove_sessions
from summitcli.agenda.history import MAX_HISTORY, Action, undone
from summitcli.agenda.picks import Agenda
from summitcli.agenda.place import names
from summitcli.agenda.reconcile import ScheduleIndex, reconciled
from summitcli.agenda.store import change, load
from summitcli.errors import UsageError
from summitcli.identity import identity
from summitcli.library.memory import Memory, Vanished
from summitcli.rows import SessionRow, SlotRow
from summitcli.text.uids import events
from tests.agenda.agenda_samples import (
    CONFERENCE,
    D23,
    D24,
    D25,
    D26,
    adding,
    all_day,
    files,
    schedule,
    timed,
    with_sessions,
)
from tests.conftest import examples
from tests.session_rows import session_row

IDS = ("opening", "talk", "exhibition")
DAYS = (D23, D24, D25, D26)
AT = "2022-07-23T14:02:00+08:00"
SLOTS = st.one_of(
    st.sampled_from([all_day(day) for day in DAYS]),
    st.builds(
        timed,
        st.sampled_from(DAYS),
        st.sampled_from(["09:00", "15:00"]),
        st.just("18:00"),
        st.sampled_from("AB"),
    ),
)
SLOT_LISTS = st.lists(SLOTS, min_size=1, max_size=4, unique=True).map(
    lambda slots: tuple(sorted(slots, key=lambda slot: (slot.day, slot.start or "", slot.room or "")))
)
TITLES = st.sampled_from(["One", "Two"])


def row(id_: str, title: str, slots: tuple[SlotRow, ...]) -> SessionRow:
    """Return a session; the talk has no GUID."""
    return session_row(id_, slots, title=title, guid=None if id_ == "talk" else f"guid-of-{id_}")


class Model:
    """A pick in the model."""

    def __init__(self, days: set[str] | None, session: SessionRow) -> None:
        self.days = days
        self.title = session.title
        self.slots = self.held(session)
        self.gone = False
        self.revision = 0
        self.numbers: list[SlotRow] = []
        """The last known first slot of the event of each number."""
        self.remember()

    def held(self, session: SessionRow) -> list[SlotRow]:
        return [slot for slot in session.slots if self.days is None or slot.day in self.days]

    def remember(self) -> None:
        for number, event in enumerate(events(self.slots)):
            self.numbers[number : number + 1] = [event[0]]

    def told(self) -> tuple[Any, ...]:
        """Return the fields that determine its calendar events."""
        days = None if self.days is None else frozenset(self.days)
        return days, self.title, tuple(self.slots)

    def state(self) -> tuple[Any, ...]:
        return *self.told(), self.gone, self.revision, tuple(self.numbers)

    def becomes(self, session: SessionRow | None, days: set[str] | None) -> None:
        before, was_gone = self.told(), self.gone
        self.days = days
        slots = self.held(session) if session else []
        self.gone = not slots
        if session and slots:
            self.title, self.slots = session.title, slots
        self.revise(before, back=was_gone and not self.gone)

    def revise(self, before: tuple[Any, ...], back: bool = False) -> None:
        if self.told() != before or back:
            self.remember()
            self.revision += 1


class AgendaMachine(RuleBasedStateMachine):
    """The agenda on disk, and the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.variable = os.environ.get("SUMMIT_DATA")
        os.environ["SUMMIT_DATA"] = self.folder
        self.schedule = {id_: row(id_, "One", (all_day(D23), all_day(D24), all_day(D26))) for id_ in IDS}
        self.vanished: dict[str, SessionRow] = {}
        self.model: dict[str, Model] = {}
        self.past: list[dict[str, Model]] = []
        """The states before each change."""
        self.former: dict[str, int] = {}
        """The revisions of removed picks."""
        self.uids: dict[str, str] = {}
        """The UID of each session ever picked."""
        self.revisions: dict[str, int] = {}
        """The highest revision of each that a calendar may have seen."""

    def teardown(self) -> None:
        if self.variable is None:
            del os.environ["SUMMIT_DATA"]
        else:
            os.environ["SUMMIT_DATA"] = self.variable
        shutil.rmtree(self.folder)

    def edit(self, edit: Any, done: str = "", forget: bool = False) -> Agenda:
        before = load(CONFERENCE.id)
        action = Action(done, AT, forget) if done else None
        assert change(CONFERENCE, "default", lambda agenda: (edit(agenda), None), action).before == before
        return load(CONFERENCE.id)

    def record(self, before: dict[str, Model]) -> None:
        """Record a change of the model, which was ``before`` until then."""
        for id_ in before.keys() - self.model.keys():
            self.former[id_] = before[id_].revision
        for id_ in self.model.keys() - before.keys():
            if id_ in self.former:
                self.model[id_].revision = max(self.model[id_].revision, self.former.pop(id_) + 1)
        states = [[(id_, pick.state()) for id_, pick in model.items()] for model in (before, self.model)]
        if states[0] != states[1]:
            self.past = [*self.past, before][-MAX_HISTORY:]

    @rule(ids=st.lists(st.sampled_from(IDS), max_size=3), day=st.none() | st.sampled_from(DAYS))
    def add(self, ids: list[str], day: str | None) -> None:
        sessions = [self.schedule[id_] for id_ in ids if id_ in self.schedule]
        if day and any(day not in session.days for session in sessions):
            before = load(CONFERENCE.id)
            try:
                change(CONFERENCE, "default", adding(*sessions, day=day))
            except UsageError:
                assert load(CONFERENCE.id) == before
                return
            raise AssertionError("a day without the session was accepted")
        self.edit(lambda agenda: with_sessions(agenda, sessions, day).agenda, "add")
        before_it = copy.deepcopy(self.model)
        for session in sessions:
            pick = self.model.get(session.id)
            wanted = {day} if day else set(session.days)
            old = set() if pick is None else set(DAYS) if pick.days is None else pick.days
            covered = pick is not None and (pick.days is None or (day is not None and wanted <= old))
            days = None if day is None or set(session.days) <= wanted | old else wanted | old
            if pick is None:
                self.model[session.id] = Model(days, session)
            else:
                pick.becomes(session, pick.days if covered else days)
        self.record(before_it)

    @rule(ids=st.lists(st.sampled_from(IDS), max_size=3), day=st.none() | st.sampled_from(DAYS))
    def remove(self, ids: list[str], day: str | None) -> None:
        self.edit(lambda agenda: remove_sessions(agenda, ids, day).agenda, "remove")
        before_it = copy.deepcopy(self.model)
        for id_ in set(ids):
            pick = self.model.get(id_)
            if pick is None:
                continue
            picked = {slot.day for slot in pick.slots} if pick.days is None else pick.days
            if day is not None and day not in picked:
                continue
            left = picked - {day} if day else set()
            slots = [slot for slot in pick.slots if slot.day in left]
            if not slots:
                del self.model[id_]
                continue
            before = pick.told()
            pick.days, pick.slots = left, slots
            pick.revise(before)
        self.record(before_it)

    @rule()
    def clear(self) -> None:
        self.edit(cleared, "clear")
        before, self.model = self.model, {}
        self.record(before)

    @rule()
    def forget(self) -> None:
        self.edit(cleared, "clear", forget=True)
        self.model, self.past, self.former, self.uids, self.revisions = {}, [], {}, {}, {}

    @rule()
    def undo(self) -> None:
        def edit(agenda: Agenda) -> Agenda:
            found = undone(agenda)
            assert (found is None) is (not self.past)
            return found.agenda if found else agenda

        self.edit(edit)
        if not self.past:
            return
        current, self.model, past = self.model, self.past.pop(), self.past
        for id_, earlier in self.model.items():
            if id_ not in current:
                continue
            pick = self.model[id_] = current[id_]
            if pick.days != earlier.days:
                before = pick.told()
                pick.days, pick.slots = earlier.days, earlier.slots
                pick.revise(before)
        self.past = []
        self.record(current)
        self.past = past

    @rule(ids=st.lists(st.sampled_from(IDS), max_size=3))
    def fail(self, ids: list[str]) -> None:
        """Interrupt a change, which must leave everything unchanged."""

        def edit(agenda: Agenda) -> Any:
            remove_sessions(agenda, ids)
            raise KeyboardInterrupt

        try:
            change(CONFERENCE, "default", edit, Action("remove", AT))
        except KeyboardInterrupt:
            return
        raise AssertionError("it was not told of")

    @rule(id_=st.sampled_from(IDS), title=TITLES, slots=SLOT_LISTS)
    def reschedule(self, id_: str, title: str, slots: tuple[SlotRow, ...]) -> None:
        self.schedule[id_] = row(id_, title, slots)
        self.vanished.pop(id_, None)

    @precondition(lambda self: self.schedule)
    @rule(chance=st.randoms(use_true_random=False))
    def withdraw(self, chance: Any) -> None:
        id_ = chance.choice(sorted(self.schedule))
        self.vanished[id_] = self.schedule.pop(id_)

    def published(self) -> ScheduleIndex:
        """Return the schedule, with the vanished sessions in the memory of the library."""
        vanished = tuple(Vanished(identity(gone), 1, False, False) for gone in self.vanished.values())
        return schedule(*self.schedule.values(), memory=Memory(vanished=vanished))

    @rule()
    def reconcile(self) -> None:
        self.edit(lambda agenda: reconciled(agenda, self.published()).agenda)
        for id_, pick in self.model.items():
            pick.becomes(self.schedule.get(id_), pick.days)
        assert reconciled(load(CONFERENCE.id), self.published()).changes == ()

    @invariant()
    def the_agenda_on_disk_is_that_of_the_model(self) -> None:
        agenda = load(CONFERENCE.id)
        assert agenda.ids() == tuple(self.model)
        for pick in agenda.picks:
            model = self.model[pick.id]
            days = None if pick.days is None else set(pick.days)
            assert (days, pick.title, list(pick.slots), pick.gone, pick.revision) == (
                model.days,
                model.title,
                model.slots,
                model.gone,
                model.revision,
            )
            assert list(pick.withdrawn) == model.numbers[len(events(model.slots)) :]
        assert len(agenda.history) == len(self.past)
        assert {one.id: one.revision for one in agenda.former} == self.former

    @invariant()
    def no_uid_changes_and_no_revision_is_lower_than_before(self) -> None:
        agenda = load(CONFERENCE.id)
        assert len({pick.uid for pick in agenda.picks}) == len(agenda.picks)
        for pick in agenda.picks:
            assert self.uids.setdefault(pick.id, pick.uid) == pick.uid
            assert pick.revision >= self.revisions.get(pick.id, 0)
            self.revisions[pick.id] = pick.revision

    @invariant()
    def nothing_else_is_left_on_disk(self) -> None:
        if names(CONFERENCE.id):
            assert files() == [".default.lock", "default.json"]


TestAgendaMachine = AgendaMachine.TestCase
TestAgendaMachine.settings = settings(
    max_examples=examples(150),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
