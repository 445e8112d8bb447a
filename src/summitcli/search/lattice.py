"""Every row of units that a typed text, or one of its words, can spell.

A lattice has the offsets of the typed text for its points, and a line between two of them for what can be
meant by the letters between. Rows that no text of the catalog can hold, because two of their characters
never stand next to each other, are removed at once. What is left says what to ask the index for, tells
whether a text has such a row, and which of its units they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from summitcli.lazy_typing import NamedTuple
from summitcli.search.answers import Position
from summitcli.search.units import GAP, LETTERS, WORD, is_character
from summitcli.search.vocabulary import LONGEST_WORD, Meaning, Meanings, Stretch

MOST_ALTERNATIVES = 1000
"""An alternative of more than this many tokens is not asked of the index, unless it is all there is."""

Next = Callable[[Iterable[str]], Mapping[str, str]]
"""From characters to those that follow on each of them in the catalog."""

FEW_PAIRS = 50
"""Up to as many pairs of characters are asked for one by one, and more by the letters they begin with."""


class Step(NamedTuple):
    """A unit of a text, by its number, and the stretch of what was typed that it stands for."""

    number: int
    start: int
    end: int


Path = tuple[Step, ...]


class Lattice:
    """The rows of units that the typed text between ``start`` and ``end`` can spell.

    Args:
        meanings: what each stretch of the text can mean.
        start: where the typed text begins.
        end: where it ends.
        following: tells which characters can follow on each other; None where they need not be neighbours.
        letters: the typed text, unless what its letters mean may begin with others.
    """

    def __init__(
        self, meanings: Meanings, start: int, end: int, following: Next | None, letters: str = ""
    ) -> None:
        self.start = start
        self.end = end
        self.lines: dict[Stretch, Meaning] = _connected(meanings, start, end, following)
        self._following = following
        self._letters = letters
        self._moves: defaultdict[str, list[Stretch]] = defaultdict(list)
        self._from: defaultdict[int, list[Stretch]] = defaultdict(list)
        self._to: defaultdict[int, list[Stretch]] = defaultdict(list)
        for stretch, meaning in self.lines.items():
            self._from[stretch[0]].append(stretch)
            self._to[stretch[1]].append(stretch)
            for unit in (*meaning.characters, *meaning.words):
                self._moves[unit].append(stretch)
        self._many = any(line.many for line in self.lines.values())
        self._read: set[str] = set()
        """The units of texts that were compared with what many words begin with."""

    def __bool__(self) -> bool:
        return bool(self.lines)

    def fewest_units(self) -> int:
        """How many units the shortest row has; 0 where there is none."""
        fewest = {self.start: 0}
        for start, end in sorted(self.lines):
            fewest[end] = min(fewest.get(end, len(self.lines)), fewest[start] + 1)
        return fewest.get(self.end, 0)

    def expression(self, position: Position = Position.ANYWHERE) -> str:
        """What to ask the index for, in the language of FTS5; all texts with such a row answer to it."""
        clauses = self._clauses()
        first = [self.lines[stretch] for stretch in self._from[self.start]]
        last = [self.lines[stretch] for stretch in self._to[self.end]]
        if position in (Position.WHOLE, Position.BEGINNING):
            clauses.append([token for line in first for token in _tokens(line, before="^")])
        if position is Position.WHOLE and not any(line.many for line in last):
            clauses.append([_quoted(unit + "$") for line in last for unit in (*line.characters, *line.words)])
        if position is Position.WORD:
            clauses.append([token for line in first for token in _tokens(line, before_character="_")])
        few = [clause for clause in clauses if len(clause) <= MOST_ALTERNATIVES]
        return " AND ".join(f"({' OR '.join(clause)})" for clause in few or [min(clauses, key=len)])

    def find(
        self, row: Sequence[str], position: Position = Position.ANYWHERE, most_left_out: int = 0
    ) -> Path | None:
        """Where a text has such a row, first.

        Args:
            row: a text's key, split.
            position: where the row must stand in it.
            most_left_out: how many units of the text may stand between two of the row.
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
                elif start in begun and number - begun[start][-1].number <= 1 + most_left_out:
                    path = (*begun[start], Step(number, start, end))
                else:
                    continue
                if end != self.end:
                    reached[end] = path
                elif position is not Position.WHOLE or place == len(row) - 1:
                    return path
            begun = begun | reached if most_left_out else reached
            gap = False
        return None

    def _moves_of(self, unit: str) -> Sequence[Stretch]:
        """Return the stretches that can mean a unit."""
        if self._many and unit not in self._read:
            self._read.add(unit)
            self._moves[unit] = [stretch for stretch, line in self.lines.items() if line.means(unit)]
        return self._moves.get(unit, ())

    def _clauses(self) -> list[list[str]]:
        """Alternatives of tokens; a text with such a row has one of each.

        Wherever the typed letters are cut, every row either has two units that meet there or one across.
        Cuts between units and across words tell most.
        """
        between = {end for _, end in self.lines} - {self.end}
        across = {
            start + 1 for (start, end), line in self.lines.items() if line.has_words and end > start + 1
        }
        clauses = [clause for point in sorted(between | across) if (clause := self._cut(point))]
        first = [self.lines[stretch] for stretch in self._from[self.start]]
        said = any(not line.has_words for line in first) or any(line.many for line in first)
        if self._following is None or not clauses or not said:
            clauses.append([token for line in first for token in _tokens(line)])
        return clauses

    def _cut(self, point: int) -> list[str]:
        """Return what a text has one of at ``point``; nothing where that may be anything."""
        across = [
            self.lines[start, end]
            for begin in range(max(self.start, point - LONGEST_WORD), point)
            for start, end in self._from.get(begin, ())
            if end > point
        ]
        after = [self.lines[stretch] for stretch in self._from[point]]
        if self._following is None:
            return [token for line in (*across, *after) for token in _tokens(line)]
        before = _joints(self.lines[stretch] for stretch in self._to[point])
        beyond = _joints(after)
        if WORD in before and WORD in beyond:
            # One of the two units that meet, unless too many can.
            ways = ([*across, *after], [*across, *(self.lines[stretch] for stretch in self._to[point])])
            few = next((lines for lines in ways if not any(line.many for line in lines)), [])
            return [token for line in few for token in _tokens(line)]
        following = self._following(before)
        pairs = [one + other for one in before for other in following[one] if other in beyond]
        if len(pairs) > FEW_PAIRS:
            pairs = self._sounds(point, pairs)
        return [_quoted(pair) for pair in pairs] + [token for line in across for token in _tokens(line)]

    def _sounds(self, point: int, pairs: list[str]) -> list[str]:
        """The pairs that meet at ``point``; of characters, their first letters where these are known."""
        letters = {self._letters[start : start + 1] for start, _ in self._to[point]}
        beyond = self._letters[point : point + 1]
        if not {*letters, beyond} <= LETTERS:
            return pairs
        return [f"@{letter}{beyond}" for letter in letters] + [pair for pair in pairs if WORD in pair]


def _connected(meanings: Meanings, start: int, end: int, following: Next | None) -> dict[Stretch, Meaning]:
    """Of ``meanings``, what lies on a way from ``start`` to ``end``."""
    ahead: dict[Stretch, Meaning] = {}
    arriving: defaultdict[int, set[str]] = defaultdict(set)
    for stretch in sorted(meanings):
        line, before = meanings[stretch], arriving[stretch[0]]
        if stretch[0] != start:
            if not before:
                continue
            if following:
                known = following(before)
                line = line.next_to(set().union(*(known[joint] for joint in before)))
        if line:
            ahead[stretch] = line
            arriving[stretch[1]] |= line.joints
    kept: dict[Stretch, Meaning] = {}
    leaving: defaultdict[int, set[str]] = defaultdict(set)
    for stretch in sorted(ahead, key=lambda stretch: stretch[1], reverse=True):
        line, after = ahead[stretch], leaving[stretch[1]]
        if stretch[1] != end:
            if not after:
                continue
            if following:
                known = following(line.joints)
                line = line.next_to([joint for joint in line.joints if not after.isdisjoint(known[joint])])
        if line:
            kept[stretch] = line
            leaving[stretch[0]] |= line.joints
    return kept


def _joints(lines: Iterable[Meaning]) -> set[str]:
    return {joint for line in lines for joint in line.joints}


def _tokens(line: Meaning, before: str = "", before_character: str = "") -> list[str]:
    """The tokens of a line's units, as FTS5 takes them, each with a mark before it."""
    mark = before + before_character
    found = [_quoted(mark + character) for character in line.characters]
    if not (line.beginning and line.has_words):
        return found + [_quoted(before + word) for word in line.words]
    found.append(_quoted(before + line.beginning) + "*")
    return found + [_quoted(before + word) for word in line.words if not word.startswith(line.beginning)]


def _quoted(token: str) -> str:
    return f'"{token}"'
