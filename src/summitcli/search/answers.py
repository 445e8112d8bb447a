"""What a search answers with."""

from __future__ import annotations

from collections.abc import Callable

from summitcli.lazy_typing import IntEnum, NamedTuple
from summitcli.rows import SessionRow

Spans = tuple[tuple[int, int], ...]
"""Stretches of a text, each as the offsets of its first character and the one after its last."""


class Kind(IntEnum):
    """How the typed letters stand for the text, closest first."""

    LITERAL = 0
    """Its own characters and words, the beginnings of words, and their other forms: traditional or
    simplified, plural or singular, with or without accents."""
    PINYIN = 1
    INSIDE = 2
    """A part of a compound word, such as ``security`` in ``cybersecurity``."""
    INITIALS = 3
    SOUTHERN = 4
    """Pinyin in which sounds are mixed that southern speakers do not tell apart."""


class Field(IntEnum):
    """Where it was found. With several words, the last of these places that was needed."""

    NAME = 0
    SPEAKER = 1
    PLACE = 2
    """The category or a room."""
    DESCRIPTION = 3


class Position(IntEnum):
    """Where in a name it was found."""

    WHOLE = 0
    BEGINNING = 1
    WORD = 2
    """At the beginning of a word."""
    ANYWHERE = 3
    SCATTERED = 4
    """Several words, each somewhere."""


class Stage(IntEnum):
    """How far the search had to go. Each stage is only reached when those before it found nothing."""

    AS_TYPED = 0
    LEFT_OUT = 1
    """With something left out between what was typed, or words run together in another order."""
    SLIPS = 2
    """With a slip of the finger in each word at the most."""
    SOME_WORDS = 3
    """With more than half of the words."""


class Hit(NamedTuple):
    """A session that was found.

    ``spans`` gives the stretches that matched of a text, such as a title in one of its languages; it is a
    function, because only what is drawn on a terminal needs them.
    """

    session: SessionRow
    kind: Kind
    field: Field
    position: Position
    spans: Callable[[str], Spans]


class Answer(NamedTuple):
    """What was found, best first; ``more`` tells that there is more than the limit let through."""

    hits: tuple[Hit, ...] = ()
    stage: Stage = Stage.AS_TYPED
    more: bool = False

    @property
    def exact(self) -> bool:
        """Whether the sessions have what was typed, and not only something close to it."""
        return self.stage is Stage.AS_TYPED
