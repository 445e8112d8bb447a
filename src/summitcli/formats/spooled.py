"""Events in a temporary file, since the texts of a large schedule would need too much memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, overload

from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Event
from summitcli.i18n import _
from summitcli.progress import steps
from summitcli.storage.spool import BLOCK, Spool

MAX_IN_MEMORY = 2_000
"""The largest number of events that are all held in memory. More events are written to a temporary file."""
BATCH_SIZE = 32
"""The number of events in a batch. A batch is written and read as a whole."""
_CACHED_BATCHES = 16
"""The number of batches that are cached. The events of one session may be in several batches."""

_START, _DAYS, _LENGTH = map(Event._fields.index, ("start", "days", "length"))
"""The indexes of an event's fields with times.

They are all fields from ``start`` to ``days``, and ``length``.
"""
_event: Callable[[Iterable[Any]], Event] = partial(tuple.__new__, Event)
"""A function that makes an event from its values.

It is faster than :meth:`Event._make`, which counts them.
"""


def spooled(events: Iterable[Event]) -> Sequence[Event]:
    """Return ``events`` as a sequence; more than :data:`MAX_IN_MEMORY` are stored in a temporary file.

    Args:
        events: the events. They are iterated over once.
    """
    coming = iter(steps(_("reading"), events))
    first = tuple(islice(coming, MAX_IN_MEMORY + 1))
    return first if len(first) <= MAX_IN_MEMORY else SpooledEvents(chain(first, coming))


class SpooledEvents(Sequence[Event]):
    """A sequence of events in a temporary file."""

    def __init__(self, events: Iterable[Event]) -> None:
        import pickle

        self.survey = Survey()
        """The data about all events that stays in memory, such as their times and rooms."""
        self._batches = Spool(BLOCK)
        self._kept: dict[int, list[Event]] = {}
        coming = iter(events)
        while batch := [*islice(coming, BATCH_SIZE)]:
            for event in batch:
                self.survey.add(event)
            # Field by field, which pickles faster. The survey keeps the times, which would take longer to
            # write than everything else, and the details of speakers, once for each.
            slim = [event._replace(people=()) if event.people else event for event in batch]
            fields = [*zip(*slim, strict=True)]
            del fields[_LENGTH], fields[_START : _DAYS + 1]
            self._batches.add(pickle.dumps(fields, pickle.HIGHEST_PROTOCOL))
        self.survey.finish()
        self._number = len(self.survey)

    def __len__(self) -> int:
        return self._number

    @overload
    def __getitem__(self, at: int) -> Event: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Event]: ...

    def __getitem__(self, at: int | slice) -> Event | Sequence[Event]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(self._number))]
        if not 0 <= at < self._number:
            at = range(self._number)[at]
        batch = self._kept.get(at // BATCH_SIZE) or self._batch(at // BATCH_SIZE)
        return batch[at % BATCH_SIZE]

    def __iter__(self) -> Iterator[Event]:
        for number in range(len(self._batches)):
            yield from self._read(number)

    def _batch(self, number: int) -> list[Event]:
        """Return a batch of events, from the cache or from the file.

        Args:
            number: the number of the batch, from 0.
        """
        if len(self._kept) == _CACHED_BATCHES:
            del self._kept[next(iter(self._kept))]
        batch = self._kept[number] = self._read(number)
        return batch

    def _read(self, number: int) -> list[Event]:
        import pickle

        fields = pickle.loads(self._batches[number])  # noqa: S301
        begin = number * BATCH_SIZE
        times = map(self.survey.times_at, range(begin, min(begin + BATCH_SIZE, self._number)))
        *moments, lengths = zip(*times, strict=True)
        fields[_START:_START] = moments
        fields.insert(_LENGTH, lengths)
        return [*map(_event, zip(*fields, strict=True))]
