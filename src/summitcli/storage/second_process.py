"""A second process of the program, which does a part of the work of a long command at the same time.

It is another Python that runs one module of the program, gets objects through its standard input and returns
one at the end. Whoever starts it must be able to do without it: perhaps it can't be started, or is killed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from summitcli import progress
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO, Any

REPORT_INTERVAL = 0.1
"""The time in seconds between two reports of progress while the end of the process is awaited."""


class SecondProcessError(Exception):
    """The second process could not be started, or ended before its work was done."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


class SecondProcess:
    """A second process, which ends when its standard input does.

    Args:
        module: the name of the module that it runs; run as a script, the module must call :func:`serve`.

    Raises:
        SecondProcessError: the process can't be started.
    """

    def __init__(self, module: str) -> None:
        from subprocess import DEVNULL, PIPE, Popen

        if not sys.executable:
            # A program that embeds Python may not know where one is.
            raise SecondProcessError
        try:
            # Without -P, it would import modules from the current directory.
            self._process = Popen(  # noqa: S603
                [sys.executable, "-P", "-m", module],
                stdin=PIPE,
                stdout=PIPE,
                # Whoever has started it reports errors, and Ctrl-C in a terminal ends both.
                stderr=DEVNULL,
            )
        except OSError as error:
            raise SecondProcessError from error

    def send(self, message: object) -> None:
        """Send an object to the process, after waiting until it has read most of the earlier ones.

        Raises:
            SecondProcessError: the process has ended, or the object can't be pickled.
        """
        import pickle

        try:
            pickle.dump(message, self._input, pickle.HIGHEST_PROTOCOL)
            self._input.flush()
        # What can't be pickled raises errors of several types.
        except (OSError, pickle.PicklingError, AttributeError, TypeError) as error:
            raise SecondProcessError from error

    def finish(self) -> Any:
        """Wait until the process has read all messages and has ended, and return its result.

        Raises:
            SecondProcessError: the process ended without a result.
        """
        import pickle
        from subprocess import TimeoutExpired

        while True:
            try:
                result, _errors = self._process.communicate(timeout=REPORT_INTERVAL)
            except TimeoutExpired:
                progress.wait()
            else:
                break
        if self._process.returncode:
            raise SecondProcessError
        return pickle.loads(result)  # noqa: S301

    def close(self) -> None:
        """End the process if it is still running."""
        from contextlib import suppress

        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe:
                    pipe.close()
        self._process.wait()

    @property
    def is_running(self) -> bool:
        """Return whether the process has not ended yet."""
        return self._process.poll() is None

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin  # noqa: S101
        return self._process.stdin


def serve(work: Callable[[Iterator[object]], object]) -> None:
    """Do the work of a second process: call ``work`` with the objects sent to it, and return its result.

    The objects are read while ``work`` iterates over them.
    """
    import gc
    import pickle

    # What is created stays until the end.
    gc.disable()
    result = work(_messages())
    pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


def _messages() -> Iterator[object]:
    import pickle

    while True:
        try:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301
        except EOFError:
            return
