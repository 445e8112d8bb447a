"""The marks in lists of sessions in a terminal: for the current time, for categories and for conflicts."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.cli.call import Call
from summitcli.errors import ScheduleError, Unreachable
from summitcli.lazy_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summitcli.render.marks import Marks


def marks(
    call: Call, name: str | None = None, in_agenda: bool = True, hidden: Callable[[], int] = int
) -> Callable[[], Marks]:
    """Return a function that makes the marks for a list of sessions, such as those of conflicts.

    The function reads the agenda. It is called only if the list is drawn, as output as text has no marks.

    Args:
        call: the running command.
        name: the agenda's name; None for the default agenda.
        in_agenda: whether to mark conflicts in the agenda.
        hidden: a function that returns the number of hidden sessions, which the list leaves out.
    """

    def found() -> Marks:
        from summitcli.render.marks import Marks

        return Marks(call.now, _conflicting(call, name) if in_agenda else (), call.catalog.colors(), hidden())

    return found


def _conflicting(call: Call, name: str | None) -> set[tuple[str, int]]:
    """Return the sessions in an agenda that overlap something else in it: ``{("tea", 1)}``.

    Something else is another session, an own entry (such as lunch) or an event of another calendar. A pair
    has the ID of the session, and the number of its day with the overlap, from 1. ``name`` is the agenda's
    name; None for the default agenda.
    """
    # Most listings are written as text, which has no marks.
    from summitcli.cli.picks import conflicting_listings

    try:
        return conflicting_listings(call, call.agenda(name))
    except (ScheduleError, Unreachable):
        # The warning was printed when the rows were marked.
        return set()
