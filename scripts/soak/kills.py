"""Kill processes that write agendas and saved schedules at random moments, and run many at once."""

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

from scripts.soak.sandbox import ROOT, SUMMIT, home, scaled, summit
from scripts.soak.table import Row, Tally, check
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
"""How often a writer tries to get the lock, waiting some seconds each time."""

CONFERENCE = ConferenceRow(
    "soak", "Soak", {"en": "Soak"}, "en", "UTC", "2022-07-23", "2022-07-26", "2022-07-23", {}, {}
)
SLOT = SlotRow("2022-07-23", None, None, True, "Hall")

MAX_PICKS = 300
"""The agenda is cleared when it has more picks, since each makes writing slower."""

MAX_LIFE = 0.06
"""The maximum time before a writing process is killed, in seconds: ten to twenty additions."""

MAX_LOOKS = 6
"""The maximum number of unfinished writes to see before a writer is killed during one."""

EARLY_SHARE = 0.2
"""The share of writers that are killed between their start and their first additions."""


def session(id_: str) -> SessionRow:
    """Return a session to pick."""
    return session_row(id_, [SLOT], title=f"Session {id_}")


def write(prefix: str, additions: int) -> None:
    """Add sessions one by one, and print the id of each once it is saved; for ever if ``additions`` is 0."""
    import filelock  # noqa: F401  # Loading it takes far longer than an addition.

    print("ready", flush=True)
    for number in range(additions) if additions else itertools.count():
        id_ = f"{prefix}-{number}"
        _add(id_)
        print(id_, flush=True)


def _add(id_: str) -> None:
    """Add a session, with retries, since others may hold the lock for long on a slow machine."""
    for _turn in range(MAX_TURNS):
        with contextlib.suppress(Unreachable):
            change(CONFERENCE, DEFAULT, adding(session(id_)))
            return
    raise SystemExit(f"{id_} could not be added in {MAX_TURNS} turns")


def writer(prefix: str, additions: int) -> "subprocess.Popen[str]":
    """Start a process that adds sessions."""
    command = [sys.executable, "-m", "scripts.soak.kills", prefix, str(additions)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)


def unfinished() -> set[str]:
    """Return the names of the agenda's temporary files."""
    with contextlib.suppress(FileNotFoundError):
        files = os.listdir(os.path.dirname(path_of(CONFERENCE.id)))
        return {file for file in files if file.endswith(".tmp")}
    return set()


def killed_writers(scale: float) -> Row:
    """Kill 1,000 writers: nothing is unreadable, no acknowledged session lost, no temporary file left."""
    tally = Tally("crash-safe agenda", "writers killed with SIGKILL at random moments")
    with home():
        _kill(tally, scaled(1000, scale), signal.SIGKILL)
    return tally.row()


def ended_writers(scale: float) -> Row:
    """End writers with SIGTERM, SIGHUP or SIGINT, as when the terminal is closed."""
    tally = Tally("crash-safe agenda", "writers ended with SIGTERM, SIGHUP or SIGINT")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        with home():
            _kill(tally, scaled(60, scale), number)
    return tally.row()


def _kill(tally: Tally, kills: int, number: signal.Signals) -> None:
    """Send a signal to ``kills`` writers, one after the other, and check the agenda after each."""
    rng = random.Random(kills)
    expected: set[str] = set()
    acknowledged, hit = 0, set()
    for turn in range(kills):
        process = writer(f"r{turn}", 0)
        assert process.stdout is not None
        if rng.random() >= EARLY_SHARE:
            process.stdout.readline()
            time.sleep(rng.uniform(0, MAX_LIFE))
        else:
            time.sleep(rng.uniform(0, 0.5))
        process.send_signal(number)
        lines = process.stdout.readlines()
        process.wait()
        process.stdout.close()
        acknowledged_ids = {line.strip() for line in lines if line.endswith("\n")} - {"ready"}
        acknowledged += len(acknowledged_ids)
        expected |= acknowledged_ids
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
        if len(ids) > MAX_PICKS:
            change(CONFERENCE, DEFAULT, clearing)
            expected = set()
    change(CONFERENCE, DEFAULT, adding(session("last")))
    tally.fail(f"left behind: {unfinished()}", len(unfinished()))
    print(
        f"{number.name}: {acknowledged:,} acknowledged, {len(hit):,} during a write",
        file=sys.stderr,
    )


def killed_additions(scale: float) -> Row:
    """Kill 300 `agenda add` commands: nothing is lost, and the next command leaves no temporary file."""
    tally = Tally("crash-safe agenda", "commands `agenda add` killed with SIGKILL")
    with home() as folder:
        ids = summit("list", "-f", "ids").stdout.decode().split()
        last = ids.pop()
        conference = _bundled().id
        place = Path(path_of(conference)).parent
        killer = Killer(folder, 300)
        expected: set[str] = set()
        for turn in range(scaled(300, scale)):
            wanted = ids[turn % len(ids)]
            if not turn % len(ids):
                check(summit("agenda", "clear", "--yes").returncode in (0, 1), "the agenda can't be cleared")
                expected = set()
            done = killer.run(place, "agenda", "add", wanted)
            with tally.attempt((turn, wanted)):
                found = set(load(conference).ids())
                check(expected <= found, f"lost: {expected - found}")
                check(found <= expected | {wanted}, f"never added: {found - expected}")
                check(not done or wanted in found, f"not added despite success: {wanted}")
                expected = found
                check(summit("agenda", "add", last).returncode == 0, "the next command fails")
                check(summit("agenda", "remove", last).returncode == 0, "the next command fails")
                check(not killer.temporary_files(), f"left behind: {killer.temporary_files()}")
        print(killer.summary(), file=sys.stderr)
    return tally.row()


def killed_library_commands(scale: float) -> Row:
    """Kill 150 `use` and `update` commands: the old or new copy is left, and no temporary file remains."""
    tally = Tally("crash-safe agenda", "commands `use` and `update` killed with SIGKILL")
    with home() as folder:
        plan = folder / "plan.json"
        states = [BUNDLED.read_bytes(), BUNDLED.read_bytes().replace("主论坛".encode(), "主会场".encode())]
        plan.write_bytes(states[0])
        check(states[0] != states[1], "both states of the schedule are the same")
        check(summit("use", str(plan), "--name", "conf").returncode == 0, "the schedule can't be saved")
        place = Path(root()) / "conf"
        killer = Killer(folder, 150)
        commands = (("use", str(plan), "--name", "conf"), ("update", "conf"), ("use", "conf", "--strict"))
        for turn in range(scaled(150, scale)):
            command = commands[turn % len(commands)]
            plan.write_bytes(states[turn % 2])
            done = killer.run(place, *command)
            with tally.attempt((turn, command)):
                kept = find("conf")
                check(kept is not None and kept.source().read() in states, "damaged")
                check(current_name() == "conf", "another schedule is current")
                check(
                    not done or command[0] != "update" or (kept and kept.source().read() == states[turn % 2]),
                    "not updated despite success",
                )
                check(summit("update", "conf").returncode == 0, "the next command fails")
                kept = find("conf")
                check(kept is not None and kept.source().read() == states[turn % 2], "not updated")
                check(not killer.temporary_files(), f"left behind: {killer.temporary_files()}")
        print(killer.summary(), file=sys.stderr)
    return tally.row()


def _bundled() -> ConferenceRow:
    """Return the conference of the bundled schedule."""
    with contextlib.closing(open_catalog(resolve(BUNDLED_NAME))) as catalog:
        return catalog.conference()


class Killer:
    """Runs commands and kills them, alternately at a random moment and during a write.

    Args:
        folder: the home directory of the commands.
        seed: the seed of the random moments.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._rng = random.Random(seed)
        self._turn = self._killed = self._writing = 0
        begun = time.monotonic()
        summit("days")
        self._life = time.monotonic() - begun

    def run(self, place: Path, *words: str) -> bool:
        """Run a command that writes into ``place``, kill it, and return whether it had succeeded."""
        self._turn += 1
        with subprocess.Popen(
            [*SUMMIT, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            if self._turn % 2:
                time.sleep(self._rng.uniform(0, 1.5 * self._life))
            else:
                looks, seen = self._rng.randint(1, MAX_LOOKS), 0
                while process.poll() is None and seen < looks:
                    seen += _unfinished_in(place)
            process.kill()
            process.wait()
        self._killed += process.returncode != 0
        self._writing += bool(self.temporary_files())
        return process.returncode == 0

    def temporary_files(self) -> list[str]:
        """Return the names of all temporary files of agendas, saved schedules and catalogs."""
        return sorted(path.name for path in self._folder.rglob("*.tmp"))

    def summary(self) -> str:
        """Return the counts of commands run and killed."""
        return f"{self._turn:,} commands, {self._killed:,} killed, {self._writing:,} during a write"


def _unfinished_in(folder: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return any(file.endswith(".tmp") for file in os.listdir(folder))
    return False


def concurrent_writers(scale: float) -> Row:
    """Test that all additions of 8 concurrent processes with 200 each are saved."""
    tally = Tally("concurrent use", f"additions by {WRITERS} processes at once")
    additions = scaled(ADDITIONS, scale)
    with home():
        processes = [writer(f"w{number}", additions) for number in range(WRITERS)]
        outputs = [process.communicate()[0] for process in processes]
        tally.fail("a writer failed", sum(process.returncode != 0 for process in processes))
        wanted = {f"w{number}-{turn}" for number in range(WRITERS) for turn in range(additions)}
        ids = {line for output in outputs for line in output.splitlines()} - {"ready"}
        kept = set(load(CONFERENCE.id).ids())
        tally.number = len(wanted)
        tally.fail(f"not saved: {sorted(wanted - kept)[:5]}", len(wanted - kept))
        tally.fail(f"not acknowledged: {sorted(wanted - ids)[:5]}", len(wanted - ids))
        tally.fail(f"left behind: {unfinished()}", len(unfinished()))
    return tally.row()


if __name__ == "__main__":
    # Processes started in the background ignore these signals by default.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with contextlib.suppress(KeyboardInterrupt):
        write(sys.argv[1], int(sys.argv[2]))
