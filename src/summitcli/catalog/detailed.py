"""Details of sessions and speakers, such as links and biographies, which only few commands read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from summitcli.catalog.database import Database
from summitcli.catalog.decoding import decode_json
from summitcli.errors import CatalogDamaged
from summitcli.lazy_typing import TYPE_CHECKING
from summitcli.text.batches import batches
from summitcli.text.plain_json import encode_ascii

if TYPE_CHECKING:
    # Most schedules have no details, so the classes are loaded only if there are any.
    from summitcli.details import LinkRow, PersonRow, SessionDetails, SpeakerRow
    from summitcli.rows import SessionRow

_OF_SESSIONS = """
SELECT session.id, level, tags, links, feedback_url
FROM session JOIN session_detail ON session_detail.session = session.position
WHERE session.id IN (SELECT value FROM json_each(?))
"""
_OF_SPEAKERS = """
SELECT speaker.name, names, biography, biographies, links
FROM speaker JOIN speaker_detail ON speaker_detail.speaker = speaker.position
WHERE speaker.name IN ({places})
"""
_MAX_PARAMETERS = 500
"""The number of names in one query; some builds of SQLite allow only 999 parameters."""


def with_details(catalog: Database, rows: Iterable[SessionRow]) -> Iterator[SessionRow]:
    """Yield sessions with their details, such as links and tags: all fields of SessionRow after ``slots``.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    for batch in batches(rows):
        details = session_details(catalog, [row.id for row in batch])
        people = _people_named(catalog, {name for row in batch for name in row.speakers})
        for row in batch:
            if found := details.get(row.id):
                row = row._replace(**found._asdict())
            yield row._replace(people=tuple(map(people.__getitem__, row.speakers))) if row.speakers else row


def speakers_with_details(catalog: Database, rows: Iterable[SpeakerRow]) -> Iterator[SpeakerRow]:
    """Yield speakers with their details, such as biographies: all fields of SpeakerRow after ``sessions``.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    for batch in batches(rows):
        people = known_people(catalog, [row.name for row in batch])
        for row in batch:
            known = people.get(row.name)
            yield row._replace(**known._asdict()) if known else row


def session_details(catalog: Database, ids: Collection[str]) -> Mapping[str, SessionDetails]:
    """Return the details of the sessions with the given IDs, by ID; sessions without details are left out.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    rows = catalog.select(_OF_SESSIONS, [encode_ascii(list(ids))])
    return {id_: _session(*columns) for id_, *columns in rows}


def _people_named(catalog: Database, names: Collection[str]) -> Mapping[str, PersonRow]:
    if not names:
        return {}
    from summitcli.details import PersonRow

    known = known_people(catalog, names)
    return {name: known.get(name) or PersonRow(name) for name in names}


def known_people(catalog: Database, names: Collection[str]) -> Mapping[str, PersonRow]:
    """Return the speakers among ``names`` who have details such as a biography, by name.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    found: dict[str, PersonRow] = {}
    for batch in batches(names, _MAX_PARAMETERS):
        # Parameters, as SQLite ends a JSON string at a NUL, which the name of a speaker may contain.
        query = _OF_SPEAKERS.format(places=", ".join("?" * len(batch)))
        found.update((row[0], _person(*row)) for row in catalog.select(query, batch))
    return found


def names_of_known_people(catalog: Database) -> list[str]:
    """Return the names of all speakers with details such as a biography, in alphabetical order.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    rows = catalog.select(
        "SELECT name FROM speaker JOIN speaker_detail ON speaker_detail.speaker = speaker.position"
        " ORDER BY speaker.position"
    )
    return [name for (name,) in rows]


def has_session_details(catalog: Database) -> bool:
    """Return whether any session has details, such as links or tags.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    return catalog.select("SELECT EXISTS (SELECT 1 FROM session_detail)") == [(1,)]


def _session(
    level: str | None, tags: str | None, links: str | None, feedback_url: str | None
) -> SessionDetails:
    from summitcli.details import SessionDetails

    return SessionDetails(level, tuple(decode_json(tags, list)) if tags else (), _links(links), feedback_url)


def _person(
    name: str, names: str | None, biography: str | None, biographies: str | None, links: str | None
) -> PersonRow:
    from summitcli.details import PersonRow

    return PersonRow(name, _texts(names), biography, _texts(biographies), _links(links))


def _texts(document: str | None) -> Mapping[str, str]:
    return decode_json(document) if document else {}


def _links(document: str | None) -> tuple[LinkRow, ...]:
    if not document:
        return ()
    from summitcli.details import LinkRow

    try:
        return tuple(LinkRow(**link) for link in decode_json(document, list))
    except TypeError as error:
        raise CatalogDamaged(f"no links: {document!r:.80}") from error
