"""Small random problems for the search of plans, and their solution by trying every plan."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from random import Random
from typing import NamedTuple

from summitcli.agenda.plan_search import LONG_BREAK, Option, Pause, Walking

HOUR = 60


class Problem(NamedTuple):
    """The arguments of a search."""

    options: tuple[Option, ...]
    pauses: tuple[Pause, ...]
    walking: Walking


def problem(seed: int) -> Problem:
    """Return a problem with up to eight sessions of up to three options on one or two days."""
    rng = Random(seed)
    days = rng.choice((1, 1, 2))
    count = rng.randint(1, 8)
    raw = []
    for session in range(count):
        weight = rng.choice((1, 3, 3, 5))
        for _option in range(rng.choice((1, 1, 1, 2, 3)) if count < 7 else rng.choice((1, 1, 2))):
            start = rng.randrange(days) * 24 * HOUR + rng.randrange(0, 6 * HOUR, 15)
            length = rng.choice((0, 15, 30, 45, 60, 90))
            room = rng.choice((None, "A", "B", "C"))
            raw.append((start, start + length, room, session, weight))
    unit = 1 << len(raw)
    worth = unit * (len(raw) + 1)
    options = tuple(
        Option(start, end, room, session, weight * worth + (1 << place))
        for place, (start, end, room, session, weight) in enumerate(raw)
    )
    pauses = tuple(Pause(free, 45) for day in range(days) if rng.random() < 0.4 for free in [_free(rng, day)])
    return Problem(options, pauses, Walking(rng.choice((0, 0, 10, 20)), rng.choice((0, unit))))


def crowded(seed: int, sessions: int) -> tuple[Option, ...]:
    """Return the options of sessions that are held up to three times: too many to try every plan."""
    rng = Random(seed)
    raw = []
    for session in range(sessions):
        weight = rng.choice((1, 3, 3, 5))
        for _option in range(rng.choice((1, 2, 3))):
            start = rng.randrange(2) * 24 * HOUR + rng.randrange(0, 6 * HOUR, 15)
            raw.append((start, start + rng.choice((30, 45, 60)), rng.choice("ABC"), session, weight))
    unit = 1 << len(raw)
    return tuple(
        Option(start, end, room, session, weight * unit * (len(raw) + 1) + unit + (1 << place))
        for place, (start, end, room, session, weight) in enumerate(raw)
    )


def _free(rng: Random, day: int) -> tuple[tuple[int, int], ...]:
    begin = day * 24 * HOUR + 2 * HOUR
    return (
        ((begin, begin + 2 * HOUR),)
        if rng.random() < 0.6
        else ((begin, begin + 45), (begin + 60, begin + 120))
    )


def best_by_trying(given: Problem) -> int:
    """Return the greatest value of all plans."""
    return max(value for plan in _plans(given) if (value := value_of(given, plan)) is not None)


def _plans(given: Problem) -> Iterator[list[Option]]:
    sessions: dict[int, list[Option | None]] = {}
    for option in given.options:
        sessions.setdefault(option.session, [None]).append(option)
    for choice in product(*sessions.values()):
        yield sorted((option for option in choice if option), key=lambda one: (one.start, one.end))


def value_of(given: Problem, plan: Sequence[Option]) -> int | None:
    """Return the value of a plan whose options are in order of time; None if it is impossible."""
    if len({option.session for option in plan}) < len(plan):
        return None
    value = sum(option.value for option in plan)
    gaps = [(-(10**9), plan[0].start), (plan[-1].end, 10**9)] if plan else [(-(10**9), 10**9)]
    for one, other in pairwise(plan):
        is_far = None not in (one.room, other.room) and one.room != other.room
        arrival = other.start - (given.walking.seconds if is_far else 0)
        if one.end > arrival:
            return None
        gaps.append((one.end, other.start if other.start - one.end >= LONG_BREAK else arrival))
        value -= given.walking.value if is_far else 0
    for pause in given.pauses:
        rests = (min(end, until) - max(start, since) for start, end in pause.free for since, until in gaps)
        if max(rests) < pause.length:
            return None
    return value
