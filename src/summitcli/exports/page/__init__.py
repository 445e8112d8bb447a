"""HTML pages of sessions."""

from __future__ import annotations

from summitcli.lazy_typing import NamedTuple


class PageOptions(NamedTuple):
    """The options of a page."""

    stars: bool = False
    """True if sessions in the agenda are marked."""
    title: str | None = None
    """The heading; None for the title of the conference."""
    is_sheet: bool = False
    """True if the page is a sheet to hang up: a large heading, and each day on a printed page of its own."""
    has_calendar: bool = False
    """True if the page contains its sessions as a calendar, which a link offers to download."""
    is_agenda: bool = False
    """True if all sessions are of an agenda, so that those that are only maybe in it are marked."""


PLAIN = PageOptions()
