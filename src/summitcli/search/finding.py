"""The search of a catalog: stage by stage, until a stage finds something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.answers import Stage
from summitcli.search.index import ANY, Filter, Index
from summitcli.search.questions import AnyQuestion
from summitcli.search.ranking import as_typed
from summitcli.search.typed import Typed, read
from summitcli.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    import sqlite3

MAX_LOOSE_LENGTH = 80
"""The largest length of a text that is searched for approximately, in characters."""


class Found(NamedTuple):
    """The matches of a search, and the stage that found them.

    ``sessions`` maps the positions of sessions, best first, to the question that each answers.
    """

    typed: Typed
    sessions: Mapping[int, AnyQuestion]
    stage: Stage
    more: bool
    """True if there are more matches than the limit."""


def find(
    connection: sqlite3.Connection,
    text: str,
    within: Filter = ANY,
    full: bool = False,
    limit: int | None = None,
) -> Found:
    """Search a catalog for ``text``.

    Args:
        connection: the connection to the catalog.
        text: the search text, as typed.
        within: a filter for the sessions.
        full: whether to search descriptions and biographies, too.
        limit: the maximum number of matches; None for all.

    Raises:
        sqlite3.Error: the catalog can't be read.
    """
    typed = read(text)
    index, vocabulary = Index(connection, within), Vocabulary(connection, typed)
    stages = Stage if len(typed.text) <= MAX_LOOSE_LENGTH else (Stage.AS_TYPED,)
    for stage in stages if typed.text else ():
        hits = _answers(index, _questions(stage, vocabulary, full))
        found = dict(islice(hits, None if limit is None else limit + 1))
        if found:
            more = limit is not None and len(found) > limit
            if more:
                found.popitem()
            return Found(typed, found, stage, more)
    return Found(typed, {}, Stage.AS_TYPED, more=False)


def _questions(stage: Stage, vocabulary: Vocabulary, full: bool) -> Iterator[AnyQuestion]:
    """Yield the questions that a stage asks the index; the module with them is imported only now."""
    if stage is Stage.AS_TYPED:
        if not full:
            return as_typed(vocabulary)
        from summitcli.search.descriptions import in_descriptions

        return chain(as_typed(vocabulary), in_descriptions(vocabulary))
    if stage is Stage.SLIPS:
        from summitcli.search.typos import slips

        return slips(vocabulary)
    from summitcli.search.loose import left_out, some_words

    return left_out(vocabulary) if stage is Stage.LEFT_OUT else some_words(vocabulary)


def _answers(index: Index, questions: Iterator[AnyQuestion]) -> Iterator[tuple[int, AnyQuestion]]:
    seen: set[int] = set()
    for question in questions:
        for session in question.ask(index, seen):
            seen.add(session)
            yield session, question
