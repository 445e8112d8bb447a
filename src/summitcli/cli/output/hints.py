"""Hints in a terminal: the commands that may be useful next, such as ``summit show ID``."""

import sys

from summitcli.cli.call import Call
from summitcli.cli.terminal.messages import is_quiet
from summitcli.text.printable import printable

SEPARATOR = " · "
"""The text between two commands of a hint."""


def hint(call: Call, *commands: str) -> None:
    """Print the commands that may be useful next, if stdout and stderr are terminals.

    If the user chose a schedule with ``--schedule``, the option is added to the commands of ``summit``. If
    they are then too long for one line, only the first command is printed, followed by ``summit use``, which
    makes the schedule the current one.
    """
    if is_quiet() or not (call.terminal and sys.stderr.isatty()):
        return
    from summitcli.render.console import console
    from summitcli.text.width import width

    options = call.common.for_schedule()
    again = [command + options if command.startswith("summit") else command for command in commands]
    sys.stdout.flush()
    shown = console(sys.stderr, call.color)
    if again != [*commands] and len(SEPARATOR.join(again)) > shown.width:
        again[1:] = ["summit use" + options.replace(" --schedule", "", 1)]
    # They repeat a file name, which may contain control characters.
    rows = [""]
    for command in map(printable, again):
        row = f"{rows[-1]}{SEPARATOR}{command}" if rows[-1] else command
        rows[-1:] = [row] if width(row) <= shown.width else [rows[-1], command]
    shown.print("\n".join(filter(None, rows)), style="dim")
