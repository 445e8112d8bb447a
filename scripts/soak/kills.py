"""Writers of agendas and of kept schedules killed at random moments, and many that write at once: what was
kept, and what was left."""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.agenda.agenda_samples import adding, clearing
from tests.conftest import BUNDLED
from tests.session_rows import session_row

from scripts.soak.place import ROOT, SUMMIT, counted, home, summit
from scripts.soak.table import Row, Tally, must
from summitcli.agenda.place import DEFAULT, path_of
from summitcli.agenda.store import change, load
from summitcli.catalog.store import open_catalog
from summitcli.errors import SummitError, Unreachable
from summitcli.library.folder import BUNDLED as BUNDLED_NAME
from summitcli.library.folder import current_name, root
from summitcli.library.kept import find
from summitcli.library.reference import resolve
from summitcli.rows import ConferenceRow, SessionRow, SlotRow

WRITERS, ADDITIONS = 8, 200

MAX_TURNS = 20
"""How often a writer tries to get the lock, for which it waits some seconds each time."""

CONFERENCE = ConferenceRow(
    "soak", "Soak", {"en": "Soak"}, "en", "UTC", "2022-07-23", "2022-07-26", "2022-07-23", {}, {}
)
SLOT = SlotRow("2022-07-23", None, None, True, "Hall")

LARGEST = 300
"""The agenda is cleared when it holds more picks: a writer's every turn takes longer with each."""

LONGEST_LIFE = 0.06
"""How long a writer may live once it writes, in seconds: some ten or twenty additions."""

LONGEST_LOOK = 6
"""How often at the most a writer is seen in the middle of a write before it is killed there."""

FROM_BIRTH = 0.2
"""The share of writers that are killed anywhere between their start and their first additions."""


def session(id_: str) -> SessionRow:
    """A session to pick."""
    return session_row(id_, [SLOT], title=f"Session {id_}")


def write(prefix: str, additions: int) -> None:
    """Add sessions one by one, and print the id of each once it is kept; for ever if ``additions`` is 0."""
    import filelock  # noqa: F401  # takes far longer to load than an addition takes

    print("ready", flush=True)
    for number in range(additions) if additions else itertools.count():
        id_ = f"{prefix}-{number}"
        _add(id_)
        print(id_, flush=True)


def _add(id_: str) -> None:
    """Add a session; on a slow machine the others may hold the lock for longer than one writer waits."""
    for _turn in range(MAX_TURNS):
        with contextlib.suppress(Unreachable):
            change(CONFERENCE, DEFAULT, adding(session(id_)))
            return
    raise SystemExit(f"{id_} could not be added in {MAX_TURNS} turns")


def writer(prefix: str, additions: int) -> "subprocess.Popen[str]":
    """A process of its own that writes."""
    command = [sys.executable, "-m", "scripts.soak.kills", prefix, str(additions)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)


def unfinished() -> set[str]:
    """The temporary files that there are."""
    with contextlib.suppress(FileNotFoundError):
        files = os.listdir(os.path.dirname(path_of(CONFERENCE.id)))
        return {file for file in files if file.endswith(".tmp")}
    return set()


def killed(scale: float) -> Row:
    """1,000 writers killed: nothing unreadable, nothing acknowledged lost, no temporary file left."""
    tally = Tally("crash-safe agenda", "writers killed with SIGKILL at random moments")
    with home():
        _kill(tally, counted(1000, scale), signal.SIGKILL)
    return tally.row()


def ended(scale: float) -> Row:
    """Writers that are asked to end, and writers whose terminal goes away."""
    tally = Tally("crash-safe agenda", "writers ended with SIGTERM, SIGHUP or SIGINT")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        with home():
            _kill(tally, counted(60, scale), number)
    return tally.row()


def _kill(tally: Tally, kills: int, number: signal.Signals) -> None:
    """Kill ``kills`` writers, one after the other."""
    chance = random.Random(kills)
    expected: set[str] = set()
    acknowledged, hit = 0, set()
    for turn in range(kills):
        process = writer(f"r{turn}", 0)
        assert process.stdout is not None
        if chance.random() >= FROM_BIRTH:
            process.stdout.readline()
            time.sleep(chance.uniform(0, LONGEST_LIFE))
        else:
            time.sleep(chance.uniform(0, 0.5))
        process.send_signal(number)
        lines = process.stdout.readlines()
        process.wait()
        process.stdout.close()
        said = {line.strip() for line in lines if line.endswith("\n")} - {"ready"}
        acknowledged += len(said)
        expected |= said
        hit |= unfinished()
        tally.number += 1
        try:
            ids = set(load(CONFERENCE.id).ids())
        except SummitError as error:
            tally.fail(f"unreadable: {error}")
            os.replace(path_of(CONFERENCE.id), path_of(CONFERENCE.id) + ".damaged")
            expected = set()
            continue
        tally.fail(f"lost: {expected - ids}", len(expected - ids))
        expected = ids
        if len(ids) > LARGEST:
            change(CONFERENCE, DEFAULT, clearing)
            expected = set()
    change(CONFERENCE, DEFAULT, adding(session("last")))
    tally.fail(f"left behind: {unfinished()}", len(unfinished()))
    print(
        f"{number.name}: {acknowledged:,} acknowledged, {len(hit):,} in the middle of a write",
        file=sys.stderr,
    )


def killed_additions(scale: float) -> Row:
    """300 commands `agenda add` killed: nothing lost, and no temporary file after the next command."""
    tally = Tally("crash-safe agenda", "commands `agenda add` killed with SIGKILL")
    with home() as folder:
        ids = summit("list", "-f", "ids").stdout.decode().split()
        last = ids.pop()
        conference = _bundled().id
        place = Path(path_of(conference)).parent
        killer = Killer(folder, 300)
        expected: set[str] = set()
        for turn in range(counted(300, scale)):
            wanted = ids[turn % len(ids)]
            if not turn % len(ids):
                must(summit("agenda", "clear", "--yes").returncode in (0, 1), "the agenda can't be cleared")
                expected = set()
            done = killer.run(place, "agenda", "add", wanted)
            with tally.trying((turn, wanted)):
                found = set(load(conference).ids())
                must(expected <= found, f"lost: {expected - found}")
                must(found <= expected | {wanted}, f"never picked: {found - expected}")
                must(not done or wanted in found, f"said to be picked: {wanted}")
                expected = found
                must(summit("agenda", "add", last).returncode == 0, "the next command fails")
                must(summit("agenda", "remove", last).returncode == 0, "the next command fails")
                must(not killer.left(), f"left behind: {killer.left()}")
        print(killer.said(), file=sys.stderr)
    return tally.row()


def killed_keepers(scale: float) -> Row:
    """150 commands `use` and `update` killed: the old copy or the new one, and no temporary file after."""
    tally = Tally("crash-safe agenda", "commands `use` and `update` killed with SIGKILL")
    with home() as folder:
        plan = folder / "plan.json"
        states = [BUNDLED.read_bytes(), BUNDLED.read_bytes().replace("主论坛".encode(), "主会场".encode())]
        plan.write_bytes(states[0])
        must(states[0] != states[1], "both states of the schedule are the same")
        must(summit("use", str(plan), "--name", "conf").returncode == 0, "nothing can be kept")
        place = Path(root()) / "conf"
        killer = Killer(folder, 150)
        commands = (("use", str(plan), "--name", "conf"), ("update", "conf"), ("use", "conf", "--strict"))
        for turn in range(counted(150, scale)):
            command = commands[turn % len(commands)]
            plan.write_bytes(states[turn % 2])
            done = killer.run(place, *command)
            with tally.trying((turn, command)):
                kept = find("conf")
                must(kept is not None and kept.source().read() in states, "damaged")
                must(current_name() == "conf", "another schedule is in use")
                must(
                    not done or command[0] != "update" or (kept and kept.source().read() == states[turn % 2]),
                    "said to be updated",
                )
                must(summit("update", "conf").returncode == 0, "the next command fails")
                kept = find("conf")
                must(kept is not None and kept.source().read() == states[turn % 2], "not updated")
                must(not killer.left(), f"left behind: {killer.left()}")
        print(killer.said(), file=sys.stderr)
    return tally.row()


def _bundled() -> ConferenceRow:
    """Return the conference of the bundled schedule."""
    with contextlib.closing(open_catalog(resolve(BUNDLED_NAME))) as catalog:
        return catalog.conference()


class Killer:
    """Runs commands and kills them: every other one at any moment of its life, the others in a write.

    Args:
        folder: the home that they run in.
        seed: what makes the moments the same in every run.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._turn = self._killed = self._writing = 0
        begun = time.monotonic()
        summit("days")
        self._life = time.monotonic() - begun

    def run(self, place: Path, *words: str) -> bool:
        """Run a command that writes in the folder ``place``, and kill it; return whether it was done."""
        self._turn += 1
        with subprocess.Popen(
            [*SUMMIT, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            if self._turn % 2:
                time.sleep(self._chance.uniform(0, 1.5 * self._life))
            else:
                looks, seen = self._chance.randint(1, LONGEST_LOOK), 0
                while process.poll() is None and seen < looks:
                    seen += _unfinished_in(place)
            process.kill()
            process.wait()
        self._killed += process.returncode != 0
        self._writing += bool(self.left())
        return process.returncode == 0

    def left(self) -> list[str]:
        """Return the temporary files of agendas, kept schedules and catalogs that there are."""
        return sorted(path.name for path in self._folder.rglob("*.tmp"))

    def said(self) -> str:
        """Return how often it killed."""
        return f"{self._turn:,} commands, {self._killed:,} killed, {self._writing:,} in the middle of a write"


def _unfinished_in(folder: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return any(file.endswith(".tmp") for file in os.listdir(folder))
    return False


def crowd(scale: float) -> Row:
    """8 processes that add 200 picks each at once: all are kept."""
    tally = Tally("concurrent use", f"additions by {WRITERS} processes at once")
    additions = counted(ADDITIONS, scale)
    with home():
        processes = [writer(f"w{number}", additions) for number in range(WRITERS)]
        outputs = [process.communicate()[0] for process in processes]
        tally.fail("a writer failed", sum(process.returncode != 0 for process in processes))
        wanted = {f"w{number}-{turn}" for number in range(WRITERS) for turn in range(additions)}
        said = {line for output in outputs for line in output.splitlines()} - {"ready"}
        kept = set(load(CONFERENCE.id).ids())
        tally.number = len(wanted)
        tally.fail(f"not kept: {sorted(wanted - kept)[:5]}", len(wanted - kept))
        tally.fail(f"not said: {sorted(wanted - said)[:5]}", len(wanted - said))
        tally.fail(f"left behind: {unfinished()}", len(unfinished()))
    return tally.row()


if __name__ == "__main__":
    # Who was started in the background has been told to ignore them.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with contextlib.suppress(KeyboardInterrupt):
        write(sys.argv[1], int(sys.argv[2]))
