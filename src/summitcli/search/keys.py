"""What a catalog keeps for searching: the slow side, run once for each schedule."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, pairwise

from summitcli.model import Schedule, Session, Text
from summitcli.search.answers import Kind
from summitcli.search.characters import ways_to_type
from summitcli.search.units import GAP, WORD, is_character, row, spellings, units

_BATCH = 1000
"""How many sessions are held in memory on their way into the tables."""

_UMLAUTS = frozenset("äöüøåÄÖÜØÅ\u0308\u030a")

Keys = tuple[str, str, str]
"""The keys of a session's names, of its speakers, of its category and rooms; one on each line."""


def write_keys(schedule: Schedule, connection: sqlite3.Connection) -> None:
    """Fill the tables ``search…`` of :data:`summitcli.catalog.schema.TABLES`.

    Raises:
        sqlite3.Error: the database can't be written.
    """
    keys = _Keys(schedule)
    sessions = iter(enumerate(schedule.sessions))
    while batch := [(position, *keys.of(session)) for position, session in islice(sessions, _BATCH)]:
        connection.executemany("INSERT INTO search_text VALUES (?, ?, ?, ?)", batch)
        connection.executemany(
            "INSERT INTO search (rowid, name, speaker, place) VALUES (?, ?, ?, ?)",
            ((position, *map(_tokens, session_keys)) for position, *session_keys in batch),
        )
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab ('main', 'search', 'row')")
    terms = {term for (term,) in connection.execute("SELECT term FROM temp.term")}
    connection.execute("DROP TABLE temp.term")
    connection.executemany(
        "INSERT INTO search_spelling VALUES (?, ?, ?)", _spellings(terms | keys.described, keys.umlauted)
    )
    connection.executemany("INSERT INTO search_neighbour VALUES (?, ?)", _neighbours(terms))


class _Keys:
    """The keys of the sessions of ``schedule``, and what else is to be known of their texts."""

    def __init__(self, schedule: Schedule) -> None:
        self.umlauted: set[str] = set()
        """The words that may have umlauts, as they are written."""
        self.described: set[str] = set()
        """Every letter and character of the descriptions."""
        self._own = schedule.conference.language
        self._categories = {
            category.id: self._lines(self._versions(category.name)) for category in schedule.categories
        }

    def of(self, session: Session) -> Keys:
        """The keys of ``session``."""
        for text in (session.subtitle, session.abstract, session.description):
            if text is not None:
                self.described.update(*self._versions(text))
        rooms = self._lines(dict.fromkeys(slot.room for slot in session.slots if slot.room))
        category = self._categories[session.category] if session.category else ""
        return (
            self._lines(self._versions(session.title)),
            self._lines(session.speakers),
            f"{category}\n{rooms}".strip("\n"),
        )

    def _versions(self, text: Text) -> list[str]:
        return list(text.by_language(self._own).values())

    def _lines(self, texts: Iterable[str]) -> str:
        """The keys of ``texts``, each once."""
        for text in texts:
            if not text.isascii() and not _UMLAUTS.isdisjoint(text):
                self.umlauted.update([text[start:end] for _, start, end in units(text)])
        return "\n".join(dict.fromkeys([" ".join(row(text)) for text in texts]))


@lru_cache(maxsize=4096)
def _tokens(keys: str) -> str:
    """The tokens of some keys, divided by spaces."""
    return " ".join([token for key in keys.split("\n") for token in tokens(key)])


def tokens(key: str) -> list[str]:
    """What the index keeps of a text with this key.

    Its units; its pairs of neighbours, whether or not a gap is between them, with :data:`WORD` for a word;
    ``^`` before the first unit, ``$`` after the last, and ``_`` before a character that begins a word.
    """
    if not key:
        return []
    row = key.split(" ")
    if key.isascii():
        return [*row, "^" + row[0], row[-1] + "$"]
    begins = ["_" + unit for before, unit in pairwise(row) if before == GAP]
    row = [unit for unit in row if unit != GAP]
    pairs = [one + other for one, other in pairwise(map(_joint, row)) if one != WORD or other != WORD]
    return [*row, *pairs, *begins, "^" + row[0], row[-1] + "$"]


@lru_cache(maxsize=2**16)
def _joint(unit: str) -> str:
    """What a unit's neighbours have it for."""
    return unit if is_character(unit) else WORD


def _spellings(terms: set[str], umlauted: set[str]) -> Iterator[tuple[Kind, str, str]]:
    """Each way to type something, with the units that it may mean, divided by spaces."""
    meant: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
    for word in umlauted | {term for term in terms if term.isalnum() and not is_character(term[0])}:
        for typed in spellings(word):
            meant[Kind.LITERAL, typed].add("".join(row(word)))
    for kind, typed, character in ways_to_type(filter(is_character, terms)):
        meant[kind, typed].add(character)
    for kind, typed in sorted(meant):
        yield kind, typed, " ".join(sorted(meant[kind, typed]))


def _neighbours(terms: set[str]) -> Iterator[tuple[str, str]]:
    """Each character with those that follow on it somewhere, and a word with those that follow on one."""
    following: defaultdict[str, str] = defaultdict(str, {WORD: WORD})
    for term in sorted(terms):
        if len(term) == 2 and all(joint == WORD or is_character(joint) for joint in term):
            following[term[0]] += term[1]
    yield from following.items()
