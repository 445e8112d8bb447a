"""Running other commands from the full-screen browser, such as ``summit update``, in their own processes.

They do and say the same as on the command line. Neither their output nor their errors disturb the screen.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

TIMEOUT = 600
"""The time, in seconds, after which a command is ended."""


class Said(NamedTuple):
    """The result of a command: its exit code, and what it has written to stderr."""

    status: int
    message: str


def run(words: Sequence[str], language: str) -> Said:
    """Run ``summit`` with the arguments ``words``; return its exit code and its messages.

    Args:
        words: the command line without the program's name, such as ``["update"]``.
        language: the language of the messages.
    """
    line = [sys.executable, "-m", "summitcli", *words, "--lang", language]
    try:
        done = subprocess.run(  # noqa: S603
            line,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=TIMEOUT,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8:backslashreplace"},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Said(1, str(error))
    message = done.stderr.decode("utf-8", "replace").strip()
    return Said(done.returncode, message.removeprefix("summit: "))
