"""Whole processes, measured in turn: how long each takes beside the bare interpreter, and its peak memory."""

import os
import shutil
import statistics
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

BARE = (sys.executable, "-c", "pass")


class Command(NamedTuple):
    """A process to measure."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = {}
    terminal: bool = False
    """Whether it writes to a terminal of 80 columns instead of nowhere."""
    statuses: tuple[int, ...] = (0,)
    """How it may end."""
    removed: str = ""
    """A folder that is removed before each run, for what must not find what it did before."""
    before: Callable[[], object] | None = None
    """What is done before each run, and not measured."""


class Figure(NamedTuple):
    """What was measured of one process: medians of all its runs."""

    seconds: float
    ratio: float
    """To the bare interpreter in the same rounds."""
    memory: float
    """The most that it held at once in any run, in MiB."""


def measure(commands: Mapping[str, Command], rounds: int) -> dict[str, Figure]:
    """Run every command once in each round, the bare interpreter among them, after a round for warming up.

    Raises:
        RuntimeError: one did not end as it may.
    """
    everything = {"": Command(BARE), **commands}
    seconds: dict[str, list[float]] = {name: [] for name in everything}
    memory: dict[str, float] = dict.fromkeys(everything, 0.0)
    for number in range(rounds + 1):
        for name, command in everything.items():
            took, held = run(command)
            if number:
                seconds[name].append(took)
                memory[name] = max(memory[name], held)
    bare = statistics.median(seconds[""])
    return {
        name: Figure(statistics.median(took), statistics.median(took) / bare, memory[name])
        for name, took in seconds.items()
    }


def run(command: Command) -> tuple[float, float]:
    """How many seconds one run took, and how many MiB it held at the most.

    Raises:
        RuntimeError: it did not end as it may.
    """
    if command.removed:
        shutil.rmtree(command.removed, ignore_errors=True)
    if command.before:
        command.before()
    master, output = _terminal() if command.terminal else (None, os.open(os.devnull, os.O_RDWR))
    streams = [(os.POSIX_SPAWN_DUP2, output, number) for number in (0, 1, 2)]
    began = time.perf_counter()
    process = os.posix_spawnp(
        command.words[0],
        command.words,
        {**os.environ, **command.environment},
        file_actions=streams,
        setsid=command.terminal,
    )
    os.close(output)
    if master is not None:
        _read_to_end(master)
    _process, status, usage = os.wait4(process, 0)
    took = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in command.statuses:
        raise RuntimeError(f"{' '.join(command.words)} ended with {os.waitstatus_to_exitcode(status)}")
    return took, usage.ru_maxrss / 1024


def _terminal() -> tuple[int, int]:
    """Both ends of a terminal of 80 columns."""
    master, slave = os.openpty()
    termios.tcsetwinsize(slave, (50, 80))
    tty.setraw(slave)
    return master, slave


def _read_to_end(master: int) -> None:
    with open(master, "rb", buffering=0) as screen:
        try:
            while screen.read(65536):
                pass
        except OSError:
            pass  # That is how Linux says that nobody has the other end any more.


def output_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command prints, for preparing others.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    done = subprocess.run(words, env={**os.environ, **environment}, check=True, capture_output=True)
    return done.stdout.decode()
