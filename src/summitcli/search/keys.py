"""What a catalog keeps for searching: the slow side, run once for each schedule."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from summitcli.model import Outline, Session, Text
from summitcli.search.answers import Kind
from summitcli.search.characters import ways_to_type
from summitcli.search.units import GAP, WORD, is_character, row, spellings, units

SessionKeys = tuple[str, str, str]
"""The keys of a session's names, of its speakers, of its category and rooms; one on each line."""

Way = tuple[Kind, str, str]
"""How something can be typed: the kind, what is typed, and the unit that is meant."""

TOGETHER = 1000
"""How many rows are written at once."""

MOST_HELD = 16 * 2**20
"""How much of the index is held in memory before it is written, in bytes (SQLite, FTS5, "hashsize")."""

_UMLAUTS = frozenset("äöüøåÄÖÜØÅ\u0308\u030a")


@lru_cache(maxsize=2**16)
def _umlauted(part: str) -> tuple[str, ...]:
    """The words of a text without spaces, where it has umlauts."""
    return () if _UMLAUTS.isdisjoint(part) else tuple(part[start:end] for _, start, end in units(part))


class Keys:
    """The keys of a schedule's sessions, and what else is to be known of their texts.

    Args:
        outline: the schedule that the sessions are of.
    """

    def __init__(self, outline: Outline) -> None:
        self._own = outline.conference.language
        self._letters: set[str] = set()
        """Every letter and character of the texts, also of the descriptions."""
        self._umlauted: set[str] = set()
        """The words that may have umlauts, as they are written."""
        self._lines = lru_cache(maxsize=4096)(self._lines_of)
        self._categories = {
            category.id: self._lines(self._versions(category.name)) for category in outline.categories
        }

    def noting(self, sessions: Iterable[Session], connection: sqlite3.Connection) -> Iterator[Session]:
        """``sessions``, each noted as it goes by, in the table ``search_text``.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        statement = "INSERT INTO search_text VALUES (?, ?, ?, ?)"
        rows: list[tuple[int, str, str, str]] = []
        for position, session in enumerate(sessions):
            rows.append((position, *self._of(session)))
            if len(rows) == TOGETHER:
                connection.executemany(statement, rows)
                rows.clear()
            yield session
        connection.executemany(statement, rows)

    def write(self, connection: sqlite3.Connection) -> None:
        """Fill the other tables ``search…`` of :data:`summitcli.catalog.schema.TABLES` with what was noted.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        ways = list(ways_to_type(filter(is_character, self._letters)))
        # Of a large conference it would otherwise merge what it has written dozens of times.
        connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (MOST_HELD,))
        tokens = Tokens(ways)
        texts = connection.execute("SELECT session, name, speaker, place FROM search_text")
        connection.executemany(
            "INSERT INTO search (rowid, name, speaker, place) VALUES (?, ?, ?, ?)",
            ((session, *map(tokens.of, keys)) for session, *keys in texts),
        )
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab ('main', 'search', 'row')")
        # Of a word of 32 KB the index has no more than that, which may end within a letter (SQLite, FTS5,
        # "FTS5_MAX_TOKEN_SIZE").
        octets = connection.execute("SELECT CAST(term AS BLOB) FROM temp.term")
        terms = {term.decode("utf-8", "ignore") for (term,) in octets}
        connection.execute("DROP TABLE temp.term")
        words = {term for term in terms if term.isalnum() and not is_character(term[0])}
        connection.executemany(
            "INSERT INTO search_spelling VALUES (?, ?, ?)",
            _spellings([*ways, *_words(words | self._umlauted)]),
        )
        connection.executemany("INSERT INTO search_neighbour VALUES (?, ?)", _neighbours(terms))

    def _of(self, session: Session) -> SessionKeys:
        for text in (session.subtitle, session.abstract, session.description):
            if text is not None:
                self._letters.update(*self._versions(text))
        rooms = self._lines(tuple(dict.fromkeys(slot.room for slot in session.slots if slot.room)))
        category = self._categories[session.category] if session.category else ""
        return (
            self._lines_of(self._versions(session.title)),
            self._lines(session.speakers),
            f"{category}\n{rooms}".strip("\n"),
        )

    def _versions(self, text: Text) -> tuple[str, ...]:
        return tuple(text.by_language(self._own).values())

    def _lines_of(self, texts: Sequence[str]) -> str:
        """The keys of ``texts``, each once."""
        for text in texts:
            if not text.isascii() and not _UMLAUTS.isdisjoint(text):
                self._umlauted.update(word for part in text.split() for word in _umlauted(part))
        lines = "\n".join(dict.fromkeys([" ".join(row(text)) for text in texts]))
        self._letters.update(lines)
        return lines


class Tokens:
    """What the index keeps of texts.

    Args:
        ways: how characters can be typed.
    """

    def __init__(self, ways: Iterable[Way]) -> None:
        letters: defaultdict[str, set[str]] = defaultdict(set)
        for kind, typed, character in ways:
            if kind is Kind.PINYIN:
                letters[character].add(typed[0])
        self._meetings = _Meetings(letters)
        self.of = lru_cache(maxsize=4096)(self._of)
        """The tokens of some keys, divided by spaces."""

    def _of(self, keys: str) -> str:
        return " ".join([token for key in keys.split("\n") if key for token in self._of_one(key)])

    def _of_one(self, key: str) -> list[str]:
        """The units of a text; its pairs of neighbours, whether or not a gap is between them; and marks.

        ``^`` stands before the first unit, ``$`` after the last, ``_`` before a character that begins a word.
        """
        its_row = key.split(" ")
        if key.isascii():
            return [*its_row, "^" + its_row[0], its_row[-1] + "$"]
        begins = ["_" + unit for before, unit in pairwise(its_row) if before == GAP]
        its_row = [unit for unit in its_row if unit != GAP]
        joints = pairwise(map(_joint, its_row))
        pairs = [token for pair in joints for token in self._meetings[pair]]
        return [*its_row, *pairs, *begins, "^" + its_row[0], its_row[-1] + "$"]


class _Meetings(dict[tuple[str, str], tuple[str, ...]]):
    """The tokens of each pair of neighbours, :data:`WORD` for a word; worked out once for each.

    They are the pair itself, and ``@`` with the letters that its characters may begin with in pinyin.
    """

    def __init__(self, letters: defaultdict[str, set[str]]) -> None:
        super().__init__({(WORD, WORD): ()})
        self._letters = letters

    def __missing__(self, pair: tuple[str, str]) -> tuple[str, ...]:
        one, other = pair
        sounds = product(sorted(self._letters[one]), sorted(self._letters[other]))
        self[pair] = (one + other, *(f"@{letter}{beyond}" for letter, beyond in sounds))
        return self[pair]


@lru_cache(maxsize=2**16)
def _joint(unit: str) -> str:
    """What a unit's neighbours have it for."""
    return unit if is_character(unit) else WORD


def _words(written: Iterable[str]) -> Iterator[Way]:
    """The ways to type words."""
    for word in written:
        unit = "".join(row(word))
        for typed in spellings(word):
            yield Kind.LITERAL, typed, unit


def _spellings(ways: Iterable[Way]) -> Iterator[Way]:
    """Each kind of each way to type something, with all the units that may be meant, divided by spaces."""
    meant: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
    for kind, typed, unit in ways:
        meant[kind, typed].add(unit)
    for kind, typed in sorted(meant):
        yield kind, typed, " ".join(sorted(meant[kind, typed]))


def _neighbours(terms: set[str]) -> Iterator[tuple[str, str]]:
    """Each character with those that follow on it somewhere, and a word with those that follow on one."""
    following: defaultdict[str, str] = defaultdict(str, {WORD: WORD})
    for term in sorted(terms):
        if len(term) == 2 and all(joint == WORD or is_character(joint) for joint in term):
            following[term[0]] += term[1]
    yield from following.items()
