"""What the events of a schedule decide together, remembered in one going through them.

Many events are held at the same times, so whatever depends on those alone is settled once for each of them,
and few things are kept of each event: a large schedule's events are not in memory.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from summitcli.formats.assembly import prose
from summitcli.formats.assembly.slugs import slug
from summitcli.formats.assembly.texts import Encoding
from summitcli.formats.draft import Event


class Times(NamedTuple):
    """When an event is held, as its source says it; see :class:`summitcli.formats.draft.Event`."""

    start: datetime | None = None
    end: datetime | None = None
    clock: str = ""
    day: date | None = None
    days: tuple[date, ...] = ()
    length: timedelta | None = None


_START, _DAYS = map(Event._fields.index, ("start", "days"))
"""Between which fields an event has all but the last of them."""


class Survey:
    """What is remembered of some events.

    Args:
        events: gone through once; more can be added.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.times: list[Times] = []
        """All that there are, each once."""
        self.numbers: list[int] = []
        """How many events are held at each of them."""
        self.times_of = array("L")
        """By the number of an event, the place of its times among them."""
        self.rooms: list[str] = []
        """By the number of an event; likewise what follows."""
        self.tracks: list[str] = []
        self.types: list[str] = []
        self.identities: list[str | None] = []
        self.names: list[str | None] = []
        """What the id is made of: the first name of which there is a slug, as that."""
        self.languages: Counter[str] = Counter()
        self.encoding = Encoding()
        self._places: dict[object, int] = {}
        self._same: dict[str, str] = {}
        for event in events:
            self.add(event)

    def __len__(self) -> int:
        return len(self.times_of)

    def finish(self) -> None:
        """Take less memory; no more events come."""
        self._places, self._same = {}, {}

    def times_at(self, number: int) -> Times:
        """Return the times of an event by its number."""
        return self.times[self.times_of[number]]

    def add(self, event: Event) -> None:
        """Remember another event."""
        self.times_of.append(self._place(event))
        same = self._same.setdefault
        self.rooms.append(same(event.room, event.room))
        self.tracks.append(same(event.track, event.track))
        self.types.append(same(event.type, event.type))
        self.identities.append(event.identity)
        self.names.append(prose.first(map(slug, event.names)))
        self.languages[event.language] += 1
        if not self.encoding.is_right:
            self.encoding.see(_texts(event))

    def _place(self, event: Event) -> int:
        """Return the place of an event's times among all."""
        start, end = event.start, event.end
        # Two times that are equal may differ in these.
        differences = start and (start.tzinfo, start.fold), end and (end.tzinfo, end.fold)
        moments = event[_START : _DAYS + 1]
        key = moments, event.length, differences
        place = self._places.setdefault(key, len(self.times))
        if place == len(self.times):
            self.times.append(Times._make((*moments, event.length)))
            self.numbers.append(0)
        self.numbers[place] += 1
        return place


def _texts(event: Event) -> str:
    """Return all that is to be read in an event, each text on lines of its own."""
    texts = (event.title, event.subtitle, event.abstract, event.description, event.room, event.track)
    titles = (link.title for link in event.links)
    return "\n".join((*texts, event.type, *event.speakers, *event.titles.values(), *titles))
