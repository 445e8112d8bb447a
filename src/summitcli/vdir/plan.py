"""Deciding which files of a vdir (a directory of event files) are written, replaced and removed."""

from __future__ import annotations

from collections.abc import Sequence

from summitcli.lazy_typing import Literal, NamedTuple
from summitcli.rows import Mark, SlotRow
from summitcli.vdir.folder import Contents, EventFile, digest, new_name
from summitcli.vdir.record import Record, Written

Action = Literal["add", "change", "remove", "edited", "deleted", "foreign", "shared"]
"""The result for one event when a vdir is brought up to date.

Its file is changed for ``add``, ``change`` and ``remove``. It stays as it is if the user has ``edited`` or
``deleted`` the event, if another program wrote the event (``foreign``), or if its file has other events, too
(``shared``).
"""

CHANGING: tuple[Action, ...] = ("add", "change", "remove")


class Event(NamedTuple):
    """An event that should be in the vdir."""

    uid: str
    title: str
    data: bytes
    """The content that its file should have."""
    slots: tuple[SlotRow, ...] = ()
    """The slots (days, times and rooms) that the event is made of."""
    pick: Mark | None = None
    """The user's mark for the session; None for an entry of the user's own."""


class Step(NamedTuple):
    """The change to one event in a vdir, or the reason why the event is left as it is."""

    action: Action
    uid: str
    title: str
    file: str
    """The name of the event's file; empty if it has none."""
    data: bytes = b""
    """The new content of the file."""
    old: str = ""
    """The digest of the content that the file has now; empty if there is no file."""
    is_outdated: bool = False
    """True if the user has edited the event, and the agenda has changed it since the last sync."""
    slots: tuple[SlotRow, ...] = ()
    """The slots of the event in the agenda; empty if it is not in the agenda any more."""
    pick: Mark | None = None
    """The mark of the event in the agenda, as in :class:`Event`."""
    present: bytes = b""
    """The content that the file has now, if the event is not in the agenda any more."""

    def of(self, event: Event) -> Step:
        """Return this step with the slots and the mark of ``event``."""
        return self._replace(slots=event.slots, pick=event.pick)


class Plan(NamedTuple):
    """The steps that bring a vdir up to date, and what to record of its files before and after them."""

    steps: tuple[Step, ...]
    unchanged: int
    """The number of events in the vdir that are up to date."""
    before: dict[str, Written]
    """The record that is written before the steps, with the old and the new state of each file."""
    after: dict[str, Written]
    """The record that is written after the steps."""


class _Planner:
    """The object that makes a plan, event by event."""

    def __init__(self, contents: Contents, record: Record, agenda: str, force: bool) -> None:
        self.contents, self.agenda, self.force = contents, agenda, force
        self.taken = set(contents.names)
        self.before, self.after = dict(record), dict(record)
        self.steps: list[Step] = []
        self.unchanged = 0

    def put(self, event: Event) -> None:
        """Plan what to do about an event that should be in the vdir."""
        files = self.contents.events.get(event.uid, [])
        ours = self.before.get(event.uid)
        if ours and ours.agenda != self.agenda:
            if files:
                # Another agenda in the same vdir has the session, too.
                self.unchanged += 1
                return
            ours = None
        if not files:
            if ours and not ours.is_pending and not self.force:
                self._leave("deleted", event, "")
            else:
                self._write("add", event, new_name(event.uid, self.taken), None)
        elif any(file.is_shared for file in files):
            self._leave("shared", event, files[0].name)
        elif len(files) == 1 and files[0].digest == digest(event.data):
            self.unchanged += 1
            self.after[event.uid] = Written(self.agenda, event.title, (files[0].digest,))
        elif self.force or (len(files) == 1 and ours and files[0].digest in ours.digests):
            self._write("change", event, files[0].name, files[0])
        elif ours:
            new = digest(event.data)
            is_outdated = new not in ours.digests
            self._leave("edited", event, files[0].name, is_outdated)
            if is_outdated:
                self.after[event.uid] = ours._replace(title=event.title, digests=(*ours.digests, new))
        else:
            self._leave("foreign", event, files[0].name)

    def drop(self, uid: str, ours: Written) -> None:
        """Plan what to do about an event that should no longer be in the vdir.

        Args:
            uid: the UID of the event.
            ours: the event as it was written before, from the record.
        """
        files = self.contents.events.get(uid, [])
        if any(file.is_shared for file in files):
            self._keep("shared", uid, ours.title, files[0])
            return
        if len(files) == 1 and (self.force or files[0].digest in ours.digests):
            file = files[0]
            self.steps.append(Step("remove", uid, ours.title, file.name, old=file.digest, present=file.data))
            self.before[uid] = ours._replace(is_pending=True)
        elif files:
            self._keep("edited", uid, ours.title, files[0])
            return
        self.after.pop(uid)

    def _write(self, action: Action, event: Event, name: str, file: EventFile | None) -> None:
        self.taken.add(name.casefold())
        new, old = digest(event.data), file.digest if file else ""
        self.steps.append(Step(action, event.uid, event.title, name, event.data, old).of(event))
        states = (old, new) if old else (new,)
        self.before[event.uid] = Written(self.agenda, event.title, states, is_pending=True)
        self.after[event.uid] = Written(self.agenda, event.title, (new,))

    def _leave(self, action: Action, event: Event, name: str, is_outdated: bool = False) -> None:
        self.steps.append(Step(action, event.uid, event.title, name, is_outdated=is_outdated).of(event))

    def _keep(self, action: Action, uid: str, title: str, file: EventFile) -> None:
        self.steps.append(Step(action, uid, title, file.name, present=file.data))


def plan(contents: Contents, record: Record, events: Sequence[Event], agenda: str, force: bool) -> Plan:
    """Return the plan by which a vdir gets the events of an agenda as they are now.

    Files are replaced and removed only if this program wrote them and nobody has edited them, unless
    ``force`` is True.

    Args:
        contents: the files of the vdir with the UIDs in ``events`` and in ``record``.
        record: the events that were written into the vdir before.
        events: the events of the agenda.
        agenda: the agenda, as ``CONFERENCE/NAME``.
        force: True to write events even if the user has edited or deleted them in the vdir.
    """
    planner = _Planner(contents, record, agenda, force)
    for event in events:
        planner.put(event)
    wanted = {event.uid for event in events}
    for uid, ours in record.items():
        if ours.agenda == agenda and uid not in wanted:
            planner.drop(uid, ours)
    return Plan(tuple(planner.steps), planner.unchanged, planner.before, planner.after)
