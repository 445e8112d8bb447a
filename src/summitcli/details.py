"""Rows with details of sessions and speakers, apart from other rows as few commands need them."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.lazy_typing import NamedTuple


class LinkRow(NamedTuple):
    """A link of a session or a speaker.

    ``kind`` is what it leads to, such as ``stream``, ``recording`` or ``slides``; None if unknown.
    """

    url: str
    title: str | None = None
    kind: str | None = None


class PersonRow(NamedTuple):
    """A speaker of a session. ``names`` and ``biographies`` are empty unless there are several languages."""

    name: str
    names: Mapping[str, str] = {}
    biography: str | None = None
    biographies: Mapping[str, str] = {}
    links: tuple[LinkRow, ...] = ()


class SessionDetails(NamedTuple):
    """What few commands print of a session."""

    level: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[LinkRow, ...] = ()
    feedback_url: str | None = None


class SpeakerRow(NamedTuple):
    """A speaker with the number of sessions.

    The other fields are those of :class:`PersonRow`, and empty until they are asked for, see
    :func:`summitcli.catalog.detailed.speakers_with_details`.
    """

    name: str
    sessions: int
    names: Mapping[str, str] = {}
    biography: str | None = None
    biographies: Mapping[str, str] = {}
    links: tuple[LinkRow, ...] = ()

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the fields that are shown by default."""
        return "name", "sessions"
