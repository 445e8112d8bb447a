"""Replacing the session IDs of the source in a catalog with those of the library.

Which IDs these are is known only after the sessions were matched, for which the catalog is needed. Renaming
avoids building it twice.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from summitcli.formats.names import library_ids


def rename(connection: sqlite3.Connection, id_: str, own: Sequence[str], names: Mapping[str, str]) -> None:
    """Set the IDs of a conference and its sessions.

    Args:
        connection: the database of a catalog with the IDs of the source.
        id_: the ID of the conference.
        own: the IDs of the sessions in the source, in order.
        names: the IDs that sessions had before and keep, by the IDs in the source.

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
