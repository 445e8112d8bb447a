"""Grouping events into sessions, and making the IDs of sessions from their content, not from their order."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from summitcli.formats.assembly import prose
from summitcli.formats.assembly.days import Occurrence
from summitcli.formats.assembly.period import Occurrences
from summitcli.formats.assembly.slugs import DIGITS, SHORT, distinct, hashed, slug
from summitcli.formats.draft import Event
from summitcli.formats.parsed import Origin, Steps

_UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class SessionEvents(NamedTuple):
    """The events of one session, sorted by time, and the days and times of each event."""

    events: Sequence[Event]
    occurrences: Sequence[Occurrences]

    @property
    def slots(self) -> tuple[tuple[Occurrence, str], ...]:
        """Return all days and times of the session, each as a pair with its room."""
        if len(self.events) == 1:
            room = prose.line(self.events[0].room)
            return tuple([(occurrence, room) for occurrence in self.occurrences[0]])
        pairs = zip(self.events, self.occurrences, strict=True)
        return tuple(
            [
                (occurrence, prose.line(event.room))
                for event, occurrences in pairs
                for occurrence in occurrences
            ]
        )

    @property
    def title(self) -> str:
        """Return the session's title on one line. IDs are made from it."""
        return _title(self.events[0])

    @property
    def speakers(self) -> tuple[str, ...]:
        """Return the names of the session's speakers, each on one line and once."""
        return _speakers(self.events[0])


class GroupedEvents:
    """The events of a schedule, grouped into sessions in the order in which they first appear.

    Events with the same identity (such as a GUID), title and speakers are one session. The events are not all
    held in memory, only the events of the session that is asked for.

    Args:
        event: a function that returns an event by its number in the source, from 0.
        occurrences: the days and times of each event.
        identities: the identity of each event; None for an event that is a session of its own.
    """

    def __init__(
        self,
        event: Callable[[int], Event],
        occurrences: Sequence[Occurrences],
        identities: Sequence[str | None],
    ) -> None:
        self._event = event
        self._occurrences = occurrences
        self._firsts = array("L")
        """The position of each session's first event in the source, from 0."""
        self._several: dict[int, list[int]] = {}
        """The numbers of all events of a session, by the number of the first; ``{2: [2, 5]}``, for example.

        Sessions of a single event are left out.
        """
        self._group(identities)

    def __len__(self) -> int:
        return len(self._firsts)

    def __iter__(self) -> Iterator[SessionEvents]:
        event, occurrences, several = self._event, self._occurrences, self._several
        for index, first in enumerate(self._firsts):
            yield self[index] if first in several else SessionEvents((event(first),), (occurrences[first],))

    def __getitem__(self, index: int) -> SessionEvents:
        numbers = self.numbers(index)
        return SessionEvents([*map(self._event, numbers)], [self._occurrences[n] for n in numbers])

    def numbers(self, index: int) -> Sequence[int]:
        """Return the numbers (from 0, in the source) of the events of a session, sorted by time.

        Args:
            index: the index of the session.
        """
        first = self._firsts[index]
        return self._several.get(first) or (first,)

    def origin(self, index: int, steps: Steps) -> Origin:
        """Return the place in the source from which a part of a session was read.

        Args:
            index: the index of the session.
            steps: the path of the part within the session, such as ``("slots", 2, "room")``. For a part of a
                slot, return the place of the event that became the slot.
        """
        numbers = self.numbers(index)
        number = numbers[0]
        if len(numbers) > 1 and steps[:1] == ("slots",):
            events = [n for n in numbers for _occurrence in self._occurrences[n]]
            number = events[int(steps[1])]
        event = self._event(number)
        return Origin(event.where, event.line)

    def _group(self, identities: Sequence[str | None]) -> None:
        known: dict[str, int] = {}
        alike: defaultdict[str, dict[object, int]] = defaultdict(dict)
        """The first event with an identity, title and speakers: ``{"guid-1": {("Opening", ("Ada",)): 7}}``.

        It is given by its number in the source. Identities that only one event has are left out.
        """
        for n, identity in enumerate(identities):
            first = n
            if self._occurrences[n] and identity is not None:
                first = known.setdefault(identity, n)
            if first != n and identity is not None:
                titles = alike[identity]
                if not titles:
                    titles[_key(self._event(first))] = first
                first = titles.setdefault(_key(self._event(n)), n)
            if first != n:
                self._several.setdefault(first, [first]).append(n)
            elif self._occurrences[n]:
                self._firsts.append(n)
        for numbers in self._several.values():
            self._sort(numbers)

    def _sort(self, numbers: list[int]) -> None:
        """Sort events by time.

        Events at the same time are sorted by content, not by their order in the source.
        """
        numbers.sort(key=self._begin)
        if len({*map(self._begin, numbers)}) < len(numbers):
            numbers.sort(key=lambda n: (*self._begin(n), self._event(n).written()))

    def _begin(self, number: int) -> tuple[object, ...]:
        day, start, _end = self._occurrences[number][0]
        return day, start is not None, start.timestamp() if start else 0


def _key(event: Event) -> object:
    return _title(event), _speakers(event)


def _title(event: Event) -> str:
    return prose.line(event.title) or prose.first(map(prose.line, event.titles.values())) or ""


def _speakers(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(prose.line, event.speakers))))


def ids(groups: GroupedEvents, names: Sequence[str | None]) -> list[str]:
    """Return a unique ID for each session.

    Args:
        groups: the sessions.
        names: for each event, the ID made from its code or number; None if it has neither.
    """
    bases = [
        prose.first(names[n] for n in groups.numbers(index)) or _base(groups[index])
        for index in range(len(groups))
    ]
    return distinct(bases, lambda index: _suffixes(groups[index]))


def _base(group: SessionEvents) -> str:
    """Return the preferred ID of a session whose events have no codes. It is made from the title."""
    return slug(group.title, SHORT) or f"session-{_digits(group)[: DIGITS[-1]]}"


def _suffixes(group: SessionEvents) -> list[str]:
    """Return suffixes to try for the ID of a session if others have the same ID; the most stable first."""
    digits = _digits(group)
    identity = group.events[0].identity or ""
    named = repr((identity, group.title, group.speakers))
    timed = repr((named, group.slots))
    whole = f"[{', '.join(event.written() for event in group.events)}]"
    return [*(digits[:n] for n in DIGITS), *(hashed(text)[: DIGITS[-1]] for text in (named, timed, whole))]


def _digits(group: SessionEvents) -> str:
    """Return hexadecimal digits for a session's ID, which stay the same when the schedule is published again.

    They are made from the event's GUID or other identity. If it has none, they are made from the title and
    the first start or day.
    """
    event = group.events[0]
    for known in (event.guid, event.identity):
        if known:
            return known.replace("-", "").lower() if _UUID.fullmatch(known) else hashed(known)
    slot, _room = group.slots[0]
    return hashed(f"{group.title} {slot.start or slot.day}")
