"""What texts are made of, for searching: characters and words.

A *unit* is one character of a script that is written without spaces (Chinese, kana), or one word of letters
and digits, reduced to lower case without accents. A text is a row of units, with :data:`GAP` before a
character that begins a word, as far as punctuation tells. A catalog keeps such rows as *keys*: divided by
spaces.
"""

from collections.abc import Iterator

from summitcli.text.folding import fold

GAP = "·"
"""In a row, before a character that follows on punctuation, a space or a word of letters."""

WORD = "~"
"""Stands for any word where neighbours are told."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")

Unit = tuple[str, int, int]
"""A unit and where in its text it stands, as offsets of its first letter and the one after its last."""

_BEFORE, _AFTER = "\x01", "\x02"
_MARKS = range(0x0300, 0x0370)
_ALIKE = {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class _Letters(dict[int, str]):
    """What each letter is reduced to, for :meth:`str.translate`; each is worked out once.

    A character stands between two marks; what is no letter, digit or character is a space; accents,
    and what can't be seen, are nothing at all.
    """

    def __missing__(self, code: int) -> str:
        # One letter may stand for several, as ㋿ for 令和.
        plain = "".join(_BEFORE + part + _AFTER if is_character(part) else part for part in _plain(chr(code)))
        if not plain and code not in _MARKS:
            # Only what is no letter is looked up among what can't be seen.
            from summitcli.text.invisible import is_ignorable

            plain = "" if is_ignorable(chr(code)) else " "
        self[code] = plain
        return plain


def _plain(letter: str) -> str:
    folded = fold(letter)
    if folded.isascii():
        return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
    from unicodedata import normalize

    bare = normalize("NFC", "".join(part for part in normalize("NFD", folded) if ord(part) not in _MARKS))
    return "".join(filter(str.isalnum, (_ALIKE.get(part, part) for part in bare)))


_LETTERS = _Letters()


def row(text: str) -> list[str]:
    """The units of ``text``, and :data:`GAP` before each character that begins a word but the first."""
    if text.isascii():
        return text.translate(_LETTERS).split()
    marked = text.translate(_LETTERS).replace(_AFTER + _BEFORE, " ")
    found = marked.replace(_BEFORE, f" {GAP} ").replace(_AFTER, " ").split()
    return found[1:] if found and found[0] == GAP else found


def units(text: str) -> Iterator[Unit]:
    """The units of ``text``, in order, with their places; those of one letter have the same place."""
    word, begun, ended = "", 0, 0
    for at, letter in enumerate(text):
        plain = _LETTERS[ord(letter)]
        if not plain or plain.isalnum():
            begun = begun if word else at
            word += plain
            ended = at + 1
            continue
        for number, part in enumerate(plain.replace(_AFTER, _BEFORE).split(_BEFORE)):
            within = number % 2 == 1
            if part.isalnum() and not within:
                begun = begun if word else at
                word += part
                ended = at + 1
            elif part:
                if word:
                    yield word, begun, ended
                word = ""
                if within:
                    yield part, at, at + 1
    if word:
        yield word, begun, ended


def is_character(unit: str) -> bool:
    """Whether a unit is a character, and not a word.

    Kana, the Chinese characters with their extensions, and their marks of repetition.
    """
    return (
        ("\u3400" <= unit <= "\u9fff" or "\u3005" <= unit <= "\u30ff" or unit >= "\U00020000")
        and len(unit) == 1
        and unit.isalnum()
    )


def is_ideograph(unit: str) -> bool:
    """Return whether a unit is a Chinese character, which no mark can be a part of, as it can of kana."""
    return is_character(unit) and not "\u3041" <= unit <= "\u30ff"


def spelled_out(word: str) -> str:
    """A word in lower case with ``ä``, ``ö``, ``ü`` as ``ae``, ``oe``, ``ue``, and ``å`` as ``aa``."""
    return "".join(row(fold(word).translate(_SPELLED_OUT)))


def singular(word: str) -> str:
    """A plain English word without the ending of a plural, as far as its letters tell."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def spellings(word: str) -> set[str]:
    """The ways to type a word of letters: plain, with its umlauts spelled out, and as a singular."""
    ways = {"".join(row(word)), spelled_out(word)}
    return ways | {singular(way) for way in ways}
