"""What is said beside the answer, on stderr."""

import sys
from typing import TYPE_CHECKING

from summitcli.printable import printable

if TYPE_CHECKING:
    from summitcli.cli.call import Call
    from summitcli.formats.findings import Findings

BETWEEN = " · "
"""What stands between commands."""


def say(sentence: str) -> None:
    """Say one line on stderr, after what stdout has had so far."""
    sys.stdout.flush()
    sys.stderr.write(f"{printable(sentence)}\n")


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
