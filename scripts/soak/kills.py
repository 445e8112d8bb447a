"""Writers of an agenda killed at random moments, and many that write at once: what was kept."""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import time

from tests.agenda.agenda_samples import adding

from scripts.soak.place import ROOT, counted, home
from scripts.soak.table import Row, Tally
from summitcli.agenda.picks import cleared
from summitcli.agenda.place import DEFAULT, path_of
from summitcli.agenda.store import change, load
from summitcli.catalog.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.errors import SummitError

WRITERS, ADDITIONS = 8, 200

CONFERENCE = ConferenceRow(
    "soak", "Soak", {"en": "Soak"}, "en", "UTC", "2022-07-23", "2022-07-26", "2022-07-23", {}, {}
)
SLOT = SlotRow("2022-07-23", None, None, True, "Hall")

LARGEST = 300
"""The agenda is cleared when it holds more picks: a writer's every turn takes longer with each."""

LONGEST_LIFE = 0.06
"""How long a writer may live once it writes, in seconds: some ten or twenty additions."""

FROM_BIRTH = 0.2
"""The share of writers that are killed anywhere between their start and their first additions."""


def session(id_: str) -> SessionRow:
    """A session to pick."""
    return SessionRow(id_, f"Session {id_}", {}, None, None, (SLOT.day,), (SLOT,), (), None, None, None)


def write(prefix: str, additions: int) -> None:
    """Add sessions one by one, and print the id of each once it is kept; for ever if ``additions`` is 0."""
    import filelock  # noqa: F401  # takes far longer to load than an addition takes

    print("ready", flush=True)
    for number in range(additions) if additions else itertools.count():
        id_ = f"{prefix}-{number}"
        change(CONFERENCE, DEFAULT, adding(session(id_)))
        print(id_, flush=True)


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
            change(CONFERENCE, DEFAULT, cleared)
            expected = set()
    change(CONFERENCE, DEFAULT, adding(session("last")))
    tally.fail(f"left behind: {unfinished()}", len(unfinished()))
    print(
        f"{number.name}: {acknowledged:,} acknowledged, {len(hit):,} in the middle of a write",
        file=sys.stderr,
    )


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
    with contextlib.suppress(KeyboardInterrupt):
        write(sys.argv[1], int(sys.argv[2]))
