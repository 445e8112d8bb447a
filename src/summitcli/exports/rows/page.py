"""Sessions as a page."""

from collections.abc import Sequence

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.exports.page import html as writer
from summitcli.exports.rows import Request
from summitcli.rows import Listing, SessionRow


def html(rows: Sequence[Listing] | Sequence[SessionRow], request: Request) -> str:
    """Return the page of listings, or of sessions on the days that they have.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    catalog = request.catalog
    assert catalog is not None  # noqa: S101
    sessions = [row for row in rows if isinstance(row, SessionRow)]
    listings = [row for row in rows if isinstance(row, Listing)] + _listings(catalog, sessions)
    return writer.html(
        catalog.conference(), catalog.categories(), catalog.colors(), listings, request.language
    )


def _listings(catalog: Catalog, sessions: Sequence[SessionRow]) -> list[Listing]:
    """Return the listings of whole sessions, in order of time, which only the catalog knows."""
    if not sessions:
        return []
    mine = {row.id for row in sessions if row.in_agenda}
    listings = catalog.listings(Query(ids=tuple(row.id for row in sessions)))
    return [row._replace(in_agenda=row.id in mine) for row in listings]
