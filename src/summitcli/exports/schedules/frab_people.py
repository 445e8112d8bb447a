"""The speakers in ``schedule.json``, and details of sessions and speakers for which it has no field."""

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
"""The maximum length of all repeated biographies together, in characters.

A biography is repeated in each of a speaker's sessions after the first.
"""


class People:
    """The speakers of a schedule, written into each of their sessions.

    Args:
        schedule: the schedule.
    """

    def __init__(self, schedule: Outline) -> None:
        self._own = schedule.conference.language
        self._known = {speaker.name.own(self._own): speaker for speaker in schedule.speakers}
        self._seen: set[str] = set()
        self._left = MAX_REPEATED

    def person(self, name: str) -> dict[str, Any]:
        """Return the JSON object of a speaker, for one of the speaker's sessions."""
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
        """Return the JSON objects of the speakers who must be listed outside the sessions.

        They are the speakers without sessions, and those with details for which the format has no field.
        """
        return [
            speaker.model_dump(mode="json", exclude_defaults=True)
            for name, speaker in self._known.items()
            if name not in self._seen or not _fits(speaker)
        ]


def written_links(links: Iterable[Link]) -> list[dict[str, str]]:
    """Return links as JSON objects that the schema accepts. A link whose URL can't be a URI is left out."""
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
    """Return the details of a session for which the format has no field.

    They are its texts in several languages, its level, its tags and the kinds of its links.
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
    """Return a text by language, such as ``{"en": "…", "zh": "…"}``; {} if it is in one language only."""
    return text.root if text and isinstance(text.root, dict) and len(text.root) > 1 else {}


def _fits(speaker: Speaker) -> bool:
    """Return whether the format has fields, within a session, for all details of a speaker."""
    kinds = {link.kind for link in speaker.links if link.kind}
    return kinds <= LINK_TYPES and not any(map(translations, (speaker.name, speaker.biography)))
