"""Typing errors: one wrong, missing, extra or swapped letter, or one wrong, extra or swapped character.

They are corrected only if nothing matches the text as typed. Only corrections that lead to words, syllables
or pairs of characters in the catalog are considered, so the cost depends on the typed text and hardly on the
size of the catalog.

A *lattice* is a graph of all sequences of units (Chinese characters or words) that a typed text can stand
for; see :mod:`summitcli.search.lattice`. A *stretch* is a part of the typed text, as its start and end
offset.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from summitcli.search.answers import Kind
from summitcli.search.lattice import Lattice
from summitcli.search.questions import Part, Question
from summitcli.search.ranking import build_lattice, everywhere
from summitcli.search.typed import Stretch, Word
from summitcli.search.units import LETTERS, WORD, is_character
from summitcli.search.vocabulary import MAX_SYLLABLE_LENGTH, Meaning, Vocabulary
from summitcli.text.plain_json import encode_ascii

MIN_LETTERS = 4
"""The minimum number of letters, or of Chinese characters, in a typed word that is corrected."""
MIN_PREFIX_LETTERS = 5
"""A typed word with at least this many letters may also be corrected to the beginning of a longer word."""


def slips(vocabulary: Vocabulary) -> Iterator[Question]:
    """Yield questions (index queries) for the typed text with up to one error corrected in each word."""
    typed = vocabulary.typed
    undone = _Slips(vocabulary)
    yield from everywhere(_parts([undone.in_word(word) for word in typed.content()]), Kind.LITERAL)
    if len(typed.words) > 1:
        whole = Word(0, len(typed.text), matters=True)
        yield from everywhere(_parts([undone.in_pinyin(whole)]), Kind.PINYIN)


def edits(word: str, letters: Iterable[str] = LETTERS) -> set[str]:
    """Return all texts that differ from ``word`` by one wrong, missing, extra or swapped letter."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    shorter = {before + after[1:] for before, after in halves if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    other = {before + letter + after[1:] for before, after in halves if after for letter in letters}
    longer = {before + letter + after for before, after in halves for letter in letters}
    return (shorter | swapped | other | longer) - {word}


def _parts(ways: list[list[Lattice]]) -> list[Part]:
    """Return the parts of a question (index query), one for each typed word.

    Return an empty list if all graphs of some word are empty.

    Args:
        ways: for each typed word, several graphs of what it can stand for: one for each way to correct it. A
            graph is empty if the catalog has nothing that fits.
    """
    alive = [tuple(filter(None, lattices)) for lattices in ways]
    return [Part(lattices) for lattices in alive] if all(alive) else []


class _Slips:
    """The corrections of typing errors in one typed text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._connection = vocabulary.connection
        self._text = vocabulary.typed.text

    def in_word(self, word: Word) -> list[Lattice]:
        """Return what a typed word can mean: first as it is typed, then with one typing error corrected.

        Each result is a graph. Its paths are sequences of Chinese characters or words that the typed word can
        stand for, such as 国企 for ``guoqi``.
        """
        ways = [build_lattice(self._vocabulary, Kind.PINYIN, word.start, word.end)]
        if word.end - word.start < MIN_LETTERS:
            return ways
        text = self._text[word.start : word.end]
        if all(map(is_character, text)):
            return ways + list(self._in_characters(word))
        if not any(map(is_character, text)):
            return [*ways, self._in_letters(word), *self.in_pinyin(word)]
        return ways

    def _in_letters(self, word: Word) -> Lattice:
        """Correct one typing error in a typed word: return the words in the catalog that it may stand for.

        If it has at least :data:`MIN_PREFIX_LETTERS` letters, it may also stand for the beginning of a word.
        """
        typed = self._text[word.start : word.end]
        candidates = edits(typed)
        rows = self._connection.execute(
            "SELECT units FROM search_spelling WHERE kind = ? AND typed IN (SELECT value FROM json_each(?))",
            [Kind.LITERAL, encode_ascii(list(candidates))],
        ).fetchall()
        if len(typed) >= MIN_PREFIX_LETTERS:
            # Without a fixed last letter, too many words would match a shorter prefix.
            beginnings = [candidate for candidate in candidates if candidate[-1] == typed[-1]]
            rows += self._connection.execute(
                "SELECT units FROM json_each(?) CROSS JOIN search_spelling"
                " ON kind = ? AND typed > value AND typed < value || char(0x10ffff)",
                [encode_ascii(beginnings), Kind.LITERAL],
            )
        words = {unit for (units,) in rows for unit in units.split() if not is_character(unit)}
        return Lattice({(word.start, word.end): Meaning(words=frozenset(words))}, word.start, word.end, None)

    def in_pinyin(self, word: Word) -> list[Lattice]:
        """Return what a word typed in pinyin can mean if it contains one typing error.

        Each result is a graph of the sequences of Chinese characters that one correction can stand for.
        """
        text, breaks = self._text, self._vocabulary.typed.breaks
        if word.end - word.start < MIN_LETTERS or not text[word.start : word.end].isascii():
            return []
        exact = self._syllables(text, word)
        found = []
        for start in range(word.start, word.end):
            for end in range(start + 2, min(start + MAX_SYLLABLE_LENGTH + 1, word.end) + 1):
                meant = [self._pinyin[syllable] for syllable in edits(text[start:end]) & self._pinyin.keys()]
                if meant:
                    edge = Meaning(frozenset(character for characters in meant for character in characters))
                    without = {
                        stretch: meaning
                        for stretch, meaning in exact.items()
                        if stretch[1] <= start or end <= stretch[0]
                    }
                    found.append(self._lattice({**without, (start, end): edge}, word))
                if end in breaks:
                    break
        for at in range(word.start + 1, word.end):
            # Two letters may also be swapped where one syllable ends and the next begins.
            swapped = text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
            found.append(self._lattice(self._syllables(swapped, word), word))
        return [rows for rows in found if rows.min_units() > 1]

    def _syllables(self, text: str, word: Word) -> dict[Stretch, Meaning]:
        """Return the syllables of pinyin in a word, with the characters that they stand for.

        The result maps the start and end offset of a syllable to the characters: ``{(0, 3): Meaning({"国",
        "果"})}``.

        Args:
            text: the typed text; or, to correct an error, the typed text with two neighbouring letters
                swapped.
            word: the offsets of the word.
        """
        breaks = self._vocabulary.typed.breaks
        found = {}
        for start in range(word.start, word.end):
            for end in range(start + 1, min(start + MAX_SYLLABLE_LENGTH, word.end) + 1):
                if text[start:end] in self._pinyin:
                    found[start, end] = Meaning(self._pinyin[text[start:end]])
                if end in breaks:
                    break
        return found

    @cached_property
    def _pinyin(self) -> Mapping[str, frozenset[str]]:
        """Return the characters of the catalog by their pinyin syllables.

        A character also stands under syllables that southern speakers confuse with its own, such as ``lan``
        for ``nan``.
        """
        rows = self._connection.execute(
            "SELECT typed, group_concat(units, ' ') FROM search_spelling WHERE kind IN (?, ?) GROUP BY typed",
            [Kind.PINYIN, Kind.SOUTHERN],
        )
        return {typed: frozenset(units.split()) for typed, units in rows}

    def _in_characters(self, word: Word) -> Iterator[Lattice]:
        """Yield corrections of a word: with one character replaced, swapped with the next, or removed.

        Each is a graph of the sequences of characters that the word can become by one such change. Missing
        characters need no correction: the earlier stage ``LEFT_OUT`` has looked for names with more
        characters than the typed ones.
        """
        whole = self._vocabulary.whole(Kind.LITERAL)
        row = {(at, at + 1): whole.get((at, at + 1), Meaning()) for at in range(word.start, word.end)}
        for here in row:
            before, after = (here[0] - 1, here[0]), (here[1], here[1] + 1)
            yield self._lattice({**row, here: self._between(row.get(before), row.get(after))}, word)
            if after in row:
                yield self._lattice({**row, here: row[after], after: row[here]}, word)
            # An extra character: its neighbour stands for both.
            neighbour = after if after in row else before
            rest = {stretch: meaning for stretch, meaning in row.items() if stretch not in (here, neighbour)}
            both = (min(here[0], neighbour[0]), max(here[1], neighbour[1]))
            yield self._lattice({**rest, both: row[neighbour]}, word)

    def _between(self, before: Meaning | None, after: Meaning | None) -> Meaning:
        """Return the characters that may replace a wrong one.

        They are the characters that follow one of those in ``before`` somewhere in the catalog. If the wrong
        character is the first, they are the characters that stand before one of those in ``after``.

        Args:
            before: the possible characters before the wrong one; None if that is the first.
            after: the possible characters after the wrong one; None if that is the last.
        """
        if before is not None:
            following = self._vocabulary.next(before.characters)
            found = {character for one in before.characters for character in following[one]}
            return Meaning(frozenset(found - {WORD}))
        rows = self._connection.execute(
            "SELECT DISTINCT unit FROM json_each(?) CROSS JOIN search_neighbour ON instr(next, value)",
            [encode_ascii(list(after.characters if after else ()))],
        )
        return Meaning(frozenset(character for (character,) in rows if character != WORD))

    def _lattice(self, meanings: Mapping[Stretch, Meaning], word: Word) -> Lattice:
        return Lattice(meanings, word.start, word.end, self._vocabulary.next)
