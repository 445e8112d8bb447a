"""The labels of Sessionize, and their purposes, which follow from the titles of their categories.

In Sessionize, organisers define categories, such as "Level", and labels for each, such as "Beginner". One
conference has the categories "Track" and "Level", another "Topics" and "Session format".
"""

import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple, Self


class Purpose(Enum):
    """The purpose of the labels of a category: they are tracks, levels, tags and so on."""

    TRACK = auto()
    TYPE = auto()
    LEVEL = auto()
    LANGUAGE = auto()
    TAG = auto()
    """Labels for any other purpose."""


_WORDS = {
    Purpose.LEVEL: ("level", "levels", "difficulty", "niveau", "schwierigkeit", "级别", "难度", "難度"),
    Purpose.LANGUAGE: ("language", "languages", "sprache", "sprachen", "langue", "langues", "语言", "語言"),
    Purpose.TYPE: ("format", "formats", "type", "types", "kind", "形式"),
    Purpose.TRACK: (
        "track", "tracks", "topic", "topics", "theme", "themes", "thema", "themen", "thème", "thèmes",
        "stream", "streams", "category", "categories", "kategorie", "kategorien",
        "主题", "主題", "类别", "類別",
    ),
}  # fmt: skip
"""Words in a category's title that reveal the purpose of its labels; the first purpose found counts."""
_WORD = re.compile(r"\w+")


def purpose_of(title: str) -> Purpose:
    """Return the purpose of the labels in a category of Sessionize, as far as its title reveals it.

    If the title has no word that does, return ``TAG``.
    """
    words = set(_WORD.findall(title.casefold()))
    return next((purpose for purpose, known in _WORDS.items() if words.intersection(known)), Purpose.TAG)


class Labels(NamedTuple):
    """The labels of a session, sorted by purpose."""

    track: str = ""
    type: str = ""
    level: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, labels: Iterable[tuple[Purpose, str]], group: str = "") -> Self:
        """Return the labels of a session, sorted by purpose; a second track, type or level becomes a tag.

        Args:
            labels: pairs of purpose and label.
            group: the group under which the session is listed, which is its track if it has no other.
        """
        found: dict[Purpose, list[str]] = {purpose: [] for purpose in Purpose}
        for purpose, name in labels:
            found[purpose].append(name)
        if group and not any(group in names for names in found.values()):
            found[Purpose.TRACK].append(group)
        tracks, types, levels = (found[purpose] for purpose in (Purpose.TRACK, Purpose.TYPE, Purpose.LEVEL))
        tags = (*tracks[1:], *types[1:], *levels[1:], *found[Purpose.TAG])
        language = ", ".join(found[Purpose.LANGUAGE])
        track, type_, level = ("".join(names[:1]) for names in (tracks, types, levels))
        return cls(track, type_, level, language, tags)
