"""A session as a file names it that is to be taken over."""

from __future__ import annotations

from datetime import datetime

from summitcli.lazy_typing import NamedTuple


class Entry(NamedTuple):
    """One session that a file names, by whatever it says of it."""

    text: str
    """How to name the entry to its owner; it is as the file has it, so not yet safe to print."""
    id: str | None = None
    uid: str | None = None
    url: str | None = None
    title: str | None = None
    when: datetime | str | None = None
    """When it is held, or first: an instant with an offset, or an ISO date where no time is given."""
    days: tuple[str, ...] | None = None
    """The days that are meant, as ISO dates; None for all, or for that of ``when`` alone."""
    only_then: bool = False
    """Whether of all the session's times ``when`` alone is meant."""
    cancelled: bool = False
