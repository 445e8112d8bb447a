"""Measure the time and peak memory of processes, compared with the bare interpreter."""

import os
import statistics
import subprocess
import sys
import tempfile
import termios
import time
import tty
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

BARE = (sys.executable, "-c", "pass")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of every process. With that variable, each would compile the program's modules anew."""


class Command(NamedTuple):
    """A process to measure."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = {}
    terminal: bool = False
    """Whether it writes to a terminal of 80 columns instead of /dev/null."""
    statuses: tuple[int, ...] = (0,)
    """The expected exit codes."""
    removed: str = ""
    """A directory that is moved away before each run, so that results of earlier runs are not used."""
    before: Callable[[], object] | None = None
    """A function that is called before each run, and not measured."""


class Figure(NamedTuple):
    """The measurements of one process."""

    seconds: float
    """The median time of all runs."""
    ratio: float
    """The median relative to that of the bare interpreter in the same rounds."""
    memory: float
    """The peak memory of all runs, in MiB."""


def measure(commands: Mapping[str, Command], rounds: int, cpu: bool = False) -> dict[str, Figure]:
    """Run every command and the bare interpreter once in each round, after a warm-up round.

    With ``cpu``, measure the CPU time instead of the elapsed time.

    Raises:
        RuntimeError: a command exited with an unexpected code.
    """
    everything = {"": Command(BARE), **commands}
    seconds: dict[str, list[float]] = {name: [] for name in everything}
    memory: dict[str, float] = dict.fromkeys(everything, 0.0)
    for number in range(rounds + 1):
        for name, command in everything.items():
            took, processor, held = run(command)
            if number:
                seconds[name].append(processor if cpu else took)
                memory[name] = max(memory[name], held)
    bare = statistics.median(seconds[""])
    return {
        name: Figure(statistics.median(took), statistics.median(took) / bare, memory[name])
        for name, took in seconds.items()
    }


def run(command: Command) -> tuple[float, float, float]:
    """Run a command, and return its elapsed time and CPU time in seconds, and its peak memory in MiB.

    Raises:
        RuntimeError: it exited with an unexpected code.
    """
    if os.path.exists(command.removed):
        # Deleting thousands of files would keep the disk busy while the command runs.
        os.rename(
            command.removed, os.path.join(tempfile.mkdtemp(dir=os.path.dirname(command.removed)), "old")
        )
    if command.before:
        command.before()
    master, output = _terminal() if command.terminal else (None, os.open(os.devnull, os.O_RDWR))
    streams = [(os.POSIX_SPAWN_DUP2, output, number) for number in (0, 1, 2)]
    began = time.perf_counter()
    process = os.posix_spawnp(
        command.words[0],
        command.words,
        {**_ENVIRONMENT, **command.environment},
        file_actions=streams,
        setsid=command.terminal,
    )
    os.close(output)
    if master is not None:
        _read_to_end(master)
    _process, status, usage = os.wait4(process, 0)
    took = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) not in command.statuses:
        raise RuntimeError(f"{' '.join(command.words)} exited with {os.waitstatus_to_exitcode(status)}")
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def _terminal() -> tuple[int, int]:
    """Return both file descriptors of a pseudo-terminal with 80 columns."""
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
            pass  # Linux raises this error once the other end is closed.


def output_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the output of a command that prepares others.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    done = subprocess.run(words, env={**_ENVIRONMENT, **environment}, check=True, capture_output=True)
    return done.stdout.decode()
