"""What is said beside the answer, on stderr."""

import sys
from typing import TYPE_CHECKING

from summitcli.printable import printable

if TYPE_CHECKING:
    from summitcli.cli.call import Call
    from summitcli.formats.findings import Findings


def say(sentence: str) -> None:
    """Say one line on stderr, after what stdout has had so far."""
    sys.stdout.flush()
    sys.stderr.write(f"{printable(sentence)}\n")


def say_findings(findings: "Findings") -> None:
    """Say what is odd about a schedule that has been read, a line for each kind."""
    for sentence in findings.sentences():
        say(sentence)


def hint(call: "Call", *commands: str) -> None:
    """Name the next useful commands, where somebody sits before a terminal."""
    if call.terminal and sys.stderr.isatty():
        from summitcli.render.console import console

        again = [command + call.again if command.startswith("summit") else command for command in commands]
        sys.stdout.flush()
        console(sys.stderr, call.color).print(" · ".join(again), style="dim")
