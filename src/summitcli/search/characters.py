"""The ways to type a Chinese character: variants, pinyin, initials and southern pinyin.

Used only while a catalog is built: it loads pypinyin and OpenCC, and looks up each character once.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from summitcli.search.answers import Kind
from summitcli.search.units import is_ideograph

_NUMERALS = {"〇": "0", **{numeral: str(n) for n, numeral in enumerate("零一二三四五六七八九十")}}

_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
"""The Unicode blocks of Chinese characters (CJK unified ideographs): basic, and extensions A to H."""

_SOUTHERN_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_SOUTHERN_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def ways_to_type(characters: Iterable[str]) -> Iterator[tuple[Kind, str, str]]:
    """Yield the ways to type each of ``characters``: triples of kind, typed text and character.

    One of them is ``(Kind.PINYIN, "guo", "国")``.
    """
    distinct = sorted(set(characters))
    variants = _variants(distinct)
    for character in distinct:
        for variant in variants[character]:
            yield Kind.LITERAL, variant, character
        if character in _NUMERALS:
            yield Kind.LITERAL, _NUMERALS[character], character
        syllables = readings(character)
        for syllable in syllables:
            yield Kind.PINYIN, syllable, character
        for initial in _initials(syllables):
            yield Kind.INITIALS, initial, character
        for mixed in {mixed for syllable in syllables for mixed in southern(syllable)}.difference(syllables):
            yield Kind.SOUTHERN, mixed, character


def southern(syllable: str) -> set[str]:
    """Return ``syllable`` and the syllables that southern speakers of Chinese don't distinguish from it.

    For ``shan``, they are ``shan``, ``san``, ``shang`` and ``sang``. Southern speakers exchange zh/z, ch/c,
    sh/s and n/l at the beginning, an/ang, en/eng and in/ing at the end.
    """
    beginnings = {syllable}
    for one, other in _SOUTHERN_INITIALS:
        if syllable.startswith(one):
            beginnings.add(other + syllable.removeprefix(one))
            break
        if syllable.startswith(other):
            beginnings.add(one + syllable.removeprefix(other))
            break
    mixed = set(beginnings)
    for beginning in beginnings:
        for one, other in _SOUTHERN_FINALS:
            if beginning.endswith(one):
                mixed.add(beginning.removesuffix(one) + other)
            elif beginning.endswith(other):
                mixed.add(beginning.removesuffix(other) + one)
    return mixed


def _initials(syllables: Sequence[str]) -> set[str]:
    """Return the initials that users type for a character: ``z`` and ``zh`` if its syllable is ``zhong``.

    They are the first letters of its readings in pinyin, and ``zh``, ``ch`` or ``sh`` if a reading begins so.
    A reading that begins with a vowel is used only if it is the common one: ``区`` is hardly ever ``ou``.
    """
    meant = [syllable for syllable in syllables if syllable == syllables[0] or syllable[0] not in "aeo"]
    doubled = {syllable[:2] for syllable in meant if syllable.startswith(("zh", "ch", "sh"))}
    return {syllable[0] for syllable in meant} | doubled


def _variants(characters: list[str]) -> dict[str, set[str]]:
    """Return for each character all characters with the same simplified form, itself included."""
    simple = _simplified() if any(map(is_ideograph, characters)) else {}
    same: defaultdict[str, set[str]] = defaultdict(set)
    for traditional, other in simple.items():
        same[other] |= {traditional, other}
    return {character: {character} | same[simple.get(character, character)] for character in characters}


@cache
def _simplified() -> Mapping[str, str]:
    """Return the simplified forms of characters, by character.

    Characters that are simplified already are left out. OpenCC, the converter, gets each character on a
    separate line, so that it does not convert phrases.
    """
    from opencc import OpenCC

    ideographs = [chr(code) for block in _IDEOGRAPHS for code in block]
    simplified = OpenCC("t2s").convert("\n".join(ideographs)).split("\n")
    return {old: new for old, new in zip(ideographs, simplified, strict=True) if old != new}


def first_letters(character: str) -> frozenset[str]:
    """Return the first letters of a character's readings in pinyin."""
    return frozenset(syllable[0] for syllable in readings(character))


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return a character's readings in pinyin without tones, such as ``guo``, the common one first.

    A reading with ``ü`` is given twice: with ``v`` and with ``u`` in its place. Kana have no readings.
    """
    if not is_ideograph(character):
        return ()
    pinyin, style = _pinyin()
    found = pinyin(character, style=style, heteronym=True, errors="ignore", v_to_u=False)
    syllables = [syllable for syllables in found for syllable in syllables if syllable.isascii()]
    syllables += [syllable.replace("v", "u") for syllable in syllables]
    return tuple(dict.fromkeys(filter(None, syllables)))


@cache
def _pinyin() -> tuple[Callable[..., list[list[str]]], int]:
    """Return pypinyin's function for the readings of a text, and its style for readings without tones."""
    # The phrase dictionary is four fifths of what pypinyin loads, and single characters don't need it.
    before = os.environ.get("PYPINYIN_NO_PHRASES")
    os.environ["PYPINYIN_NO_PHRASES"] = "true"
    try:
        from pypinyin import Style, pinyin
    finally:
        if before is None:
            del os.environ["PYPINYIN_NO_PHRASES"]
    return pinyin, Style.NORMAL
