"""Resolving what a user typed in place of a session ID."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import SessionRow
from summitcli.search.answers import Position
from summitcli.text.folding import fold


class Resolution(NamedTuple):
    """The sessions that a typed text may refer to, best matches first.

    ``certain`` is True if the text refers to exactly one session. ``exact`` is True if the sessions match the
    text as typed, not only approximately. If several sessions match exactly and one of them is clearly the
    one that is meant, that one is ``likeliest``; otherwise ``likeliest`` is None.
    """

    sessions: tuple[SessionRow, ...] = ()
    certain: bool = False
    exact: bool = False
    likeliest: SessionRow | None = None


SEARCHED = 100
"""The number of search results among which the likeliest session is looked for."""


def resolve(catalog: Catalog, text: str, limit: int = 10) -> Resolution:
    """Return the session that ``text`` refers to, or at most ``limit`` candidates.

    The result is certain if the text, without any correction, is an ID, the beginning of only one ID or the
    title of only one session, or if a search for it finds only one session. The result of searching for a
    single letter or digit is never certain: it occurs nearly everywhere, and may be meant as a number.

    If several sessions match, the likeliest is the only session whose title is the text followed by the name
    of its category, such as ``大数据分论坛`` for ``大数据``. If there is no such session, or more than one,
    the likeliest is the only session whose title begins with the text, in any language.

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
        sessions = tuple(found[id_] for id_ in wanted)
        return Resolution(sessions, certain, True, None if certain else _likeliest(catalog, sessions, folded))
    answer = catalog.search(text, limit=max(limit, SEARCHED))
    hits = answer.hits[:limit]
    alone = len(answer.hits) == 1
    by_name = [hit.position is Position.WHOLE for hit in answer.hits[:2]] in ([True], [True, False])
    if answer.exact and (by_name or (alone and len(folded) > 1)):
        return Resolution((hits[0].session,), certain=True, exact=True)
    exact = answer.exact and len(hits) > 1
    found_all = exact and len(folded) > 1 and not answer.more
    likeliest = _likeliest(catalog, [hit.session for hit in answer.hits], folded) if found_all else None
    return Resolution(tuple(hit.session for hit in hits), exact=exact, likeliest=likeliest)


def _likeliest(catalog: Catalog, sessions: Iterable[SessionRow], folded: str) -> SessionRow | None:
    """Return the session that is probably meant, as :func:`resolve` explains; None if that is unclear.

    ``folded`` is the typed text, folded for comparison.
    """
    words = {row.id: [fold(word) for word in (row.id, *row.names.values())] for row in catalog.categories()}
    completed, begun = [], []
    for session in sessions:
        titles = [fold(title) for title in session.titles.values()]
        rests = [title.removeprefix(folded) for title in titles if title.startswith(folded)]
        if any(rest.strip() in words.get(session.category or "", ()) for rest in rests):
            completed.append(session)
        # ``art`` is not the beginning of ``artificial``.
        if any(not (folded[-1:] + rest[:1]).isascii() or not rest[:1].isalnum() for rest in rests):
            begun.append(session)
    for found in (completed, begun):
        if len(found) == 1:
            return found[0]
    return None
