"""The order of the answers: a row of questions to the index, from the narrowest to the broadest.

What was typed is asked for

1. as :class:`~summitcli.search.answers.Kind` has it: literally, as pinyin, inside words, as initials, as
   southern pinyin; of each kind
2. as :class:`~summitcli.search.answers.Field` has it: in names, also in speakers, also in categories and
   rooms; and in names
3. as :class:`~summitcli.search.answers.Position` has it: the whole name, its beginning, the beginning of a
   word, anywhere; and at last, of several words, each somewhere.

The sessions that answer to one question come in the schedule's own order. Each counts where it first comes
up, so whoever wants only the first few stops asking early, and nothing is ever sorted.
"""

from collections.abc import Iterator, Sequence

from summitcli.search.answers import Field, Kind, Position
from summitcli.search.lattice import Lattice
from summitcli.search.questions import Part, Question
from summitcli.search.vocabulary import Meaning, Stretch, Vocabulary

_MIXED: dict[Kind, tuple[Kind, ...]] = {
    Kind.LITERAL: (Kind.LITERAL,),
    Kind.PINYIN: (Kind.LITERAL, Kind.PINYIN),
    Kind.INSIDE: (Kind.LITERAL, Kind.PINYIN, Kind.INSIDE),
    Kind.INITIALS: (Kind.LITERAL, Kind.PINYIN, Kind.INITIALS),
    Kind.SOUTHERN: (Kind.LITERAL, Kind.PINYIN, Kind.SOUTHERN),
}
"""The kinds that may be mixed within what is typed, for a search of each kind."""

_SHORTEST_BEGINNING = 3
"""The fewest letters of a syllable that can mean it with nothing before them."""

_FIELDS = (Field.NAME, Field.SPEAKER, Field.PLACE)
_IN_NAMES = (Position.WHOLE, Position.BEGINNING, Position.WORD, Position.ANYWHERE)


def as_typed(vocabulary: Vocabulary) -> Iterator[Question]:
    """The questions for all that was typed, as it was typed."""
    typed = vocabulary.typed
    for kind in Kind:
        phrase = lattice(vocabulary, kind, 0, len(typed.text))
        words = [lattice(vocabulary, kind, word.start, word.end) for word in typed.content()]
        together = Part((phrase,)) if _needs(phrase, vocabulary, kind) else None
        # A syllable by itself is found nearly everywhere: syllables alone must stand together.
        scattered = (
            len(typed.words) > 1
            and all(words)
            and any(_needs(word, vocabulary, kind) for word in words)
            and not all(_is_syllable(word, vocabulary) for word in words)
        )
        for field in _FIELDS:
            if together:
                yield from _in_field([together], kind, field)
            if scattered:
                yield from _in_field([Part((word,)) for word in words], kind, field)


def everywhere(parts: Sequence[Part], kind: Kind) -> Iterator[Question]:
    """The questions for all of ``parts``, in one field after the other."""
    for field in _FIELDS if parts else ():
        yield from _in_field(parts, kind, field)


def _in_field(parts: Sequence[Part], kind: Kind, field: Field) -> Iterator[Question]:
    if len(parts) > 1:
        yield Question(tuple(parts), kind, field, Position.SCATTERED)
        return
    for position in _IN_NAMES if field is Field.NAME else (Position.ANYWHERE,):
        yield Question(tuple(parts), kind, field, position)


def lattice(vocabulary: Vocabulary, kind: Kind, start: int, end: int, apart: bool = False) -> Lattice:
    """What the typed text between two offsets can spell.

    Args:
        vocabulary: of the typed text.
        kind: what may be meant, with the kinds that mix with it.
        start: the first offset.
        end: the offset after the last.
        apart: whether its characters need not be neighbours; then nothing may be just begun, either.
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
            if mixed is Kind.LITERAL or stretch[0] > start or stretch[1] - start >= _SHORTEST_BEGINNING:
                add(stretch, meaning)
    letters = "" if kind is Kind.SOUTHERN else vocabulary.typed.text
    return Lattice(meanings, start, end, None if apart else vocabulary.next, letters)


def _needs(found: Lattice, vocabulary: Vocabulary, kind: Kind) -> bool:
    """Whether a lattice has anything that is of this kind alone, and so was not asked for before."""
    return any(
        line.characters & meaning.characters or line.words & meaning.words or (line.many and meaning.many)
        for meanings in (vocabulary.whole(kind), vocabulary.begun(kind))
        for stretch, meaning in meanings.items()
        for line in [found.lines.get(stretch, Meaning())]
    )


def _is_syllable(found: Lattice, vocabulary: Vocabulary) -> bool:
    """Whether a lattice is nothing but one character that was typed as letters."""
    stretch = (found.start, found.end)
    literal = stretch in vocabulary.whole(Kind.LITERAL) or stretch in vocabulary.begun(Kind.LITERAL)
    return list(found.lines) == [stretch] and not literal
