"""The times, rooms, tracks and so on of all events of a schedule, collected in one reading of the events.

Many events have the same times, so work on times is done once for all events with equal times. Little is
stored about each event, since the events of a large schedule don't fit in memory.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from summitcli.formats.assembly.people import People
from summitcli.formats.assembly.slugs import slug
from summitcli.formats.assembly.texts import Encoding
from summitcli.formats.draft import Event


class Times(NamedTuple):
    """The times of an event, as its source gives them.

    :class:`summitcli.formats.draft.Event` explains the fields.
    """

    start: datetime | None = None
    end: datetime | None = None
    clock: str = ""
    day: date | None = None
    days: tuple[date, ...] = ()
    length: timedelta | None = None


_START, _DAYS = map(Event._fields.index, ("start", "days"))
"""The indexes of the fields ``start`` and ``days`` in :class:`Event`.

All fields from ``start`` to ``days`` are about the event's time. Of the other fields, only ``length`` is.
"""


class Survey:
    """The times, rooms, tracks and so on of all events of a schedule.

    An event's number is its position in the source, from 0.

    Args:
        events: the first events; more can be added later.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.times: list[Times] = []
        """The different times that events have; events with equal times share one entry."""
        self.counts: list[int] = []
        """For each entry of ``times``, the number of events that have these times."""
        self.times_of = array("L")
        """For each event, the index of its times in ``times``."""
        self.rooms: list[str] = []
        """The room of each event. This list and the following ones are in the order of the source."""
        self.tracks: list[str] = []
        self.types: list[str] = []
        self.identities: list[str | None] = []
        self.names: list[str | None] = []
        """For each event, an ID made from its code or number, as ``abc123`` from ``ABC123``.

        It is None if the event has neither (:attr:`Event.names` is empty).
        """
        self.languages: Counter[str] = Counter()
        self.encoding = Encoding()
        self.people = People()
        """The details of speakers, collected from all events."""
        self._places: dict[object, int] = {}
        self._same: dict[str, str] = {}
        for event in events:
            self.add(event)

    def __len__(self) -> int:
        return len(self.times_of)

    def finish(self) -> None:
        """Free the memory that is needed only to add events. Call this after the last event."""
        self._places, self._same = {}, {}

    def times_at(self, number: int) -> Times:
        """Return the times of the event with this number."""
        return self.times[self.times_of[number]]

    def add(self, event: Event) -> None:
        """Add an event."""
        self.times_of.append(self._place(event))
        same = self._same.setdefault
        self.rooms.append(same(event.room, event.room))
        self.tracks.append(same(event.track, event.track))
        self.types.append(same(event.type, event.type))
        self.identities.append(event.identity)
        self.names.append(next(filter(None, map(slug, event.names)), None))
        self.languages[event.language] += 1
        if event.people:
            self.people.add(event.people)
        if not self.encoding.is_right:
            self.encoding.add(_texts(event))

    def _place(self, event: Event) -> int:
        """Count an event among those with the same times; return the index of these times in ``times``."""
        start, end = event.start, event.end
        # Equal datetimes may differ in these.
        differences = start and (start.tzinfo, start.fold), end and (end.tzinfo, end.fold)
        moments = event[_START : _DAYS + 1]
        key = moments, event.length, differences
        place = self._places.setdefault(key, len(self.times))
        if place == len(self.times):
            self.times.append(Times._make((*moments, event.length)))
            self.counts.append(0)
        self.counts[place] += 1
        return place


def _texts(event: Event) -> str:
    """Return all texts of an event that are shown to users, joined by newlines."""
    texts = (event.title, event.subtitle, event.abstract, event.description, event.room, event.track)
    titles = (link.title for link in event.links)
    return "\n".join((*texts, event.type, *event.speakers, *event.titles.values(), *titles))
