"""Rows with details of sessions and speakers, such as links and biographies, which few commands need."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.lazy_typing import NamedTuple


class LinkRow(NamedTuple):
    """A link of a session or a speaker.

    ``kind`` says what the link leads to, such as ``stream``, ``recording`` or ``slides``; None if unknown.
    """

    url: str
    title: str | None = None
    kind: str | None = None


class PersonRow(NamedTuple):
    """A speaker of a session.

    ``names`` and ``biographies`` are mappings from a language to a text, such as ``{"zh": "…"}``. They are
    empty unless the schedule has several languages.
    """

    name: str
    names: Mapping[str, str] = {}
    biography: str | None = None
    biographies: Mapping[str, str] = {}
    links: tuple[LinkRow, ...] = ()


class SessionDetails(NamedTuple):
    """The details of a session that few commands print, such as its tags and links."""

    level: str | None = None
    tags: tuple[str, ...] = ()
    links: tuple[LinkRow, ...] = ()
    feedback_url: str | None = None


class SpeakerRow(NamedTuple):
    """A speaker, with the number of the speaker's sessions.

    The other fields are those of :class:`PersonRow`. They are empty until
    :func:`summitcli.catalog.detailed.speakers_with_details` fills them.
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
