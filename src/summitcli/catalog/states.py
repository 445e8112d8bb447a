"""A version of a schedule, read from its catalog, for matching its sessions with those of another version."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from summitcli.catalog.columns import FROM_LISTING
from summitcli.catalog.decoding import IDENTITY, identities
from summitcli.catalog.queries import Catalog
from summitcli.identity import Identity, folded_guid
from summitcli.text.folding import fold

_ASKED = "WHERE listing.session IN (SELECT value FROM json_each(?))"
AT = f"{FROM_LISTING} {_ASKED} ORDER BY listing.session, listing.part"
"""The FROM, WHERE and ORDER BY clauses for the slots (days, times, rooms) of certain sessions.

The value of its ``?`` placeholder is a JSON array of the sessions' positions. The slots are in the schedule's
order.
"""

_KEYS = "SELECT id, code, guid FROM session ORDER BY position"
_TITLES = "SELECT title FROM session ORDER BY position"


class CatalogState:
    """A version of a schedule, for matching; only the IDs, codes and GUIDs of its sessions are in memory.

    It implements :class:`summitcli.states.State`. The *code* of a session is the ID that is made from the
    source alone. The session's ID can differ from it, as sessions keep the IDs of earlier versions.

    Args:
        catalog: the catalog, which must stay open.
        by_id: True to ignore the codes in the catalog, and use each session's ID as its code. This is needed
            if the two versions may come from different sources.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """

    def __init__(self, catalog: Catalog, by_id: bool = False) -> None:
        self._catalog = catalog
        self._by_id = by_id
        self.ids: list[str] = []
        self.codes: list[str | None] = []
        self.guids: list[str | None] = []
        for id_, code, guid in catalog.iterate(_KEYS):
            self.ids.append(id_)
            self.codes.append(id_ if by_id or code is None else code)
            self.guids.append(folded_guid(guid) if guid else None)

    def folded_titles(self) -> Iterator[str]:
        """Yield the title of each session, folded for comparison, in the schedule's order."""
        return (fold(title) for (title,) in self._catalog.iterate(_TITLES))

    def identities(self, positions: Sequence[int]) -> list[Identity]:
        """Return the identities (title, GUID, …) of the sessions at the given positions, in that order."""
        rows = self._catalog.iterate(IDENTITY + AT, [json.dumps(positions)])
        found = dict(zip(sorted(set(positions)), identities(rows), strict=True))
        if self._by_id:
            for session in found.values():
                session.code = session.id
        return [found[position] for position in positions]
