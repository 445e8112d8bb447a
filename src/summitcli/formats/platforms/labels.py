"""The labels of sessions in Sessionize, and what they mean: tracks, levels, languages and so on.

In Sessionize, organisers define categories, such as "Level", and labels for each, such as "Beginner". One
conference has the categories "Track" and "Level", another "Topics" and "Session format". So the meaning of
labels is found from the title of their category.
"""

import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple, Self


class Purpose(Enum):
    """The meaning of the labels in a category: they are tracks, levels, tags and so on."""

    TRACK = auto()
    TYPE = auto()
    LEVEL = auto()
    LANGUAGE = auto()
    TAG = auto()
    """The labels have none of the meanings above; they become tags."""


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
"""Words in a category's title that show the meaning of its labels. The first meaning that fits is used."""
_WORD = re.compile(r"\w+")


def purpose_of(title: str) -> Purpose:
    """Return the meaning of the labels in a category, found from the words in its title.

    If the title has no known word, return ``TAG``.
    """
    words = set(_WORD.findall(title.casefold()))
    return next((purpose for purpose, known in _WORDS.items() if words.intersection(known)), Purpose.TAG)


class Labels(NamedTuple):
    """The labels of a session, sorted by their meaning."""

    track: str = ""
    type: str = ""
    level: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, labels: Iterable[tuple[Purpose, str]], group: str = "") -> Self:
        """Return the labels of a session, sorted by their meaning.

        A second track, type or level becomes a tag.

        Args:
            labels: pairs of a meaning and a label, such as ``(Purpose.LEVEL, "Beginner")``.
            group: the group under which the session is listed. It is the session's track if it has no other
                track.
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
