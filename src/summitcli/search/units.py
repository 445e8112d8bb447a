"""The units of texts for searching: characters and words.

A *unit* is one character of a script that is written without spaces (Chinese, kana), or one word of letters
and digits, in lower case and without accents. A text is a *row* of units. If a character begins a new word,
because it follows punctuation, a space or a word, :data:`GAP` stands before it. A catalog stores rows as
*keys*, with the units separated by spaces.
"""

from collections.abc import Iterator

from summitcli.text.folding import fold

GAP = "·"
"""An extra entry in a row of units, as in ``["ai", "·", "国", "企"]``.

It stands before a Chinese character that comes directly after punctuation, a space or a word. It does not
stand between two characters without anything between them.
"""

WORD = "~"
"""The sign for any word in the catalog's pairs of neighbouring units: ``~国`` is a word followed by 国."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")

Unit = tuple[str, int, int]
"""A unit and its start and end offsets in the text."""

_BEFORE, _AFTER = "\x01", "\x02"
_NEIGHBOURS, _BEGINNING = _AFTER + _BEFORE, f" {GAP} "
_MARKS = range(0x0300, 0x0370)
_ALIKE = {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class _Letters(dict[int, str]):
    """A cache of the replacement of each letter when a text is divided into units, for ``str.translate``.

    A letter or digit becomes lower case; a Chinese character or kana is enclosed in two marks; accents and
    invisible characters are removed; anything else becomes a space.
    """

    def __missing__(self, code: int) -> str:
        # A character may stand for several, such as ㋿ for 令和.
        plain = "".join(_BEFORE + part + _AFTER if is_character(part) else part for part in _plain(chr(code)))
        if not plain and code not in _MARKS:
            # Checked only for characters other than letters and digits.
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
    """Return the units of ``text``, with :data:`GAP` before each character that begins a word.

    ``AI 国企`` becomes ``["ai", "·", "国", "企"]``. There is no gap at the beginning of the text.
    """
    if text.isascii():
        return text.translate(_LETTERS).split()
    marked = text.translate(_LETTERS)
    if _BEFORE not in marked:
        return marked.split()
    found = marked.replace(_NEIGHBOURS, " ").replace(_BEFORE, _BEGINNING).replace(_AFTER, " ").split()
    return found[1:] if found and found[0] == GAP else found


def units(text: str) -> Iterator[Unit]:
    """Yield the units of ``text`` with their offsets.

    A single character that stands for several units, such as ㋿ for 令和, gives units with equal offsets.
    """
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
    """Return whether a unit is a Chinese character, kana or iteration mark; otherwise it is a word."""
    return (
        ("\u3400" <= unit <= "\u9fff" or "\u3005" <= unit <= "\u30ff" or unit >= "\U00020000")
        and len(unit) == 1
        and unit.isalnum()
    )


def is_ideograph(unit: str) -> bool:
    """Return whether a unit is a Chinese character; False for kana and words."""
    return is_character(unit) and not "\u3041" <= unit <= "\u30ff"


def spelled_out(word: str) -> str:
    """Return a word in lower case with ``ä``, ``ö``, ``ü`` as ``ae``, ``oe``, ``ue``, and ``å`` as ``aa``."""
    return "".join(row(fold(word).translate(_SPELLED_OUT)))


def singular(word: str) -> str:
    """Return an English word without its plural ending, by simple rules."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def spellings(word: str) -> set[str]:
    """Return the spellings of a word: without accents, with umlauts as two letters, and their singulars."""
    ways = {"".join(row(word)), spelled_out(word)}
    return ways | {singular(way) for way in ways}
