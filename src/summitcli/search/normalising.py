"""Normalising descriptions for comparison."""

import re

from summitcli.text.folding import fold

_MARKS = re.compile("[\u0300-\u036f]+")


def normalised(text: str) -> str:
    """Return ``text`` in lower case, without accents, and with ``Ａ`` as ``a``, for comparison."""
    folded = fold(text)
    if folded.isascii():
        return folded
    from unicodedata import normalize

    return normalize("NFC", _MARKS.sub("", normalize("NFD", folded)))
