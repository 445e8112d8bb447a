"""Sessions as a calendar."""

from collections.abc import Iterator, Sequence

from summitcli.catalog.conditions import Query
from summitcli.catalog.guids import session_uids
from summitcli.catalog.queries import Catalog
from summitcli.exports.calendar import ics as writer
from summitcli.exports.calendar.ics import PLAIN, Entry
from summitcli.exports.rows import Request
from summitcli.i18n import in_language
from summitcli.rows import Listing, SessionRow


def ics(rows: Sequence[Listing] | Sequence[SessionRow] | Sequence[Entry], request: Request) -> str:
    """Return the calendar (RFC 5545) of listings, each session once on the days listed, or of sessions.

    A session that is picked has the revision of its pick, so that a calendar that knows it from an agenda
    takes this one for no older.

    Args:
        rows: listings, sessions, or entries that are to be written as they are.
        request: the schedule, the language and the options.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    assert request.catalog is not None  # noqa: S101
    conference, language = request.catalog.conference(), request.language
    names = {
        row.id: in_language(row.names, language, conference.language) for row in request.catalog.categories()
    }
    named = (
        entry._replace(session=entry.session._replace(category_name=names.get(entry.session.category or "")))
        for entry in _entries(rows, request)
    )
    options = request.calendar or PLAIN
    return writer.ics(conference, named, options._replace(language=language))


def _entries(
    rows: Sequence[Listing] | Sequence[SessionRow] | Sequence[Entry], request: Request
) -> Iterator[Entry]:
    assert request.catalog is not None  # noqa: S101
    revisions = request.revisions()
    uids = session_uids(request.catalog)
    listings: dict[str, list[Listing]] = {}
    for row in rows:
        if isinstance(row, Entry):
            yield row
        elif isinstance(row, SessionRow):
            yield Entry(row, None, revisions.get(row.id, 0), uid=uids(row))
        else:
            listings.setdefault(row.id, []).append(row)
    others = _sessions_in_part(listings, request.catalog)
    for id_, held in listings.items():
        session = others.get(id_)
        days = None if session is None else tuple(row.day for row in held)
        row = session or SessionRow.of(sorted(held, key=lambda row: row.part))
        yield Entry(row, days, revisions.get(id_, 0), uid=uids(row))


def _sessions_in_part(listings: dict[str, list[Listing]], catalog: Catalog) -> dict[str, SessionRow]:
    """Return the sessions that are not listed on all the days and times that they have."""
    ids = tuple(id_ for id_, held in listings.items() if len(held) < held[0].parts)
    return {row.id: row for row in catalog.sessions(Query(ids=ids))} if ids else {}
