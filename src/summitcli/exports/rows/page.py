"""Sessions or listings as an HTML page."""

from collections.abc import Iterable, Iterator, Sequence

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.catalog.selection import Selection
from summitcli.exports.page import html as writer
from summitcli.exports.rows import Request
from summitcli.rows import Listing, SessionRow


def html(rows: Selection | Sequence[Listing | SessionRow], request: Request) -> Iterator[str]:
    """Yield the HTML page with listings, or with sessions on all their days.

    The rows are iterated over twice.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    catalog = request.catalog
    assert catalog is not None  # noqa: S101
    listings: Iterable[Listing]
    if isinstance(rows, Selection):
        listings = rows
    else:
        sessions = [row for row in rows if isinstance(row, SessionRow)]
        listings = [row for row in rows if isinstance(row, Listing)] + _listings(catalog, sessions)
    yield from writer.html(
        catalog.conference(), catalog.categories(), catalog.colors(), listings, request.language
    )


def _listings(catalog: Catalog, sessions: Sequence[SessionRow]) -> list[Listing]:
    """Return all listings of ``sessions`` in order of time, as read from the catalog."""
    if not sessions:
        return []
    mine = {row.id for row in sessions if row.in_agenda}
    listings = catalog.listings(Query(ids=tuple(row.id for row in sessions)))
    return [row._replace(in_agenda=row.id in mine) for row in listings]
