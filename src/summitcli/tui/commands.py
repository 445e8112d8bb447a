"""Running other commands of the program from the browser, such as the update, each in its own process.

What they do and say is the same as on the command line, and neither their output nor their faults reach the
screen.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

TIMEOUT = 600
"""The time limit of a command, in seconds."""


class Said(NamedTuple):
    """The result of a command: its exit status, and what it has said on stderr."""

    status: int
    message: str


def run(words: Sequence[str], language: str) -> Said:
    """Run ``summit`` with ``words`` and return what it has said.

    Args:
        words: the command line without the program's name.
        language: the language of its messages.
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
