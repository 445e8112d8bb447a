"""Search in descriptions and biographies, as the last step and only on request.

They are long and seldom searched, so the catalog has no index of them. They are searched literally;
pinyin would match nearly every one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from summitcli.lazy_typing import NamedTuple
from summitcli.search.answers import Field, Kind, Position, Spans
from summitcli.search.index import Index
from summitcli.search.questions import Part, Question
from summitcli.search.ranking import build_lattice
from summitcli.search.typed import Word
from summitcli.search.units import is_character, is_ideograph
from summitcli.search.vocabulary import Vocabulary
from summitcli.text.folding import fold

_BETWEEN = r"[\W_]*"
_NO_LETTER_BEFORE = r"(?<![^\W_])"
_NO_WORDS: frozenset[int] = frozenset()
_MARKS = re.compile("[\u0300-\u036f]+")


class DescriptionQuestion(NamedTuple):
    """A question for sessions whose texts have the words that their names and other fields lack.

    These texts are the description and the biographies of the speakers.

    It implements :class:`~summitcli.search.questions.AnyQuestion`.
    """

    words: tuple[tuple[re.Pattern[str], Part], ...]
    kind: Kind = Kind.LITERAL
    field: Field = Field.DESCRIPTION
    position: Position = Position.SCATTERED

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """Yield the positions of the matching sessions, in the schedule's order."""
        rows = index.connection.execute(
            "SELECT search.rowid,"  # noqa: S608
            " coalesce((SELECT group_concat(value, char(10)) FROM json_each(search.descriptions)),"
            " search.description),"
            " keys.name || char(10) || keys.speaker || char(10) || keys.place"
            " FROM session AS search JOIN search_text AS keys ON keys.session = search.rowid"
            f" WHERE {index.within.condition} ORDER BY search.rowid",
            index.within.values,
        )
        in_names = [_is_in_names(part, index) for _pattern, part in self.words]
        in_biographies = self._in_biographies(index)
        for session, description, keys in rows:
            found = in_biographies.get(session, _NO_WORDS)
            if session in known or not (description or found):
                continue
            if self._matches(_normalised(description or ""), found, keys, in_names):
                yield session

    def _in_biographies(self, index: Index) -> dict[int, frozenset[int]]:
        """Return the numbers of the words in the biographies of a session's speakers, if there are any."""
        biographies = index.connection.execute(
            "SELECT speaker, coalesce((SELECT group_concat(value, char(10)) FROM json_each(biographies)),"
            " biography) FROM speaker_detail WHERE biography IS NOT NULL"
        )
        by_speaker = {}
        for speaker, biography in biographies:
            text = _normalised(biography)
            found = frozenset(n for n, (pattern, _part) in enumerate(self.words) if pattern.search(text))
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
        """Return the parts of a title that match some of the words."""
        return Question(tuple(part for _, part in self.words), self.kind).spans(text, typed)

    def _matches(self, description: str, found: Container[int], keys: str, in_names: Sequence[bool]) -> bool:
        """Return whether a session has each word in its texts or among its names.

        Args:
            description: the description, normalised by :func:`_normalised`.
            found: the numbers of the words in biographies.
            keys: the keys of the session's names.
            in_names: for each word, whether any session has it among its names.
        """
        missing = [
            (part, is_known)
            for n, ((pattern, part), is_known) in enumerate(zip(self.words, in_names, strict=True))
            if n not in found and not pattern.search(description)
        ]
        if not all(is_known for _part, is_known in missing):
            return False
        rows = [key.split(" ") for key in keys.split("\n")]
        return all(any(part.find(row, self.position) for row in rows) for part, _is_known in missing)


def _is_in_names(part: Part, index: Index) -> bool:
    """Return whether any session may have a part among its names."""
    if not all(part.lattices):
        return False
    candidates = index.candidates(part.expression(Position.ANYWHERE), Field.PLACE)
    return next(iter(candidates), None) is not None


def in_descriptions(vocabulary: Vocabulary) -> Iterator[DescriptionQuestion]:
    """Yield the question for descriptions; none if a Chinese character does not occur in any text."""
    words = vocabulary.typed.content()
    known = vocabulary.whole(Kind.LITERAL)
    places = (place for word in words for place in range(word.start, word.end))
    if any((at, at + 1) not in known for at in places if is_ideograph(vocabulary.typed.text[at])):
        return
    parts = [Part((build_lattice(vocabulary, Kind.LITERAL, word.start, word.end),)) for word in words]
    yield DescriptionQuestion(tuple(zip([_pattern(vocabulary, word) for word in words], parts, strict=True)))


def _pattern(vocabulary: Vocabulary, word: Word) -> re.Pattern[str]:
    """Return the pattern for a word in a normalised text, ignoring punctuation within the word."""
    typed, meanings = vocabulary.typed, vocabulary.whole(Kind.LITERAL)
    ends = sorted(point for point in typed.breaks if word.start < point <= word.end)
    pieces = []
    for start, end in zip([word.start, *ends], ends, strict=False):
        written = typed.text[start:end]
        if is_character(written):
            variants = meanings[start, end].characters if (start, end) in meanings else frozenset()
            pieces.append(f"[{written}{''.join(sorted(variants))}]")
        else:
            forms = sorted({written, *typed.forms.get((start, end), ())}, key=len, reverse=True)
            pieces.append(f"{_NO_LETTER_BEFORE if start == word.start else ''}(?:{'|'.join(forms)})")
    return re.compile(_BETWEEN.join(pieces))


def _normalised(text: str) -> str:
    """Return ``text`` folded and without accents."""
    folded = fold(text)
    if folded.isascii():
        return folded
    from unicodedata import normalize

    return normalize("NFC", _MARKS.sub("", normalize("NFD", folded)))
