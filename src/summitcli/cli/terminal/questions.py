"""Questions that the program asks the user in a terminal."""

import sys
from collections.abc import Callable

from summitcli.errors import UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import TypeVar

Answer = TypeVar("Answer")


def can_ask() -> bool:
    """Return whether questions can be asked: standard input and standard error are terminals."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str, parse: Callable[[str], Answer], default: str = "") -> Answer:
    """Ask a question until ``parse`` accepts the answer, and return the value that ``parse`` returns.

    Args:
        question: the question, without a mark at its end.
        parse: a function that converts the answer; it raises UsageError if the answer is invalid.
        default: the answer if nothing is typed, which is shown in brackets.

    Raises:
        UsageError: standard input ends.
    """
    prompt = _("{question} [{default}]: ") if default else _("{question}: ")
    while True:
        sys.stderr.write(prompt.format(question=question, default=default))
        sys.stderr.flush()
        typed = sys.stdin.buffer.readline().decode(sys.stdin.encoding, "replace")
        if not typed:
            sys.stderr.write("\n")
            raise UsageError(_("no answer; nothing was written"))
        try:
            return parse(typed.strip() or default)
        except UsageError as error:
            sys.stderr.write(f"{error}\n")
