"""GUIDs that several sessions share, and the UIDs that sessions therefore get in calendar files."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.catalog.queries import Catalog
from summitcli.rows import Listing, SessionRow
from summitcli.text.uids import NO_SHARED_GUIDS, session_uid

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
    """Return ambiguous GUIDs, each with one session's ID: ``{"guid-1": "a1"}``.

    Only this session gets a calendar UID made from the GUID alone. A GUID is ambiguous in two cases:

    - Several sessions have the GUID. The result has the ID of the first one.
    - The ID of a session without a GUID is equal to the GUID of another session. The result has this ID.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    return dict([*catalog.select(_SHARED), *catalog.select(_NAMES)])


def session_uids(catalog: Catalog) -> Callable[[Listing | SessionRow], str]:
    """Return a function that gives the calendar UID of a session; it reads the catalog when first called.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    conference = catalog.conference().id
    shared: dict[str, str] | None = None

    def uid(row: Listing | SessionRow) -> str:
        nonlocal shared
        if row.guid and shared is None:
            shared = shared_guids(catalog)
        return session_uid(row.id, conference, row.guid, shared or NO_SHARED_GUIDS)

    return uid
