"""The results of a search."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.lazy_typing import IntEnum, NamedTuple
from summitcli.rows import SessionRow

Spans = tuple[tuple[int, int], ...]
"""Parts of a text, each as its start and end offset."""


class Kind(IntEnum):
    """The ways in which typed text can correspond to the text of a session, closest first."""

    LITERAL = 0
    """The text as it is written, or a variant of it; words may be typed only in part.

    Variants are traditional or simplified characters, plural or singular, with or without accents,
    abbreviated or in full.
    """
    PINYIN = 1
    INSIDE = 2
    """A part of a compound word, such as ``security`` in ``cybersecurity``."""
    INITIALS = 3
    SOUTHERN = 4
    """Pinyin with sounds that speakers in southern China do not distinguish."""
    HOMOPHONE = 5
    """Other Chinese characters with the same pinyin."""


class Field(IntEnum):
    """The fields of a session, in the order in which they are searched.

    If a match has one typed word in its title and the other in a speaker's name, its field is SPEAKER, the
    later one.
    """

    NAME = 0
    SPEAKER = 1
    PLACE = 2
    """The category, or a room."""
    DESCRIPTION = 3


class Position(IntEnum):
    """The position of a match in a session's name."""

    WHOLE = 0
    BEGINNING = 1
    WORD = 2
    """At the beginning of a word."""
    ANYWHERE = 3
    SCATTERED = 4
    """Several typed words, each anywhere."""


class Stage(IntEnum):
    """The stages of a search, from exact to approximate; each is tried only if those before found nothing."""

    AS_TYPED = 0
    LEFT_OUT = 1
    """The typed text leaves out some characters or words of a name, or joins two words without a space."""
    HOMOPHONES = 2
    """The typed text has wrong Chinese characters that sound like the right ones."""
    SLIPS = 3
    """The typed text has at most one typing error in each word."""
    SOME_WORDS = 4
    """More than half of the words match."""


class Hit(NamedTuple):
    """A session that a search has found, and how its text matches.

    ``spans`` is a function that returns the matching parts of a text, such as the title in one of its
    languages; only output in a terminal needs them.
    """

    session: SessionRow
    kind: Kind
    field: Field
    position: Position
    spans: Callable[[str], Spans]


class Answer(NamedTuple):
    """The result of a search: the matches, best first; ``more`` is True if there are more than the limit."""

    hits: tuple[Hit, ...] = ()
    stage: Stage = Stage.AS_TYPED
    more: bool = False

    @property
    def exact(self) -> bool:
        """Return whether the sessions match as typed, not only approximately."""
        return self.stage is Stage.AS_TYPED
