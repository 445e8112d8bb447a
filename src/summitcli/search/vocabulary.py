"""The possible meanings of the parts of a typed text, looked up in a catalog.

A *stretch* is a part of the typed text, given as its start and end offset. Its *meaning* is the Chinese
characters and words (*units*) that it can stand for and that occur in the catalog.

The catalog also records which units are neighbours in texts, as pairs such as 国企. In these pairs, every
word is replaced by the sign :data:`~summitcli.search.units.WORD`. A *pair unit* is a character or this sign.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from summitcli.lazy_typing import TYPE_CHECKING, NamedTuple
from summitcli.search.answers import Kind
from summitcli.search.typed import Stretch, Typed
from summitcli.search.units import WORD, is_character
from summitcli.text.plain_json import encode_ascii

if TYPE_CHECKING:
    import sqlite3

MAX_WORD_LENGTH = 40
MAX_SYLLABLE_LENGTH = 6
MIN_INSIDE_LENGTH = 4
"""Typed words with fewer letters than this are not searched for inside longer words."""
MIN_LETTERS_BEFORE = 3
"""The minimum number of letters before a match inside a longer word: ``orum`` must not match ``forum``."""

MAX_PREFIX_WORDS = 1000
"""The largest number of words that are looked up because they begin with something typed.

It is the limit for all words of a typed text together. If there are more, the words for the shortest of the
typed beginnings are not looked up. Instead, the words of each searched text are compared with the beginning.
"""

MIN_COMPOUND_LENGTH = MIN_LETTERS_BEFORE + MIN_INSIDE_LENGTH
_LAST_CHARACTER = "\U0010ffff"
_LITERAL = f"kind = {Kind.LITERAL:d}"
"""The SQL condition for spellings in which words and characters are typed as they are, not as pinyin.

It is written exactly as in the definitions of the database's indexes: only then does SQLite use them.
"""


_NEVER_BEGUN = (Kind.INSIDE, Kind.INITIALS, Kind.HOMOPHONE)
"""The kinds of search in which a character or word must be typed as a whole, not only its beginning."""


class Meaning(NamedTuple):
    """The Chinese characters and words (units) that a part of the typed text can stand for."""

    characters: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    beginning: str = ""
    """The typed prefix, if words that begin with it are meant; otherwise empty.

    The index is asked for the prefix instead of for each of these words.
    """
    many: bool = False
    """True if all words that begin with ``beginning`` are meant. They are too many to list in ``words``."""

    def __bool__(self) -> bool:
        return bool(self.characters or self.words or self.many)

    @property
    def has_words(self) -> bool:
        """Return whether the part of the typed text can stand for words, not only for Chinese characters."""
        return self.many or bool(self.words)

    @property
    def pair_units(self) -> frozenset[str]:
        """Return the characters of this meaning; if it has words, also WORD, the sign for any word.

        The catalog records in this form which characters and words are neighbours in texts.
        """
        return self.characters | {WORD} if self.has_words else self.characters

    def means(self, unit: str) -> bool:
        """Return whether the part of the typed text can stand for ``unit``, a character or word."""
        if unit in self.words or unit in self.characters:
            return True
        return self.many and unit.startswith(self.beginning) and unit != self.beginning

    def limited_to(self, allowed: Collection[str]) -> Meaning:
        """Return this meaning with only the characters that are allowed, and with the words if they are.

        Args:
            allowed: the Chinese characters to keep. If WORD, the sign for any word, is among them, all words
                are kept, too; otherwise they are removed.
        """
        characters = self.characters.intersection(allowed)
        return self._replace(characters=characters) if WORD in allowed else Meaning(characters)

    def __or__(self, other: Meaning) -> Meaning:
        return Meaning(
            self.characters | other.characters,
            self.words | other.words,
            self.beginning or other.beginning,
            self.many or other.many,
        )


Meanings = Mapping[Stretch, Meaning]


class Vocabulary:
    """The possible meanings of the parts of a typed text, looked up in the catalog when first needed."""

    def __init__(self, connection: sqlite3.Connection, typed: Typed) -> None:
        self.typed = typed
        self.connection = connection
        self._whole: dict[Kind, Meanings] = {}
        self._begun: dict[Kind, Meanings] = {}
        self._next: dict[str, str] = {}

    def whole(self, kind: Kind) -> Meanings:
        """Return the characters and words that are typed in full, such as 国 and 果 for ``guo``.

        The result maps the start and end offset of each part of the typed text to the characters and words
        that it can stand for. ``kind`` is the way in which the text is understood, such as pinyin.
        """
        if kind not in self._whole:
            self._whole[kind] = self._inside() if kind is Kind.INSIDE else self._look_up(kind)
        return self._whole[kind]

    def begun(self, kind: Kind) -> Meanings:
        """Return the characters and words of which only the beginning is typed, such as 国 (guo) for ``gu``.

        The result maps the start and end offset of each part of the typed text to the characters and words
        that it can stand for. Only parts at the end of a typed word, or before a typed Chinese character, can
        be such a beginning. ``kind`` is the way in which the text is understood, such as pinyin.
        """
        if kind not in self._begun:
            self._begun[kind] = {} if kind in _NEVER_BEGUN else self._look_up_beginnings(kind)
        return self._begun[kind]

    def next(self, pair_units: Iterable[str]) -> Mapping[str, str]:
        """Return the characters that directly follow a character or word in texts of the catalog.

        The result maps each of ``pair_units`` to a string of characters, such as ``{"国": "企旗"}``.

        Args:
            pair_units: Chinese characters. WORD, the sign for any word, may be among them; it may be in the
                strings of the result, too.
        """
        missing = [unit for unit in pair_units if unit not in self._next]
        if missing:
            self._next.update(dict.fromkeys(missing, ""))
            self._next.update(
                self.connection.execute(
                    "SELECT unit, next FROM search_neighbour WHERE unit IN (SELECT value FROM json_each(?))",
                    [encode_ascii(missing)],
                )
            )
        return self._next

    def letters(self, kind: Kind) -> str:
        """Return a text with the first letter of each character's pinyin at the offset where it begins.

        Usually, this is the typed text itself: in ``guoqi``, 国 begins at ``g`` and 企 at ``q``. If ``kind``
        is HOMOPHONE, the typed text may have Chinese characters. Each is replaced by the first letter of its
        pinyin, unless there are several possible letters. If ``kind`` is SOUTHERN (pinyin with confused
        sounds such as ``n`` and ``l``), the first letters are unknown: return an empty text.
        """
        if kind is not Kind.HOMOPHONE:
            return "" if kind is Kind.SOUTHERN else self.typed.text
        letters = list(self.typed.text)
        firsts: defaultdict[int, set[str]] = defaultdict(set)
        for syllable, stretches in self._syllables.items():
            for start, _end in stretches:
                firsts[start].add(syllable[0])
        for at, possible in firsts.items():
            letters[at] = possible.pop() if len(possible) == 1 else letters[at]
        return "".join(letters)

    @cached_property
    def _syllables(self) -> Mapping[str, list[Stretch]]:
        """Return the pinyin syllables of the typed Chinese characters, with the places of these characters.

        For ``国企``, they are ``{"guo": [(0, 1)], "qi": [(1, 2)]}``, with start and end offsets.
        """
        from summitcli.search.homophones import syllables

        return syllables(self.typed)

    def _look_up(self, kind: Kind) -> Meanings:
        if kind is Kind.HOMOPHONE:
            return self._meanings(Kind.PINYIN, self._syllables)
        stretches: defaultdict[str, list[Stretch]] = defaultdict(list)
        for start, end in self._stretches(kind):
            stretches[self.typed.text[start:end]].append((start, end))
        if kind is Kind.LITERAL:
            for stretch, forms in self.typed.forms.items():
                for form in forms:
                    stretches[form].append(stretch)
        return self._meanings(kind, stretches)

    def _meanings(self, kind: Kind, stretches: Mapping[str, list[Stretch]]) -> Meanings:
        """Return the characters and words that parts of the typed text can stand for.

        Args:
            kind: the way in which the parts are understood, such as pinyin.
            stretches: the start and end offsets of the parts: ``{"guo": [(0, 3)]}``. A key is the text of a
                part, or another spelling of this text.
        """
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
            if end not in self.typed.breaks or text in self.typed.complete:
                continue
            if kind is not Kind.LITERAL or len(text) > 1 or text.isdigit():
                stretches[text].append((start, end))
        # The longest first, as they are the prefixes of the fewest words.
        beginnings = sorted(stretches, key=len, reverse=True)
        rows = self.connection.execute(
            "SELECT beginning.value, units FROM json_each(?) AS beginning CROSS JOIN search_spelling"
            " ON kind = ? AND typed > beginning.value AND typed < beginning.value || ? LIMIT ?",
            [
                encode_ascii(beginnings),
                kind,
                _LAST_CHARACTER,
                MAX_PREFIX_WORDS + 1 if kind is Kind.LITERAL else -1,
            ],
        ).fetchall()
        if kind is not Kind.LITERAL:
            return _meanings(kind, rows, stretches)
        # At the limit, the rows of the last prefix are incomplete and those of the following ones are
        # missing.
        cut = beginnings[beginnings.index(rows[-1][0]) :] if len(rows) > MAX_PREFIX_WORDS else []
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
        """Return up to ``limit`` words of the catalog that begin with ``beginning``, in alphabetical order.

        A word is left out if it is also another spelling of some other word, as ``fuer`` is of ``für``.
        """
        rows = self.connection.execute(
            f"SELECT typed FROM search_spelling WHERE {_LITERAL} AND typed > ? AND typed < ?"  # noqa: S608
            " AND units = typed ORDER BY typed LIMIT ?",
            [beginning, beginning + _LAST_CHARACTER, limit],
        )
        return [word for (word,) in rows]

    def _others(self, beginning: str) -> list[str]:
        """Return the words of the catalog that have another spelling which begins with ``beginning``.

        For ``fue``, one word is ``fur`` (``für`` without accents), which is also spelled ``fuer``. An item of
        the list has all words with the same other spelling, separated by spaces.
        """
        rows = self.connection.execute(
            f"SELECT units FROM search_spelling INDEXED BY search_spelling_other WHERE {_LITERAL}"  # noqa: S608
            " AND units <> typed AND typed > ? AND typed < ?",
            [beginning, beginning + _LAST_CHARACTER],
        )
        return [units for (units,) in rows]

    def _inside(self) -> Meanings:
        """Return for each typed word, by its offsets, the longer words of the catalog that contain it.

        Typed words that no longer word contains are left out.
        """
        meanings = {}
        for start, end, _matters in self.typed.words:
            text = self.typed.text[start:end]
            if len(text) < MIN_INSIDE_LENGTH or not text.isalnum() or any(map(is_character, text)):
                continue
            rows = self.connection.execute(
                f"SELECT units FROM search_spelling INDEXED BY search_spelling_long WHERE {_LITERAL}"  # noqa: S608
                f" AND length(typed) >= {MIN_COMPOUND_LENGTH} AND length(typed) >= ? AND instr(typed, ?) > ?",
                [len(text) + MIN_LETTERS_BEFORE, text, MIN_LETTERS_BEFORE],
            )
            words = frozenset(word for (units,) in rows for word in units.split())
            if words:
                meanings[start, end] = Meaning(words=words)
        return meanings

    def _stretches(self, kind: Kind) -> Iterator[Stretch]:
        """Yield the start and the end of each part of the typed text that may be one character or word.

        If ``kind`` is LITERAL, a part is one Chinese character, or the letters of a word. The letters may
        come from two typed words: ``cyber security`` can mean ``cybersecurity``. Otherwise, a part is a few
        letters of one typed word, such as the pinyin of a character.
        """
        text, breaks = self.typed.text, self.typed.breaks
        longest = {Kind.LITERAL: MAX_WORD_LENGTH, Kind.INITIALS: 2}.get(kind, MAX_SYLLABLE_LENGTH)
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
        # Only literal spellings can stand for words.
        characters = frozenset(filter(is_character, found) if kind is Kind.LITERAL else found)
        meanings[stretch] = Meaning(characters, frozenset(found - characters))
    return meanings
