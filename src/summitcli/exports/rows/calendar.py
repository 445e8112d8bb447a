"""Sessions or listings (each a session at one of its times) as an iCalendar calendar."""

from collections.abc import Iterable, Iterator, Sequence

from summitcli.catalog.conditions import Query
from summitcli.catalog.detailed import has_session_details, session_details
from summitcli.catalog.guids import session_uids
from summitcli.catalog.queries import Catalog
from summitcli.exports.calendar import ics as writer
from summitcli.exports.calendar.ics import PLAIN, Entry
from summitcli.exports.rows import BATCH_SIZE, Request
from summitcli.i18n import in_language
from summitcli.rows import Listing, SessionRow
from summitcli.text.batches import batches


def ics(rows: Iterable[Listing | SessionRow | Entry], request: Request) -> Iterator[str]:
    """Yield the text of a calendar (RFC 5545) with the sessions or listings in ``rows``.

    If a session on several days is given as listings, only the days of these listings are written. A session
    in an agenda is written with the revision that it has in the agenda. So a calendar app that has imported
    the agenda doesn't take it for an older version.

    Args:
        rows: sessions, listings (each is a session at one of its times), or calendar entries, which are
            written unchanged.
        request: the schedule, the language and the options.

    Raises:
        CatalogDamaged: the catalog (the schedule's database) can't be read.
    """
    assert request.catalog is not None  # noqa: S101
    options = (request.calendar or PLAIN)._replace(language=request.language)
    yield from writer.ics(request.catalog.conference(), entries(rows, request), options)


def entries(rows: Iterable[Listing | SessionRow | Entry], request: Request) -> Iterator[Entry]:
    """Yield a calendar entry for each session in ``rows``, with the name of its category and its details.

    Args:
        rows: sessions, listings or calendar entries, as for :func:`ics`.
        request: the schedule and the language.

    Raises:
        CatalogDamaged: the catalog (the schedule's database) can't be read.
    """
    assert request.catalog is not None  # noqa: S101
    own = request.catalog.conference().language
    names = {row.id: in_language(row.names, request.language, own) for row in request.catalog.categories()}
    named = (
        entry
        if (name := names.get(entry.session.category or "")) == entry.session.category_name
        else entry._replace(session=entry.session._replace(category_name=name))
        for entry in _entries(rows, request)
    )
    return _with_details(named, request.catalog)


def _with_details(entries: Iterable[Entry], catalog: Catalog) -> Iterator[Entry]:
    """Yield calendar entries with the details of their sessions, such as tags, if the schedule has any."""
    if not has_session_details(catalog):
        yield from entries
        return
    for batch in batches(entries):
        details = session_details(catalog, [entry.session.id for entry in batch])
        for entry in batch:
            found = details.get(entry.session.id)
            yield entry._replace(session=entry.session._replace(**found._asdict())) if found else entry


def _entries(rows: Iterable[Listing | SessionRow | Entry], request: Request) -> Iterator[Entry]:
    assert request.catalog is not None  # noqa: S101
    revisions = request.revisions()
    uids = session_uids(request.catalog)
    days: dict[str, list[str]] = {}
    parts: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Entry):
            yield row
        elif isinstance(row, SessionRow):
            yield Entry(row, None, revisions.get(row.id, 0), uid=uids(row))
        elif row.parts == 1:
            yield Entry(SessionRow.of([row]), None, revisions.get(row.id, 0), uid=uids(row))
        else:
            days.setdefault(row.id, []).append(row.day)
            parts[row.id] = row.parts
    for session in _sessions(list(days), request.catalog):
        listed = days[session.id]
        wanted = tuple(listed) if len(listed) < parts[session.id] else None
        yield Entry(session, wanted, revisions.get(session.id, 0), uid=uids(session))


def _sessions(ids: Sequence[str], catalog: Catalog) -> Iterator[SessionRow]:
    """Yield the sessions with the given IDs, read in batches from the catalog, the schedule's database."""
    for start in range(0, len(ids), BATCH_SIZE):
        yield from catalog.sessions(Query(ids=tuple(ids[start : start + BATCH_SIZE])))
