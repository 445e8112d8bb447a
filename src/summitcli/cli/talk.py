"""What is said beside the answer, on stderr."""

import contextlib
import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

from summitcli.printable import printable

if TYPE_CHECKING:
    from summitcli.cli.call import Call
    from summitcli.formats.findings import Findings

BETWEEN = " · "
"""What stands between commands."""


def say(sentence: str) -> None:
    """Say one line on stderr, after what stdout has had so far.

    Where it can't be said, nobody listens: what was done is done, and no error.
    """
    sys.stdout.flush()
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{_fitted(printable(sentence))}\n")


def _fitted(sentence: str) -> str:
    """On a terminal that is narrower than ``sentence``, its words whole; elsewhere it stays one line."""
    if not sys.stderr.isatty():
        return sentence
    from summitcli.columns import may_break, width

    columns = os.get_terminal_size(sys.stderr.fileno()).columns
    lines = [""]
    places = [place for place in range(1, len(sentence)) if may_break(sentence, place)]
    for begin, end in pairwise([0, *places, len(sentence)]):
        piece = sentence[begin:end]
        # A terminal that does not know its width says 0.
        if lines[-1] and 0 < columns < width((lines[-1] + piece).rstrip()):
            lines[-1] = lines[-1].rstrip()
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return "\n".join(lines)


def say_findings(findings: "Findings") -> None:
    """Say what is odd about a schedule that has been read, a line for each kind."""
    for sentence in findings.sentences():
        say(sentence)


def hint(call: "Call", *commands: str) -> None:
    """Name the next useful commands, where somebody sits before a terminal.

    Where naming the schedule makes them too long for a line, the first alone is named, and the command that
    makes that schedule the one in use.
    """
    if not (call.terminal and sys.stderr.isatty()):
        return
    from summitcli.render.console import console

    again = [command + call.again if command.startswith("summit") else command for command in commands]
    sys.stdout.flush()
    shown = console(sys.stderr, call.color)
    if call.again and len(BETWEEN.join(again)) > shown.width:
        again[1:] = ["summit use" + call.again.replace(" --schedule", "", 1)]
    # What was typed is named again: a file may have been given by a pattern, and its name by anybody.
    shown.print(printable(BETWEEN.join(again)), style="dim")
