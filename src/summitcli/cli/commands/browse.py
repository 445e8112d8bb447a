"""The command that shows the schedule full-screen, to browse it with keys or the mouse."""

from __future__ import annotations

import os
import sys

from summitcli.cli.call import Call
from summitcli.cli.declare import Repeated, changes, examples, typer
from summitcli.cli.filters import query
from summitcli.cli.options import Filters
from summitcli.errors import Status, UsageError
from summitcli.i18n import _
from summitcli.lazy_typing import Annotated
from summitcli.progress import set_listener


@changes
@examples(
    ("summit browse", "Today if the conference is on, otherwise its first day.", 2),
    ("summit browse -d 2 -c forum", "The forums on the second day.", 2),
    ("summit browse 区块链", "Start with a search.", 2),
)
def browse(
    call: Call,
    filters: Filters,
    text: Annotated[
        Repeated, typer.Argument(metavar="[TEXT…]", help="Text to search for at the start.")
    ] = (),
) -> Status:
    """Browse the schedule full-screen, with keys or the mouse. Press ? for all keys."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if os.environ.get("TERM") == "dumb" or not all(stream and stream.isatty() for stream in streams):
        raise UsageError(_("browse needs a terminal; without one, use `summit list`"))
    wanted = query(call, filters)
    from summitcli.tui.app import Browser
    from summitcli.tui.programme import Programme
    from summitcli.tui.view import View

    day = wanted.days[0] if wanted.days else _day_to_show(call)
    view = View(
        day,
        "agenda" if filters.agenda else "day",
        wanted._replace(days=(), picks=None),
        with_hidden="hidden" in filters.pick,
    )
    # A progress bar would be drawn over the screen.
    set_listener(None)
    browser = Browser(call, Programme(call, filters.name), view, " ".join(text))
    browser.run()
    if browser.fault is not None:
        raise browser.fault
    return Status.DONE


def _day_to_show(call: Call) -> str:
    """Return today as an ISO date if the conference has that day, otherwise its first day with sessions."""
    today = call.today().isoformat()
    if any(row.day == today for row in call.days):
        return today
    return next((row.day for row in call.days if row.sessions), call.conference.start)
