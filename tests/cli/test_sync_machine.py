"""Random commands that change a synced agenda, stops and edits, compared with a model and with khal."""

import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from summitcli.storage import atomic
from tests import inside
from tests.conftest import examples
from tests.exports.programs import Khal
from tests.schedules import document, session, write

DAY = "2024-05-01"
SESSIONS = tuple("abcd")
BLOCKS = ("Lunch", "Tea")
STRANGER = "Of a stranger"
NAMES = st.sampled_from(SESSIONS)
TITLES = ("One", "Two", "Three")
ALARMS: tuple[tuple[str, ...], ...] = ((), ("--alarm", "10m"), ("--alarm", "1h"))
STRANGERS_EVENT = "\r\n".join(
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:stranger@conf.summitcli",
     "DTSTAMP:20240101T000000Z", "DTSTART;VALUE=DATE:20240501", "DTEND;VALUE=DATE:20240502",
     f"SUMMARY:{STRANGER}", "END:VEVENT", "END:VCALENDAR", ""]
)  # fmt: skip


class SyncMachine(RuleBasedStateMachine):
    """An agenda that commands change, its vdir, and a model of the titles in the vdir."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.khal = Khal(self.folder, "Europe/Berlin")
        self.calendar = self.folder / "calendar"
        (self.calendar / "stranger.ics").write_bytes(STRANGERS_EVENT.encode())
        self.published = {name: name.title() for name in SESSIONS}
        self.titles = dict(self.published)
        """The titles of the sessions at the last update; those of blocks are their names."""
        self.agenda = {"a", "b", "c"}
        self.edited: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.is_kept = self.is_stopped = False
        self.summit("use", str(self.publish()))
        self.summit("star", *sorted(self.agenda))
        self.complete()

    def teardown(self) -> None:
        self.complete()
        assert self.khal.titles(DAY, 1) == [self.expected()]
        shutil.rmtree(self.folder)

    def summit(self, *words: str, statuses: tuple[int, ...] = (0,)) -> inside.Answer:
        """Run a command, and return its answer."""
        places = {f"SUMMIT_{name}": str(self.folder / name.lower()) for name in ("DATA", "CACHE")}
        with inside.environment(places):
            answer = inside.ask(words)
        assert answer.status in statuses, (words, answer)
        return answer

    def publish(self) -> Path:
        """Write the schedule, and return its path."""
        sessions = [session(name, title=title) for name, title in self.published.items()]
        return write(self.folder / "schedule.json", document(*sessions))

    def change(self, *words: str) -> None:
        """Run a command that changes the agenda, which then syncs it if a directory is kept."""
        self.summit(*words)
        if self.is_kept:
            self.note_sync()
            assert self.shown() == self.expected()

    def note_sync(self) -> None:
        """Note in the model that a sync was completed."""
        self.deleted &= self.agenda
        self.is_stopped = False

    def expected(self) -> list[str]:
        """Return the titles that should be in the vdir after a sync."""
        shown = {name: self.titles.get(name, name) for name in self.agenda - self.deleted}
        return sorted([STRANGER, *(shown | self.edited).values()])

    @rule(name=NAMES)
    def star(self, name: str) -> None:
        self.agenda.add(name)
        self.change("star", name)

    @rule(name=NAMES, command=st.sampled_from(["unstar", "hide"]))
    def drop(self, name: str, command: str) -> None:
        if name in self.agenda:
            self.agenda.remove(name)
            self.change(command, name)

    @rule(title=st.sampled_from(BLOCKS))
    def block(self, title: str) -> None:
        self.agenda.add(title)
        self.change("agenda", "block", title, "-d", "1", "--from", "12:00", "--to", "13:00")

    @rule(title=st.sampled_from(BLOCKS))
    def unblock(self, title: str) -> None:
        if title in self.agenda:
            self.agenda.remove(title)
            self.change("agenda", "remove", title)

    @rule(name=NAMES, title=st.sampled_from(TITLES), is_synced=st.booleans())
    def update(self, name: str, title: str, is_synced: bool) -> None:
        """Change a title in the published file, and update."""
        self.published[name] = title
        self.publish()
        self.titles = dict(self.published)
        self.summit("update", *["--sync"] * is_synced)
        if is_synced and self.is_kept:
            self.note_sync()
            assert self.shown() == self.expected()

    @rule(alarm=st.sampled_from(ALARMS))
    def keep(self, alarm: tuple[str, ...]) -> None:
        self.summit("agenda", "sync", str(self.calendar), "--keep", *alarm)
        self.is_kept = True
        self.note_sync()

    @rule()
    def end(self) -> None:
        self.summit("agenda", "sync", "--stop", statuses=(0 if self.is_kept else 1,))
        self.is_kept = False

    @rule()
    def complete(self) -> None:
        """Sync twice: the second time writes nothing."""
        self.summit("agenda", "sync", str(self.calendar))
        self.note_sync()
        assert self.shown() == self.expected()
        before = {path: path.stat().st_ino for path in self.calendar.iterdir()}
        said = self.summit("agenda", "sync", str(self.calendar)).err
        assert said.startswith(f"{self.calendar} is up to date (")
        assert {path: path.stat().st_ino for path in self.calendar.iterdir()} == before

    @rule()
    def force(self) -> None:
        """Write all events again, as they are in the agenda."""
        self.summit("agenda", "sync", str(self.calendar), "--force")
        self.edited.clear()
        self.deleted.clear()
        self.is_stopped = False
        assert self.shown() == self.expected()

    @rule(allowed=st.integers(0, 6))
    def stop(self, allowed: int) -> None:
        """Stop a sync after some writes, as by Ctrl-C."""
        left = iter(range(allowed))
        with pytest.MonkeyPatch.context() as patch:
            for name in ("write", "remove"):
                really = getattr(atomic, name)

                def act(*arguments: object, really: Callable[..., None] = really) -> None:
                    if next(left, None) is None:
                        raise KeyboardInterrupt
                    really(*arguments)

                patch.setattr(atomic, name, act)
            answer = self.summit("agenda", "sync", str(self.calendar), statuses=(0, 130))
        if answer.status:
            self.is_stopped = True
        else:
            self.note_sync()

    @precondition(lambda self: not self.is_stopped)
    @rule(name=NAMES, number=st.integers(0, 99))
    def edit(self, name: str, number: int) -> None:
        """Change the title of an event in the vdir, as the reader does."""
        if (path := self.event_of(name)).exists():
            self.edited[name] = f"Mine {number}"
            path.write_text(re.sub("SUMMARY:.*", f"SUMMARY:{self.edited[name]}", path.read_text()))

    @rule(name=NAMES)
    def dismiss(self, name: str) -> None:
        """Mark the alarm of an event as shown, as calendar programs do; the user has edited nothing."""
        if (path := self.event_of(name)).exists():
            text = path.read_text().replace(
                "LAST-MODIFIED:", "X-MOZ-LASTACK:20240501T080000Z\nLAST-MODIFIED:"
            )
            path.write_text(text.replace("END:VALARM", "ACKNOWLEDGED:20240501T080000Z\nEND:VALARM"))

    @precondition(lambda self: not self.is_stopped)
    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        """Delete an event from the vdir, as the reader does."""
        if (path := self.event_of(name)).exists():
            path.unlink()
            self.edited.pop(name, None)
            self.deleted.add(name)

    def event_of(self, name: str) -> Path:
        """Return the path of a session's event."""
        return self.calendar / f"{name}@conf.summitcli.ics"

    def shown(self) -> list[str]:
        """Return the titles in the vdir."""
        texts = [path.read_text() for path in self.calendar.glob("*.ics")]
        return sorted(text.partition("SUMMARY:")[2].split("\n")[0] for text in texts)


def random_step(machine: SyncMachine, random: Random) -> None:
    """Take any step with a similar probability; Hypothesis prefers simple ones and repeats them."""
    name = random.choice(SESSIONS)
    steps: list[Callable[[], object]] = [
        lambda: machine.star(name),
        lambda: machine.drop(name, random.choice(["unstar", "hide"])),
        lambda: machine.block(random.choice(BLOCKS)),
        lambda: machine.unblock(random.choice(BLOCKS)),
        lambda: machine.update(name, random.choice(TITLES), random.random() < 0.5),
        lambda: machine.update(name, random.choice(TITLES), True),
        lambda: machine.keep(random.choice(ALARMS)),
        machine.end,
        machine.complete,
        machine.force,
        lambda: machine.stop(random.randrange(7)),
        lambda: machine.dismiss(name),
    ]
    if not machine.is_stopped:
        steps += [lambda: machine.edit(name, random.randrange(100)), lambda: machine.delete(name)]
    random.choice(steps)()


@pytest.mark.parametrize("seed", range(examples(30)))
def test_the_calendar_has_exactly_the_agenda_after_random_steps(seed: int) -> None:
    machine, random = SyncMachine(), Random(seed)
    for _step in range(50):
        random_step(machine, random)
    machine.teardown()


TestSyncMachine = pytest.mark.soak(SyncMachine.TestCase)
TestSyncMachine.settings = settings(
    max_examples=examples(50),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
