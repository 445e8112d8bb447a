"""The lattice: a graph of everything that a typed text can stand for, such as 国企 and 国旗 for ``guoqi``.

A *unit* is a Chinese character or a word. A *reading* is a sequence of units that the typed text can stand
for. The nodes of the graph are offsets in the typed text. An edge leads from one offset to a later one. It
has the *meaning* of the text between them: the units that this text can stand for. So each path from the
start of the text to its end is a reading, and the readings need not be listed one by one.

If two characters are never neighbours in the catalog's texts, readings with this pair are left out. The
graph is used in two ways:

- It makes a query of the full-text index, for texts that may contain a reading. All *clauses* of the query
  must match. A clause is a list of alternative *tokens*: units, or pairs of neighbouring units.
- It checks whether a text really contains a reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from summitcli.lazy_typing import NamedTuple
from summitcli.search.answers import Position
from summitcli.search.typed import Stretch
from summitcli.search.units import GAP, LETTERS, WORD, is_character
from summitcli.search.vocabulary import MAX_WORD_LENGTH, Meaning, Meanings

MAX_ALTERNATIVES = 1000
"""The largest number of alternatives in a clause of an index query; longer clauses are left out.

If all are longer, the shortest is used.
"""

Followers = Callable[[Iterable[str]], Mapping[str, str]]
"""A function that takes characters, and returns the characters that follow each of them in the catalog."""

MAX_LITERAL_PAIRS = 50
"""The largest number of character pairs in a clause of an index query.

If there are more, the first letters of their pinyin replace them.
"""


class Step(NamedTuple):
    """A unit (Chinese character or word) of a text, and the part of the typed text that stands for it.

    ``number`` is the unit's number in the text, ``start`` and ``end`` are offsets in the typed text.
    """

    number: int
    start: int
    end: int


Path = tuple[Step, ...]


class Lattice:
    """A graph of all readings of the typed text, or of a part of it.

    A reading is a sequence of Chinese characters or words that the text can stand for.

    Args:
        meanings: the characters and words that each piece of the typed text can stand for, by the start and
            end offset of the piece.
        start: the offset at which the text of the graph begins.
        end: the offset at which it ends.
        following: a function that returns the characters that follow others in the catalog; None if the
            characters and words of a reading need not be neighbours.
        letters: a text as long as the typed text. At each offset where a character can begin, it has the
            first letter of the character's pinyin. Usually, it is the typed text itself. Queries ask for
            these letters if there are too many pairs of characters. It is empty if the letters are unknown.
    """

    def __init__(
        self, meanings: Meanings, start: int, end: int, following: Followers | None, letters: str = ""
    ) -> None:
        self.start = start
        self.end = end
        self.edges: dict[Stretch, Meaning] = _connected(meanings, start, end, following)
        self._following = following
        self._letters = letters
        self._moves: defaultdict[str, list[Stretch]] = defaultdict(list)
        self._from: defaultdict[int, list[Stretch]] = defaultdict(list)
        self._to: defaultdict[int, list[Stretch]] = defaultdict(list)
        for stretch, meaning in self.edges.items():
            self._from[stretch[0]].append(stretch)
            self._to[stretch[1]].append(stretch)
            for unit in (*meaning.characters, *meaning.words):
                self._moves[unit].append(stretch)
        self._many = any(edge.many for edge in self.edges.values())
        self._compared: set[str] = set()
        """The characters and words of searched texts that were already compared with the typed text.

        If very many words begin with a typed text, they are not listed in the graph. Instead, each word of a
        searched text is compared with the typed text when it first occurs.
        """

    def __bool__(self) -> bool:
        return bool(self.edges)

    def min_units(self) -> int:
        """Return the number of characters and words in the shortest reading of the typed text; 0 if none."""
        fewest = {self.start: 0}
        for start, end in sorted(self.edges):
            fewest[end] = min(fewest.get(end, len(self.edges)), fewest[start] + 1)
        return fewest.get(self.end, 0)

    def expression(self, position: Position = Position.ANYWHERE) -> str:
        """Return an index query (FTS5) that finds every text with one of the readings of the typed text.

        A reading is a sequence of Chinese characters or words. The query may find other texts, too.
        ``position`` is where in the text the reading must be.
        """
        clauses = self._clauses()
        first = [self.edges[stretch] for stretch in self._from[self.start]]
        last = [self.edges[stretch] for stretch in self._to[self.end]]
        if position in (Position.WHOLE, Position.BEGINNING):
            clauses.append([token for edge in first for token in _tokens(edge, before="^")])
        if position is Position.WHOLE and not any(edge.many for edge in last):
            clauses.append([_quoted(unit + "$") for edge in last for unit in (*edge.characters, *edge.words)])
        if position is Position.WORD:
            clauses.append([token for edge in first for token in _tokens(edge, before_character="_")])
        few = [clause for clause in clauses if len(clause) <= MAX_ALTERNATIVES]
        return " AND ".join(f"({' OR '.join(clause)})" for clause in few or [min(clauses, key=len)])

    def find(
        self, row: Sequence[str], position: Position = Position.ANYWHERE, max_gap: int = 0
    ) -> Path | None:
        """Return where a text first contains a reading of the typed text; None if it contains none.

        A reading is a sequence of Chinese characters or words. The result has a :class:`Step` for each of
        them.

        Args:
            row: the characters and words of the text.
            position: where in the text the reading must be.
            max_gap: the largest number of other characters or words that may stand in the text between two
                neighbours of the reading.
        """
        begun: dict[int, Path] = {}
        gap = True
        number = -1
        for place, unit in enumerate(row):
            if unit == GAP:
                gap = True
                continue
            number += 1
            reached: dict[int, Path] = {}
            for start, end in self._moves_of(unit):
                if start == self.start:
                    if place and position <= Position.BEGINNING:
                        continue
                    if position is Position.WORD and not gap and is_character(unit):
                        continue
                    path: Path = (Step(number, start, end),)
                elif start in begun and number - begun[start][-1].number <= 1 + max_gap:
                    path = (*begun[start], Step(number, start, end))
                else:
                    continue
                if end != self.end:
                    reached[end] = path
                elif position is not Position.WHOLE or place == len(row) - 1:
                    return path
            begun = begun | reached if max_gap else reached
            gap = False
        return None

    def _moves_of(self, unit: str) -> Sequence[Stretch]:
        """Return the parts of the typed text, as start and end offset, that can stand for ``unit``."""
        if self._many and unit not in self._compared:
            self._compared.add(unit)
            self._moves[unit] = [stretch for stretch, edge in self.edges.items() if edge.means(unit)]
        return self._moves.get(unit, ())

    def _clauses(self) -> list[list[str]]:
        """Return the clauses of the index query; a clause is a list of alternative tokens.

        A token is an indexed character, word or pair of neighbours. Every text that contains a reading has at
        least one token of each clause, so the query finds the text.

        There is a clause for each offset of the typed text where one character or word can end and the next
        can begin, and for the offset after the first letter of each word. There is also a clause with the
        possible first characters and words if the other clauses are not enough.
        """
        between = {end for _, end in self.edges} - {self.end}
        across = {
            start + 1 for (start, end), edge in self.edges.items() if edge.has_words and end > start + 1
        }
        clauses = [clause for point in sorted(between | across) if (clause := self._cut(point))]
        first = [self.edges[stretch] for stretch in self._from[self.start]]
        is_covered = any(not edge.has_words for edge in first) or any(edge.many for edge in first)
        if self._following is None or not clauses or not is_covered:
            clauses.append([token for edge in first for token in _tokens(edge)])
        return clauses

    def _cut(self, point: int) -> list[str]:
        """Return the clause for an offset of the typed text: a list of alternative tokens.

        For ``guo|qi``, the tokens are the pairs of characters that meet at this offset, such as 国企, and any
        character or word with letters on both sides of the offset. Every text that contains a reading has at
        least one of the tokens. If there are too many words to list, there is no clause: return [].

        Args:
            point: the offset, between two letters.
        """
        across = [
            self.edges[start, end]
            for begin in range(max(self.start, point - MAX_WORD_LENGTH), point)
            for start, end in self._from.get(begin, ())
            if end > point
        ]
        after = [self.edges[stretch] for stretch in self._from[point]]
        if self._following is None:
            return [token for edge in (*across, *after) for token in _tokens(edge)]
        before = _pair_units(self.edges[stretch] for stretch in self._to[point])
        beyond = _pair_units(after)
        if WORD in before and WORD in beyond:
            # Words have no tokens for pairs: use one of the two units that meet, unless there are too many.
            ways = ([*across, *after], [*across, *(self.edges[stretch] for stretch in self._to[point])])
            few = next((edges for edges in ways if not any(edge.many for edge in edges)), [])
            return [token for edge in few for token in _tokens(edge)]
        following = self._following(before)
        pairs = [one + other for one in before for other in following[one] if other in beyond]
        if len(pairs) > MAX_LITERAL_PAIRS:
            pairs = self._sounds(point, pairs)
        return [_quoted(pair) for pair in pairs] + [token for edge in across for token in _tokens(edge)]

    def _sounds(self, point: int, pairs: list[str]) -> list[str]:
        """Return a shorter list of tokens for ``pairs`` of characters, such as ``@gq`` for 国企, 国旗 …

        ``@gq`` stands for all pairs of characters whose pinyin begins with ``g`` and ``q``. Pairs with WORD,
        the sign for any word, are kept. If the first letters are unknown, all pairs are kept.

        Args:
            point: the offset in the typed text where the first characters end and the second ones begin.
            pairs: the pairs of characters that meet there.
        """
        letters = {self._letters[start : start + 1] for start, _ in self._to[point]}
        beyond = self._letters[point : point + 1]
        if not {*letters, beyond} <= LETTERS:
            return pairs
        return [f"@{letter}{beyond}" for letter in letters] + [pair for pair in pairs if WORD in pair]


def _connected(
    meanings: Meanings, start: int, end: int, following: Followers | None
) -> dict[Stretch, Meaning]:
    """Return the meanings that belong to a complete reading of the typed text from ``start`` to ``end``.

    Each piece of the typed text can stand for several characters. A character is removed if no text of the
    catalog has it beside any of the characters for the next piece (or the piece before). The result has the
    remaining characters and words by the start and end offset of the piece.

    Args:
        meanings: the characters and words that each piece can stand for.
        start: the offset at which a reading must begin.
        end: the offset at which it must end.
        following: a function that returns the characters that follow others in the catalog; None to remove
            no character for this reason.
    """
    ahead: dict[Stretch, Meaning] = {}
    arriving: defaultdict[int, set[str]] = defaultdict(set)
    for stretch in sorted(meanings):
        edge, before = meanings[stretch], arriving[stretch[0]]
        if stretch[0] != start:
            if not before:
                continue
            if following:
                known = following(before)
                edge = edge.limited_to(set().union(*(known[unit] for unit in before)))
        if edge:
            ahead[stretch] = edge
            arriving[stretch[1]] |= edge.pair_units
    kept: dict[Stretch, Meaning] = {}
    leaving: defaultdict[int, set[str]] = defaultdict(set)
    for stretch in sorted(ahead, key=lambda stretch: stretch[1], reverse=True):
        edge, after = ahead[stretch], leaving[stretch[1]]
        if stretch[1] != end:
            if not after:
                continue
            if following:
                known = following(edge.pair_units)
                edge = edge.limited_to(
                    [unit for unit in edge.pair_units if not after.isdisjoint(known[unit])]
                )
        if edge:
            kept[stretch] = edge
            leaving[stretch[0]] |= edge.pair_units
    return kept


def _pair_units(edges: Iterable[Meaning]) -> set[str]:
    return {unit for edge in edges for unit in edge.pair_units}


def _tokens(edge: Meaning, before: str = "", before_character: str = "") -> list[str]:
    """Return tokens for the characters and words that a part of the typed text can stand for.

    A token is a term of the full-text query, in quotes.

    Args:
        edge: the characters and words.
        before: a mark to put before each token, such as ``^`` for the beginning of a text.
        before_character: a mark that is put only before tokens of characters, not of words.
    """
    mark = before + before_character
    found = [_quoted(mark + character) for character in edge.characters]
    if not (edge.beginning and edge.has_words):
        return found + [_quoted(before + word) for word in edge.words]
    found.append(_quoted(before + edge.beginning) + "*")
    return found + [_quoted(before + word) for word in edge.words if not word.startswith(edge.beginning)]


def _quoted(token: str) -> str:
    return f'"{token}"'
