"""What someone typed, reduced to what can mean something."""

from __future__ import annotations

from collections.abc import Mapping

from summitcli.lazy_typing import NamedTuple
from summitcli.search.units import spellings, units
from summitcli.text.folding import fold

LONGEST = 500
"""How many characters of what is typed are read; the rest is left out."""

_STOP_WORDS = frozenset(
    "a an and at by for from in is of on or the to with"  # noqa: SIM905 - a list of 40 lines says no more
    " am auf aus das dem den der des die ein eine fur im mit oder und vom von zu zum zur 的 和 与 及".split()
)


class Word(NamedTuple):
    """What stands between two spaces, as offsets into :attr:`Typed.text`."""

    start: int
    end: int
    matters: bool
    """Whether it says what is meant; articles and the like do not."""


class Typed(NamedTuple):
    """A typed text without spaces and punctuation, lower case and without accents."""

    text: str
    words: tuple[Word, ...]
    breaks: frozenset[int]
    """Where in the text a space or a sign was left out, and its end."""
    forms: Mapping[tuple[int, int], frozenset[str]]
    """Other ways to spell some of its stretches: as a singular, with umlauts spelled out."""

    def content(self) -> tuple[Word, ...]:
        """The words that matter, each once, or all where none does."""
        distinct = {self.text[word.start : word.end]: word for word in reversed(self.words) if word.matters}
        return tuple(reversed(distinct.values())) or self.words


def read(text: str) -> Typed:
    """``text``, as someone typed it, ready to be looked up."""
    plain = ""
    words: list[Word] = []
    breaks: set[int] = set()
    forms: dict[tuple[int, int], frozenset[str]] = {}
    # Folded first, so that no letter stands for several units.
    for chunk in fold(text[:LONGEST]).split():
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
