"""Ids of short ASCII words, made of what a source names its events and tracks by."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import count

from summitcli.text.ids import MAX_ID_LENGTH, is_id

SHORT = 60
"""The most letters of an id that is made of a title."""
DIGITS = 4, 8
"""How many digits of a hash are put behind ids that would be the same: as few as tell them apart."""
_ROOM_FOR_SUFFIX = 40

_OTHER = re.compile(r"[^a-z0-9]+")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "aa", "ł": "l",
     "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)  # fmt: skip


def slug(text: str, longest: int = MAX_ID_LENGTH) -> str:
    """``text`` as lower-case ASCII words joined by hyphens, cut between words where it is too long.

    German umlauts are spelled out, other accents left out, Chinese is written in pinyin. Letters of other
    scripts are dropped, so that the answer may be empty.
    """
    if len(text) <= longest and is_id(text):
        return text
    text = unicodedata.normalize("NFC", text[: 8 * MAX_ID_LENGTH].lower()).translate(_SPELLED)
    if _HAN.search(text):
        text = _HAN.sub(_pinyin, text)
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    # What NFKD takes apart may be upper-case again: the letters of "№" or of mathematical bold.
    text = "".join(letter for letter in text.lower() if not unicodedata.combining(letter))
    return _cut(_OTHER.sub("-", text).strip("-"), longest)


def distinct(bases: Sequence[str], suffixes: Callable[[int], Sequence[str]]) -> list[str]:
    """For each of ``bases`` an id that no other has: itself where nothing else wants it, else with a suffix.

    All that want the same get a suffix, so that no id depends on the order.

    Args:
        bases: the ids that are wanted; slugs.
        suffixes: for the position of a base the suffixes to try, best first; as many for each.
    """
    ids = ["" if wanted > 1 else base for base, wanted in _counted(bases)]
    taken = set(ids)
    waiting = [n for n, id_ in enumerate(ids) if not id_]
    stems = {n: _cut(bases[n], MAX_ID_LENGTH - _ROOM_FOR_SUFFIX) for n in waiting}
    endings = {n: suffixes(n) for n in waiting}
    for attempt in range(max(map(len, endings.values()), default=0)):
        tried = _counted([f"{stems[n]}-{endings[n][attempt]}" for n in waiting])
        for n, (id_, wanted) in zip(waiting, tried, strict=True):
            ids[n] = id_ if wanted == 1 and id_ not in taken else ""
        taken.update(ids)
        waiting = [n for n in waiting if not ids[n]]
    # What is left differs in nothing that was given, so that only its place can tell it apart.
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for n in waiting:
        numbered = (f"{stems[n]}-{number}" for number in numbers[stems[n]])
        ids[n] = next(id_ for id_ in numbered if id_ not in taken)
        taken.add(ids[n])
    return ids


def hashed(text: str) -> str:
    """Hexadecimal digits that depend on ``text`` alone."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _counted(ids: Sequence[str]) -> list[tuple[str, int]]:
    """Each id, with how often it is there."""
    number = Counter(ids)
    return [(id_, number[id_]) for id_ in ids]


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    words, _, _ = text[: longest + 1].rpartition("-")
    return words.rstrip("-") or text[:longest]


def _pinyin(characters: re.Match[str]) -> str:
    from pypinyin import lazy_pinyin

    return f"-{'-'.join(lazy_pinyin(characters[0]))}-"
