"""What the index is asked, and how its candidates are checked."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from summitcli.lazy_typing import NamedTuple, Protocol
from summitcli.search.answers import Field, Kind, Position, Spans
from summitcli.search.index import Index
from summitcli.search.lattice import Lattice, Path
from summitcli.search.units import Unit, row, units


class Part(NamedTuple):
    """One thing that must be found: a row of units that any of these lattices spells."""

    lattices: tuple[Lattice, ...]
    most_left_out: int = 0
    """How many units of the text may stand between two of the row."""

    def find(self, row: Sequence[str], position: Position) -> Path | None:
        """The first such row in a text's key, split; None where it has none."""
        paths = (lattice.find(row, position, self.most_left_out) for lattice in self.lattices)
        return next(filter(None, paths), None)

    def expression(self, position: Position) -> str:
        """What to ask the index for, in the language of FTS5."""
        return " OR ".join(f"({lattice.expression(position)})" for lattice in self.lattices)


class Asked(Protocol):
    """Anything that sessions can answer to."""

    @property
    def kind(self) -> Kind:
        """How the typed letters stand for the text."""

    @property
    def field(self) -> Field:
        """Where it is looked for."""

    @property
    def position(self) -> Position:
        """Where in a name it must stand."""

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """The sessions that answer to it, by their positions, in the schedule's own order.

        Args:
            index: where to look.
            known: sessions to leave out; more may be added while the answers are read.
        """

    def spans(self, text: str, typed: str) -> Spans:
        """The stretches of ``text`` that stand for what was typed."""


class Question(NamedTuple):
    """What is asked for at once: every part, in some field, at some position."""

    parts: tuple[Part, ...]
    kind: Kind
    field: Field = Field.NAME
    position: Position = Position.ANYWHERE

    def ask(self, index: Index, known: Container[int]) -> Iterator[int]:
        """As :meth:`Asked.ask`."""
        expression = " AND ".join(f"({part.expression(self.position)})" for part in self.parts)
        rows = index.candidates(expression, self.field)
        return (session for session, keys in rows if session not in known and self._answered_by(keys))

    def spans(self, text: str, typed: str) -> Spans:
        """As :meth:`Asked.spans`."""
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

    def _answered_by(self, keys: str) -> bool:
        rows = [key.split(" ") for key in keys.split("\n")]
        return all(any(part.find(row, self.position) for row in rows) for part in self.parts)


def _stretch(unit: Unit, typed: str) -> tuple[int, int]:
    """Where in its text a unit has the typed letters; all of it where it is spelled otherwise."""
    text, start, end = unit
    at = text.find(typed)
    if at < 0 or len(text) != end - start:
        return start, end
    return start + at, start + at + len(typed)
