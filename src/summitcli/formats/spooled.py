"""Events spooled to a temporary file, since the texts of a large schedule would fill the memory.

The file has no name, so the system removes it however the program ends. If it can't be created or written,
the events are kept in memory after all.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import SEEK_END, BytesIO
from itertools import chain, islice
from typing import IO, Any, overload

from summitcli.formats.assembly.survey import Survey, Times
from summitcli.formats.draft import Event
from summitcli.i18n import _
from summitcli.progress import steps

MAX_IN_MEMORY = 2_000
"""Up to this many events stay in memory."""
BATCH_SIZE = 32
"""The number of events that are written and read at once."""
_CACHED_BATCHES = 16
"""The number of batches cached for access by index, as the events of one session are days apart."""

_START, _DAYS, _LENGTH = map(Event._fields.index, ("start", "days", "length"))
"""The indexes of an event's times; the fields between the first two are times, too."""
_WithoutTimes = tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]


def spooled(events: Iterable[Event]) -> Sequence[Event]:
    """Return events as a sequence that keeps at most :data:`MAX_IN_MEMORY` of them in memory.

    Args:
        events: iterated over once, so it may be a generator.
    """
    coming = iter(steps(_("reading"), events))
    first = tuple(islice(coming, MAX_IN_MEMORY + 1))
    return first if len(first) <= MAX_IN_MEMORY else SpooledEvents(chain(first, coming))


class SpooledEvents(Sequence[Event]):
    """A sequence of events in a temporary file."""

    def __init__(self, events: Iterable[Event]) -> None:
        import pickle

        self.survey = Survey()
        """The data of all events that stays in memory."""
        self._file = _file()
        self._ends = array("q", [0])
        self._kept: dict[int, list[Event]] = {}
        coming = iter(events)
        while batch := [*islice(coming, BATCH_SIZE)]:
            for event in batch:
                self.survey.add(event)
            # The survey keeps their times, which would take longer to write than everything else.
            # It also keeps the details of speakers, once for each.
            self._write(
                pickle.dumps([*map(_without_times, map(_without_people, batch))], pickle.HIGHEST_PROTOCOL)
            )
        self.survey.finish()
        self._number = len(self.survey)

    def __del__(self) -> None:
        self._file.close()

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
        for number in range(len(self._ends) - 1):
            yield from self._read(number)

    def _write(self, batch: bytes) -> None:
        begin = self._ends[-1]
        try:
            _write_all(self._file, batch)
        except OSError:
            # Most likely the disk is full: go on in memory.
            self._file.seek(0)
            before = self._file.read(begin)
            self._file.close()
            self._file = BytesIO(before + batch)
            self._file.seek(0, SEEK_END)
        self._ends.append(begin + len(batch))

    def _batch(self, number: int) -> list[Event]:
        """Read a batch of events into the cache."""
        if len(self._kept) == _CACHED_BATCHES:
            del self._kept[next(iter(self._kept))]
        batch = self._kept[number] = self._read(number)
        return batch

    def _read(self, number: int) -> list[Event]:
        import pickle

        begin, end = self._ends[number : number + 2]
        self._file.seek(begin)
        batch = pickle.loads(self._file.read(end - begin))  # noqa: S301
        times = map(self.survey.times_at, range(number * BATCH_SIZE, number * BATCH_SIZE + len(batch)))
        return [*map(_whole, batch, times)]


def _without_people(event: Event) -> Event:
    return event._replace(people=()) if event.people else event


def _without_times(event: Event) -> _WithoutTimes:
    """Return the fields of an event except its times."""
    return event[:_START], event[_DAYS + 1 : _LENGTH], event[_LENGTH + 1 :]


def _whole(fields: _WithoutTimes, times: Times) -> Event:
    """Return the event with the given fields and times."""
    before, between, behind = fields
    *moments, length = times
    return Event._make((*before, *moments, *between, length, *behind))


def _file() -> IO[bytes]:
    """Return an empty unnamed temporary file; one in memory if none can be created."""
    import tempfile

    try:
        # Unbuffered, so that a failed write is noticed at once.
        return tempfile.TemporaryFile(buffering=0)
    except OSError:
        return BytesIO()


def _write_all(file: IO[bytes], data: bytes) -> None:
    """Write all of ``data``, as one call may write only a part of it."""
    while len(data) > (written := file.write(data)):
        data = data[written:]
