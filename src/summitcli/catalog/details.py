"""Rows of the tables with details of sessions and speakers, written while a catalog is built."""

from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring

from summitcli.model import Link, Outline, Session, Text
from summitcli.text.plain_json import encode


def session_detail(position: int, session: Session) -> tuple[object, ...] | None:
    """Return the row of the table ``session_detail`` for a session; None if the session has no details.

    Args:
        position: the session's number in the schedule's order.
        session: the session.
    """
    if not (session.links or session.tags or session.level or session.feedback_url):
        return None
    return (
        position,
        session.level,
        encode(list(session.tags)) if session.tags else None,
        _links(session.links),
        session.feedback_url,
    )


def speaker_details(outline: Outline) -> Iterator[tuple[object, ...]]:
    """Yield a row for each speaker with details.

    The row has the columns of the table ``speaker_detail`` except for the first, which is the speaker's
    number. Instead, the speaker's name is added at the end.
    """
    own = outline.conference.language
    for speaker in outline.speakers:
        biographies = _by_language(speaker.biography, own)
        yield (
            _several(_by_language(speaker.name, own)),
            biographies.get(own),
            _several(biographies),
            _links(speaker.links),
            speaker.name.own(own),
        )


def texts_as_json(texts: Mapping[str, str]) -> str:
    """Return texts by language tag as a JSON object, such as ``{"en": "Forum", "zh": "论坛"}``.

    This function is called for every session; it is faster than ``json.dumps``.
    """
    if len(texts) == 1:
        ((language, text),) = texts.items()
        return f"{{{encode_basestring(language)}: {encode_basestring(text)}}}"
    pairs = [f"{encode_basestring(language)}: {encode_basestring(text)}" for language, text in texts.items()]
    return f"{{{', '.join(pairs)}}}"


def _by_language(text: Text | None, own: str) -> dict[str, str]:
    return {} if text is None else text.by_language(own)


def _several(texts: Mapping[str, str]) -> str | None:
    """Return texts by language tag as a JSON object; None if they are in fewer than two languages."""
    return texts_as_json(texts) if len(texts) > 1 else None


def _links(links: Iterable[Link]) -> str | None:
    """Return links as JSON, or None if there are none."""
    return (
        encode([{"url": link.url, "title": link.title, "kind": link.kind} for link in links])
        if links
        else None
    )
