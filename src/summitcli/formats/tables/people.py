"""Reading a cell with several names of speakers, or with several tags."""

import re
from collections.abc import Iterator

from summitcli.formats.tables.clocks import plain

_ADDRESS = re.compile(r"(?<![^\s<>()\[\],;])[^\s<>()\[\],;@]+@[^\s<>()\[\],;]+")
"""The pattern of a mail address, which is left out.

It must begin a word. Otherwise the search would be slow in long words.
"""
_EMPTY = re.compile(r"[<(\[]\s*[>)\]]")
"""The pattern of the brackets that are left after a mail address in them was removed."""
_STRONG = re.compile(r"[;；、|\n\r\t]")
_WEAK = re.compile(r"[,，]|\s(?:&|\+|/|and|und|et|和|与)\s")
_OWN = re.compile(r",(?!\s)")
_WORDS = re.compile(r"\s(?:&|\+|/|and|und|et)\s")
"""The pattern of the separators of names that may themselves contain commas."""
_SURNAME_FIRST = re.compile(
    r"(?:(?:prof|dr|mag|dipl|ing|mr|mrs|ms|von|van|vom|zu|zur|der|den|de|del|della|di|da|du|la|le|el|al|ten|ter)"
    r"\b[.\s-]*)*[^\W\d_][\w'’-]*,\s+[^\W\d_][\w'’-]*\.?(?:\s+[^\W\d_][\w'’-]*\.?){0,2}",
    re.IGNORECASE,
)
"""The pattern of a name such as ``Meier, Karl`` or ``von der Leyen, Dr. Eva Maria``."""
_NOBODY = frozenset({
    "", "-", "–", "—", "?", "??", "???", "tba", "t b a", "tbd", "t b d", "tbc", "n/a", "none", "nn", "n n",
    "to be announced", "to be confirmed", "to be decided", "to be determined", "to be defined", "offen",
    "noch offen", "wird noch bekannt gegeben", "wird bekannt gegeben", "a confirmer", "a definir",
    "待定", "未定", "待确认", "待公布", "暂无", "无",
})  # fmt: skip
"""Texts, without dots and accents, that people type if there is no speaker, or none is known yet."""
_LONGEST_NOBODY = 40
_LONGEST_NAME = 100
_PARENTHESES = re.compile(r"\s*[(（][^()（）]*[)）]")
_OPENING, _CLOSING = "([{（【", ")]}）】"


class NameStyle:
    """A detector of columns in which a comma belongs to a name, as in ``Meier, Karl``.

    That is so if some cell separates names with semicolons and has commas in them. It is also so if several
    cells consist of a name like that, or if others have names of several words, unless single words stand for
    persons, too: more cells must have such a name than a single word, and no such word may be a part of one.
    """

    def __init__(self) -> None:
        self._pairs: dict[str, None] = {}
        self._words: set[str] = set()
        self._has_full_names = False
        self._is_in_list = False

    def add(self, text: str) -> None:
        """Examine one more cell with speakers."""
        text = _without_addresses(text)
        is_list = any(True for _found in _outside(_STRONG, text))
        for name in _split(text, _STRONG if is_list else _WORDS):
            name = name.strip()
            if is_surname_first(name):
                self._pairs[name] = None
                self._is_in_list |= is_list
            elif "," not in name and not _is_nobody(name):
                self._has_full_names |= len(name.split()) > 1
                self._words.update([name] if len(name.split()) == 1 else ())

    @property
    def keeps_commas(self) -> bool:
        """Return whether names such as ``Meier, Karl`` in the cells added so far are one person each."""
        if self._is_in_list:
            return True
        parts = {part.strip() for name in self._pairs for part in name.split(",")}
        enough = len(self._pairs) + self._has_full_names >= 2
        return enough and len(self._pairs) > len(self._words) and not parts & self._words

    @property
    def doubtful(self) -> str:
        """Return a name such as ``Meier, Karl`` that is read as two persons without any evidence for it."""
        return next(iter(self._pairs), "") if not (self.keeps_commas or self._words) else ""


def is_surname_first(name: str) -> bool:
    """Return whether a text looks like a surname, a comma and given names, in letters that have case."""
    name = _PARENTHESES.sub("", name) if len(name) <= _LONGEST_NAME else ""
    if not _SURNAME_FIRST.fullmatch(name):
        return False
    surname, _comma, given = name.partition(",")
    return surname.split()[-1][0].isupper() and given.strip()[0].isupper()


def read_speakers(text: str, keeps_commas: bool = False, is_own: bool = False) -> tuple[str, ...]:
    """Return the names of the speakers in a cell, without texts that stand for nobody, such as ``N.N.``.

    Args:
        text: the text of the cell.
        keeps_commas: whether a name such as ``Meier, Karl`` is one person; see :class:`NameStyle`.
        is_own: True if this program wrote the cell; see :func:`read_names`.
    """
    if is_own:
        return read_names(text, is_own)
    text = _without_addresses(text)
    if keeps_commas and not any(True for _found in _outside(_STRONG, text)):
        pieces = [name.strip() for name in _split(text, _WORDS)]
        whole = [(piece,) if is_surname_first(piece) else read_names(piece) for piece in pieces]
        names = [name for found in whole for name in found]
    else:
        names = [*read_names(text)]
    return tuple(name for name in dict.fromkeys(names) if not _is_nobody(name))


def _is_nobody(name: str) -> bool:
    return len(name) <= _LONGEST_NOBODY and " ".join(plain(name).replace(".", " ").split()) in _NOBODY


def read_names(text: str, is_own: bool = False) -> tuple[str, ...]:
    """Return the names in a cell. They are separated by semicolons or line ends, or else by commas or "and".

    A text in parentheses, such as a company, stays with the name before it.

    Args:
        text: the text of the cell.
        is_own: True if this program wrote the cell: names are separated by commas without blanks.
    """
    if is_own:
        return tuple(filter(None, _split(text, _OWN) if _is_balanced(text) else _OWN.split(text)))
    text = _without_addresses(text)
    separator = _STRONG if any(True for _found in _outside(_STRONG, text)) else _WEAK
    return tuple(dict.fromkeys(filter(None, map(str.strip, _split(text, separator)))))


def most_names(text: str) -> int:
    """Return an upper limit for the number of names in a cell.

    It is found fast, without reading the names.
    """
    return len(text) and 1 + sum(1 for pattern in (_STRONG, _WEAK) for _found in pattern.finditer(text))


def _without_addresses(text: str) -> str:
    return _EMPTY.sub("", _ADDRESS.sub("", text)) if "@" in text else text


def _is_balanced(text: str) -> bool:
    """Return whether a text has as many opening parentheses as closing ones."""
    return sum(map(text.count, _OPENING)) == sum(map(text.count, _CLOSING))


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return the parts of a text between separators. Separators in parentheses are ignored."""
    names, begin = [], 0
    for found in _outside(separator, text):
        names.append(text[begin : found.start()])
        begin = found.end()
    names.append(text[begin:])
    return names


def _outside(separator: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the separators in a text that are not in parentheses."""
    depth, place = 0, 0
    for found in separator.finditer(text):
        skipped = text[place : found.start()]
        depth += sum(map(skipped.count, _OPENING)) - sum(map(skipped.count, _CLOSING))
        depth, place = max(depth, 0), found.start()
        if not depth:
            yield found
