"""Random sequences of syncs, stops and edits of a vdir, compared with a simple model and with khal."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from summitcli.storage import atomic
from summitcli.vdir.plan import Event
from summitcli.vdir.syncing import sync
from tests.conftest import examples
from tests.exports.programs import Khal

NAMES = st.sampled_from("abcde")
TITLES = st.sampled_from(["One", "Two", "Three"])
STRANGER = "Of a stranger"


def content(name: str, title: str) -> bytes:
    """Return an event on 1 May 2024."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", f"UID:{name}@conf.summitcli",
             "DTSTAMP:20240101T000000Z", "DTSTART;VALUE=DATE:20240501", "DTEND;VALUE=DATE:20240502",
             f"SUMMARY:{title}", "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    return "\r\n".join(lines).encode()


class SyncMachine(RuleBasedStateMachine):
    """An agenda, its vdir, and a model of the titles in the vdir."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.khal = Khal(self.folder, "UTC")
        self.calendar = self.folder / "calendar"
        (self.calendar / "stranger.ics").write_bytes(content("stranger", STRANGER))
        self.agenda: dict[str, str] = {}
        self.edited: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.is_stopped = False

    def teardown(self) -> None:
        self.complete()
        assert self.khal.titles("2024-05-01", 1) == [self.expected()]
        shutil.rmtree(self.folder)

    def sync(self) -> bool:
        """Sync the agenda, and return whether anything was written."""
        events = [Event(f"{name}@conf.summitcli", title, content(name, title))
                  for name, title in self.agenda.items()]  # fmt: skip
        done = sync(str(self.calendar), events, "conf/default")
        return any(step.data or step.action == "remove" for step in done.steps)

    def expected(self) -> list[str]:
        shown = {name: title for name, title in self.agenda.items() if name not in self.deleted}
        return sorted([STRANGER, *(shown | self.edited).values()])

    @rule(name=NAMES, title=TITLES)
    def put(self, name: str, title: str) -> None:
        self.agenda[name] = title

    @rule(name=NAMES)
    def drop(self, name: str) -> None:
        self.agenda.pop(name, None)

    @rule()
    def complete(self) -> None:
        """Sync twice: the second time writes nothing."""
        self.sync()
        self.deleted &= self.agenda.keys()
        self.is_stopped = False
        shown = sorted(self.titles().values())
        assert shown == self.expected()
        assert not self.sync()

    @rule(allowed=st.integers(0, 6))
    def stop(self, allowed: int) -> None:
        """Stop a sync after some writes, as by a kill."""
        left = iter(range(allowed))
        with pytest.MonkeyPatch.context() as patch:
            for name in ("write", "remove"):
                really = getattr(atomic, name)

                def act(*arguments: object, really: object = really) -> None:
                    if next(left, None) is None:
                        raise KeyboardInterrupt
                    really(*arguments)  # type: ignore[operator]

                patch.setattr(atomic, name, act)
            try:
                self.sync()
                self.deleted &= self.agenda.keys()
            except KeyboardInterrupt:
                self.is_stopped = True

    def titles(self) -> dict[str, str]:
        """Return the titles in the vdir, by the first letter of the UID."""
        texts = [path.read_text() for path in self.calendar.glob("*.ics")]
        return {text.partition("\nUID:")[2].partition("@")[0]: text.partition("SUMMARY:")[2].split("\n")[0]
                for text in texts}  # fmt: skip

    @precondition(lambda self: not self.is_stopped)
    @rule(name=NAMES, number=st.integers(0, 99))
    def edit(self, name: str, number: int) -> None:
        if name in self.titles():
            self.edited[name] = f"Mine {number}"
            (self.calendar / f"{name}@conf.summitcli.ics").write_bytes(content(name, self.edited[name]))

    @precondition(lambda self: not self.is_stopped)
    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        if name in self.titles():
            (self.calendar / f"{name}@conf.summitcli.ics").unlink()
            self.edited.pop(name, None)
            self.deleted.add(name)


TestSyncMachine = SyncMachine.TestCase
TestSyncMachine.settings = settings(
    max_examples=examples(50),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
