"""File names made of names in any script, by the rule that docs/files.md explains to users."""

from __future__ import annotations

from collections.abc import Iterable

from summitcli.text.folding import fold
from summitcli.text.ids import RESERVED

MAX_CHARACTERS = 80
"""The largest length of a file name without its extension, in characters."""
MAX_BYTES = 200
"""The largest length of a file name in UTF-8, without the extension; file systems allow 255 bytes in all."""
UNNAMED = "unnamed"
"""The file name for a name that has neither letters nor digits."""


def file_names(names: Iterable[str]) -> list[str]:
    """Return a file name without extension for each of ``names``, in the same order.

    The file names are distinct, even on a file system that ignores case or how characters are composed: names
    that would be the same get the endings ``-2``, ``-3`` and so on.
    """
    taken: set[str] = set()
    found = []
    for name in names:
        stem, ending, number = file_name(name), "", 1
        while fold(stem + ending) in taken:
            number += 1
            ending = f"-{number}"
            stem = _shortened(stem, len(ending))
        taken.add(fold(stem + ending))
        found.append(stem + ending)
    return found


def file_name(name: str) -> str:
    """Return a file name without extension for ``name``, which every system can store.

    Letters, their marks and digits of every script are kept, and so is the underscore; each run of other
    characters becomes one hyphen, with none at either end. It is shortened to :data:`MAX_CHARACTERS` and
    :data:`MAX_BYTES`, and an underscore is added to a name that Windows reserves.
    """
    import unicodedata

    from summitcli.text.invisible import without_ignorable

    shown = without_ignorable(unicodedata.normalize("NFC", name))
    kept = (character if _is_kept(character) else " " for character in shown)
    short = _shortened("-".join("".join(kept).split()))
    if short.lower() in RESERVED:
        return f"{short}_"
    return short or UNNAMED


def _is_kept(character: str) -> bool:
    import unicodedata

    # Marks (category M) belong to the letter before them.
    return character == "_" or character.isalnum() or unicodedata.category(character)[0] == "M"


def _shortened(stem: str, reserve: int = 0) -> str:
    """Return ``stem``, shortened if needed, so that ``reserve`` ASCII characters can be appended to it."""
    short = stem[: MAX_CHARACTERS - reserve]
    octets = short.encode("utf-8", "replace")[: MAX_BYTES - reserve]
    return octets.decode("utf-8", "ignore").rstrip("-")
