"""The pinyin of typed Chinese characters, to find characters that sound the same.

People who type pinyin may choose the wrong characters: ``区快链`` for 区块链.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from summitcli.search.typed import Stretch, Typed
from summitcli.search.units import is_ideograph


def syllables(typed: Typed) -> Mapping[str, list[Stretch]]:
    """Return the pinyin syllables of a text's Chinese characters, with the places of these characters.

    For ``国企``, the result is ``{"guo": [(0, 1)], "qi": [(1, 2)]}``, where a place is a start and an end
    offset. A single character without another one beside it is left out, as it has too many homophones.
    """
    places: defaultdict[str, list[Stretch]] = defaultdict(list)
    for start, end in _runs(typed):
        for at in range(start, end):
            places[typed.text[at]].append((at, at + 1))
    if not places:
        return {}
    from summitcli.search.syllables import SYLLABLES

    found: defaultdict[str, list[Stretch]] = defaultdict(list)
    for entry in SYLLABLES.split():
        for character in places.keys() & set(entry):
            found["".join(filter(str.isascii, entry))] += places[character]
    return found


def _runs(typed: Typed) -> Iterator[Stretch]:
    """Yield the offsets of each sequence of two or more Chinese characters in a word, as start and end."""
    for word in typed.words:
        start = word.start
        for end in range(word.start, word.end + 1):
            if end == word.end or not is_ideograph(typed.text[end]):
                if end - start > 1:
                    yield start, end
                start = end + 1
