"""The next useful commands, named where somebody sits before a terminal."""

import sys

from summitcli.cli.call import Call
from summitcli.cli.terminal.messages import is_quiet
from summitcli.text.printable import printable

BETWEEN = " · "
"""What stands between commands."""


def hint(call: Call, *commands: str) -> None:
    """Name the next useful commands, where somebody sits before a terminal.

    Where naming the schedule makes them too long for a line, the first alone is named, and the command that
    makes that schedule the one in use.
    """
    if is_quiet() or not (call.terminal and sys.stderr.isatty()):
        return
    from summitcli.render.console import console
    from summitcli.text.width import width

    again = [
        command + call.schedule_options if command.startswith("summit") else command for command in commands
    ]
    sys.stdout.flush()
    shown = console(sys.stderr, call.color)
    if call.schedule_options and len(BETWEEN.join(again)) > shown.width:
        again[1:] = ["summit use" + call.schedule_options.replace(" --schedule", "", 1)]
    # What was typed is named again: a file may have been given by a pattern, and its name by anybody.
    rows = [""]
    for command in map(printable, again):
        row = f"{rows[-1]}{BETWEEN}{command}" if rows[-1] else command
        rows[-1:] = [row] if width(row) <= shown.width else [rows[-1], command]
    shown.print("\n".join(filter(None, rows)), style="dim")
