"""Running the program in this process: in a pipe of any encoding, in a terminal, or for shell completion.

A process of its own takes a hundred times as long; most tests do not need one.
"""

import contextlib
import fcntl
import io
import os
import shlex
import struct
import sys
import termios
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from summitcli.cli import main
from summitcli.cli.terminal.environment import COMPLETION

BREAKS = " \t\n\"'@><=;|&(:"
"""The characters at which bash divides words (its manual, COMP_WORDBREAKS)."""


class Answer(NamedTuple):
    """The result of a command line."""

    status: int
    out: str
    err: str


@contextlib.contextmanager
def environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Set these environment variables in the block."""
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def ask(words: Sequence[str], encoding: str = "utf-8", stdin: bytes = b"") -> Answer:
    """Run ``summit`` with ``words`` in a pipe."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin))
    sys.stdout = io.TextIOWrapper(out, encoding, write_through=True)
    sys.stderr = io.TextIOWrapper(err, encoding, write_through=True)
    try:
        status = int(main(list(words)))
    finally:
        sys.stdout.flush()
        # A wrapper that nobody holds closes what it wraps.
        said = [stream.getvalue().decode(encoding) for stream in (out, err)]
        sys.stdin, sys.stdout, sys.stderr = streams
    return Answer(status, *said)


def look(words: Sequence[str], columns: int = 80, typed: bytes = b"y\n\x04") -> Answer:
    """Run ``summit`` with ``words`` in a terminal and return everything sent to it, including prompts.

    All prompts are answered with yes, followed by the end of input.
    """
    master, slave = open_terminal(columns, typed)
    shown: list[str] = []
    reader = threading.Thread(target=lambda: shown.append(drain(master)))
    streams, saved = (sys.stdin, sys.stdout, sys.stderr), [os.dup(number) for number in range(3)]
    for stream in streams[1:]:
        stream.flush()
    for number in range(3):
        os.dup2(slave, number)
    os.close(slave)
    reader.start()
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in enumerate("rww")
    )
    try:
        status = int(main(list(words)))
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdin, sys.stdout, sys.stderr = streams
        for number, copy in enumerate(saved):
            os.dup2(copy, number)
            os.close(copy)
        reader.join()
        os.close(master)
    return Answer(status, shown[0], "")


def tab(words: Sequence[str], shell: str) -> Answer:
    """Return the completions that ``shell`` gets for the last of ``words``."""
    *before, begun = words
    line = f"{shlex.join(['summit', *before])} {begun}"
    with environment({COMPLETION: shell}):
        return ask([line, BREAKS] if shell == "bash" else ["summit", *words])


def open_terminal(columns: int, typed: bytes) -> tuple[int, int]:
    """Open a terminal in which a text has been typed, and return the descriptors of its two ends."""
    master, slave = os.openpty()
    settings = termios.tcgetattr(slave)
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, settings)
    os.write(master, typed)
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    return master, slave


def drain(master: int) -> str:
    """Return everything sent to a terminal until nobody has it open."""
    pieces: list[bytes] = []
    with contextlib.suppress(OSError):  # That is how Linux tells the end.
        while piece := os.read(master, 65536):
            pieces.append(piece)
    return b"".join(pieces).decode().replace("\r\n", "\n")
