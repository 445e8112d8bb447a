"""Reliability of agendas and saved schedules: failing disks, damage, locks, privacy."""

import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.walk import every
from tests.conftest import BUNDLED
from tests.inside import ask

from scripts.soak.sandbox import SUMMIT, home, scaled, summit
from scripts.soak.table import Row, Tally, check
from summitcli.agenda import store

READING = ("", "today", "day", "list", "search", "show", "grid", "about", "agenda", "export", "days", "rooms")
"""Commands that must work whatever the state of the disk."""

PICK = "main-forum"
IN_THE_WAY = "a file in the way of everything"
"""A place where every command fails, since a file replaces the data directory."""


def agenda_calls(scale: float) -> Row:
    """Test that an agenda survives each possible failure of each system call of a change."""
    from tests.agenda import test_store_faults as faults
    from tests.faults import ALL

    tally = Tally("each system call failing", "calls of a change to the agenda")
    struck: Callable[..., Any] = faults.outcome
    strikes = 0

    def counting(*arguments: Any) -> Any:
        nonlocal strikes
        result = struck(*arguments)
        strikes += result.reached
        return result

    for fault in ALL[:: max(1, round(1 / scale))]:
        for first in (True, False):
            with home() as folder, pytest.MonkeyPatch.context() as patch:
                patch.setattr(faults, "outcome", counting)
                with tally.attempt(fault):
                    faults.test_the_old_or_the_new_agenda_survives_any_failure(
                        fault, first, patch, folder / "data"
                    )
    tally.number = strikes
    return tally.row()


def library_calls(scale: float) -> Row:
    """Test that saved schedules survive each possible failure of each system call."""
    from tests.faults import ALL
    from tests.library.test_store_faults import ACTS, strikes

    tally = Tally("each system call failing", "calls of use, update and remove")
    number = 0
    for fault in ALL[:: max(1, round(1 / scale))]:
        for act in ACTS:
            with home(), pytest.MonkeyPatch.context() as patch, tally.attempt((fault, act)):
                number += strikes(fault, act, patch)
    tally.number = number
    return tally.row()


def damaged_agendas(scale: float) -> Row:
    """Test that truncated or corrupted agendas are never overwritten, and other commands still work."""
    tally = Tally("damaged agenda", "damaged files × commands that write")
    rng = random.Random(1)
    with home():
        ask(["agenda", "add", PICK, "big-data"])
        (path,) = (Path(os.environ["SUMMIT_DATA"]) / "agendas").rglob("default.json")
        content = path.read_bytes()
        for turn in range(scaled(1000, scale)):
            data = _corrupted(content, rng, turn)
            path.write_bytes(data)
            words = rng.choice((["add", "contest-awards"], ["remove", PICK], ["clear", "--yes"], ["export"]))
            with tally.attempt(data, 2):
                answer = ask(["agenda", *words])
                if answer.status not in (2, 3):
                    # The change may have left a valid agenda.
                    path.write_bytes(data)
                    store.load(path.parent.name)
                    continue
                check(path.read_bytes() == data, "the damaged agenda was overwritten")
                check(answer.out == "" and answer.err.count("\n") == 1, answer)
                check(ask(["list", "-c", "forum"]).status == 0, "reading fails")
    return tally.row()


def _corrupted(content: bytes, rng: random.Random, turn: int) -> bytes:
    fixed = (
        b"",
        b" \n",
        b"{}",
        b"null",
        b"\x00" * 400,
        b"[" * 100_000,
        content.replace(b"agenda/2", b"agenda/3"),
    )
    if turn < len(fixed):
        return fixed[turn]
    if rng.random() < 0.4:
        return content[: rng.randrange(len(content) - 3)]
    made = bytearray(content)
    for _change in range(rng.randint(1, 8)):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def held_locks(scale: float) -> Row:
    """Test that a lock held by another process gives a one-line error within seconds."""
    from filelock import FileLock

    tally = Tally("concurrent use", "commands that find the lock held")
    with home() as folder:
        ask(["agenda", "add", PICK])
        (agenda,) = folder.rglob("default.json")
        locks = [
            (agenda.with_name(".default.lock"), ["agenda", "add", "opening"]),
            (folder / "data/schedules/.current.lock", ["use", str(BUNDLED)]),
        ]
        for lock, words in locks[: scaled(2, max(scale, 0.5))]:
            lock.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(lock), tally.attempt(words, 15):
                done = summit(*words)
                check((done.returncode, done.stdout, done.stderr.count(b"\n")) == (4, b"", 1), done)
    return tally.row()


def no_room(_scale: float) -> Row:
    """Test full disks, unwritable directories and no HOME: reading works, writing fails with an error."""
    tally = Tally("full disk, read-only home, no HOME", "commands × places")
    places = {
        "a file in the way of catalogs": _in_the_way_of_catalogs,
        IN_THE_WAY: _file_in_the_way,
        "read-only": _read_only,
        "full": _full,
        "no HOME": _no_home,
    }
    for name, place in places.items():
        with home() as folder:
            env, begin = place(folder)
            if begin is None:
                print(f"not possible on this machine: {name}", file=sys.stderr)
                continue
            for words, _command in every():
                if words in READING or words in ("agenda add", "agenda clear", "use"):
                    _try_in(tally, name, begin, env, words)
    return tally.row()


def _try_in(tally: Tally, name: str, begin: list[str], env: dict[str, str], words: str) -> None:
    arguments = {"use": (str(BUNDLED),), "agenda add": (PICK,), "show": (PICK,), "search": ("论坛",),
                 "day": ("1",), "agenda clear": ("--yes",), "export": ("-f", "ics")}  # fmt: skip
    line = [*words.split(), *arguments.get(words, ())]
    with tally.attempt((name, line)):
        done = subprocess.run(
            [*begin, *SUMMIT, *line], env={**os.environ, **env}, capture_output=True, timeout=60, check=False
        )
        check(b"Traceback" not in done.stderr, done)
        if name == IN_THE_WAY:
            # The current schedule can't be determined.
            check((done.returncode, done.stdout, done.stderr.count(b"\n")) == (4, b"", 1), done)
        elif words in READING:
            check(done.returncode in (0, 1), done)
        elif name not in ("no HOME", "a file in the way of catalogs"):
            check(done.returncode in (0, 1, 4) and (done.returncode == 4 or words == "agenda clear"), done)
            check(done.stdout == b"" and done.stderr.count(b"\n") == 1, done)


Placed = tuple[dict[str, str], list[str] | None]


def _file_in_the_way(folder: Path) -> Placed:
    (folder / "file").touch()
    return {"SUMMIT_DATA": str(folder / "file/data"), "SUMMIT_CACHE": str(folder / "file/cache")}, []


def _in_the_way_of_catalogs(folder: Path) -> Placed:
    (folder / "file").touch()
    return {"SUMMIT_CACHE": str(folder / "file/cache")}, []


def _read_only(folder: Path) -> Placed:
    """Return the environment and command prefix for a read-only home; None if root can't change its user."""
    for name in ("home", "data", "cache"):
        (folder / name).mkdir(mode=0o555)
    if os.geteuid():
        return {}, []
    folder.chmod(0o755)
    begin = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    return {}, begin if subprocess.run(
        [*begin, "true"], capture_output=True, check=False
    ).returncode == 0 else None


def _full(folder: Path) -> Placed:
    """Return the environment and command prefix for a full disk; None if it can't be mounted here."""
    script = (
        'mount -t tmpfs -o size=16k none "$0" && mkdir "$0/data" "$0/cache" || exit 1;'
        ' cat /dev/zero > "$0/rest" 2>/dev/null; exec "$@"'
    )
    begin = ["unshare", "-rm", "sh", "-c", script, str(folder / "disk")]
    (folder / "disk").mkdir()
    works = subprocess.run([*begin, "true"], capture_output=True, check=False).returncode == 0
    env = {"SUMMIT_DATA": str(folder / "disk/data"), "SUMMIT_CACHE": str(folder / "disk/cache")}
    return env, begin if works else None


def _no_home(folder: Path) -> Placed:
    return {}, ["env", "-u", "HOME", "-u", "SUMMIT_DATA", "-u", "SUMMIT_CACHE", f"XDG_DATA_HOME={folder}/x",
                f"XDG_CACHE_HOME={folder}/y"]  # fmt: skip


def private_files(_scale: float) -> Row:
    """Test that files are private under every umask, and symbolic links in their place are not followed."""
    tally = Tally("privileges", "files made under four masks, links not followed")
    for mask in (0o000, 0o022, 0o077, 0o777):
        before = os.umask(mask)
        try:
            with home() as folder, tally.attempt(oct(mask)):
                if mask != 0o777 or os.geteuid() == 0:
                    for words in (["agenda", "add", PICK], ["use", str(BUNDLED)], ["list"]):
                        check(ask(words).status == 0, words)
                    for path in (folder / "data").rglob("*"):
                        mode = stat.S_IMODE(path.stat().st_mode)
                        check(mode & 0o077 == 0, (path, oct(mode)))
        finally:
            os.umask(before)
    for name in (".default.lock", "default.json"):
        with home() as folder, tally.attempt(name):
            victim = folder / "victim"
            victim.write_text("precious")
            ask(["agenda", "add", "opening"])
            (agenda,) = folder.rglob("default.json")
            agenda.with_name(name).unlink()
            agenda.with_name(name).symlink_to(victim)
            ask(["agenda", "add", PICK])
            check(victim.read_text() == "precious", name)
    return tally.row()


def agenda_machine(scale: float) -> Row:
    """Compare the agenda with a simple model while it is changed in random order."""
    from tests.agenda.test_store_machine import AgendaMachine

    return _machine(
        "crash-safe agenda", "runs of the agenda's state machine", AgendaMachine, scaled(1500, scale)
    )


def library_machine(scale: float) -> Row:
    """Compare saved schedules with a simple model."""
    from tests.cli.test_known_machine import KnownMachine

    return _machine(
        "crash-safe agenda",
        "runs of the saved schedules' state machine",
        KnownMachine,
        scaled(100, scale),
    )


def sync_machine(scale: float) -> Row:
    """Compare a vdir with a model and with khal, while commands change its agenda, stop, and are edited."""
    from tests.cli.test_sync_machine import SyncMachine

    return _machine(
        "agendas in calendars",
        "runs of the synced directory's state machine",
        SyncMachine,
        scaled(500, scale),
    )


def _machine(area: str, what: str, machine: Any, runs: int) -> Row:
    from hypothesis import HealthCheck, settings
    from hypothesis.stateful import run_state_machine_as_test

    tally = Tally(area, what)
    wanted = settings(
        max_examples=runs, stateful_step_count=25, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    with home(), tally.attempt():
        run_state_machine_as_test(machine, settings=wanted)
    tally.number, tally.slowest = runs, None
    return tally.row()
