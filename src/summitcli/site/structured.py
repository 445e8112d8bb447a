"""Structured data of pages for search engines: the conference and sessions as JSON-LD (schema.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from summitcli.exports.rows.documents import compact
from summitcli.exports.web_urls import is_web_url
from summitcli.lazy_typing import Any
from summitcli.rows import SessionRow, SlotRow
from summitcli.site.contents import Contents
from summitcli.site.rendering import Here
from summitcli.sources.addresses import without_password
from summitcli.text.uids import events

_STATUSES = {"cancelled": "EventCancelled", "postponed": "EventPostponed", "rescheduled": "EventRescheduled"}
_ESCAPES = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&"}
"""The characters that could end a ``script`` element or begin a comment, with their escapes in JSON."""


class StructuredData:
    """The structured data of the pages of a site in one language.

    Args:
        contents: the contents of the site.
        here: any page in that language. Its methods are used to translate texts.
    """

    def __init__(self, contents: Contents, here: Here) -> None:
        self._contents = contents
        conference, facts = contents.catalog.conference(), contents.catalog.facts()
        hosts = (here.text(name).text for name in (*facts["hosts"], *facts["organisers"]))
        self._place = _place(here.text(facts["place"] or {}).text)
        self._super_event = {
            "@type": "Event",
            "name": here.text(contents.titles).text,
            "startDate": conference.start,
            "endDate": conference.end,
            "location": self._place,
        }
        self._conference = {
            **self._super_event,
            "description": here.text(facts["theme"] or {}).text,
            "organizer": [{"@type": "Organization", "name": name} for name in dict.fromkeys(hosts)],
            "url": _web_url(facts["url"]),
        }

    def conference(self, here: Here) -> Markup:
        """Return the data of the conference, for the first page of the site."""
        return _script({**self._conference, "url": self._url(here) or self._conference["url"]})

    def session(self, here: Here, session: SessionRow) -> Markup:
        """Return the data of a session, for its page: one event for each slot (time and room).

        All-day slots on days in a row are one event.

        Args:
            here: the page.
            session: the session with its details.
        """
        status = _STATUSES.get(session.status or "", "EventScheduled")
        shared = {
            "@type": "Event",
            "identifier": session.id,
            "name": here.text(session.titles).text,
            "eventStatus": f"https://schema.org/{status}",
            "performer": [{"@type": "Person", "name": name} for name in session.speakers],
            "description": here.text(session.descriptions).text or session.description,
            "inLanguage": session.language,
            "keywords": list(session.tags),
            "educationalLevel": session.level,
            "url": self._url(here) or _web_url(session.url),
            "superEvent": self._super_event,
        }
        programme = [
            {**shared, **_times(slots), "location": _place(slots[0].room) or self._place}
            for slots in events(session.slots)
        ]
        return _script({"@graph": programme})

    def _url(self, here: Here) -> str | None:
        """Return the absolute URL of the page ``here``; None if the site's URL is unknown."""
        return here.url(here.path) if self._contents.base_url else None


def _times(slots: Sequence[SlotRow]) -> Mapping[str, str]:
    first, last = slots[0], slots[-1]
    return {"startDate": first.start or first.day, "endDate": last.end or last.day}


def _place(name: str | None) -> Mapping[str, str] | None:
    return {"@type": "Place", "name": name, "address": name} if name else None


def _web_url(url: str | None) -> str | None:
    return without_password(url) if url and is_web_url(url) else None


def _script(value: Mapping[str, Any]) -> Markup:
    """Return an object as an HTML element with JSON-LD. Empty fields are left out."""
    text = compact({"@context": "https://schema.org", **_known(value)}).translate(_ESCAPES)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704


def _known(value: Any) -> Any:
    """Return ``value`` without the empty fields of the objects in it."""
    if isinstance(value, Mapping):
        return dict(_known_fields(value))
    return [_known(entry) for entry in value] if isinstance(value, list) else value


def _known_fields(value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, _known(entry)) for key, entry in value.items() if entry)
