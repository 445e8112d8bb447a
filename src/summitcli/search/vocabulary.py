"""What each stretch of a typed text can mean, looked up in a catalog."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from summitcli.lazy_typing import NamedTuple
from summitcli.search.answers import Kind
from summitcli.search.typed import Typed
from summitcli.search.units import WORD, is_character

Stretch = tuple[int, int]
"""A part of the typed text, as the offsets of its first letter and the one after its last."""

LONGEST_WORD = 40
LONGEST_SYLLABLE = 6
SHORTEST_INSIDE = 4
"""The fewest letters that are looked for inside words,"""
SHORTEST_BEFORE = 3
"""and the fewest that a compound word then has before them: ``forum`` has no ``orum`` in it."""

_AFTER_ALL = "\U0010ffff"


class Meaning(NamedTuple):
    """The units that a stretch can mean."""

    characters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    beginning: str = ""
    """What all ``words`` begin with that the index need not be asked for one by one; may be empty."""

    def __bool__(self) -> bool:
        return bool(self.characters or self.words)

    @property
    def joints(self) -> frozenset[str]:
        """What its neighbours have it for: its characters, and :data:`~summitcli.search.units.WORD`."""
        return self.characters | {WORD} if self.words else self.characters

    def next_to(self, joints: Collection[str]) -> Meaning:
        """What is left when only these may be there."""
        words = self.words if WORD in joints else frozenset()
        return Meaning(self.characters.intersection(joints), words, self.beginning)

    def __or__(self, other: Meaning) -> Meaning:
        return Meaning(
            self.characters | other.characters, self.words | other.words, self.beginning or other.beginning
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
                    [json.dumps(missing)],
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
            [kind, json.dumps(list(stretches))],
        )
        return _meanings(kind, rows, stretches)

    def _look_up_beginnings(self, kind: Kind) -> Meanings:
        stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        for start, end in self._stretches(kind):
            text = self.typed.text[start:end]
            if end in self.typed.breaks and (kind is not Kind.LITERAL or len(text) > 1 or text.isdigit()):
                stretches[text].append((start, end))
        rows = self.connection.execute(
            "SELECT beginning.value, units FROM json_each(?) AS beginning CROSS JOIN search_spelling"
            " ON kind = ? AND typed > beginning.value AND typed < beginning.value || ?",
            [json.dumps(list(stretches)), kind, _AFTER_ALL],
        )
        found = _meanings(kind, rows, stretches)
        if kind is not Kind.LITERAL:
            return found
        return {
            (start, end): meaning._replace(beginning=self.typed.text[start:end])
            for (start, end), meaning in found.items()
        }

    def _inside(self) -> Meanings:
        """The typed words that are parts of compound words; the vocabulary is read through for them."""
        meanings = {}
        for start, end, _matters in self.typed.words:
            text = self.typed.text[start:end]
            if len(text) < SHORTEST_INSIDE or not text.isalnum() or any(map(is_character, text)):
                continue
            rows = self.connection.execute(
                "SELECT units FROM search_spelling WHERE kind = ? AND instr(typed, ?) > ?",
                [Kind.LITERAL, text, SHORTEST_BEFORE],
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
