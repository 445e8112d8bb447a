"""Sessions or listings (each a session at one of its times) as an HTML page, with their details."""

from collections.abc import Iterable, Iterator, Sequence

from summitcli.catalog.conditions import Query
from summitcli.catalog.detailed import (
    has_session_details,
    known_people,
    names_of_known_people,
    session_details,
)
from summitcli.catalog.queries import Catalog
from summitcli.catalog.selection import Selection
from summitcli.details import PersonRow, SessionDetails
from summitcli.exports.page import PLAIN
from summitcli.exports.page import html as writer
from summitcli.exports.rows import Request
from summitcli.rows import Listing, SessionRow
from summitcli.text.batches import batches

MAX_IN_CALENDAR = 10_000
"""The maximum number of sessions for which a page contains a calendar to download.

The page contains the calendar as the address of a link, a ``data:`` URL, which is meant for short values
(RFC 2397).
"""


def html(rows: Selection | Sequence[Listing | SessionRow], request: Request) -> Iterator[str]:
    """Yield an HTML page with the sessions or listings in ``rows``. A session is shown at all its times.

    The rows are iterated over several times.

    Args:
        rows: sessions, or listings (each is a session at one of its times).
        request: the schedule, the language and the options.

    Raises:
        CatalogDamaged: the catalog (the schedule's database) can't be read.
    """
    catalog = request.catalog
    assert catalog is not None  # noqa: S101
    options = request.page or PLAIN
    calendar: Iterable[str] = ()
    if options.has_calendar:
        number = rows.sessions() if isinstance(rows, Selection) else len(rows)
        options = options._replace(has_calendar=number <= MAX_IN_CALENDAR)
    if options.has_calendar:
        from summitcli.exports.rows.calendar import ics

        calendar = ics(rows, request)
    listings: Iterable[Listing]
    if isinstance(rows, Selection):
        listings = rows
    else:
        sessions = [row for row in rows if isinstance(row, SessionRow)]
        listings = [row for row in rows if isinstance(row, Listing)] + _listings(catalog, sessions)
    yield from writer.html(
        catalog.conference(),
        catalog.categories(),
        catalog.colors(),
        listings,
        request.language,
        CatalogDetails(catalog),
        options,
        calendar,
    )


class CatalogDetails:
    """The details of sessions and speakers, read from a catalog (a database with a schedule)."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._has_any = has_session_details(catalog)

    def of_session(self, id_: str) -> SessionDetails:
        """Return the details of the session with the ID ``id_``."""
        found = session_details(self._catalog, [id_]) if self._has_any else {}
        return found.get(id_) or SessionDetails()

    def names(self) -> Iterable[str]:
        """Return the names of the speakers about whom more than the name is known, such as a biography."""
        return names_of_known_people(self._catalog)

    def people(self, names: Iterable[str]) -> Iterator[PersonRow]:
        """Yield the details of the speakers with these names, in the same order."""
        for batch in batches(names):
            found = known_people(self._catalog, batch)
            yield from (found[name] for name in batch)


def _listings(catalog: Catalog, sessions: Sequence[SessionRow]) -> list[Listing]:
    """Return all listings of ``sessions`` (each session at each of its times), in order of time.

    They are read from the catalog, a database with the schedule.
    """
    if not sessions:
        return []
    marks = {row.id: (row.in_agenda, row.pick) for row in sessions}
    listings = catalog.listings(Query(ids=tuple(row.id for row in sessions)))
    return [row._replace(in_agenda=marks[row.id][0], pick=marks[row.id][1]) for row in listings]
