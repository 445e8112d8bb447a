"""The speakers in ``schedule.json``, and the details of sessions and speakers that the format lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from summitcli.exports.schedules import frab
from summitcli.lazy_typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitcli.model import Link, Outline, Session, Speaker, Text

LINK_TYPES = frozenset({
    "slides", "paper", "web", "blog", "article", "media", "related", "activitypub",
})  # fmt: skip
"""The kinds of links that the schema accepts."""

MAX_REPEATED = 50_000_000
"""The limit on biographies written again in a speaker's second and later sessions, in characters."""


class People:
    """The speakers of a schedule, as they are written in each of their sessions.

    Args:
        schedule: the schedule.
    """

    def __init__(self, schedule: Outline) -> None:
        self._own = schedule.conference.language
        self._known = {speaker.name.own(self._own): speaker for speaker in schedule.speakers}
        self._seen: set[str] = set()
        self._left = MAX_REPEATED

    def person(self, name: str) -> dict[str, Any]:
        """Return the JSON object of a speaker within a session."""
        speaker = self._known.get(name)
        if speaker is None:
            return {"name": name}
        biography = speaker.biography.own(self._own) if speaker.biography else ""
        if name in self._seen:
            self._left -= len(biography)
        self._seen.add(name)
        links = written_links(speaker.links)
        return {
            "name": name,
            **({"biography": biography} if biography and self._left >= 0 else {}),
            **({"links": links} if links else {}),
        }

    def beside(self) -> list[dict[str, Any]]:
        """Return the speakers who have details that don't fit into sessions, or no session, as objects."""
        return [
            speaker.model_dump(mode="json", exclude_defaults=True)
            for name, speaker in self._known.items()
            if name not in self._seen or not _fits(speaker)
        ]


def written_links(links: Iterable[Link]) -> list[dict[str, str]]:
    """Return links as objects that the schema accepts; a link without a URI is left out."""
    return [
        {
            "url": url,
            **({"title": link.title} if link.title else {}),
            **({"type": link.kind} if link.kind in LINK_TYPES and link.kind else {}),
        }
        for link in links
        if (url := frab.uri(link.url))
    ]


def session_beside(session: Session) -> dict[str, Any]:
    """Return those details of a session that the format has no field for.

    They are texts in several languages, its level, its tags and the kinds of its links.
    """
    found = {
        "abstract": translations(session.abstract),
        "description": translations(session.description),
        "level": session.level,
        "tags": list(session.tags),
        "links": [
            {"url": frab.uri(link.url), "kind": link.kind}
            for link in session.links
            if link.kind and link.kind not in LINK_TYPES
        ],
    }
    return {key: value for key, value in found.items() if value}


def translations(text: Text | None) -> Mapping[str, str]:
    """Return a text by language if it is given in several languages, else an empty mapping."""
    return text.root if text and isinstance(text.root, dict) and len(text.root) > 1 else {}


def _fits(speaker: Speaker) -> bool:
    """Return whether the format can express all details of a speaker within sessions."""
    kinds = {link.kind for link in speaker.links if link.kind}
    return kinds <= LINK_TYPES and not any(map(translations, (speaker.name, speaker.biography)))
