"""Approximate search: questions (queries of the index) for the case that nothing matches the text as typed.

They find names with other characters or words between the typed ones, words that are typed without a space
between, Chinese characters that sound like the typed ones, and names with only some of the typed words.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from summitcli.search.answers import Kind, Position
from summitcli.search.lattice import Lattice
from summitcli.search.questions import Part, Question
from summitcli.search.ranking import build_lattice, everywhere, of_kind
from summitcli.search.typed import Word
from summitcli.search.units import is_character
from summitcli.search.vocabulary import Vocabulary

_MIN_SYLLABLES = 3
"""A word typed in pinyin can match characters that stand apart only if it has this many syllables."""
_MIN_LETTERS = 4
"""A text typed without a space is divided into two words only if each has at least this many letters."""
_MAX_GAP = 8
_MAX_WORDS = 6
"""If at most this many words are typed, a name needs more than half of them; otherwise, all except one."""


def left_out(vocabulary: Vocabulary) -> Iterator[Question]:
    """Yield questions for names with other characters or words between the typed ones.

    For ``国企``, they find ``国有企业``.

    Names with smaller gaps come first. Then, if only one word was typed, such as ``福建数字``, it is divided
    into two words, which may occur apart and in any order. A word such as ``福建sz`` is also divided where
    letters meet Chinese characters; the letters may then be initials of pinyin.
    """
    words = vocabulary.typed.content()
    for kind in (Kind.LITERAL, Kind.PINYIN):
        ways = [
            (_apart(vocabulary, kind, word), build_lattice(vocabulary, kind, word.start, word.end))
            for word in words
        ]
        if all(apart or together for apart, together in ways):
            longest = min(_MAX_GAP, max(apart.min_units() for apart, _ in ways))
            for most in sorted({min(1, longest), longest} - {0}):
                parts = [Part((apart or together,), most if apart else 0) for apart, together in ways]
                yield Question(tuple(parts), kind)
        if len(words) == 1:
            points = {end for _, end in ways[0][0].edges} - {words[0].end}
            yield from _run_together(vocabulary, kind, words[0], points, _MIN_LETTERS)
    if len(words) == 1:
        text = vocabulary.typed.text
        sides = [at for at in range(1, len(text)) if is_character(text[at - 1]) != is_character(text[at])]
        yield from _run_together(vocabulary, Kind.INITIALS, words[0], sides, 1)


def homophones(vocabulary: Vocabulary) -> Iterator[Question]:
    """Yield questions for names with Chinese characters that sound like the typed ones.

    If only one word was typed, it may also be divided into two, as in :func:`left_out`.
    """
    yield from of_kind(vocabulary, Kind.HOMOPHONE)
    words = vocabulary.typed.content()
    if len(words) == 1 and vocabulary.whole(Kind.HOMOPHONE):
        points = range(words[0].start + 1, words[0].end)
        yield from _run_together(vocabulary, Kind.HOMOPHONE, words[0], points, _MIN_LETTERS)


def some_words(vocabulary: Vocabulary) -> Iterator[Question]:
    """Yield questions that find sessions with only some of the typed words, most words first.

    More than half of the words must match; of more than :data:`_MAX_WORDS` words, all except one. Articles,
    prepositions and the like are ignored.
    """
    words = [
        build_lattice(vocabulary, Kind.PINYIN, word.start, word.end) for word in vocabulary.typed.content()
    ]
    fewest = len(words) // 2 + 1 if len(words) <= _MAX_WORDS else len(words) - 1
    for number in range(len(words) - 1, max(fewest, 2) - 1, -1):
        for chosen in combinations(words, number):
            if all(chosen):
                yield from everywhere([Part((word,)) for word in chosen], Kind.PINYIN)


def _apart(vocabulary: Vocabulary, kind: Kind, word: Word) -> Lattice:
    """Return what a typed word can stand for in names that have other characters between the typed ones.

    The result is a graph of sequences of Chinese characters or words. It is empty for pinyin with fewer
    syllables than :data:`_MIN_SYLLABLES`.

    Args:
        vocabulary: the possible meanings of the parts of the typed text.
        kind: the way in which the word is typed, such as pinyin.
        word: the typed word.
    """
    found = build_lattice(vocabulary, kind, word.start, word.end, apart=True)
    if kind is Kind.PINYIN and found.min_units() < _MIN_SYLLABLES:
        return Lattice({}, word.start, word.end, None)
    return found


def _run_together(
    vocabulary: Vocabulary, kind: Kind, word: Word, points: Iterable[int], fewest_letters: int
) -> Iterator[Question]:
    """Yield a question for each way to divide a typed word into two parts.

    A question finds the names that have both parts, in any order.

    Each part must mean at least two characters or words, or contain one word with enough letters. So no part
    is a single Chinese character.

    Args:
        vocabulary: the possible meanings of the parts of the typed text.
        kind: the way in which the word is typed, such as pinyin.
        word: the typed word.
        points: the offsets at which the word may be divided.
        fewest_letters: the smallest number of letters of such a word.
    """
    for point in sorted(points):
        parts = [
            build_lattice(vocabulary, kind, start, end)
            for start, end in ((word.start, point), (point, word.end))
        ]
        if all(
            part.min_units() > 1
            or any(
                edge.has_words and end - start >= fewest_letters for (start, end), edge in part.edges.items()
            )
            for part in parts
        ):
            yield Question(tuple(Part((part,)) for part in parts), kind, position=Position.SCATTERED)
