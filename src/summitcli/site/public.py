"""Schedules as they are published: without passwords in their URLs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summitcli.lazy_typing import TYPE_CHECKING, TypeVar
from summitcli.rows import Listing, SessionRow
from summitcli.sources.addresses import without_password

if TYPE_CHECKING:
    from summitcli.details import LinkRow
    from summitcli.formats.parsed import Parsed, Sessions
    from summitcli.model import Link, Session, Speaker

Row = TypeVar("Row", Listing, SessionRow)
Url = TypeVar("Url", str, "str | None")


def public_row(row: Row) -> Row:
    """Return ``row``, a session or listing (a session at one of its times), without a password in its URL."""
    return row._replace(url=_public_url(row.url)) if row.url and "@" in row.url else row


def public_session(row: SessionRow) -> SessionRow:
    """Return ``row``, a session with its details, without passwords in its URLs."""
    links, feedback = public_links(row.links), _public_url(row.feedback_url)
    return public_row(row)._replace(links=links, feedback_url=feedback)


def public_links(links: Iterable[LinkRow]) -> tuple[LinkRow, ...]:
    """Return ``links`` without passwords in their URLs."""
    return tuple(link._replace(url=_public_url(link.url)) for link in links)


def public(parsed: Parsed) -> Parsed:
    """Return ``parsed``, a schedule, without passwords in its URLs."""
    outline = parsed.outline
    conference = outline.conference.model_copy(update={"url": _public_url(outline.conference.url)})
    speakers = tuple(map(_public_speaker, outline.speakers))
    outline = outline.model_copy(update={"conference": conference, "speakers": speakers})
    return parsed._replace(outline=outline, sessions=_PublicSessions(parsed.sessions))


class _PublicSessions:
    """The sessions of a schedule, without passwords in their URLs."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def __iter__(self) -> Iterator[Session]:
        return map(_public_session, self._sessions)

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        """Return the ID of each session, in order."""
        return self._sessions.ids()


def _public_session(session: Session) -> Session:
    urls = [session.url, session.feedback_url, *(link.url for link in session.links)]
    if not any(url and "@" in url for url in urls):
        return session
    return session.model_copy(
        update={
            "url": _public_url(session.url),
            "feedback_url": _public_url(session.feedback_url),
            "links": _public_links(session.links),
        }
    )


def _public_speaker(speaker: Speaker) -> Speaker:
    return speaker.model_copy(update={"links": _public_links(speaker.links)})


def _public_links(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(link.model_copy(update={"url": _public_url(link.url)}) for link in links)


def _public_url(url: Url) -> Url:
    return without_password(url) if url and "@" in url else url
