"""Which session a text means where an id is asked for."""

from __future__ import annotations

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import SessionRow
from summitcli.search.answers import Position
from summitcli.text.folding import fold


class Meant(NamedTuple):
    """The sessions that a text may mean, likeliest first.

    ``certain`` is whether it is one beyond doubt, ``exact`` whether they have what was typed, and not only
    something close to it.
    """

    sessions: tuple[SessionRow, ...] = ()
    certain: bool = False
    exact: bool = False


def resolve(catalog: Catalog, text: str, limit: int = 10) -> Meant:
    """The session that ``text`` means, or at the most ``limit`` that it may mean.

    It is an id, the beginning of only one, the whole name of only one session, or any search that finds only
    one; all that with nothing close to it but what was typed. A single letter or digit is no search: it is
    found in some name nearly everywhere, and may be meant as a number.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    folded = fold(text)
    ids = catalog.matching_ids(text, limit + 1) if text else []
    if not ids and folded:
        ids = catalog.matching_ids(folded, limit + 1)
    if ids:
        certain = ids[0] in (text, folded) or len(ids) == 1
        wanted = ids[:1] if certain else ids[:limit]
        found = {session.id: session for session in catalog.sessions(Query(ids=tuple(wanted)))}
        return Meant(tuple(found[id_] for id_ in wanted), certain, exact=True)
    answer = catalog.search(text, limit=max(limit, 2))
    hits = answer.hits[:limit]
    alone = len(answer.hits) == 1
    by_name = [hit.position is Position.WHOLE for hit in answer.hits[:2]] in ([True], [True, False])
    if answer.exact and (by_name or (alone and len(folded) > 1)):
        return Meant((hits[0].session,), certain=True, exact=True)
    return Meant(tuple(hit.session for hit in hits), exact=answer.exact and len(hits) > 1)
