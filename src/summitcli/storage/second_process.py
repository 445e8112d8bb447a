"""A second process of the program, which does a part of the work of a long command at the same time.

It is another Python that runs one module of the program, gets objects through its standard input and returns
one at the end. Whoever starts it must be able to do without it: perhaps it can't be started, or is killed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import summitcli
from summitcli import progress
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO, Any

REPORT_INTERVAL = 0.1
"""The time in seconds between two reports of progress while the end of the process is awaited."""

PARENT_INTERVAL = 0.2
"""The time in seconds after which a second process looks again whether the first one is still there."""


class SecondProcessError(Exception):
    """The second process could not be started, or ended before its work was done."""


def processors() -> int:
    """Return the number of processors that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


class SecondProcess:
    """A second process, which ends soon after the process that has started it.

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
            # Without -P, it would import modules from the current directory. The last words are for serve().
            self._process = Popen(  # noqa: S603
                [
                    sys.executable,
                    "-I" if sys.flags.isolated else "-P",
                    "-m",
                    module,
                    summitcli.__file__,
                    str(os.getpid()),
                ],
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
        try:
            return pickle.loads(result)  # noqa: S301
        # Something else in the process has printed, and the error is of any type.
        except Exception as error:
            raise SecondProcessError from error

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
    def _input(self) -> IO[bytes]:
        assert self._process.stdin  # noqa: S101
        return self._process.stdin


def serve(work: Callable[[Iterator[object]], object]) -> None:
    """Do the work of a second process: call ``work`` with the objects sent to it, and return its result.

    The objects are read while ``work`` iterates over them.
    """
    import gc
    import pickle
    from threading import Thread

    _module, program, parent = sys.argv
    if program != summitcli.__file__:
        sys.exit("another copy of the program was imported")
    Thread(target=_end_with, args=(int(parent),), daemon=True).start()
    # What is created stays until the end.
    gc.disable()
    result = work(_messages())
    pickle.dump(result, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


def _end_with(parent: int) -> None:
    """End this process when its parent is no longer the process with the ID ``parent``.

    On Windows a process keeps its parent's ID; there it ends only when it reads or writes.
    """
    import time

    while os.getppid() == parent:
        time.sleep(PARENT_INTERVAL)
    os._exit(1)


def _messages() -> Iterator[object]:
    import pickle

    while True:
        try:
            yield pickle.load(sys.stdin.buffer)  # noqa: S301
        except EOFError:
            return
