"""The search text as typed, normalised and divided into words."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.lazy_typing import NamedTuple
from summitcli.search.units import spellings, units
from summitcli.text.folding import fold

MAX_LENGTH = 500
"""The number of characters of a search text that are used; further ones are ignored."""

_STOP_WORDS = frozenset(
    "a an and at by for from in is of on or the to with"  # noqa: SIM905 - a list of 40 lines says no more
    " am auf aus das dem den der des die ein eine fur im mit oder und vom von zu zum zur 的 和 与 及".split()
)


Stretch = tuple[int, int]
"""A part of the typed text, as start and end offsets."""


class Word(NamedTuple):
    """A word of the typed text, as offsets into :attr:`Typed.text`."""

    start: int
    end: int
    matters: bool
    """True for a content word; False for articles, prepositions and the like."""


class Typed(NamedTuple):
    """A search text in lower case, without accents, spaces or punctuation; and the places of its words."""

    text: str
    words: tuple[Word, ...]
    breaks: frozenset[int]
    """The offsets at which a Chinese character or a word begins, and the end of the text."""
    forms: Mapping[Stretch, frozenset[str]]
    """Other spellings of words, by their start and end: the singular, and umlauts as two letters."""
    complete: frozenset[str] = frozenset()
    """The words that must be taken as a whole, not as the beginning of longer words."""

    def content(self) -> tuple[Word, ...]:
        """Return the words, each once, without words such as "the"; if none are left, return all words."""
        distinct = {self.text[word.start : word.end]: word for word in reversed(self.words) if word.matters}
        return tuple(reversed(distinct.values())) or self.words


def read(text: str) -> Typed:
    """Normalise a search text and divide it into words."""
    plain = ""
    words: list[Word] = []
    breaks: set[int] = set()
    forms: dict[Stretch, frozenset[str]] = {}
    # Folded first, so that no letter stands for several units.
    for chunk in fold(text[:MAX_LENGTH]).split():
        begin = len(plain)
        for unit, start, end in units(chunk):
            at = len(plain)
            plain += unit
            breaks.add(at)
            others = spellings(chunk[start:end]) - {unit}
            if others:
                forms[at, len(plain)] = frozenset(others)
        if len(plain) > begin:
            words.append(Word(begin, len(plain), plain[begin:] not in _STOP_WORDS))
    breaks.add(len(plain))
    return Typed(plain, tuple(words), frozenset(breaks), forms)
