"""The selection of sessions that the browser shows: a day, or another one."""

from typing import Literal, NamedTuple

from summitcli.catalog.conditions import EVERYTHING, Query

Scope = Literal["day", "agenda", "conflicts"]
"""The sessions that are listed: those of one day, those in the agenda, or those of them in conflict."""


class View(NamedTuple):
    """The selection of sessions that the browser shows: those in the scope that match every filter."""

    day: str
    """The day, as an ISO date."""
    scope: Scope = "day"
    query: Query = EVERYTHING
    """The filters by category, room, speaker, language and time; its ``days`` are empty."""
    only_mine: bool = False
    """True if only sessions in the agenda are shown."""
    only_free: bool = False
    """True if only sessions that overlap none in the agenda are shown."""
    with_hidden: bool = False
    """True if hidden sessions are shown, too."""

    @property
    def is_filtered(self) -> bool:
        """Return whether any filter is set."""
        return self.query != EVERYTHING or self.only_mine or self.only_free
