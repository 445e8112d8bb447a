"""Resolving what a user typed in place of a session ID."""

from __future__ import annotations

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import SessionRow
from summitcli.search.answers import Position
from summitcli.text.folding import fold


class Resolution(NamedTuple):
    """The sessions that a typed text may refer to, likeliest first.

    ``certain`` is True if the text refers to exactly one session; ``exact`` is True if the sessions match the
    text as typed, not only approximately.
    """

    sessions: tuple[SessionRow, ...] = ()
    certain: bool = False
    exact: bool = False


def resolve(catalog: Catalog, text: str, limit: int = 10) -> Resolution:
    """Return the session that ``text`` refers to, or at most ``limit`` candidates.

    The result is certain if the text is an ID, the beginning of only one ID, the title of only one session,
    or a search with only one result, in each case without corrections. The result of searching for a single
    letter or digit is never certain: it occurs nearly everywhere, and may be meant as a number.

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
        return Resolution(tuple(found[id_] for id_ in wanted), certain, exact=True)
    answer = catalog.search(text, limit=max(limit, 2))
    hits = answer.hits[:limit]
    alone = len(answer.hits) == 1
    by_name = [hit.position is Position.WHOLE for hit in answer.hits[:2]] in ([True], [True, False])
    if answer.exact and (by_name or (alone and len(folded) > 1)):
        return Resolution((hits[0].session,), certain=True, exact=True)
    return Resolution(tuple(hit.session for hit in hits), exact=answer.exact and len(hits) > 1)
