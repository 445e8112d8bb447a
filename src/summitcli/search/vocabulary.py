"""What each stretch of a typed text can mean, looked up in a catalog."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.answers import Kind
from summitcli.search.typed import Typed
from summitcli.search.units import WORD, is_character
from summitcli.text.plain_json import encode_ascii

if TYPE_CHECKING:
    import sqlite3

Stretch = tuple[int, int]
"""A part of the typed text, as the offsets of its first letter and the one after its last."""

LONGEST_WORD = 40
LONGEST_SYLLABLE = 6
SHORTEST_INSIDE = 4
"""The fewest letters that are looked for inside words,"""
SHORTEST_BEFORE = 3
"""and the fewest that a compound word then has before them: ``forum`` has no ``orum`` in it."""

MAX_BEGUN = 1000
"""How many words are read for the beginnings in a typed text. Of one that more words have, the beginning
itself is compared."""

SHORTEST_COMPOUND = SHORTEST_BEFORE + SHORTEST_INSIDE
_AFTER_ALL = "\U0010ffff"
_LITERAL = f"kind = {Kind.LITERAL:d}"
"""The condition of being typed literally, as the indexes of :mod:`summitcli.catalog.schema` have it."""


class Meaning(NamedTuple):
    """The units that a stretch can mean."""

    characters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    beginning: str = ""
    """What all ``words`` begin with that the index need not be asked for one by one; may be empty."""
    many: bool = False
    """True if every word that begins so is meant: there are too many for ``words``."""

    def __bool__(self) -> bool:
        return bool(self.characters or self.words or self.many)

    @property
    def has_words(self) -> bool:
        """True if any word is meant."""
        return self.many or bool(self.words)

    @property
    def joints(self) -> frozenset[str]:
        """What its neighbours have it for: its characters, and :data:`~summitcli.search.units.WORD`."""
        return self.characters | {WORD} if self.has_words else self.characters

    def means(self, unit: str) -> bool:
        """Return whether a unit is meant."""
        if unit in self.words or unit in self.characters:
            return True
        return self.many and unit.startswith(self.beginning) and unit != self.beginning

    def next_to(self, joints: Collection[str]) -> Meaning:
        """What is left when only these may be there."""
        characters = self.characters.intersection(joints)
        return self._replace(characters=characters) if WORD in joints else Meaning(characters)

    def __or__(self, other: Meaning) -> Meaning:
        return Meaning(
            self.characters | other.characters,
            self.words | other.words,
            self.beginning or other.beginning,
            self.many or other.many,
        )


Meanings = Mapping[Stretch, Meaning]


class Vocabulary:
    """The meanings of one typed text's stretches; each kind is looked up when it is first asked for."""

    def __init__(self, connection: sqlite3.Connection, typed: Typed) -> None:
        self.typed = typed
        self.connection = connection
        self._whole: dict[Kind, Meanings] = {}
        self._begun: dict[Kind, Meanings] = {}
        self._next: dict[str, str] = {}

    def whole(self, kind: Kind) -> Meanings:
        """The stretches that are a unit in full."""
        if kind not in self._whole:
            self._whole[kind] = self._inside() if kind is Kind.INSIDE else self._look_up(kind)
        return self._whole[kind]

    def begun(self, kind: Kind) -> Meanings:
        """The stretches at the end of a typed word that are the beginning of a unit."""
        if kind not in self._begun:
            self._begun[kind] = {} if kind in (Kind.INSIDE, Kind.INITIALS) else self._look_up_beginnings(kind)
        return self._begun[kind]

    def next(self, joints: Iterable[str]) -> Mapping[str, str]:
        """For each of ``joints``, those that follow on it in some text of the catalog."""
        missing = [joint for joint in joints if joint not in self._next]
        if missing:
            self._next.update(dict.fromkeys(missing, ""))
            self._next.update(
                self.connection.execute(
                    "SELECT unit, next FROM search_neighbour WHERE unit IN (SELECT value FROM json_each(?))",
                    [encode_ascii(missing)],
                )
            )
        return self._next

    def _look_up(self, kind: Kind) -> Meanings:
        stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        for start, end in self._stretches(kind):
            stretches[self.typed.text[start:end]].append((start, end))
        if kind is Kind.LITERAL:
            for stretch, forms in self.typed.forms.items():
                for form in forms:
                    stretches[form].append(stretch)
        rows = self.connection.execute(
            "SELECT typed, units FROM search_spelling"
            " WHERE kind = ? AND typed IN (SELECT value FROM json_each(?))",
            [kind, encode_ascii(list(stretches))],
        )
        return _meanings(kind, rows, stretches)

    def _look_up_beginnings(self, kind: Kind) -> Meanings:
        stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        for start, end in self._stretches(kind):
            text = self.typed.text[start:end]
            if end in self.typed.breaks and (kind is not Kind.LITERAL or len(text) > 1 or text.isdigit()):
                stretches[text].append((start, end))
        # The longest first, which the fewest words begin with.
        beginnings = sorted(stretches, key=len, reverse=True)
        rows = self.connection.execute(
            "SELECT beginning.value, units FROM json_each(?) AS beginning CROSS JOIN search_spelling"
            " ON kind = ? AND typed > beginning.value AND typed < beginning.value || ? LIMIT ?",
            [encode_ascii(beginnings), kind, _AFTER_ALL, MAX_BEGUN + 1 if kind is Kind.LITERAL else -1],
        ).fetchall()
        if kind is not Kind.LITERAL:
            return _meanings(kind, rows, stretches)
        # Where there are more, those of the last beginning that was reached are not complete.
        cut = beginnings[beginnings.index(rows[-1][0]) :] if len(rows) > MAX_BEGUN else []
        rows = [row for row in rows if row[0] not in cut]
        rows += [(beginning, units) for beginning in cut for units in self._others(beginning)]
        many = {beginning for beginning in cut if self.words(beginning, 1)}
        found = _meanings(kind, rows, stretches)
        for stretch in (stretch for text in many for stretch in stretches[text]):
            found.setdefault(stretch, Meaning())
        return {
            (start, end): meaning._replace(beginning=text, many=text in many)
            for (start, end), meaning in found.items()
            for text in [self.typed.text[start:end]]
        }

    def words(self, beginning: str, limit: int) -> list[str]:
        """Return the first words by the alphabet that begin so and are typed as they are."""
        rows = self.connection.execute(
            f"SELECT typed FROM search_spelling WHERE {_LITERAL} AND typed > ? AND typed < ?"  # noqa: S608
            " AND units = typed ORDER BY typed LIMIT ?",
            [beginning, beginning + _AFTER_ALL, limit],
        )
        return [word for (word,) in rows]

    def _others(self, beginning: str) -> list[str]:
        """Return the units of what begins so and is a way to type something else, too."""
        rows = self.connection.execute(
            f"SELECT units FROM search_spelling INDEXED BY search_spelling_other WHERE {_LITERAL}"  # noqa: S608
            " AND units <> typed AND typed > ? AND typed < ?",
            [beginning, beginning + _AFTER_ALL],
        )
        return [units for (units,) in rows]

    def _inside(self) -> Meanings:
        """The typed words that are parts of compound words; all that are longer are read through for them."""
        meanings = {}
        for start, end, _matters in self.typed.words:
            text = self.typed.text[start:end]
            if len(text) < SHORTEST_INSIDE or not text.isalnum() or any(map(is_character, text)):
                continue
            rows = self.connection.execute(
                f"SELECT units FROM search_spelling INDEXED BY search_spelling_long WHERE {_LITERAL}"  # noqa: S608
                f" AND length(typed) >= {SHORTEST_COMPOUND} AND length(typed) >= ? AND instr(typed, ?) > ?",
                [len(text) + SHORTEST_BEFORE, text, SHORTEST_BEFORE],
            )
            words = frozenset(word for (units,) in rows for word in units.split())
            if words:
                meanings[start, end] = Meaning(words=words)
        return meanings

    def _stretches(self, kind: Kind) -> Iterator[Stretch]:
        """Where the text may hold a unit: a character by itself, letters in any number that a unit has.

        What stands for a character is not divided by a space; a word may be: ``cyber security``.
        """
        text, breaks = self.typed.text, self.typed.breaks
        longest = {Kind.LITERAL: LONGEST_WORD, Kind.INITIALS: 2}.get(kind, LONGEST_SYLLABLE)
        for start, letter in enumerate(text):
            if is_character(letter):
                if kind is Kind.LITERAL:
                    yield start, start + 1
                continue
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                if is_character(text[end - 1]):
                    break
                yield start, end
                if kind is not Kind.LITERAL and end in breaks:
                    break


def _meanings(
    kind: Kind, rows: Iterable[tuple[str, str]], stretches: Mapping[str, list[Stretch]]
) -> dict[Stretch, Meaning]:
    meant: defaultdict[Stretch, set[str]] = defaultdict(set)
    for typed, units in rows:
        for stretch in stretches[typed]:
            meant[stretch].update(units.split())
    meanings = {}
    for stretch, found in meant.items():
        # Only what is typed literally can be a word.
        characters = frozenset(filter(is_character, found) if kind is Kind.LITERAL else found)
        meanings[stretch] = Meaning(characters, frozenset(found - characters))
    return meanings
