"""Writing the search tables while a catalog is built.

For each text, the tables have a key and tokens:

- The *row* of a text is the list of its *units*: its words, in lower case without accents, and its Chinese
  characters. A ``·`` is before each character that does not follow another one directly.
- The *key* is the row as one text, such as ``ai · 国 企`` for "AI国企".
- The *tokens* are the terms by which the full-text index finds the text: its units, its pairs of neighbouring
  characters (国企), and some units with a mark of their position (``^ai`` at the beginning of the text).

The *spellings* of a unit are the texts that users may type for it: a character's pinyin, a word's singular.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise, product

from summitcli.search.answers import Kind
from summitcli.search.characters import first_letters, ways_to_type
from summitcli.search.pieces import Pieces
from summitcli.search.units import GAP, WORD, is_character, row, spellings, units

Spelling = tuple[Kind, str, str]
"""A way to type a unit (a Chinese character or word): kind, typed text and unit.

An example is ``(Kind.PINYIN, "guo", "国")``.
"""

KeysAndTokens = tuple[str, str]
"""The normalised forms (keys) of some texts, one per line; and the tokens by which the index finds them.

Tokens are characters, words and pairs of neighbouring characters, with spaces between.
"""

_NONE: KeysAndTokens = ("", "")

SessionTexts = tuple[Sequence[str], Sequence[str], str | None, Sequence[str], Sequence[str]]
"""The texts of a session that are searched, as plain values that another process can be given.

They are its titles in each language, its speakers, the ID of its category, its rooms and tags, and its
descriptions in each language.
"""

SpeakerTexts = tuple[str, Sequence[str], Sequence[str]]
"""The texts of a speaker that are searched.

They are the name in the conference's own language, the names in each language, and the biographies in each
language.
"""

BATCH_SIZE = 1000
"""The number of database rows written at once."""

MAX_INDEX_MEMORY = 16 * 2**20
"""The size of index data that SQLite collects in memory before writing, in bytes (FTS5, "hashsize")."""

_UMLAUT = re.compile("[äöüøåÄÖÜØÅ\u0308\u030a]")


@lru_cache(maxsize=2**16)
def _umlauted(part: str) -> tuple[str, ...]:
    """Return the words in ``part`` if it has umlauts; otherwise, an empty tuple.

    ``part`` is a text without spaces, whose words may be separated by punctuation.
    """
    return tuple(part[start:end] for _, start, end in units(part)) if _UMLAUT.search(part) else ()


class Keys:
    """A writer of the search tables of a schedule.

    Args:
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`.
        categories: the names in each language of the sessions' categories, by ID.
        speakers: the speakers of whom more is known than their names.

    Raises:
        sqlite3.Error: the database can't be written.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        categories: Mapping[str, Sequence[str]] = {},
        speakers: Iterable[SpeakerTexts] = (),
    ) -> None:
        self._connection = connection
        # With the default, the index of a large conference would be merged dozens of times.
        connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (MAX_INDEX_MEMORY,))
        self._pieces = Pieces(connection)
        self._umlauted: set[str] = set()
        """The words with umlauts, as they are written in texts."""
        self._tokens = Tokens(first_letters)
        self._categories = {id_: self._entry_of(names) for id_, names in categories.items()}
        self._place = lru_cache(maxsize=4096)(self._place_of)
        self._names: dict[str, Sequence[str]] = {}
        """The names of speakers in all languages, by the name in the conference's own language.

        Only speakers with names in several languages are included.
        """
        self._texts: list[tuple[int | str, ...]] = []
        self._indexed: list[tuple[int | str, ...]] = []
        for own, names, biographies in speakers:
            for text in biographies:
                self._pieces.add(text)
            if len(names) > 1:
                self._names[own] = names

    def add(self, position: int, texts: SessionTexts) -> None:
        """Write the texts of a session, in normalised form and as index tokens.

        Args:
            position: the number of the session in the schedule's order.
            texts: the texts of the session.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        titles, speakers, category, places, descriptions = texts
        for text in descriptions:
            self._pieces.add(text)
        if speakers and self._names:
            speakers = [name for own in speakers for name in self._names.get(own, (own,))]
        place = self._place(category, *places)
        self._put(position, self._entry_of(titles), self._entry_of(speakers) if speakers else _NONE, place)

    def _put(self, position: int, name: KeysAndTokens, speakers: KeysAndTokens, place: KeysAndTokens) -> None:
        self._texts.append((position, name[0], speakers[0], place[0]))
        self._indexed.append((position, name[1], speakers[1], place[1]))
        if len(self._texts) == BATCH_SIZE:
            self._flush()

    def write(self) -> None:
        """Fill the search tables that depend on all sessions; call this after the last :meth:`add`.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        self._pieces.write()
        connection = self._connection
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        words, pairs = _vocabulary(connection)
        # A character may stand for several, such as ㋿ for 令和.
        described = {unit for letter in self._pieces.letters for unit in row(letter) if is_character(unit)}
        ways = ways_to_type(self._tokens.characters | described)
        connection.executemany(
            "INSERT INTO search_spelling VALUES (?, ?, ?)", _spellings(ways, words, self._umlauted)
        )
        connection.executemany("INSERT INTO search_neighbour VALUES (?, ?)", _neighbours(pairs))

    def _flush(self) -> None:
        self._connection.executemany("INSERT INTO search_text VALUES (?, ?, ?, ?)", self._texts)
        self._connection.executemany(
            "INSERT INTO search (rowid, name, speaker, place) VALUES (?, ?, ?, ?)", self._indexed
        )
        self._texts.clear()
        self._indexed.clear()

    def _place_of(self, category: str | None, *names: str) -> KeysAndTokens:
        """Return the normalised form and index tokens of a session's category, and of its rooms and tags."""
        named = self._categories[category] if category else _NONE
        keys, tokens = zip(named, self._entry_of(names), strict=True)
        return "\n".join(keys).strip("\n"), " ".join(tokens)

    def _entry_of(self, texts: Sequence[str]) -> KeysAndTokens:
        """Return the normalised forms and index tokens of several texts; equal texts are used once."""
        if len(texts) == 1:
            return self._entry_of_one(texts[0])
        entries = dict([self._entry_of_one(text) for text in texts])
        return "\n".join(entries), " ".join(filter(None, entries.values()))

    def _entry_of_one(self, text: str) -> KeysAndTokens:
        """Return the normalised form and index tokens of a text; both are empty for mere punctuation."""
        if not text.isascii() and _UMLAUT.search(text):
            self._umlauted.update(*map(_umlauted, text.split()))
        its_row = row(text)
        if not its_row:
            return _NONE
        key = " ".join(its_row)
        if key.isascii():
            # A text without Chinese characters has no tokens for neighbours.
            return key, f"{key} ^{its_row[0]} {its_row[-1]}$"
        return key, self._tokens.of(its_row)


class Tokens:
    """A maker of the tokens (words, characters and pairs of these) under which a text is indexed.

    Args:
        letters: a function that returns the letters with which a character's pinyin may begin.
    """

    def __init__(self, letters: Callable[[str], Collection[str]]) -> None:
        self._pair_tokens = _PairTokens(letters)
        self._alone: set[str] = set()
        """The Chinese characters that are a whole text by themselves, and so are in no pair."""

    @property
    def characters(self) -> set[str]:
        """Return the Chinese characters in the texts so far."""
        return {*self._alone, *chain.from_iterable(self._pair_tokens)} - {WORD}

    def of(self, its_row: Sequence[str]) -> str:
        """Return the tokens under which a text is indexed, separated by spaces.

        They are its units; the pairs of units that follow each other, whether or not punctuation stands
        between (:class:`_PairTokens`); and some units once more with a mark of their position: ``^`` before
        the first unit, ``$`` after the last, ``_`` before a character that begins a word.

        Args:
            its_row: the units (Chinese characters and words) of the text.
        """
        begins = ""
        if GAP in its_row:
            begins = "".join([f" _{unit}" for before, unit in pairwise(its_row) if before == GAP])
            its_row = [unit for unit in its_row if unit != GAP]
        pair_units = [_PAIR_UNITS[unit] if len(unit) == 1 else WORD for unit in its_row]
        pairs = "".join(map(self._pair_tokens.__getitem__, pairwise(pair_units)))
        if len(pair_units) == 1:
            self._alone.update(pair_units)
        return f"{' '.join(its_row)}{pairs}{begins} ^{its_row[0]} {its_row[-1]}$"


class _PairTokens(dict[tuple[str, str], str]):
    """A cache of the index tokens for pairs of units that follow each other in a text.

    For 国企 they are `` 国企 @gq``: the pair itself, and after ``@`` the first letters of its pinyin. If a
    character has several readings in pinyin, there is such a token for each combination. A space stands
    before each token. :data:`WORD` stands for any word; a pair of two words has no tokens.
    """

    def __init__(self, letters: Callable[[str], Collection[str]]) -> None:
        super().__init__({(WORD, WORD): ""})
        self._letters = letters

    def __missing__(self, pair: tuple[str, str]) -> str:
        one, other = (() if unit == WORD else sorted(self._letters(unit)) for unit in pair)
        sounds = "".join([f" @{letter}{beyond}" for letter, beyond in product(one, other)])
        self[pair] = f" {pair[0]}{pair[1]}{sounds}"
        return self[pair]


class _PairUnits(dict[str, str]):
    """A cache that maps each unit to the form that it has in pairs of neighbouring units.

    A Chinese character stays as it is. A word is replaced by :data:`WORD`, the sign for any word.
    """

    def __missing__(self, unit: str) -> str:
        self[unit] = unit if is_character(unit) else WORD
        return self[unit]


_PAIR_UNITS = _PairUnits()


def _vocabulary(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return the distinct words in the index, and the pairs of neighbouring characters or words, both sorted.

    Raises:
        sqlite3.Error: the database can't be read.
    """
    words, pairs = [], []
    connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab ('main', 'search', 'row')")
    # The index truncates words at 32 KB, possibly within a character (SQLite, FTS5, "FTS5_MAX_TOKEN_SIZE").
    for (octets,) in connection.execute("SELECT CAST(term AS BLOB) FROM temp.term"):
        term = octets.decode("utf-8", "ignore")
        if len(term) == 2 and all(unit == WORD or is_character(unit) for unit in term):
            pairs.append(term)
        elif term.isalnum() and not is_character(term[0]):
            words.append(term)
    connection.execute("DROP TABLE temp.term")
    return words, pairs


def _spellings(
    ways: Iterable[Spelling], words: Iterable[str], umlauted: Iterable[str]
) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of the table ``search_spelling``: the kind of spelling, a typed text, and its meanings.

    For example, the pinyin ``guo`` may mean 国 or 果, and ``fuer`` the word ``fur``. Several meanings are
    separated by spaces.

    Args:
        ways: the ways to type Chinese characters.
        words: the words that occur in texts, in lower case and without accents.
        umlauted: the words with umlauts, as they are written in texts.
    """
    meant: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
    for kind, typed, unit in ways:
        meant[kind, typed].add(unit)
    plain = []
    for word in words:
        if word.isascii() and not word.endswith("s"):
            # Most words have only this spelling; a large conference has a hundred thousand of them.
            plain.append(word)
        else:
            _add_word(meant, word)
    for word in umlauted:
        _add_word(meant, word)
    # SQLite binds a plain integer faster than an enum member.
    literal = int(Kind.LITERAL)
    for word in plain:
        others = meant.pop((Kind.LITERAL, word), None)
        yield literal, word, " ".join(sorted({word, *others})) if others else word
    for kind, typed in sorted(meant):
        yield kind, typed, " ".join(sorted(meant[kind, typed]))


def _add_word(meant: defaultdict[tuple[Kind, str], set[str]], word: str) -> None:
    """Add ``word`` to the meanings of each of its spellings.

    The mapping ``meant`` has the meanings (characters and words) of each spelling: ``{(kind, spelling):
    {…}}``.
    """
    unit = "".join(row(word))
    for typed in spellings(word):
        meant[Kind.LITERAL, typed].add(unit)


def _neighbours(pairs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs: a Chinese character, and a string of all characters that follow it in some text.

    In place of a character there may be :data:`WORD`, which stands for any word.

    Args:
        pairs: pairs of neighbours in texts, each as a string of two characters.
    """
    following: defaultdict[str, str] = defaultdict(str, {WORD: WORD})
    for pair in pairs:
        following[pair[0]] += pair[1]
    yield from following.items()
