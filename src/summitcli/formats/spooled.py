"""Events that wait outside of memory until they are asked for, since a large schedule's texts fill it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any, overload

from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Event
from summitcli.i18n import _
from summitcli.progress import steps
from summitcli.storage.spool import BLOCK, Spool

FEW = 2_000
"""So many events and fewer stay in memory."""
TOGETHER = 32
"""How many lie together, to be written and read at once."""
_BATCHES_KEPT = 16
"""How many such batches are kept that were read by a number: events of one session lie in several days."""

_START, _DAYS, _LENGTH = map(Event._fields.index, ("start", "days", "length"))
"""Where an event has its times; those between the first two are times, too."""
_event: Callable[[Iterable[Any]], Event] = partial(tuple.__new__, Event)
"""Makes an event of its values; faster than :meth:`Event._make`, which asks how many they are."""


def spooled(events: Iterable[Event]) -> Sequence[Event]:
    """Return events as a sequence that holds few of them in memory.

    Args:
        events: gone through once, so that they may be made as they are asked for.
    """
    coming = iter(steps(_("reading"), events))
    few = tuple(islice(coming, FEW + 1))
    return few if len(few) <= FEW else SpooledEvents(chain(few, coming))


class SpooledEvents(Sequence[Event]):
    """Many events."""

    def __init__(self, events: Iterable[Event]) -> None:
        import pickle

        self.survey = Survey()
        """What is remembered of them."""
        self._batches = Spool(BLOCK)
        self._kept: dict[int, list[Event]] = {}
        coming = iter(events)
        while batch := [*islice(coming, TOGETHER)]:
            for event in batch:
                self.survey.add(event)
            # By fields, which are fewer objects. Their times are remembered, and take longer to write than
            # all else.
            fields = [*zip(*batch, strict=True)]
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
        batch = self._kept.get(at // TOGETHER) or self._batch(at // TOGETHER)
        return batch[at % TOGETHER]

    def __iter__(self) -> Iterator[Event]:
        for number in range(len(self._batches)):
            yield from self._read(number)

    def _batch(self, number: int) -> list[Event]:
        """Read and keep some events that lie together; those of one session may be far apart."""
        if len(self._kept) == _BATCHES_KEPT:
            del self._kept[next(iter(self._kept))]
        batch = self._kept[number] = self._read(number)
        return batch

    def _read(self, number: int) -> list[Event]:
        import pickle

        fields = pickle.loads(self._batches[number])  # noqa: S301
        begin = number * TOGETHER
        times = map(self.survey.times_at, range(begin, min(begin + TOGETHER, self._number)))
        *moments, lengths = zip(*times, strict=True)
        fields[_START:_START] = moments
        fields.insert(_LENGTH, lengths)
        return [*map(_event, zip(*fields, strict=True))]
