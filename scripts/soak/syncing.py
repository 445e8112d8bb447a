"""Directories of calendar events that are written in random order, or by processes that are killed."""

import contextlib
import random
import signal
import subprocess
import time
from pathlib import Path

from tests.inside import ask
from tests.schedules import document, session, write

from scripts.soak.sandbox import SUMMIT, home, scaled
from scripts.soak.table import Row, Tally, check

SESSIONS, STEPS = 120, 500
STRANGER = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:lunch\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
EDITED = "s0@conf.summitcli.ics"

EARLY_SHARE = 0.2
"""The share of processes that are killed at any moment after their start, and not while they write."""
MAX_START, MAX_WRITING = 0.5, 0.2
"""The maximum times before a process is killed, in seconds: after its start, and after its first write."""


def killed_syncs(scale: float) -> Row:
    """Kill 100 syncs: every file is whole, and the next sync has exactly the events of the agenda."""
    tally = Tally("agendas in calendars", "syncs killed with SIGKILL at random moments")
    rng, hit = random.Random(1), 0
    with home() as folder:
        calendar = folder / "calendar"
        calendar.mkdir()
        (calendar / "lunch.ics").write_bytes(STRANGER)
        _publish(folder, 0)
        check(ask(("use", str(folder / "plan.json"))).status == 0, "not used")
        _star(0)
        _sync(calendar, 0)
        edited = (calendar / EDITED).read_bytes().replace(b"SUMMARY:", b"SUMMARY:My own ")
        (calendar / EDITED).write_bytes(edited)
        for turn in range(1, scaled(100, scale) + 1):
            with tally.attempt(turn):
                _publish(folder, turn)
                _star(turn)
                hit += _kill(calendar, rng)
                whole = [path.read_bytes().endswith(b"END:VCALENDAR\r\n") for path in calendar.glob("*.ics")]
                check(all(whole), "a file is not whole")
                _sync(calendar, turn)
                check((calendar / "lunch.ics").read_bytes() == STRANGER, "a stranger's event was changed")
                check((calendar / EDITED).read_bytes() == edited, "an edit was lost")
                check(not list(calendar.glob(".*.tmp")), "a temporary file is left")
        check(hit or tally.number < 10, "no sync was killed while it wrote")
    return tally.row()


def random_steps(scale: float) -> Row:
    """Change an agenda and its directory in random order; after 500 steps khal lists exactly the agenda."""
    from tests.cli.test_sync_machine import SyncMachine, random_step

    tally = Tally("agendas in calendars", "random steps, and after each 500 what khal lists")
    with home():
        for seed in range(scaled(25, scale)):
            with tally.attempt(seed):
                machine, rng = SyncMachine(), random.Random(f"long {seed}")
                for _step in range(STEPS):
                    random_step(machine, rng)
                machine.teardown()
    tally.number, tally.slowest = STEPS * tally.number, None
    return tally.row()


def _kill(calendar: Path, rng: random.Random) -> bool:
    """Start a sync, kill it, and return whether it had begun to write and had not ended."""
    record = calendar / ".summitcli.json"
    before = record.stat().st_ino
    command = [*SUMMIT, "agenda", "sync", str(calendar)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if rng.random() < EARLY_SHARE:
        time.sleep(rng.uniform(0, MAX_START))
    else:
        while process.poll() is None and record.stat().st_ino == before:
            time.sleep(0.001)
        time.sleep(rng.uniform(0, MAX_WRITING))
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGKILL)
    process.wait()
    return b'"pending"' in record.read_bytes()


def _numbers(turn: int) -> list[int]:
    """Return the numbers of the sessions that are in the agenda in a turn."""
    return [number for number in range(SESSIONS) if number == 0 or (number + turn) % 3]


def _publish(folder: Path, turn: int) -> None:
    """Write the schedule of a turn, in which the titles of some sessions are new, and update to it."""
    titles = {number: f"Session {number} {turn if number % 2 else ''}" for number in range(SESSIONS)}
    sessions = (session(f"s{number}", title=title) for number, title in titles.items())
    write(folder / "plan.json", document(*sessions))
    ask(("update", "-q"))


def _star(turn: int) -> None:
    """Make the agenda that of a turn."""
    ask(("agenda", "clear", "--yes"))
    check(ask(("star", *(f"s{number}" for number in _numbers(turn)))).status == 0, "not starred")


def _sync(calendar: Path, turn: int) -> None:
    """Sync twice: then all files are those of a turn, and the second time nothing was written."""
    check(ask(("agenda", "sync", str(calendar))).status == 0, "not synced")
    said = ask(("agenda", "sync", str(calendar))).err
    check(f"{calendar} is up to date (" in said, said)
    expected = {"lunch.ics", *(f"s{number}@conf.summitcli.ics" for number in _numbers(turn))}
    check({path.name for path in calendar.glob("*.ics")} == expected, "other events")
