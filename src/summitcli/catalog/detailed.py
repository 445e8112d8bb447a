"""Details of sessions and speakers, which are read apart as only few commands print them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from summitcli.catalog.database import Database
from summitcli.catalog.decoding import decode_json
from summitcli.rows import LinkRow, PersonRow, SessionDetails, SessionRow, SpeakerRow
from summitcli.text.batches import batches
from summitcli.text.plain_json import encode_ascii

_OF_SESSIONS = """
SELECT session.id, level, tags, links, feedback_url
FROM session JOIN session_detail ON session_detail.session = session.position
WHERE session.id IN (SELECT value FROM json_each(?))
"""
_OF_SPEAKERS = """
SELECT speaker.name, names, biography, biographies, links
FROM speaker JOIN speaker_detail ON speaker_detail.speaker = speaker.position
WHERE speaker.name IN (SELECT value FROM json_each(?))
"""


def with_details(catalog: Database, rows: Iterable[SessionRow]) -> Iterator[SessionRow]:
    """Yield sessions with the fields after ``slots``.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    for batch in batches(rows):
        details = session_details(catalog, [row.id for row in batch])
        people = known_people(catalog, {name for row in batch for name in row.speakers})
        for row in batch:
            named = tuple(people.get(name) or PersonRow(name) for name in row.speakers)
            yield row._replace(**details.get(row.id, _NONE)._asdict(), people=named)


def speakers_with_details(catalog: Database, rows: Iterable[SpeakerRow]) -> Iterator[SpeakerRow]:
    """Yield speakers with the fields after ``sessions``.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    for batch in batches(rows):
        people = known_people(catalog, [row.name for row in batch])
        for row in batch:
            known = people.get(row.name)
            yield SpeakerRow(row.name, row.sessions, *known[1:]) if known else row


def session_details(catalog: Database, ids: Collection[str]) -> Mapping[str, SessionDetails]:
    """Return the details of those sessions that have any, by ID.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    rows = catalog.select(_OF_SESSIONS, [encode_ascii(list(ids))])
    return {id_: _session(*columns) for id_, *columns in rows}


def known_people(catalog: Database, names: Collection[str]) -> Mapping[str, PersonRow]:
    """Return those of some speakers about whom more than the name is known, by name.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    if not names:
        return {}
    rows = catalog.select(_OF_SPEAKERS, [encode_ascii(list(names))])
    return {row[0]: _person(*row) for row in rows}


def names_of_known_people(catalog: Database) -> list[str]:
    """Return the names of all speakers about whom more than the name is known, in alphabetical order.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    rows = catalog.select(
        "SELECT name FROM speaker JOIN speaker_detail ON speaker_detail.speaker = speaker.position"
        " ORDER BY speaker.position"
    )
    return [name for (name,) in rows]


def has_session_details(catalog: Database) -> bool:
    """Return whether any session has details.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    return catalog.select("SELECT EXISTS (SELECT 1 FROM session_detail)") == [(1,)]


_NONE = SessionDetails()


def _session(
    level: str | None, tags: str | None, links: str | None, feedback_url: str | None
) -> SessionDetails:
    return SessionDetails(level, tuple(decode_json(tags, list)) if tags else (), _links(links), feedback_url)


def _person(
    name: str, names: str | None, biography: str | None, biographies: str | None, links: str | None
) -> PersonRow:
    return PersonRow(name, _texts(names), biography, _texts(biographies), _links(links))


def _texts(document: str | None) -> Mapping[str, str]:
    return decode_json(document) if document else {}


def _links(document: str | None) -> tuple[LinkRow, ...]:
    if not document:
        return ()
    links = decode_json(document, list)
    return tuple(LinkRow(link["url"], link["title"], link["kind"]) for link in links)
