"""Replacing the session IDs of a catalog, which are made from the source, with stable IDs.

Stable IDs are those that the sessions had in earlier versions of a saved schedule. They are known only after
the sessions were matched with those of the earlier version. Matching needs the catalog; renaming avoids
building it twice.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from summitcli.formats.names import library_ids


def rename(connection: sqlite3.Connection, id_: str, own: Sequence[str], names: Mapping[str, str]) -> None:
    """Set the IDs of a conference and its sessions in the catalog.

    Args:
        connection: the database of a catalog with the IDs made from the source.
        id_: the new ID of the conference.
        own: the IDs made from the source, in the order of the sessions.
        names: the new IDs, by the IDs made from the source; a session whose ID is missing here keeps its ID.

    Raises:
        sqlite3.Error: the database can't be written.
    """
    ids = library_ids(own, names) if names else own
    places = [place for place, other in enumerate(ids) if other != own[place]]
    with connection:
        # IDs must be unique at any time, so they first become something that is not an ID.
        connection.executemany(
            "UPDATE session SET id = ' ' || position WHERE position = ?", ((place,) for place in places)
        )
        connection.executemany(
            "UPDATE session SET id = ?, code = ? WHERE position = ?",
            ((ids[place], own[place], place) for place in places),
        )
        (text,) = connection.execute("SELECT facts FROM conference").fetchone()
        facts = json.dumps({**json.loads(text), "id": id_}, ensure_ascii=False, separators=(",", ":"))
        connection.execute("UPDATE conference SET id = ?, facts = ?", (id_, facts))
