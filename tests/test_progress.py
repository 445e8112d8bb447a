"""How far work is: told to whoever listens, of the outermost work, and ended whatever happens."""

from collections.abc import Iterator

import pytest

from summitcli.progress import REPORT_INTERVAL, has_listener, set_listener, steps


class Recorded:
    """What a listener was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int, int | None] | str] = []

    def show(self, work: str, done: int, total: int | None) -> None:
        self.told.append((work, done, total))

    def end(self) -> None:
        self.told.append("end")


@pytest.fixture(autouse=True)
def nobody() -> Iterator[None]:
    """Nobody listens before and afterwards, whatever commands ran in this process."""
    set_listener(None)
    yield
    set_listener(None)


@pytest.fixture
def listener() -> Recorded:
    recorded = Recorded()
    set_listener(lambda: recorded)
    return recorded


def test_where_nobody_listens_things_stay_what_they_are() -> None:
    things = [1, 2]
    assert steps("reading", things) is things


def test_it_is_told_at_the_beginning_and_every_so_many_things(listener: Recorded) -> None:
    things = range(2 * REPORT_INTERVAL + 1)
    assert list(steps("reading", things, len(things))) == list(things)
    whole = len(things)
    assert listener.told == [
        ("reading", 0, whole),
        ("reading", REPORT_INTERVAL, whole),
        ("reading", 2 * REPORT_INTERVAL, whole),
        "end",
    ]


def test_work_within_other_work_is_not_told(listener: Recorded) -> None:
    assert list(steps("preparing", steps("reading", "ab", 2))) == ["a", "b"]
    assert list(steps("checking", "c")) == ["c"]
    assert listener.told == [("preparing", 0, None), "end", ("checking", 0, None), "end"]


def test_work_that_is_given_up_has_ended(listener: Recorded) -> None:
    def things() -> Iterator[int]:
        yield 1
        raise ValueError("given up")

    with pytest.raises(ValueError, match="given up"):
        list(steps("reading", things()))
    first = steps("reading", "ab")
    assert next(iter(first)) == "a"
    del first
    assert listener.told == [("reading", 0, None), "end"] * 2


def test_whoever_is_not_told_any_more_hears_that_it_has_ended_and_no_more(listener: Recorded) -> None:
    things = iter(steps("reading", range(2 * REPORT_INTERVAL)))
    assert next(things) == 0
    set_listener(None)
    assert list(things) == list(range(1, 2 * REPORT_INTERVAL))
    assert listener.told == [("reading", 0, None), "end"]
    set_listener(lambda: listener)
    assert list(steps("checking", "c")) == ["c"]
    assert listener.told[2:] == [("checking", 0, None), "end"]


def test_whether_somebody_listens(listener: Recorded) -> None:
    assert has_listener()
    set_listener(None)
    assert not has_listener()
