"""Events that wait outside of memory until they are asked for, since a large schedule's texts fill it.

They lie in a file without a name, which the system removes when it is closed, however the program ends. Where
no such file can be had or written, they lie in memory after all.
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

FEW = 2_000
"""So many events and fewer stay in memory."""
TOGETHER = 32
"""How many lie together, to be written and read at once."""
_BATCHES_KEPT = 16
"""How many such batches are kept that were read by a number: events of one session lie in several days."""

_START, _DAYS, _LENGTH = map(Event._fields.index, ("start", "days", "length"))
"""Where an event has its times; those between the first two are times, too."""
_ButTimes = tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]


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
        self._file = _file()
        self._ends = array("q", [0])
        self._kept: dict[int, list[Event]] = {}
        coming = iter(events)
        while batch := [*islice(coming, TOGETHER)]:
            for event in batch:
                self.survey.add(event)
            # Their times are remembered, and take longer to write than all else.
            self._write(pickle.dumps([*map(_but_times, batch)], pickle.HIGHEST_PROTOCOL))
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
        batch = self._kept.get(at // TOGETHER) or self._batch(at // TOGETHER)
        return batch[at % TOGETHER]

    def __iter__(self) -> Iterator[Event]:
        for number in range(len(self._ends) - 1):
            yield from self._read(number)

    def _write(self, batch: bytes) -> None:
        begin = self._ends[-1]
        try:
            _write_all(self._file, batch)
        except OSError:
            # The disk is full, most likely.
            self._file.seek(0)
            before = self._file.read(begin)
            self._file.close()
            self._file = BytesIO(before + batch)
            self._file.seek(0, SEEK_END)
        self._ends.append(begin + len(batch))

    def _batch(self, number: int) -> list[Event]:
        """Read and keep some events that lie together; those of one session may be far apart."""
        if len(self._kept) == _BATCHES_KEPT:
            del self._kept[next(iter(self._kept))]
        batch = self._kept[number] = self._read(number)
        return batch

    def _read(self, number: int) -> list[Event]:
        import pickle

        begin, end = self._ends[number : number + 2]
        self._file.seek(begin)
        batch = pickle.loads(self._file.read(end - begin))  # noqa: S301
        times = map(self.survey.times_at, range(number * TOGETHER, number * TOGETHER + len(batch)))
        return [*map(_whole, batch, times)]


def _but_times(event: Event) -> _ButTimes:
    """Return all of an event but its times."""
    return event[:_START], event[_DAYS + 1 : _LENGTH], event[_LENGTH + 1 :]


def _whole(said: _ButTimes, times: Times) -> Event:
    """Return an event of its parts."""
    before, between, behind = said
    *moments, length = times
    return Event._make((*before, *moments, *between, length, *behind))


def _file() -> IO[bytes]:
    """Return an empty file that has no name, in memory where no other can be made."""
    import tempfile

    try:
        # Unbuffered: what could not be written is to be known at once.
        return tempfile.TemporaryFile(buffering=0)
    except OSError:
        return BytesIO()


def _write_all(file: IO[bytes], data: bytes) -> None:
    """Write ``data``, of which a file takes as much at once as it has room for."""
    while len(data) > (written := file.write(data)):
        data = data[written:]
