"""Questions: queries of the full-text index, and checks of the sessions that it returns.

A typed text can stand for several sequences of Chinese characters or words. All of them together are a graph,
the lattice (:mod:`summitcli.search.lattice`). With this graph, a question first asks the index for sessions
that may match, and then checks the texts of these sessions.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from summitcli.lazy_typing import NamedTuple, Protocol
from summitcli.search.answers import Field, Kind, Position, Spans
from summitcli.search.index import Index
from summitcli.search.lattice import Lattice, Path
from summitcli.search.units import Unit, row, units


class Part(NamedTuple):
    """A part of a question to the index, such as a typed word.

    A text matches the part if it contains one of the sequences of Chinese characters or words that the part
    can stand for. Each of ``lattices`` is a graph of many such sequences.
    """

    lattices: tuple[Lattice, ...]
    max_gap: int = 0
    """The largest number of other characters or words that a text may have between two that match."""

    def find(self, row: Sequence[str], position: Position) -> Path | None:
        """Return where a text first matches this part; None if it does not match.

        The result has an entry for each character or word of the text that belongs to the match.

        Args:
            row: the characters and words of the text.
            position: where in the text the match must be, such as at its beginning.
        """
        paths = (lattice.find(row, position, self.max_gap) for lattice in self.lattices)
        return next(filter(None, paths), None)

    def expression(self, position: Position) -> str:
        """Return an index query (FTS5) that finds all texts that match this part, and perhaps others.

        Args:
            position: where in a text the match must be, such as at its beginning.
        """
        return " OR ".join(f"({lattice.expression(position)})" for lattice in self.lattices)


class AnyQuestion(Protocol):
    """The interface of a question to the index, which yields the sessions that match it."""

    @property
    def kind(self) -> Kind:
        """Return the way in which the typed text corresponds to the matching text, such as pinyin."""

    @property
    def field(self) -> Field:
        """Return the last field that the question searches; the fields before it are searched, too."""

    @property
    def position(self) -> Position:
        """Return where in a session's name a match must be, such as at its beginning."""

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """Yield the sessions that match, each as its number in the schedule, in that order.

        Args:
            index: the index to search.
            known: the numbers of sessions to leave out; more may be added during iteration.
        """

    def spans(self, text: str, typed: str) -> Spans:
        """Return the start and end offsets at which ``text`` matches the typed text, one pair for each match.

        Args:
            text: a text of a session, such as its title.
            typed: the whole typed text.
        """


class Question(NamedTuple):
    """A query for sessions whose texts match all ``parts`` of a typed text, such as its words.

    ``position`` is where in a text the match must be, such as at its beginning. The fields of a session are
    searched in the order of :class:`Field`, from the name to ``field``.
    """

    parts: tuple[Part, ...]
    kind: Kind
    field: Field = Field.NAME
    position: Position = Position.ANYWHERE

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """Yield the numbers of the sessions that match; see :meth:`AnyQuestion.ask`."""
        expression = " AND ".join(f"({part.expression(self.position)})" for part in self.parts)
        rows = index.candidates(expression, self.field)
        return (session for session, keys in rows if session not in known and self._matches(keys))

    def spans(self, text: str, typed: str) -> Spans:
        """Return the start and end offsets of the parts of ``text`` that match the typed text.

        See :meth:`AnyQuestion.spans`.
        """
        its_row = row(text)
        found = sorted(
            {
                step
                for part in self.parts
                for step in part.find(its_row, self.position) or part.find(its_row, Position.ANYWHERE) or ()
            }
        )
        if not found:
            return ()
        its_units = list(units(text))
        stretches: list[tuple[int, int]] = []
        for number, start, end in found:
            stretch = _stretch(its_units[number], typed[start:end])
            if stretches and not any(map(str.isalnum, text[stretches[-1][1] : stretch[0]])):
                stretch = (stretches.pop()[0], stretch[1])
            stretches.append(stretch)
        return tuple(stretches)

    def _matches(self, keys: str) -> bool:
        rows = [key.split(" ") for key in keys.split("\n")]
        return all(any(part.find(row, self.position) for row in rows) for part in self.parts)


class VariantQuestion(NamedTuple):
    """A query for a variant of the typed text, such as one with an abbreviation written in full.

    It implements :class:`AnyQuestion`. The work is done by :attr:`question`.
    """

    question: Question
    """The same query, made for the variant as if that had been typed."""
    text: str
    """The variant of the typed text."""

    @property
    def kind(self) -> Kind:
        """Return the way in which the variant corresponds to the matching text, such as pinyin."""
        return self.question.kind

    @property
    def field(self) -> Field:
        """Return the last field that the question searches; the fields before it are searched, too."""
        return self.question.field

    @property
    def position(self) -> Position:
        """Return where in a session's name a match must be, such as at its beginning."""
        return self.question.position

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """Yield the numbers of the sessions that match the variant; see :meth:`AnyQuestion.ask`."""
        return self.question.ask(index, known)

    def spans(self, text: str, typed: str) -> Spans:  # noqa: ARG002
        """Return the start and end offsets at which ``text`` matches the variant of the typed text.

        See :meth:`AnyQuestion.spans`.
        """
        return self.question.spans(text, self.text)


def _stretch(unit: Unit, typed: str) -> tuple[int, int]:
    """Return the start and end offset of the typed letters in a text.

    Args:
        unit: the character or word of the text that matches the typed letters, with its offsets. If it does
            not contain these letters (国 does not contain ``guo``), its own offsets are returned.
        typed: the typed letters.
    """
    text, start, end = unit
    at = text.find(typed)
    if at < 0 or len(text) != end - start:
        return start, end
    return start + at, start + at + len(typed)
