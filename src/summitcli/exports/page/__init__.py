"""HTML pages of sessions."""

from __future__ import annotations

from summitcli.lazy_typing import NamedTuple


class PageOptions(NamedTuple):
    """The options of an HTML page of sessions."""

    stars: bool = False
    """True if the page marks the sessions that are in the agenda."""
    title: str | None = None
    """The heading; None for the title of the conference."""
    is_sheet: bool = False
    """True if the page is to be printed and hung up: with a large heading, and each day on a new sheet."""
    has_calendar: bool = False
    """True if the page contains a calendar file with its sessions and a link to save it."""
    is_agenda: bool = False
    """True if all sessions on the page are in the agenda.

    The page then marks the sessions that the user may attend (those with the mark ``maybe``).
    """


PLAIN = PageOptions()
