"""Removal of invisible characters, except where a writing system needs them.

A zero width space, a soft hyphen, a tag character or a filler (an invisible letter of Hangul) takes no space
on a terminal, but can make two names that look alike differ or hide a message in a text (CWE-1007, UTS #39
section 4). In the Unicode Character Database these are the characters with the property
Default_Ignorable_Code_Point (UAX #44); the interlinear annotation marks (U+FFF9 to U+FFFB) are treated the
same here.

They are kept where a writing system needs them:

- U+200D between pictures that together are one emoji (UTS #51, ED-16); U+FE0E and U+FE0F after a picture, and
  in a keycap (ED-9a, ED-14c); tag characters in a well-formed flag (ED-14a);
- U+200C between letters that would otherwise join, as in Persian, and after a virama, a sign that removes a
  consonant's vowel (UAX #31, A1 and A2);
- U+200D after a virama (UAX #31, B), before a virama that follows a letter of the same script, as in Bengali
  and Sinhala, and after a letter that it gives a joining form (The Unicode Standard, section 9.2);
- U+200C between a Khmer shifter, a sign that changes a consonant, and a vowel (section 16.4);
- variation selectors after a Chinese character, as in names of people (UTS #37), and Mongolian variation
  selectors and the vowel separator after a Mongolian letter (section 13.5);
- U+200E, U+200F and U+061C (UAX #9 section 2.6) if only numbers and punctuation stand between them and a
  letter of a right-to-left script: there they keep punctuation in place. Elsewhere they could only reorder
  digits and so mislead.

All others are removed. Between two visible characters at most three are kept, one of them a direction mark,
so that they can't hide a message. The only exception are the tag characters of a flag.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from unicodedata import bidirectional, category, combining, name

_IGNORABLE = (
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0"
    " FFF0-FFFB 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
"""The code points of invisible characters: Default_Ignorable_Code_Point, and U+FFF9 to U+FFFB."""

_PICTURES = (
    "A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 231A-231B 2328 2388 23CF 23E9-23F3 23F8-23FA 24C2"
    " 25AA-25AB 25B6 25C0 25FB-25FE 2600-2605 2607-2612 2614-2685 2690-2705 2708-2712 2714 2716 271D 2721"
    " 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 2763-2767 2795-2797 27A1 27B0 27BF 2934-2935"
    " 2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F000-1F0FF 1F10D-1F10F 1F12F 1F16C-1F171 1F17E-1F17F"
    " 1F18E 1F191-1F19A 1F1AD-1F1E5 1F201-1F20F 1F21A 1F22F 1F232-1F23A 1F23C-1F23F 1F249-1F3FA 1F400-1F53D"
    " 1F546-1F64F 1F680-1F6FF 1F774-1F77F 1F7D5-1F7FF 1F80C-1F80F 1F848-1F84F 1F85A-1F85F 1F888-1F88F"
    " 1F8AE-1F8FF 1F90C-1F93A 1F93C-1F945 1F947-1FAFF 1FC00-1FFFD"
)
"""The code points of pictures, the elements of emoji: Extended_Pictographic (UTS #51 section 1.4.1)."""

_JOINING_ON = (
    "620 626 628 62A-62E 633-63F 641-647 649-64A 66E-66F 678-687 69A-6BF 6C1-6C2 6CC 6CE 6D0-6D1 6FA-6FC 6FF"
    " 712-714 71A-71D 71F-727 729 72B 72D-72E 74E-758 75C-76A 76D-770 772 775-777 77A-77F 7CA-7EA 841-845 848"
    " 84A-853 855 860 862-865 868 886 889-88D 8A0-8A9 8AF-8B0 8B3-8B8 8BA-8C8 1807 1820-1878 1887-18A8 18AA"
    " A840-A872 10AC0-10AC4 10ACD 10AD3-10ADC 10ADE-10AE0 10AEB-10AEE 10B80 10B82 10B86-10B88 10B8A-10B8B"
    " 10B8D 10B90 10BAD-10BAE 10D00-10D21 10D23 10F30-10F32 10F34-10F44 10F51-10F53 10F70-10F73 10F76-10F81"
    " 10FB0 10FB2-10FB3 10FB8 10FBB-10FBC 10FBE-10FBF 10FC1 10FC4 10FCA-10FCB 1E900-1E943"
)
"""The code points of letters joined to the next letter: Joining_Type D and L (Unicode section 9.2)."""

_JOINED_BY = (
    "620 622-63F 641-64A 66E-66F 671-673 675-6D3 6D5 6EE-6EF 6FA-6FC 6FF 710 712-72F 74D-77F 7CA-7EA 840-858"
    " 860 862-865 867-86A 870-882 886 889-88E 8A0-8AC 8AE-8C8 1807 1820-1878 1887-18A8 18AA A840-A871"
    " 10AC0-10AC5 10AC7 10AC9-10ACA 10ACE-10AD6 10AD8-10AE1 10AE4 10AEB-10AEF 10B80-10B91 10BA9-10BAE"
    " 10D01-10D23 10F30-10F44 10F51-10F54 10F70-10F81 10FB0 10FB2-10FB6 10FB8-10FBF 10FC1-10FC4 10FC9-10FCA"
    " 1E900-1E943"
)
"""The code points of letters joined to the previous letter: Joining_Type D and R."""

_LINE_SEPARATOR = "\u2028"
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c")
_TEXT_STYLE, _EMOJI_STYLE, _KEYCAP = "\ufe0e", "\ufe0f", "\u20e3"
_KEYS = frozenset("0123456789#*")
_SKIN_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_STANDARD_VARIANTS = frozenset("\ufe00\ufe01\ufe02")
_MONGOLIAN_VARIANTS = frozenset("\u180b\u180c\u180d\u180f")
_MONGOLIAN_SEPARATOR = "\u180e"
_KHMER_SHIFTERS = frozenset("\u17c9\u17ca")
_FLAG, _END_OF_TAGS = "\U0001f3f4", "\U000e007f"
_TAGS = frozenset(map(chr, (*range(0xE0030, 0xE003A), *range(0xE0061, 0xE007B))))
_TAG_LETTERS = frozenset(map(chr, range(0xE0061, 0xE007B)))
_MIN_TAGS, _MAX_TAGS = 3, 6
"""The smallest and the largest number of tag characters in a flag.

They are a region of two letters, and a subdivision of one to four letters or digits (UTS #51, annex C.1).
"""
_VIRAMA = 9
"""The Canonical_Combining_Class of viramas, which remove a consonant's vowel."""
_MAX_MARKS = 4
"""The largest number of combining marks between a letter and a joiner."""


def visible(text: str) -> str:
    """Return ``text`` without the invisible characters that no writing system needs.

    Applied to its own result, the function changes nothing.
    """
    hidden = [place for place, character in enumerate(text) if is_ignorable(character)]
    if not hidden:
        return text
    following = _following(text, hidden)
    directed = _directed(text) if not _DIRECTION_MARKS.isdisjoint(text) else frozenset()
    kept: list[str] = []
    begun = flag_ends = 0
    for place in hidden:
        kept += text[begun:place]
        begun = place + 1
        if place >= flag_ends:
            flag_ends = _end_of_flag(text, place)
        directs = place in directed and not _ends_with_mark(kept)
        if place < flag_ends or directs or _needed(kept, text[place], following[place]):
            kept.append(text[place])
    return "".join(kept) + text[begun:]


def _ends_with_mark(kept: list[str]) -> bool:
    """Return whether there is a direction mark after the last visible character."""
    invisible = takewhile(is_ignorable, reversed(kept))
    return not _DIRECTION_MARKS.isdisjoint(invisible)


def without_ignorable(text: str) -> str:
    """Return ``text`` without any invisible characters, for comparing names (Unicode, definition D147)."""
    return "".join(character for character in text if not is_ignorable(character))


def is_ignorable(character: str) -> bool:
    """Return whether a character is invisible."""
    return character >= "\xad" and _is_in(_IGNORABLE, character)


def _following(text: str, hidden: list[int]) -> dict[int, str]:
    """Return the next visible character after each position in ``hidden``; an empty text if there is none.

    Args:
        text: the text.
        hidden: the positions of its invisible characters, ascending.
    """
    following: dict[int, str] = {}
    for place in reversed(hidden):
        after = place + 1
        following[place] = following[after] if after in following else text[after : after + 1]
    return following


def _directed(text: str) -> frozenset[int]:
    """Return the positions of the direction marks (U+200E and the like) beside right-to-left letters."""
    ahead = _beside_right_to_left(enumerate(text))
    behind = _beside_right_to_left((place, text[place]) for place in range(len(text) - 1, -1, -1))
    return frozenset((*ahead, *behind))


def _beside_right_to_left(characters: Iterator[tuple[int, str]]) -> Iterator[int]:
    right_to_left = False
    for place, character in characters:
        if character in _DIRECTION_MARKS:
            if right_to_left:
                yield place
        elif not is_ignorable(character):
            direction = bidirectional(character)
            # Tabs and line ends reset the direction (UAX #9, L1).
            if direction in ("L", "R", "AL", "B", "S") or character == _LINE_SEPARATOR:
                right_to_left = direction in ("R", "AL")


def _end_of_flag(text: str, place: int) -> int:
    """Return the offset after the emoji flag of a region, such as Scotland; 0 if there is none.

    Such a flag is a black flag followed by tag characters, which are invisible. ``place`` is the offset of
    the first tag character.
    """
    if text[place - 1 : place] != _FLAG:
        return 0
    end = place
    while end < len(text) and text[end] in _TAGS and end - place <= _MAX_TAGS:
        end += 1
    whole = _MIN_TAGS <= end - place <= _MAX_TAGS and text[end : end + 1] == _END_OF_TAGS
    return end + 1 if whole and _TAG_LETTERS.issuperset(text[place : place + 2]) else 0


def _needed(before: list[str], character: str, after: str) -> bool:
    """Return whether a writing system needs ``character``.

    Args:
        before: the characters kept before it.
        character: an invisible character, but not a direction mark.
        after: the next visible character, or empty.
    """
    left = before[-1] if before else ""
    if not left or left in (_NON_JOINER, _JOINER):
        return False
    if character == _JOINER:
        return (
            _joins_pictures(before, after)
            or _shapes_brahmic(left, after, _JOINER)
            or _lets_join(before, after)
        )
    if character == _NON_JOINER:
        return (
            _shapes_brahmic(left, after, _NON_JOINER)
            or (left in _KHMER_SHIFTERS and "\u17b6" <= after <= "\u17c5")
            or (_is_in(_JOINING_ON, _letter(before)) and _is_in(_JOINED_BY, after))
        )
    if character in (_TEXT_STYLE, _EMOJI_STYLE):
        in_keycap = character == _EMOJI_STYLE and left in _KEYS and after == _KEYCAP
        return in_keycap or _is_in(_PICTURES, left)
    if character in _STANDARD_VARIANTS or "\U000e0100" <= character <= "\U000e01ef":
        return name(left, "").startswith("CJK UNIFIED IDEOGRAPH")
    if character in _MONGOLIAN_VARIANTS:
        return _is_mongolian(left)
    return character == _MONGOLIAN_SEPARATOR and _is_mongolian(left) and _is_mongolian(after)


def _joins_pictures(before: list[str], after: str) -> bool:
    modified = before[-1] == _EMOJI_STYLE or before[-1] in _SKIN_TONES
    left = before[-2] if modified and len(before) > 1 else before[-1]
    return _is_in(_PICTURES, left) and _is_in(_PICTURES, after)


def _shapes_brahmic(left: str, after: str, joiner: str) -> bool:
    if combining(left) == _VIRAMA:
        return joiner == _JOINER or (category(after or " ")[0] == "L" and _script(left) == _script(after))
    return bool(after) and combining(after) == _VIRAMA and _script(left) == _script(after)


def _lets_join(before: list[str], after: str) -> bool:
    """Return whether a zero width joiner (U+200D) changes the form of the letter before it or after it.

    Args:
        before: the characters before the joiner.
        after: the next visible character, or empty.
    """
    return _is_in(_JOINING_ON, _letter(before)) != _is_in(_JOINED_BY, after)


def _letter(before: list[str]) -> str:
    """Return the last letter of ``before``, skipping combining marks; empty if there is none."""
    return next((letter for letter in before[: -_MAX_MARKS - 2 : -1] if category(letter) != "Mn"), "")


def _is_mongolian(character: str) -> bool:
    return _script(character) == "MONGOLIAN" and category(character)[0] == "L"


def _script(character: str) -> str:
    """Return the first word of a character's Unicode name, which is usually its script."""
    return name(character, "").partition(" ")[0] if character else ""


def _is_in(ranges: str, character: str) -> bool:
    """Return whether ``character`` is in ``ranges``, code points such as ``AD 115F-1160``.

    Return False for an empty text in place of a character.
    """
    if not character:
        return False
    begins, ends = _table(ranges)
    place = bisect_right(begins, ord(character)) - 1
    return place >= 0 and ord(character) <= ends[place]


@cache
def _table(ranges: str) -> tuple[list[int], list[int]]:
    pairs = [part.partition("-") for part in ranges.split()]
    return [int(begin, 16) for begin, _dash, _end in pairs], [
        int(end or begin, 16) for begin, _, end in pairs
    ]
