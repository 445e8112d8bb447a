"""Making IDs of ASCII words, such as ``opening-keynote``, from the names of events and tracks."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import count

from summitcli.text.ids import MAX_ID_LENGTH, is_id

SHORT = 60
"""The maximum length, in characters, of an ID made from a title."""
DIGITS = 4, 8
"""The number of digits that are appended to equal IDs: four, or eight if four are not enough."""
_ROOM_FOR_SUFFIX = 40

_OTHER = re.compile(r"[^a-z0-9]+")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "aa", "ł": "l",
     "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)  # fmt: skip


def slug(text: str, longest: int = MAX_ID_LENGTH) -> str:
    """Return ``text`` as lower-case ASCII words joined by hyphens, cut between words if it is too long.

    German umlauts are spelled out (``ü`` as ``ue``), other accents are removed, Chinese is written in pinyin.
    Letters of other scripts are dropped, so the result may be empty.
    """
    if len(text) <= longest and is_id(text):
        return text
    text = unicodedata.normalize("NFC", text[: 8 * MAX_ID_LENGTH].lower()).translate(_SPELLED)
    if _HAN.search(text):
        text = _HAN.sub(_pinyin, text)
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    # NFKD may produce upper-case letters, as for "№" or mathematical bold.
    text = "".join(letter for letter in text.lower() if not unicodedata.combining(letter))
    return _cut(_OTHER.sub("-", text).strip("-"), longest)


def distinct(bases: Sequence[str], suffixes: Callable[[int], Sequence[str]]) -> list[str]:
    """Return a unique ID for each of ``bases``: the base itself if it occurs once, else with a suffix.

    If several bases are equal, all of them get a suffix, so that no ID depends on the order.

    Args:
        bases: the preferred IDs.
        suffixes: a function that takes the index of a base and returns the suffixes to try, best first. It
            must return the same number of suffixes for each base.
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
    # The rest differ in nothing but their order.
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for n in waiting:
        numbered = (f"{stems[n]}-{number}" for number in numbers[stems[n]])
        ids[n] = next(id_ for id_ in numbered if id_ not in taken)
        taken.add(ids[n])
    return ids


def hashed(text: str) -> str:
    """Return a hash of ``text`` as 32 hexadecimal digits."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _counted(ids: Sequence[str]) -> list[tuple[str, int]]:
    """Return each of ``ids`` in a pair with the number of times that it occurs in ``ids``."""
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
