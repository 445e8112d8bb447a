"""The names of the library written into a catalog that was built with those of a source.

So the sessions need not be gone through again once it is known what they are called: which that is depends on
what they are recognised by, and the catalog tells that.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from summitcli.formats.names import library_ids


def rename(connection: sqlite3.Connection, id_: str, own: Sequence[str], names: Mapping[str, str]) -> None:
    """Give a conference and its sessions the ids that they have in the library.

    Args:
        connection: the database of a catalog with the ids of the source.
        id_: the conference's.
        own: the ids that the source alone gives the sessions, in order.
        names: see :func:`summitcli.formats.names.library_ids`.

    Raises:
        sqlite3.Error: it can't be written.
    """
    ids = library_ids(own, names) if names else own
    places = [place for place, other in enumerate(ids) if other != own[place]]
    with connection:
        # No two may have the same id in between, and no id begins so.
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
