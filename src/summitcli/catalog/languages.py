"""Queries about the languages of a schedule's texts, for messages about searches that find nothing."""

from __future__ import annotations

from summitcli.catalog.queries import Catalog
from summitcli.formats.assembly.languages import UNKNOWN

RANGES = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
"""The first and last characters of the Unicode blocks with Chinese characters."""
_LITERALLY = "SELECT 1 FROM search_spelling WHERE kind = 0 AND typed BETWEEN ? AND ? LIMIT 1"
"""The query for a range of the characters and words in all texts."""


def is_chinese(text: str) -> bool:
    """Return whether ``text`` has a Chinese character."""
    return any(first <= character <= last for character in text for first, last in RANGES)


def has_chinese(catalog: Catalog) -> bool:
    """Return whether a text of the schedule that is searched has a Chinese character.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    return any(catalog.select(_LITERALLY, ends) for ends in RANGES)


def languages(catalog: Catalog) -> list[str]:
    """Return the tags of the languages in which sessions have titles or are held, sorted.

    Unknown languages are left out.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    rows = catalog.select("SELECT DISTINCT key FROM session, json_each(titles)")
    return sorted({*catalog.languages(), *(tag for (tag,) in rows)} - {UNKNOWN})
