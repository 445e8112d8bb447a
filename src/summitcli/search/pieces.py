"""The pieces of descriptions that a catalog keeps, which tell what stands in none: the slow side.

They are the words of letters, and of characters each pair of neighbours. Descriptions themselves are indexed
no further: of what may stand in one they are read.
"""

import re
import sqlite3
from functools import cache
from operator import add

from summitcli.search.reducing import reduced
from summitcli.search.units import WORD, is_character

BATCH_LENGTH = 100_000
"""How many letters are gone through at once, as each call takes longer than a letter."""
MAX_HELD = 50_000
"""How many words are held before they are written."""

_IDEOGRAPH = "[\U00020000-\U0002a6df\u3400-\u4dbf\u4e00-\u9fff]"
"""Characters that are reduced to themselves, whatever stands beside them."""
_TERM = re.compile(r"[^\W_]+")
_END = "\n"


class Pieces:
    """The pieces of a schedule's descriptions.

    Args:
        connection: a database with the tables of :data:`summitcli.catalog.schema.TABLES`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts: list[str] = []
        self._length = 0
        self._written: set[str] = set()
        """What stands between blanks, but for ideographs."""
        self._pairs: set[str] = set()
        """Neighbours; :data:`_END` beside the first and the last of those that stand together."""
        self.letters: set[str] = set()
        """The letters and characters beyond ASCII that have been found, when all is written."""

    def note(self, text: str) -> None:
        """Take another description into account.

        Raises:
            sqlite3.Error: the database can't be written.
        """
        self._texts.append(text)
        self._length += len(text)
        if self._length >= BATCH_LENGTH:
            self._divide()

    def write(self) -> None:
        """Fill the table ``search_piece``, when all descriptions are noted.

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
        """Divide the texts that have been noted."""
        text = _END.join(self._texts)
        if not text.isascii():
            parts = _ideographs().split(text)
            self._note_runs(parts[1::2])
            text = " ".join(parts[::2])
        self._written.update(text.split())
        self._texts.clear()
        self._length = 0
        if len(self._written) >= MAX_HELD:
            self._write_words()

    def _note_runs(self, runs: list[str]) -> None:
        """Note the neighbours in some runs of characters."""
        text = f"{_END}{_END.join(runs)}{_END}"
        self._pairs.update(map(add, text, text[1:]))

    def _write_words(self) -> None:
        """Write the words of letters in what was written between blanks, and note characters among them."""
        ascii_texts = [text for text in self._written if text.isascii()]
        words = {*_TERM.findall(_END.join(ascii_texts).casefold())}
        for text in self._written.difference(ascii_texts):
            self.letters.update(text)
            for term in _TERM.findall(reduced(text)):
                words.update("".join([_END if is_character(unit) else unit for unit in term]).split(_END))
                runs = "".join([unit if is_character(unit) else _END for unit in term]).split(_END)
                self._note_runs([run for run in runs if run])
        words.discard("")
        self._insert(words)
        self._written.clear()

    def _insert(self, pieces: set[str]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO search_piece VALUES (?)", ((piece,) for piece in sorted(pieces))
        )


@cache
def _ideographs() -> re.Pattern[str]:
    """Return what finds ideographs that stand together; it takes milliseconds to make.

    The first of them is told apart, as the letters between them are passed over faster so.
    """
    return re.compile(f"({_IDEOGRAPH}{_IDEOGRAPH}*)")
