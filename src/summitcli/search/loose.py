"""What is close to what was typed: something left out, words run together, only some of the words."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from summitcli.search.answers import Kind, Position
from summitcli.search.lattice import Lattice
from summitcli.search.questions import Part, Question
from summitcli.search.ranking import everywhere, lattice
from summitcli.search.typed import Word
from summitcli.search.units import is_character
from summitcli.search.vocabulary import Vocabulary

_FEWEST_SYLLABLES = 3
"""Fewer syllables than this are found nearly everywhere once something may stand between them."""
_FEWEST_LETTERS = 4
"""Fewer letters than this, among others, are no word by themselves."""
_MOST_LEFT_OUT = 8
_MOST_WORDS = 6
"""With more words than this, only all but one of them are asked for."""


def left_out(vocabulary: Vocabulary) -> Iterator[Question]:
    """Names that have what was typed with something left out between, as in ``国企`` for ``国有企业``.

    The less is left out the better. Then two words without a space between them, in any order, as in
    ``福建数字``; where letters stand beside characters, they may be initials, too.
    """
    words = vocabulary.typed.content()
    for kind in (Kind.LITERAL, Kind.PINYIN):
        ways = [
            (_apart(vocabulary, kind, word), lattice(vocabulary, kind, word.start, word.end))
            for word in words
        ]
        if all(apart or together for apart, together in ways):
            longest = min(_MOST_LEFT_OUT, max(apart.fewest_units() for apart, _ in ways))
            for most in sorted({min(1, longest), longest} - {0}):
                parts = [Part((apart or together,), most if apart else 0) for apart, together in ways]
                yield Question(tuple(parts), kind)
        if len(words) == 1:
            points = {end for _, end in ways[0][0].lines} - {words[0].end}
            yield from _run_together(vocabulary, kind, words[0], points, _FEWEST_LETTERS)
    if len(words) == 1:
        text = vocabulary.typed.text
        sides = [at for at in range(1, len(text)) if is_character(text[at - 1]) != is_character(text[at])]
        yield from _run_together(vocabulary, Kind.INITIALS, words[0], sides, 1)


def some_words(vocabulary: Vocabulary) -> Iterator[Question]:
    """More than half of the words that matter, most of them first."""
    words = [lattice(vocabulary, Kind.PINYIN, word.start, word.end) for word in vocabulary.typed.content()]
    fewest = len(words) // 2 + 1 if len(words) <= _MOST_WORDS else len(words) - 1
    for number in range(len(words) - 1, max(fewest, 2) - 1, -1):
        for chosen in combinations(words, number):
            if all(chosen):
                yield from everywhere([Part((word,)) for word in chosen], Kind.PINYIN)


def _apart(vocabulary: Vocabulary, kind: Kind, word: Word) -> Lattice:
    """The rows of units that a word spells, whether or not they are neighbours anywhere."""
    found = lattice(vocabulary, kind, word.start, word.end, apart=True)
    if kind is Kind.PINYIN and found.fewest_units() < _FEWEST_SYLLABLES:
        return Lattice({}, word.start, word.end, None)
    return found


def _run_together(
    vocabulary: Vocabulary, kind: Kind, word: Word, points: Iterable[int], fewest_letters: int
) -> Iterator[Question]:
    """What is left and right of one of ``points``, in any order.

    Neither may be a single character, nor a word of letters shorter than ``fewest_letters``.
    """
    for point in sorted(points):
        parts = [
            lattice(vocabulary, kind, start, end) for start, end in ((word.start, point), (point, word.end))
        ]
        if all(
            part.fewest_units() > 1
            or any(
                line.has_words and end - start >= fewest_letters for (start, end), line in part.lines.items()
            )
            for part in parts
        ):
            yield Question(tuple(Part((part,)) for part in parts), kind, position=Position.SCATTERED)
