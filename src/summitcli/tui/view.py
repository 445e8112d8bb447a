"""The view of the full-screen browser: the selection of sessions that it shows."""

from typing import Literal, NamedTuple

from summitcli.catalog.conditions import EVERYTHING, Query

Scope = Literal["day", "agenda", "conflicts"]
"""The sessions to list: those of one day, those in the agenda, or those in the agenda that conflict."""


class View(NamedTuple):
    """The selection of sessions that the browser shows.

    They are the sessions of the scope (a day, the agenda, or its conflicts) that match all filters.
    """

    day: str
    """The day, as an ISO date."""
    scope: Scope = "day"
    query: Query = EVERYTHING
    """The filters by category, room, speaker, language and time.

    The field ``days`` of the query is not used.
    """
    only_mine: bool = False
    """True if only sessions in the agenda are shown."""
    only_free: bool = False
    """True if only sessions are shown that overlap nothing in the agenda."""
    with_hidden: bool = False
    """True if hidden sessions are shown, too."""

    @property
    def is_filtered(self) -> bool:
        """Return whether any filter is set."""
        return self.query != EVERYTHING or self.only_mine or self.only_free
