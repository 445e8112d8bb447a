"""The sessions before and after a session, in the same room on the same day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from summitcli.catalog.database import Database
from summitcli.catalog.decoding import decode_json
from summitcli.lazy_typing import NamedTuple
from summitcli.text.plain_json import encode_ascii

_NEIGHBOURS = """
WITH first AS (
  SELECT session.id, min(listing.position) AS position
  FROM session JOIN listing ON listing.session = session.position
  WHERE session.id IN (SELECT value FROM json_each(?))
  GROUP BY session.position
),
own AS (
  SELECT first.id, listing.position, listing.session, listing.day, listing.room
  FROM first JOIN listing ON listing.position = first.position
),
beside AS (
  SELECT id, 0 AS later, (
    SELECT max(other.position) FROM listing AS other
    WHERE other.room IS own.room AND other.day = own.day AND other.position < own.position
      AND other.session <> own.session
  ) AS position FROM own
  UNION ALL
  SELECT id, 1, (
    SELECT min(other.position) FROM listing AS other
    WHERE other.room IS own.room AND other.day = own.day AND other.position > own.position
      AND other.session <> own.session
  ) FROM own
)
SELECT beside.id, beside.later, session.id, session.titles, day.day, listing.start, listing."end", room.name
FROM beside
JOIN listing ON listing.position = beside.position
JOIN session ON session.position = listing.session
JOIN day ON day.number = listing.day
LEFT JOIN room ON room.position = listing.room
"""


class Neighbour(NamedTuple):
    """A session before or after another one."""

    id: str
    titles: Mapping[str, str]
    day: str
    start: str | None
    end: str | None
    room: str | None


class Neighbours(NamedTuple):
    """The sessions before and after a session; None for a session that is the first or the last."""

    before: Neighbour | None = None
    after: Neighbour | None = None


def neighbours(catalog: Database, ids: Collection[str]) -> Mapping[str, Neighbours]:
    """Return the neighbours of the sessions with the given IDs, by ID; sessions without any are left out.

    They are the sessions before and after the first listing of the session, in the same room on the same day.
    If it has no room, they are those without a room.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    found: dict[str, Neighbours] = {}
    for id_, later, *columns in catalog.select(_NEIGHBOURS, [encode_ascii(list(ids))]):
        other, titles, *place = columns
        side = "after" if later else "before"
        neighbour = Neighbour(other, decode_json(titles), *place)
        found[id_] = found.get(id_, Neighbours())._replace(**{side: neighbour})
    return found
