"""The pager: a program, such as ``less``, that shows long output page by page in a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping

from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen
    from typing import IO

DEFAULT = "less"
LESS = "FRX"
"""The options for ``less`` if the environment has none.

With ``F``, it ends if the text fits on one screen; with ``R``, it shows colours; with ``X``, it does not
clear the screen.
"""


def pager_command(environment: Mapping[str, str]) -> list[str]:
    """Return the words of the command that ``SUMMIT_PAGER`` or ``PAGER`` names, or else ``less``.

    Return [] for no pager: the variable is empty or invalid, or the terminal can't move its cursor.
    """
    if environment.get("TERM", "dumb") == "dumb" and os.name != "nt":
        return []
    named = environment.get("SUMMIT_PAGER", environment.get("PAGER", DEFAULT))
    from shlex import split

    try:
        return split(named)
    except ValueError:
        return []


@contextlib.contextmanager
def paged(command: list[str], lines: int) -> Iterator[IO[str] | LongText]:
    """Yield a stream for output: text longer than the screen goes to the pager, shorter text to stdout.

    If the user quits the pager early, the ``with`` block ends without an error.

    Args:
        command: the words of the pager's command; [] for no pager.
        lines: the height of the screen.
    """
    if not command:
        yield sys.stdout
        return
    text = LongText(command, lines)
    try:
        yield text
    except BrokenPipeError:
        if not text.has_pager:
            raise
    finally:
        text.close()


class LongText:
    """A stream that starts the pager once its text is longer than the screen.

    Until then, the text is held back; a shorter text is written to stdout at the end. If the pager can't be
    started, the whole text is written to stdout.

    Args:
        command: the words of the pager's command.
        lines: the height of the screen.
    """

    def __init__(self, command: list[str], lines: int) -> None:
        self._command = command
        # The last line of the screen is for the prompt.
        self._left = lines - 1
        self._held: list[str] = []
        self._pager: Popen[str] | None = None
        self._output: IO[str] | None = None

    @property
    def has_pager(self) -> bool:
        """Return whether the pager has been started."""
        return self._pager is not None

    def write(self, text: str) -> int:
        """Write ``text`` to the pager if it was started; otherwise keep it until it exceeds the screen."""
        if self._output is not None:
            return self._output.write(text)
        self._held.append(text)
        self._left -= text.count("\n")
        if self._left < 0:
            self._begin(self._start())
        return len(text)

    def flush(self) -> None:
        """Write what has been buffered, so that the pager shows it."""
        if self._output is not None:
            self._output.flush()

    def close(self) -> None:
        """Write the remaining text, and wait until the user quits the pager."""
        if self._output is None:
            self._begin(None)
        if self._pager is None:
            return
        assert self._pager.stdin is not None  # noqa: S101
        with contextlib.suppress(BrokenPipeError):
            self._pager.stdin.close()
        while self._pager.poll() is None:
            # Ctrl-C goes to the pager as well, which decides what it means.
            with contextlib.suppress(KeyboardInterrupt):
                self._pager.wait()

    def _begin(self, pager: Popen[str] | None) -> None:
        """Send the text that was collected so far to the pager; to stdout if there is no pager."""
        self._pager = pager
        self._output = pager.stdin if pager is not None else sys.stdout
        assert self._output is not None  # noqa: S101
        held, self._held = self._held, []
        self._output.write("".join(held))

    def _start(self) -> Popen[str] | None:
        """Start the pager and return its process; return None if that is impossible."""
        from subprocess import PIPE, Popen

        sys.stdout.flush()
        encoding = sys.stdout.encoding
        settings = {"LESS": LESS, "LESSCHARSET": "utf-8"} if encoding.lower() == "utf-8" else {"LESS": LESS}
        try:
            return Popen(  # noqa: S603 (the command is the user's own)
                self._command,
                stdin=PIPE,
                env={**settings, **os.environ},
                encoding=encoding,
                errors="backslashreplace",
            )
        except (OSError, ValueError):
            return None
