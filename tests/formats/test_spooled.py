"""Events spooled to a temporary file."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from io import FileIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from summitcli.formats import spooled as module
from summitcli.formats.draft import DraftLink, Event
from summitcli.formats.spooled import BATCH_SIZE, MAX_IN_MEMORY, spooled

TIMES = (
    None,
    datetime(2024, 5, 1, 10),  # noqa: DTZ001
    datetime(2024, 5, 1, 10, fold=1, tzinfo=UTC),
    datetime(2024, 5, 1, 10, tzinfo=timezone(timedelta(hours=2))),
    datetime(2024, 5, 1, 10, tzinfo=ZoneInfo("Europe/Berlin")),
)


def made(number: int) -> Iterator[Event]:
    """Yield events with every kind of value."""
    for n in range(number):
        yield Event(
            f'days[0].rooms["Größe"][{n}]',
            line=n,
            identity=f"id-{n}",
            names=("a", str(n)),
            title="数字\ud83d",
            titles={"en": "A", "zh": "数字"},
            start=TIMES[n % len(TIMES)],
            day=date(2024, 5, 1),
            days=(date(2024, 5, 1),),
            speakers=("Ada",),
            links=(DraftLink("https://example.org", "A"),),
            recorded=[None, True, False][n % 3],
            length=timedelta(minutes=n),
        )


@pytest.fixture(params=["in a file", "in memory", "on a full disk"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Set where events are spooled: to a file or to memory."""

    class Full(FileIO):
        """A file that writes only some bytes at a time, and finally none, as on a full disk."""

        def write(self, data: Any) -> int:
            if self.tell() > 50_000:
                raise OSError(28, "No space left on device")
            return super().write(bytes(data)[:1_000])

    def file(buffering: int) -> FileIO:
        if request.param == "in memory":
            raise FileNotFoundError
        return Full(tmp_path / "full", "w+b")

    if request.param != "in a file":
        monkeypatch.setattr(tempfile, "TemporaryFile", file)


def test_a_few_events_stay_in_memory() -> None:
    events = tuple(made(MAX_IN_MEMORY))
    found = spooled(events)
    assert type(found) is tuple and found == events


@pytest.mark.usefixtures("place")
def test_many_events_are_unchanged_on_each_iteration() -> None:
    number = MAX_IN_MEMORY + BATCH_SIZE + 1
    events = list(made(number))
    found = spooled(made(number))
    assert len(found) == number
    assert [*found] == events == [*found]
    assert all(type(event) is Event for event in found)


@pytest.mark.usefixtures("place")
def test_many_events_are_found_by_index() -> None:
    events = list(made(MAX_IN_MEMORY + BATCH_SIZE))
    found = spooled(events)
    numbers = [*range(0, len(events), BATCH_SIZE // 2), *range(len(events) - 1, 0, -BATCH_SIZE), -1]
    assert [found[n] for n in numbers] == [events[n] for n in numbers]
    assert found[-3:] == events[-3:]
    with pytest.raises(IndexError):
        found[len(events)]


def test_two_iterations_over_many_events_may_overlap() -> None:
    events = list(made(MAX_IN_MEMORY + BATCH_SIZE))
    found = spooled(events)
    assert [*zip(found, found, strict=True)] == [*zip(events, events, strict=True)]


def test_only_a_few_batches_are_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    found = spooled(made(10 * MAX_IN_MEMORY))
    monkeypatch.setattr(module, "_CACHED_BATCHES", 2)
    for n in range(0, len(found), BATCH_SIZE):
        assert found[n].line == n
    assert len(found._kept) == 2  # type: ignore[attr-defined]


def test_an_error_of_the_generator_is_passed_on(tmp_path: Path) -> None:
    def broken() -> Iterator[Event]:
        yield from made(MAX_IN_MEMORY + BATCH_SIZE)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        spooled(broken())
