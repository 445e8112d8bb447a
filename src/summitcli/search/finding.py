"""The search of a catalog in stages, from exact to approximate, until a stage finds something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.abbreviations import in_full
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

    The stage says how approximately the text was searched for. ``sessions`` has the position of each matching
    session in the schedule, best first, with the question (the query of the index) that found it.
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
    """Search a catalog for ``text``, and return the matching sessions, best first.

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
    others = [Vocabulary(connection, other) for other in in_full(text)]
    stages = Stage if len(typed.text) <= MAX_LOOSE_LENGTH else (Stage.AS_TYPED,)
    for stage in stages if typed.text else ():
        questions = (
            _as_typed(vocabulary, others, full) if stage is Stage.AS_TYPED else _loosely(stage, vocabulary)
        )
        hits = _answers(index, questions)
        found = dict(islice(hits, None if limit is None else limit + 1))
        if found:
            more = limit is not None and len(found) > limit
            if more:
                found.popitem()
            return Found(typed, found, stage, more)
    return Found(typed, {}, Stage.AS_TYPED, more=False)


def _as_typed(vocabulary: Vocabulary, others: Sequence[Vocabulary], full: bool) -> Iterator[AnyQuestion]:
    """Return the questions (queries of the index) for the text as typed.

    Args:
        vocabulary: the possible meanings of the parts of the typed text.
        others: the same for variants of the text, in which abbreviations are written in full, for example.
        full: whether to search descriptions and biographies, too.
    """
    if not full:
        return as_typed(vocabulary, others)
    from summitcli.search.descriptions import in_descriptions

    return chain(as_typed(vocabulary, others), in_descriptions(vocabulary))


def _loosely(stage: Stage, vocabulary: Vocabulary) -> Iterator[AnyQuestion]:
    """Return the questions (queries of the index) of an approximate stage, such as that for typing errors.

    The module with these questions is imported only here, as most searches don't need it.
    """
    if stage is Stage.SLIPS:
        from summitcli.search.typos import slips

        return slips(vocabulary)
    from summitcli.search import loose

    questions = {
        Stage.LEFT_OUT: loose.left_out,
        Stage.HOMOPHONES: loose.homophones,
        Stage.SOME_WORDS: loose.some_words,
    }
    return questions[stage](vocabulary)


def _answers(index: Index, questions: Iterator[AnyQuestion]) -> Iterator[tuple[int, AnyQuestion]]:
    seen: set[int] = set()
    for question in questions:
        for session in question.ask(index, seen):
            seen.add(session)
            yield session, question
