"""Search in descriptions and biographies, as the last step and only on request.

Descriptions and biographies are long and seldom searched, so the catalog indexes only their *pieces*: which
words and pairs of characters occur in any of them (:mod:`summitcli.search.pieces`). Descriptions are searched
for the text as typed, not for pinyin, which would match nearly all of them. In this module, *names* are a
session's name, speakers, category and rooms, which are searched first.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.answers import Field, Kind, Position, Spans
from summitcli.search.index import Index
from summitcli.search.normalising import normalised
from summitcli.search.questions import Part, Question
from summitcli.search.ranking import build_lattice
from summitcli.search.typed import Word
from summitcli.search.units import WORD, is_character, is_ideograph
from summitcli.search.vocabulary import Vocabulary
from summitcli.text.plain_json import encode_ascii

if TYPE_CHECKING:
    import sqlite3

_BETWEEN = r"[\W_]*"
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_WORDS: frozenset[int] = frozenset()
_AFTER_ALL = "\U0010ffff"


class DescriptionWord(NamedTuple):
    """A typed word, prepared for searching descriptions."""

    pattern: re.Pattern[str]
    """The pattern that matches the word in a normalised description."""
    part: Part
    """The same word, prepared for searching names."""
    beginnings: tuple[tuple[str, ...], ...]
    """The ways to write the sequences of letters in the word, such as ``fur`` and ``fuer``.

    Each is looked up as the beginning of a word. In ``open-source``, this is only done for ``open``: a
    description may have both in one word, ``opensource``, which does not begin with ``source``.
    """
    neighbours: tuple[tuple[str, str], ...]
    """The pairs of Chinese characters that are neighbours in the word.

    For each character, a pair has a string: the character followed by its variants, as in ``("国國", "企")``.
    """

    def may_occur(self, connection: sqlite3.Connection) -> bool:
        """Return whether any description may contain the word, according to the index of pieces.

        The pieces are the words and pairs of Chinese characters of all descriptions
        (:mod:`summitcli.search.pieces`).
        """
        return all(
            any(_has_beginning(connection, letters) for letters in forms) for forms in self.beginnings
        ) and all(_has_pair(connection, *pair) for pair in self.neighbours)


class DescriptionQuestion(NamedTuple):
    """A search for sessions that have each typed word in their names, description or biographies.

    The biographies are those of the speakers. This class implements
    :class:`~summitcli.search.questions.AnyQuestion`.
    """

    words: tuple[DescriptionWord, ...]
    kind: Kind = Kind.LITERAL
    field: Field = Field.DESCRIPTION
    position: Position = Position.SCATTERED

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """Yield the matching sessions, each as its number in the schedule, in that order.

        Sessions whose numbers are in ``known`` are left out.
        """
        in_names = [_is_in_names(word.part, index) for word in self.words]
        for word, is_known in zip(self.words, in_names, strict=True):
            if not is_known and not word.may_occur(index.connection):
                return
        rows = index.connection.execute(
            "SELECT search.rowid,"  # noqa: S608
            " coalesce((SELECT group_concat(value, char(10)) FROM json_each(search.descriptions)),"
            " search.description),"
            " keys.name || char(10) || keys.speaker || char(10) || keys.place"
            " FROM session AS search JOIN search_text AS keys ON keys.session = search.rowid"
            f" WHERE {index.within.condition} ORDER BY search.rowid",
            index.within.values,
        )
        in_biographies = self._in_biographies(index)
        for session, description, keys in rows:
            found = in_biographies.get(session, _NO_WORDS)
            if session in known or not (description or found):
                continue
            if self._matches(normalised(description or ""), found, keys, in_names):
                yield session

    def _in_biographies(self, index: Index) -> dict[int, frozenset[int]]:
        """Return which typed words are in the biographies of a session's speakers, by session position.

        With ``{3: {0, 2}}``, they are the words 0 and 2 of :attr:`words` for the session at position 3.
        """
        biographies = index.connection.execute(
            "SELECT speaker, coalesce((SELECT group_concat(value, char(10)) FROM json_each(biographies)),"
            " biography) FROM speaker_detail WHERE biography IS NOT NULL"
        )
        by_speaker = {}
        for speaker, biography in biographies:
            text = normalised(biography)
            found = frozenset(n for n, word in enumerate(self.words) if word.pattern.search(text))
            if found:
                by_speaker[speaker] = found
        by_session: dict[int, frozenset[int]] = {}
        for speaker, found in by_speaker.items():
            appearances = index.connection.execute(
                "SELECT session FROM appearance WHERE speaker = ?", [speaker]
            )
            for (session,) in appearances:
                by_session[session] = by_session.get(session, _NO_WORDS) | found
        return by_session

    def spans(self, text: str, typed: str) -> Spans:
        """Return the offsets at which ``text`` has a typed word; see :meth:`AnyQuestion.spans`."""
        return Question(tuple(word.part for word in self.words), self.kind).spans(text, typed)

    def _matches(self, description: str, found: Container[int], keys: str, in_names: Sequence[bool]) -> bool:
        """Return whether a session has each typed word in its description, biographies or names.

        Args:
            description: the normalised description.
            found: the indexes of the words that are in biographies.
            keys: the session's names, one per line, with spaces between all Chinese characters and words.
            in_names: for each word, False if certainly no session has it in its names.
        """
        missing = [
            (word.part, is_known)
            for n, (word, is_known) in enumerate(zip(self.words, in_names, strict=True))
            if n not in found and not word.pattern.search(description)
        ]
        if not all(is_known for _part, is_known in missing):
            return False
        rows = [key.split(" ") for key in keys.split("\n")]
        return all(any(part.find(row, self.position) for row in rows) for part, _is_known in missing)


def _is_in_names(part: Part, index: Index) -> bool:
    """Return whether any session may have a typed word in its title, speakers, category or rooms.

    Only the full-text index is asked, so the answer may be True although no session has the word.

    Args:
        part: the typed word, as a part of a question to the index.
        index: the index.
    """
    if not all(part.lattices):
        return False
    candidates = index.candidates(part.expression(Position.ANYWHERE), Field.PLACE)
    return next(iter(candidates), None) is not None


def in_descriptions(vocabulary: Vocabulary) -> Iterator[DescriptionQuestion]:
    """Yield the question (search step) that finds the typed words in descriptions.

    Yield nothing if a typed Chinese character is in none of the schedule's texts.
    """
    words = vocabulary.typed.content()
    known = vocabulary.whole(Kind.LITERAL)
    places = (place for word in words for place in range(word.start, word.end))
    if any((at, at + 1) not in known for at in places if is_ideograph(vocabulary.typed.text[at])):
        return
    yield DescriptionQuestion(tuple(_description_word(vocabulary, word) for word in words))


def _description_word(vocabulary: Vocabulary, word: Word) -> DescriptionWord:
    """Prepare a typed word for searching descriptions.

    The pattern of the result allows punctuation and spaces anywhere within the word.
    """
    typed, meanings = vocabulary.typed, vocabulary.whole(Kind.LITERAL)
    ends = sorted(point for point in typed.breaks if word.start < point <= word.end)
    pieces: list[str] = []
    characters: list[str] = []
    beginnings: list[tuple[str, ...]] = []
    for start, end in zip([word.start, *ends], ends, strict=False):
        written = typed.text[start:end]
        if is_character(written):
            variants = meanings[start, end].characters if (start, end) in meanings else frozenset()
            characters.append(f"{written}{''.join(sorted(variants))}")
            pieces.append(f"[{characters[-1]}]")
        else:
            forms = sorted({written, *typed.forms.get((start, end), ())}, key=len, reverse=True)
            # Letters may continue a word of the description only after other letters.
            if not characters or characters[-1]:
                beginnings.append(tuple(forms))
            characters.append("")
            pieces.append(f"{_NO_LETTER_BEFORE if start == word.start else ''}(?:{'|'.join(forms)})")
    pattern = re.compile(_BETWEEN.join(pieces))
    neighbours = tuple(pair for pair in pairwise(characters) if all(pair))
    part = Part((build_lattice(vocabulary, Kind.LITERAL, word.start, word.end),))
    return DescriptionWord(pattern, part, tuple(beginnings), neighbours)


def _has_beginning(connection: sqlite3.Connection, beginning: str) -> bool:
    """Return whether any word in any description begins with ``beginning``."""
    bounds = beginning, beginning + _AFTER_ALL
    return _is_any(connection, "SELECT 1 FROM search_piece WHERE piece BETWEEN ? AND ?", bounds)


def _has_pair(connection: sqlite3.Connection, first: str, second: str) -> bool:
    """Return whether any description may have a character of ``first`` right before one of ``second``."""
    pairs = [f"{one}{other}" for one in first for other in second]
    question = "SELECT 1 FROM search_piece WHERE piece IN (SELECT value FROM json_each(?))"
    return _is_any(connection, question, [encode_ascii(pairs)]) or (
        _is_any(connection, question, [encode_ascii([f"{one}{WORD}" for one in first])])
        and _is_any(connection, question, [encode_ascii([f"{WORD}{other}" for other in second])])
    )


def _is_any(connection: sqlite3.Connection, question: str, values: Sequence[str]) -> bool:
    return connection.execute(f"{question} LIMIT 1", values).fetchone() is not None
