"""Kill writers of an agenda at random moments, and let many write at once; print what was kept.

Exits 1 when a file could not be read, an acknowledged pick was lost, or a temporary file stayed behind.
"""

import argparse
import contextlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

from summitcli.agenda.picks import cleared, with_sessions
from summitcli.agenda.place import DEFAULT, path_of
from summitcli.agenda.store import change, load
from summitcli.catalog.rows import ConferenceRow, SessionRow, SlotRow
from summitcli.errors import SummitError

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


class Kills(NamedTuple):
    """What came of killing writers."""

    kills: int
    unreadable: int
    acknowledged: int
    lost: int
    left_unfinished: int
    """How many kills left a temporary file: how often the middle of a write was hit."""
    left_at_end: int
    """How many temporary files were there after one more write."""


class Crowd(NamedTuple):
    """What came of writing at once."""

    writers: int
    failed: int
    additions: int
    kept: int
    left_at_end: int


def session(id_: str) -> SessionRow:
    """A session to pick."""
    return SessionRow(id_, f"Session {id_}", {}, None, None, (SLOT.day,), (SLOT,), (), None, None, None)


def write(prefix: str, additions: int) -> None:
    """Add sessions one by one, and print the id of each once it is kept; for ever if ``additions`` is 0."""
    import filelock  # noqa: F401  # takes far longer to load than an addition takes

    print("ready", flush=True)
    for number in range(additions) if additions else itertools.count():
        id_ = f"{prefix}-{number}"
        change(CONFERENCE, DEFAULT, lambda agenda, id_=id_: with_sessions(agenda, [session(id_)]).agenda)  # type: ignore[misc]
        print(id_, flush=True)


def writer(prefix: str, additions: int) -> "subprocess.Popen[str]":
    """A process of its own that writes."""
    command = [sys.executable, os.path.abspath(__file__), "--prefix", prefix, "--additions", str(additions)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def unfinished() -> set[str]:
    """The temporary files that there are."""
    with contextlib.suppress(FileNotFoundError):
        files = os.listdir(os.path.dirname(path_of(CONFERENCE.id)))
        return {file for file in files if file.endswith(".tmp")}
    return set()


def survive_kills(kills: int, chance: random.Random) -> Kills:
    """Kill ``kills`` writers, one after the other."""
    unreadable = acknowledged = lost = 0
    expected: set[str] = set()
    seen: set[str] = set()
    for number in range(kills):
        process = writer(f"r{number}", 0)
        assert process.stdout is not None
        if chance.random() >= FROM_BIRTH:
            process.stdout.readline()
            time.sleep(chance.uniform(0, LONGEST_LIFE))
        else:
            time.sleep(chance.uniform(0, 0.5))
        process.kill()
        lines = process.stdout.readlines()
        process.wait()
        process.stdout.close()
        said = {line.strip() for line in lines if line.endswith("\n")} - {"ready"}
        acknowledged += len(said)
        expected |= said
        seen |= unfinished()
        try:
            ids = set(load(CONFERENCE.id).ids())
        except SummitError as error:
            print(error, file=sys.stderr)
            unreadable += 1
            os.replace(path_of(CONFERENCE.id), path_of(CONFERENCE.id) + ".damaged")
            expected = set()
            continue
        lost += len(expected - ids)
        expected = ids
        if len(ids) > LARGEST:
            change(CONFERENCE, DEFAULT, cleared)
            expected = set()
    change(CONFERENCE, DEFAULT, lambda agenda: with_sessions(agenda, [session("last")]).agenda)
    return Kills(kills, unreadable, acknowledged, lost, len(seen), len(unfinished()))


def keep_all(writers: int, additions: int) -> Crowd:
    """Let ``writers`` processes add at once."""
    change(CONFERENCE, DEFAULT, cleared)
    processes = [writer(f"w{number}", additions) for number in range(writers)]
    outputs = [process.communicate()[0] for process in processes]
    failed = sum(process.returncode != 0 for process in processes)
    said = {line for output in outputs for line in output.splitlines()} - {"ready"}
    kept = said & set(load(CONFERENCE.id).ids())
    return Crowd(writers, failed, writers * additions, len(kept), len(unfinished()))


def main() -> int:
    """Run both and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--additions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None, help="repeats the same moments, roughly")
    parser.add_argument("--prefix", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.prefix:
        write(options.prefix, options.additions)
        return 0
    seed = options.seed if options.seed is not None else random.randrange(2**32)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SUMMIT_DATA"] = folder
        begun = time.perf_counter()
        kills = survive_kills(options.kills, random.Random(seed))
        between = time.perf_counter()
        crowd = keep_all(options.writers, options.additions)
        ended = time.perf_counter()
    rows = (
        ("seed", seed),
        ("writers killed (SIGKILL)", kills.kills),
        ("  in the middle of a write", kills.left_unfinished),
        ("  files that could not be read after it", kills.unreadable),
        ("  picks acknowledged", kills.acknowledged),
        ("  of them lost", kills.lost),
        ("  temporary files after one more write", kills.left_at_end),
        ("  seconds", round(between - begun, 1)),
        ("writers at once", crowd.writers),
        ("  that failed", crowd.failed),
        ("  additions", crowd.additions),
        ("  of them kept", crowd.kept),
        ("  temporary files after them", crowd.left_at_end),
        ("  seconds", round(ended - between, 1)),
    )
    for name, figure in rows:
        print(f"{name:42}{figure:>12}")
    bad = kills.unreadable + kills.lost + kills.left_at_end + crowd.failed + crowd.left_at_end
    return 1 if bad or crowd.kept != crowd.additions else 0


if __name__ == "__main__":
    sys.exit(main())
