"""What a catalog keeps for searching: the slow side, run once for each schedule."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from summitcli.model import Outline, Session, Text
from summitcli.search.answers import Kind
from summitcli.search.characters import first_letters, ways_to_type
from summitcli.search.pieces import Pieces
from summitcli.search.units import GAP, WORD, is_character, row, spellings, units

Way = tuple[Kind, str, str]
"""How something can be typed: the kind, what is typed, and the unit that is meant."""

Entry = tuple[str, str]
"""The keys of some texts, one on each line, and their tokens, divided by spaces."""

_NONE: Entry = ("", "")

BATCH_SIZE = 1000
"""How many rows are written at once."""

MAX_HELD = 16 * 2**20
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
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`.

    Raises:
        sqlite3.Error: the database can't be written.
    """

    def __init__(self, outline: Outline, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Of a large conference it would otherwise merge what it has written dozens of times.
        connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (MAX_HELD,))
        self._letters: set[str] = set()
        """Every letter and character of the names."""
        self._pieces = Pieces(connection)
        self._umlauted: set[str] = set()
        """The words that may have umlauts, as they are written."""
        self._tokens = Tokens(first_letters)
        self._categories = {
            category.id: self._entry_of(_versions(category.name)) for category in outline.categories
        }
        self._place = lru_cache(maxsize=4096)(self._place_of)
        self._texts: list[tuple[int, str, str, str]] = []
        self._indexed: list[tuple[int, str, str, str]] = []

    def note(self, position: int, session: Session) -> None:
        """Write the keys and tokens of the session at a position of the schedule.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        for text in (session.subtitle, session.abstract, session.description):
            if text is not None:
                for version in _versions(text):
                    self._pieces.note(version)
        title = session.title.root
        name, name_tokens = (
            self._entry_of_one(title) if isinstance(title, str) else self._entry_of([*title.values()])
        )
        speakers, speaker_tokens = self._entry_of(session.speakers) if session.speakers else _NONE
        place, place_tokens = self._place(session.category, *[slot.room for slot in session.slots])
        self._texts.append((position, name, speakers, place))
        self._indexed.append((position, name_tokens, speaker_tokens, place_tokens))
        if len(self._texts) == BATCH_SIZE:
            self._flush()

    def write(self) -> None:
        """Fill the other tables ``search…``, when all sessions are noted.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._flush()
        self._pieces.write()
        connection = self._connection
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        words, pairs = _vocabulary(connection)
        # Of a letter that stands for several, as ㋿ for 令和, each.
        letters = self._letters | self._pieces.letters
        characters = {unit for letter in letters for unit in row(letter) if is_character(unit)}
        ways = ways_to_type(characters)
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

    def _place_of(self, category: str | None, *rooms: str | None) -> Entry:
        """Return the keys and tokens of a category and the rooms of a session in it."""
        named = self._categories[category] if category else _NONE
        keys, tokens = zip(named, self._entry_of([room for room in rooms if room]), strict=True)
        return "\n".join(keys).strip("\n"), " ".join(tokens)

    def _entry_of(self, texts: Sequence[str]) -> Entry:
        """Return the keys and tokens of ``texts``, of equal keys one."""
        if len(texts) == 1:
            return self._entry_of_one(texts[0])
        entries = dict([self._entry_of_one(text) for text in texts])
        return "\n".join(entries), " ".join(filter(None, entries.values()))

    def _entry_of_one(self, text: str) -> Entry:
        """Return the key and tokens of ``text``; none of what has neither letters nor digits."""
        if not text.isascii() and not _UMLAUTS.isdisjoint(text):
            self._umlauted.update(*map(_umlauted, text.split()))
        its_row = row(text)
        if not its_row:
            return _NONE
        key = " ".join(its_row)
        if key.isascii():
            # Words alone: there is nothing else to be known of neighbours.
            return key, f"{key} ^{its_row[0]} {its_row[-1]}$"
        self._letters.update(key)
        return key, self._tokens.of(its_row)


class Tokens:
    """What the index keeps of texts.

    Args:
        letters: tells the letters that a character may begin with in pinyin.
    """

    def __init__(self, letters: Callable[[str], Collection[str]]) -> None:
        self._meetings = _Meetings(letters)

    def of(self, its_row: Sequence[str]) -> str:
        """Return the tokens of a text's row, divided by spaces.

        They are its units; its pairs of neighbours, whether or not a gap is between them; and marks: ``^``
        stands before the first unit, ``$`` after the last, ``_`` before a character that begins a word.
        """
        begins = ""
        if GAP in its_row:
            begins = "".join([f" _{unit}" for before, unit in pairwise(its_row) if before == GAP])
            its_row = [unit for unit in its_row if unit != GAP]
        joints = [_JOINTS[unit] if len(unit) == 1 else WORD for unit in its_row]
        pairs = "".join(map(self._meetings.__getitem__, pairwise(joints)))
        return f"{' '.join(its_row)}{pairs}{begins} ^{its_row[0]} {its_row[-1]}$"


class _Meetings(dict[tuple[str, str], str]):
    """The tokens of each pair of neighbours, :data:`WORD` for a word; worked out once for each.

    They are the pair itself, and ``@`` with the letters that its characters may begin with in pinyin, a space
    before each.
    """

    def __init__(self, letters: Callable[[str], Collection[str]]) -> None:
        super().__init__({(WORD, WORD): ""})
        self._letters = letters

    def __missing__(self, pair: tuple[str, str]) -> str:
        one, other = (() if joint == WORD else sorted(self._letters(joint)) for joint in pair)
        sounds = "".join([f" @{letter}{beyond}" for letter, beyond in product(one, other)])
        self[pair] = f" {pair[0]}{pair[1]}{sounds}"
        return self[pair]


class _Joints(dict[str, str]):
    """What neighbours have a unit of one letter for: a character, or a word."""

    def __missing__(self, unit: str) -> str:
        self[unit] = unit if is_character(unit) else WORD
        return self[unit]


_JOINTS = _Joints()


def _versions(text: Text) -> tuple[str, ...]:
    """Return a text in each of its languages."""
    return (text.root,) if isinstance(text.root, str) else tuple(text.root.values())


def _vocabulary(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Return the words of the index and its pairs of neighbours, both sorted.

    Raises:
        sqlite3.Error: the database can't be read.
    """
    words, pairs = [], []
    connection.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab ('main', 'search', 'row')")
    # Of a word of 32 KB the index has no more than that, which may end within a letter (SQLite, FTS5,
    # "FTS5_MAX_TOKEN_SIZE").
    for (octets,) in connection.execute("SELECT CAST(term AS BLOB) FROM temp.term"):
        term = octets.decode("utf-8", "ignore")
        if len(term) == 2 and all(joint == WORD or is_character(joint) for joint in term):
            pairs.append(term)
        elif term.isalnum() and not is_character(term[0]):
            words.append(term)
    connection.execute("DROP TABLE temp.term")
    return words, pairs


def _spellings(
    ways: Iterable[Way], words: Iterable[str], umlauted: Iterable[str]
) -> Iterator[tuple[int, str, str]]:
    """Yield each kind of each way to type something, with all the units that may be meant, divided by spaces.

    Args:
        ways: how characters can be typed.
        words: the words of letters, as units.
        umlauted: words with umlauts, as they are written.
    """
    meant: defaultdict[tuple[Kind, str], set[str]] = defaultdict(set)
    for kind, typed, unit in ways:
        meant[kind, typed].add(unit)
    plain = []
    for word in words:
        if word.isascii() and not word.endswith("s"):
            # Most words are typed in no other way; a large conference has a hundred thousand.
            plain.append(word)
        else:
            _add_word(meant, word)
    for word in umlauted:
        _add_word(meant, word)
    # A number as such is written faster than one that has a name.
    literal = int(Kind.LITERAL)
    for word in plain:
        others = meant.pop((Kind.LITERAL, word), None)
        yield literal, word, " ".join(sorted({word, *others})) if others else word
    for kind, typed in sorted(meant):
        yield kind, typed, " ".join(sorted(meant[kind, typed]))


def _add_word(meant: defaultdict[tuple[Kind, str], set[str]], word: str) -> None:
    """Add the ways to type a word."""
    unit = "".join(row(word))
    for typed in spellings(word):
        meant[Kind.LITERAL, typed].add(unit)


def _neighbours(pairs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each character with those that follow on it somewhere, and a word with those that follow on one."""
    following: defaultdict[str, str] = defaultdict(str, {WORD: WORD})
    for pair in pairs:
        following[pair[0]] += pair[1]
    yield from following.items()
