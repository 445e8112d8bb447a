"""Finding names with several spellings, and names that differ by one letter.

Comparing every two names would take too long. So other forms of each name are made, such as with one letter
left out, and only names that have a form in common are compared.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

MAX_NAMES = 25_000
"""The largest number of names that are compared letter by letter. If there are more, none are.

No conference is known to have more.
"""
MIN_LETTERS, MIN_WORD_LETTERS = 6, 4
"""The minimum number of letters in a name, and in one of its words, that is checked for a typing error.

Shorter names are not compared. In shorter words, a different letter is not taken for an error.
"""
MAX_LETTERS = 200
"""The maximum length of names that are compared letter by letter.

Longer texts are no names, and comparing them takes minutes.
"""

_ACCENTS = re.compile("[\u0300-\u036f]")
_IGNORED = re.compile(r"""[\s\-‐-―_.,;:'’‘`´"“”·/()\[\]]+""")
_ROMAN = re.compile(r"[ivxlcdm]+")
_ENDINGS_OF_GIVEN_NAMES = ("a", "e", "i", "o")


def spelling_key(name: str) -> str:
    """Return a key that is equal for names that differ only by spaces, case, accents or punctuation."""
    if not name.isascii():
        name = _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    return _IGNORED.sub("", name.casefold())


def respelled(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a name and an earlier name that is the same in another spelling."""
    first: dict[str, str] = {}
    for name in names:
        key = spelling_key(name)
        other = first.setdefault(key, name)
        if other is not name and key:
            yield name, other


def similar(names: Collection[str], of_people: bool) -> Iterator[tuple[str, str]]:
    """Yield pairs of names that differ by one letter, or by two adjacent letters swapped.

    Some differences are made on purpose and don't count: those in numbers, short words, words with digits,
    and Roman numerals. In names of people, the same holds for different endings of a given name (Daniel,
    Daniela).

    Args:
        names: the distinct names to compare.
        of_people: whether they are names of people.
    """
    if len(names) > MAX_NAMES:
        return
    words_of = {name: _words(name) for name in names}
    met: dict[int, str] = {}
    found: set[tuple[str, str]] = set()
    for name, words in words_of.items():
        if not MIN_LETTERS <= sum(map(len, words)) <= MAX_LETTERS:
            continue
        for form in _forms(words):
            other = met.setdefault(form, name)
            pair = (name, other)
            if (
                other is not name
                and pair not in found
                and _differ_by_a_letter(words, words_of[other], of_people)
            ):
                found.add(pair)
                yield pair


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name, in lower case and without accents."""
    if not name.isascii():
        name = _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    return tuple(_IGNORED.sub(" ", name.casefold()).split())


def _forms(words: tuple[str, ...]) -> Iterator[int]:
    """Yield a hash of a name, and hashes of the name with one letter removed.

    A letter is removed only from words that may have a typing error: not from short words or Roman numerals.
    """
    name, begin = " ".join(words), 0
    yield hash(name)
    for word in words:
        end = begin + len(word)
        if len(word) >= MIN_WORD_LETTERS and _is_plain(word):
            for at in range(begin, end):
                yield hash(name[:at] + name[at + 1 :])
        begin = end + 1


def _is_plain(word: str) -> bool:
    """Return whether a word consists of letters of an alphabet and is no Roman numeral.

    Only in such a word can a different letter be a typing mistake. A word of Chinese characters has no
    letters.
    """
    return word.isalpha() and not _ROMAN.fullmatch(word) and not any(map(_is_ideograph, word))


def _is_ideograph(letter: str) -> bool:
    return "\u2e80" <= letter <= "\ud7ff" or letter >= "\uf900"


def _differ_by_a_letter(words: tuple[str, ...], others: tuple[str, ...], of_people: bool) -> bool:
    """Return whether two names differ in exactly one word, and this word by one letter."""
    if len(words) != len(others):
        return False
    differing = [number for number, (a, b) in enumerate(zip(words, others, strict=True)) if a != b]
    if len(differing) != 1:
        return False
    (number,) = differing
    shorter, longer = sorted((words[number], others[number]), key=len)
    if len(shorter) < MIN_WORD_LETTERS or not (_is_plain(shorter) and _is_plain(longer)):
        return False
    is_given_name = of_people and number < len(words) - 1
    if is_given_name and longer[:-1] == shorter and longer.endswith(_ENDINGS_OF_GIVEN_NAMES):
        return False
    return _is_one_edit(shorter, longer)


def _is_one_edit(shorter: str, longer: str) -> bool:
    """Return whether two words differ by one letter that is added or replaced, or by two letters swapped."""
    at = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2][::-1] == longer[at : at + 2] and shorter[at + 2 :] == longer[at + 2 :]
    return swapped or shorter[at + 1 :] == longer[at + 1 :]
