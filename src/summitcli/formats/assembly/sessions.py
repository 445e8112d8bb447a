"""Which events are one session, and its id, which depends on what they are and never on their order."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from summitcli.formats.assembly import prose
from summitcli.formats.assembly.days import Held
from summitcli.formats.assembly.period import Helds
from summitcli.formats.assembly.slugs import DIGITS, SHORT, distinct, hashed, slug
from summitcli.formats.draft import Event

_UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class OneSession(NamedTuple):
    """The events that are one session, in order of time, and when each of them is held."""

    events: Sequence[Event]
    helds: Sequence[Helds]

    @property
    def slots(self) -> tuple[tuple[Held, str], ...]:
        """When and in which room."""
        pairs = zip(self.events, self.helds, strict=True)
        return tuple([(held, prose.line(event.room)) for event, helds in pairs for held in helds])

    @property
    def title(self) -> str:
        """On one line, as ids are made of it."""
        return _title(self.events[0])

    @property
    def speakers(self) -> tuple[str, ...]:
        """Likewise."""
        return _speakers(self.events[0])


class Grouped:
    """Events as sessions, in order of appearance: of one identity, title and speakers, one session.

    Only the events of the session that is asked for are in memory.

    Args:
        event: gives an event by its number.
        helds: when each event is held.
        identities: of each event.
    """

    def __init__(
        self, event: Callable[[int], Event], helds: Sequence[Helds], identities: Sequence[str | None]
    ) -> None:
        self._event = event
        self._helds = helds
        self._firsts = array("L")
        """The number of the first event of each session."""
        self._several: dict[int, list[int]] = {}
        """By the number of the first event all, of sessions that have several."""
        self._group(identities)

    def __len__(self) -> int:
        return len(self._firsts)

    def __iter__(self) -> Iterator[OneSession]:
        event, helds, several = self._event, self._helds, self._several
        for at, first in enumerate(self._firsts):
            yield self[at] if first in several else OneSession((event(first),), (helds[first],))

    def __getitem__(self, at: int) -> OneSession:
        numbers = self.numbers(at)
        return OneSession([*map(self._event, numbers)], [self._helds[n] for n in numbers])

    def numbers(self, at: int) -> Sequence[int]:
        """Return the numbers of the events of a session, in order of time."""
        first = self._firsts[at]
        return self._several.get(first) or (first,)

    def _group(self, identities: Sequence[str | None]) -> None:
        known: dict[str, int] = {}
        alike: defaultdict[str, dict[object, int]] = defaultdict(dict)
        """By identities that are there again, the first event of each title and speakers."""
        for n, identity in enumerate(identities):
            first = n
            if self._helds[n] and identity is not None:
                first = known.setdefault(identity, n)
            if first != n and identity is not None:
                titles = alike[identity]
                if not titles:
                    titles[_key(self._event(first))] = first
                first = titles.setdefault(_key(self._event(n)), n)
            if first != n:
                self._several.setdefault(first, [first]).append(n)
            elif self._helds[n]:
                self._firsts.append(n)
        for numbers in self._several.values():
            self._sort(numbers)

    def _sort(self, numbers: list[int]) -> None:
        """Sort by time, and where that is the same by something else that is not the order in the source."""
        numbers.sort(key=self._begin)
        if len({*map(self._begin, numbers)}) < len(numbers):
            numbers.sort(key=lambda n: (*self._begin(n), self._event(n).written()))

    def _begin(self, number: int) -> tuple[object, ...]:
        day, start, _end = self._helds[number][0]
        return day, start is not None, start.timestamp() if start else 0


def _key(event: Event) -> object:
    return _title(event), _speakers(event)


def _title(event: Event) -> str:
    return prose.line(event.title) or prose.first(map(prose.line, event.titles.values())) or ""


def _speakers(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(prose.line, event.speakers))))


def ids(held: Grouped, names: Sequence[str | None]) -> list[str]:
    """The id of each of some sessions; no two are the same.

    Args:
        held: the sessions.
        names: for each event what it is named by, as a slug.
    """
    bases = [prose.first(names[n] for n in held.numbers(at)) or _base(held[at]) for at in range(len(held))]
    return distinct(bases, lambda at: _suffixes(held[at]))


def _base(held: OneSession) -> str:
    """The id that a session without a name has where no other wants it."""
    return slug(held.title, SHORT) or f"session-{_digits(held)[: DIGITS[-1]]}"


def _suffixes(held: OneSession) -> list[str]:
    """What tells a session from others of the same id, best first: what changes least."""
    digits = _digits(held)
    identity = held.events[0].identity or ""
    named = repr((identity, held.title, held.speakers))
    timed = repr((named, held.slots))
    whole = f"[{', '.join(event.written() for event in held.events)}]"
    return [*(digits[:n] for n in DIGITS), *(hashed(text)[: DIGITS[-1]] for text in (named, timed, whole))]


def _digits(held: OneSession) -> str:
    """Hexadecimal digits of what stays the same in every publication."""
    event = held.events[0]
    for known in (event.guid, event.identity):
        if known:
            return known.replace("-", "").lower() if _UUID.fullmatch(known) else hashed(known)
    slot, _room = held.slots[0]
    return hashed(f"{held.title} {slot.start or slot.day}")
