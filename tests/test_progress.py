"""Progress reports: only for the outermost work, and always ended."""

from collections.abc import Iterator

import pytest

from summitcli.progress import REPORT_INTERVAL, Work, has_listener, set_listener, step, steps
from tests.listeners import Recorded


@pytest.fixture(autouse=True)
def nobody() -> Iterator[None]:
    """Remove any listener before and after each test."""
    set_listener(None)
    yield
    set_listener(None)


@pytest.fixture
def listener() -> Recorded:
    recorded = Recorded()
    set_listener(lambda: recorded)
    return recorded


def test_without_a_listener_things_are_returned_unchanged() -> None:
    things = [1, 2]
    assert steps("reading", things) is things


def test_progress_is_reported_at_the_start_and_at_intervals(listener: Recorded) -> None:
    things = range(2 * REPORT_INTERVAL + 1)
    assert list(steps("reading", things, len(things))) == list(things)
    whole = len(things)
    assert listener.told == [
        ("reading", 0, whole),
        ("reading", REPORT_INTERVAL, whole),
        ("reading", 2 * REPORT_INTERVAL, whole),
        "end",
    ]


def test_nested_work_is_not_reported(listener: Recorded) -> None:
    assert list(steps("preparing", steps("reading", "ab", 2))) == ["a", "b"]
    assert list(steps("checking", "c")) == ["c"]
    assert listener.told == [("preparing", 0, None), "end", ("checking", 0, None), "end"]


def test_abandoned_work_is_ended(listener: Recorded) -> None:
    def things() -> Iterator[int]:
        yield 1
        raise ValueError("given up")

    with pytest.raises(ValueError, match="given up"):
        list(steps("reading", things()))
    first = steps("reading", "ab")
    assert next(iter(first)) == "a"
    del first
    assert listener.told == [("reading", 0, None), "end"] * 2


def test_a_replaced_listener_is_ended(listener: Recorded) -> None:
    things = iter(steps("reading", range(2 * REPORT_INTERVAL)))
    assert next(things) == 0
    set_listener(None)
    assert list(things) == list(range(1, 2 * REPORT_INTERVAL))
    assert listener.told == [("reading", 0, None), "end"]
    set_listener(lambda: listener)
    assert list(steps("checking", "c")) == ["c"]
    assert listener.told[2:] == [("checking", 0, None), "end"]


def test_has_listener(listener: Recorded) -> None:
    assert has_listener()
    set_listener(None)
    assert not has_listener()


def test_steps_are_counted_in_the_work_in_progress(listener: Recorded) -> None:
    step()
    with Work("checking", 7) as work:
        with Work("reading") as inner:
            inner.step()
            inner.show(3)
        for _thing in range(REPORT_INTERVAL + 1):
            step()
        work.show(7)
    work.show(8)
    assert listener.told == [("checking", 0, 7), ("checking", REPORT_INTERVAL, 7), ("checking", 7, 7), "end"]
