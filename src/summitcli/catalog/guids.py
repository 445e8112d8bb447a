"""Which guids don't tell the sessions of a schedule apart, and what UIDs those have in calendars."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.catalog.queries import Catalog
from summitcli.rows import Listing, SessionRow
from summitcli.text.uids import NOT_SHARED, session_uid

_SHARED = """
SELECT session.guid, session.id FROM session
WHERE session.guid IN (SELECT guid FROM session WHERE guid NOT NULL GROUP BY guid HAVING count(*) > 1)
ORDER BY session.position DESC
"""
_NAMES = """
SELECT session.guid, other.id FROM session JOIN session AS other ON other.id = session.guid
WHERE other.guid IS NULL
"""


def shared_guids(catalog: Catalog) -> dict[str, str]:
    """Return the guids that are not one session's alone, each with the id of the session that it stands for.

    That is the first in the schedule's order; or one without a guid that has it for its id.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    return dict([*catalog.select(_SHARED), *catalog.select(_NAMES)])


def session_uids(catalog: Catalog) -> Callable[[Listing | SessionRow], str]:
    """Return what tells a session's UID in calendars; the catalog is read for it.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    conference = catalog.conference().id
    shared: dict[str, str] | None = None

    def uid(row: Listing | SessionRow) -> str:
        nonlocal shared
        if row.guid and shared is None:
            shared = shared_guids(catalog)
        return session_uid(row.id, conference, row.guid, shared or NOT_SHARED)

    return uid
