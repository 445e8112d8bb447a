"""The index of descriptions: their *pieces*, which are words and pairs of neighbouring Chinese characters.

The index does not tell which description has a piece, only whether any may have it. If so, the descriptions
themselves are read.
"""

import re
import sqlite3
from functools import cache
from operator import add

from summitcli.search.normalising import normalised
from summitcli.search.units import WORD, is_character

BATCH_LENGTH = 100_000
"""The number of characters of descriptions that are divided into pieces at once."""
MAX_HELD = 50_000
"""The number of words kept in memory before they are written."""

_IDEOGRAPH = "[\U00020000-\U0002a6df\u3400-\u4dbf\u4e00-\u9fff]"
"""The pattern of a Chinese character in the blocks that normalising does not change."""
_TERM = re.compile(r"[^\W_]+")
_END = "\n"


class Pieces:
    """A writer of the pieces of a schedule's descriptions: words, and pairs of neighbouring characters.

    Args:
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts: list[str] = []
        self._length = 0
        self._unwritten: set[str] = set()
        """Parts of descriptions, such as ``AI-based``, whose words are not yet in the database.

        Descriptions are divided into such parts at white space and at Chinese characters.
        """
        self._pairs: set[str] = set()
        """The pairs of neighbours found so far.

        In a pair, :data:`_END` stands for the place before the first or after the last character of an
        uninterrupted sequence.
        """
        self.letters: set[str] = set()
        """The non-ASCII characters in descriptions; complete after :meth:`write`."""

    def add(self, text: str) -> None:
        """Add a description.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._texts.append(text)
        self._length += len(text)
        if self._length >= BATCH_LENGTH:
            self._divide()

    def write(self) -> None:
        """Fill the table ``search_piece`` after all descriptions were added.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._divide()
        self._write_words()
        self._pairs.discard(_END + _END)
        self.letters.update(*self._pairs)
        self.letters.discard(_END)
        self._insert({pair.replace(_END, WORD) for pair in self._pairs})

    def _divide(self) -> None:
        """Divide the descriptions added since the last call into Chinese characters and other texts.

        The pairs of characters are recorded at once; the other texts wait for :meth:`_write_words`.
        """
        text = _END.join(self._texts)
        if not text.isascii():
            parts = _ideographs().split(text)
            self._add_runs(parts[1::2])
            text = " ".join(parts[::2])
        self._unwritten.update(text.split())
        self._texts.clear()
        self._length = 0
        if len(self._unwritten) >= MAX_HELD:
            self._write_words()

    def _add_runs(self, runs: list[str]) -> None:
        """Record each pair of neighbouring characters in ``runs``, uninterrupted sequences of characters."""
        text = f"{_END}{_END.join(runs)}{_END}"
        self._pairs.update(map(add, text, text[1:]))

    def _write_words(self) -> None:
        """Write the words in the texts collected so far, and add their characters to ``letters``."""
        ascii_texts = [text for text in self._unwritten if text.isascii()]
        words = {*_TERM.findall(_END.join(ascii_texts).casefold())}
        for text in self._unwritten.difference(ascii_texts):
            self.letters.update(text)
            for term in _TERM.findall(normalised(text)):
                words.update("".join([_END if is_character(unit) else unit for unit in term]).split(_END))
                runs = "".join([unit if is_character(unit) else _END for unit in term]).split(_END)
                self._add_runs([run for run in runs if run])
        words.discard("")
        self._insert(words)
        self._unwritten.clear()

    def _insert(self, pieces: set[str]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO search_piece VALUES (?)", ((piece,) for piece in sorted(pieces))
        )


@cache
def _ideographs() -> re.Pattern[str]:
    """Return the pattern of an uninterrupted sequence of Chinese characters; cached, as compiling is slow.

    The pattern has the form ``xx*`` instead of ``x+``: with it, Python skips text without such characters
    faster.
    """
    return re.compile(f"({_IDEOGRAPH}{_IDEOGRAPH}*)")
