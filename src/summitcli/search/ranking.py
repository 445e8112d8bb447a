"""The order of search results: a sequence of questions (index queries), from the narrowest to the broadest.

The questions are ordered by

1. :class:`~summitcli.search.answers.Kind`: the text as it is, as pinyin, inside words, as initials, as
   southern pinyin. If the text has an abbreviation, the first two kinds of search are also made for variants
   of the text (:func:`summitcli.search.abbreviations.in_full`), before the search for the text itself;
2. :class:`~summitcli.search.answers.Field`: in names, then also in speakers, then also in categories and
   rooms;
3. :class:`~summitcli.search.answers.Position`, within names: the whole name, its beginning, the
   beginning of a word, anywhere; at last, if there are several words, each of them anywhere.

The matches of one question are in the schedule's order. The first question that finds a session decides its
place, so a search with a limit stops early, and results need not be sorted.

A *lattice* is a graph of all sequences of units (Chinese characters or words) that a typed text can stand
for; see :mod:`summitcli.search.lattice`.
"""

from collections.abc import Iterator, Sequence

from summitcli.search.answers import Field, Kind, Position
from summitcli.search.lattice import Lattice
from summitcli.search.questions import AnyQuestion, Part, Question, VariantQuestion
from summitcli.search.typed import Stretch
from summitcli.search.vocabulary import Meaning, Vocabulary

_MIXED: dict[Kind, tuple[Kind, ...]] = {
    Kind.LITERAL: (Kind.LITERAL,),
    Kind.PINYIN: (Kind.LITERAL, Kind.PINYIN),
    Kind.INSIDE: (Kind.LITERAL, Kind.PINYIN, Kind.INSIDE),
    Kind.INITIALS: (Kind.LITERAL, Kind.PINYIN, Kind.INITIALS),
    Kind.SOUTHERN: (Kind.LITERAL, Kind.PINYIN, Kind.SOUTHERN),
    Kind.HOMOPHONE: (Kind.LITERAL, Kind.PINYIN, Kind.HOMOPHONE),
}
"""For each kind of search, the ways in which a part of the typed text may be understood.

In a search for initials, for example, some parts may be pinyin.
"""

_AS_TYPED = tuple(kind for kind in Kind if kind is not Kind.HOMOPHONE)
"""The kinds of search for the text as typed. Homophones are searched for only if all of them find nothing."""

_KINDS_WITH_VARIANTS = (Kind.LITERAL, Kind.PINYIN)
"""The kinds of search that are also made for variants of the typed text.

In one variant, for example, abbreviations are written in full.
"""

_MIN_SYLLABLE_LETTERS = 3
"""The minimum number of letters of an unfinished syllable of pinyin with which a typed text begins.

So ``gu`` does not find 国 (``guo``). Later syllables may be shorter: ``guoq`` finds 国企 (``guoqi``).
"""

_FIELDS = (Field.NAME, Field.SPEAKER, Field.PLACE)
_IN_NAMES = (Position.WHOLE, Position.BEGINNING, Position.WORD, Position.ANYWHERE)


def as_typed(vocabulary: Vocabulary, others: Sequence[Vocabulary] = ()) -> Iterator[AnyQuestion]:
    """Yield the questions to the index for the text as typed, in the order of the results.

    Args:
        vocabulary: the possible meanings of the parts of the typed text.
        others: the same for variants of the text. The first variant is the text itself, but its abbreviations
            must not match the beginnings of longer words. In further variants, abbreviations are written in
            full, or words are abbreviated.
    """
    for kind in _AS_TYPED:
        for other in others if kind in _KINDS_WITH_VARIANTS else ():
            yield from (VariantQuestion(question, other.typed.text) for question in of_kind(other, kind))
        yield from of_kind(vocabulary, kind)


def of_kind(vocabulary: Vocabulary, kind: Kind) -> Iterator[Question]:
    """Yield the questions to the index for a text that is understood as ``kind``, such as pinyin.

    They come in the order in which their results are shown.
    """
    typed = vocabulary.typed
    phrase = build_lattice(vocabulary, kind, 0, len(typed.text))
    words = [build_lattice(vocabulary, kind, word.start, word.end) for word in typed.content()]
    together = Part((phrase,)) if _uses_kind(phrase, vocabulary, kind) else None
    # A single syllable matches nearly everything, so several syllables must be neighbours.
    scattered = (
        len(typed.words) > 1
        and all(words)
        and any(_uses_kind(word, vocabulary, kind) for word in words)
        and not all(_is_syllable(word, vocabulary) for word in words)
    )
    for field in _FIELDS:
        if together:
            yield from _in_field([together], kind, field)
        if scattered:
            yield from _in_field([Part((word,)) for word in words], kind, field)


def everywhere(parts: Sequence[Part], kind: Kind) -> Iterator[Question]:
    """Yield the questions to the index for sessions that have all of ``parts``.

    The first questions are for titles only, further ones for titles and speakers, the last for categories and
    rooms, too.

    Args:
        parts: the parts of the typed text, such as its words.
        kind: the way in which the parts are typed, such as in pinyin.
    """
    for field in _FIELDS if parts else ():
        yield from _in_field(parts, kind, field)


def _in_field(parts: Sequence[Part], kind: Kind, field: Field) -> Iterator[Question]:
    if len(parts) > 1:
        yield Question(tuple(parts), kind, field, Position.SCATTERED)
        return
    for position in _IN_NAMES if field is Field.NAME else (Position.ANYWHERE,):
        yield Question(tuple(parts), kind, field, position)


def build_lattice(vocabulary: Vocabulary, kind: Kind, start: int, end: int, apart: bool = False) -> Lattice:
    """Build a graph of everything that the typed text between two offsets can stand for.

    Args:
        vocabulary: the possible meanings of the parts of the typed text.
        kind: the way in which the text is understood, such as pinyin; :data:`_MIXED` has other ways that are
            allowed for parts of the text.
        start: the start offset.
        end: the end offset.
        apart: True if other characters or words may stand between the typed ones (国有企业 for 国企). Then
            each character or word must be typed in full: ``gu`` does not stand for 国 (``guo``).
    """
    meanings: dict[Stretch, Meaning] = {}

    def add(stretch: Stretch, meaning: Meaning) -> None:
        if start <= stretch[0] and stretch[1] <= end:
            meanings[stretch] = meanings.get(stretch, Meaning()) | meaning

    for mixed in _MIXED[kind]:
        for stretch, meaning in vocabulary.whole(mixed).items():
            if not (mixed is Kind.INITIALS and stretch == (start, end)):
                add(stretch, meaning)
        for stretch, meaning in vocabulary.begun(mixed).items() if not apart else ():
            if mixed is Kind.LITERAL or stretch[0] > start or stretch[1] - start >= _MIN_SYLLABLE_LETTERS:
                add(stretch, meaning)
    return Lattice(meanings, start, end, None if apart else vocabulary.next, vocabulary.letters(kind))


def _uses_kind(found: Lattice, vocabulary: Vocabulary, kind: Kind) -> bool:
    """Return whether a text has any meaning that it would not have without ``kind``, such as pinyin.

    If it has none, a search of this kind finds nothing that searches of other kinds do not find.

    Args:
        found: the graph of everything that the text can stand for.
        vocabulary: the possible meanings of the parts of the typed text.
        kind: the way in which the text is understood.
    """
    return any(
        edge.characters & meaning.characters or edge.words & meaning.words or (edge.many and meaning.many)
        for meanings in (vocabulary.whole(kind), vocabulary.begun(kind))
        for stretch, meaning in meanings.items()
        for edge in [found.edges.get(stretch, Meaning())]
    )


def _is_syllable(found: Lattice, vocabulary: Vocabulary) -> bool:
    """Return whether a typed text can only stand for a single Chinese character, typed as pinyin.

    ``found`` is the graph of everything that the text can stand for.
    """
    stretch = (found.start, found.end)
    literal = stretch in vocabulary.whole(Kind.LITERAL) or stretch in vocabulary.begun(Kind.LITERAL)
    return list(found.edges) == [stretch] and not literal
