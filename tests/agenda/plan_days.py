"""Small random days with sessions and own entries, and their best plans by trying every plan."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise, product
from random import Random
from typing import NamedTuple

from summitcli.agenda.lunch import Lunch
from summitcli.agenda.own_entries import own_listing
from summitcli.agenda.plan import Hours, Terms, Wish
from summitcli.agenda.plan_search import LONG_BREAK
from summitcli.rows import Listing

D1, D2 = "2024-05-01", "2024-05-02"


def at(day: str, clock: str) -> datetime:
    """Return a moment, such as ``10:00`` on a day."""
    return datetime.fromisoformat(f"{day}T{clock}:00+02:00")


def listing(id_: str, times: str = "", day: str = D1, room: str | None = None, part: int = 1) -> Listing:
    """Return a listing; ``times`` are as in ``10:00-11:00``, or empty if they are not published."""
    start, end = (at(day, clock).isoformat() for clock in times.split("-")) if times else (None, None)
    held = own_listing(id_, id_.title(), day, None, None, room)
    return held._replace(start=start, end=end, all_day=not times, part=part)


def wish(*listings: Listing, weight: int = 3, picked: tuple[str, ...] = ()) -> Wish:
    """Return a wish for listings, of which the first is picked unless others are given."""
    return Wish(weight, listings, frozenset(picked or (listings[0].id,)))


WHOLE = {day: Hours(at(day, "00:00"), at(day, "23:59")) for day in (D1, D2)}
TERMS = Terms(WHOLE)


class Day(NamedTuple):
    """The arguments of a plan."""

    wishes: list[Wish]
    entries: tuple[Listing, ...]
    terms: Terms
    programme: dict[str, tuple[str, str]]
    events: tuple[Listing, ...]


def random_day(seed: int) -> Day:
    """Return up to seven sessions of one or two days, perhaps with own time, time to walk and for lunch."""
    rng = Random(seed)

    def some(id_: str) -> Listing:
        start = rng.randrange(9 * 4, 14 * 4)
        end = start + rng.choice((1, 2, 3, 4, 6))
        clock = "-".join(f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in (start, end))
        return listing(id_, clock, rng.choice((D1, D1, D2)), rng.choice((None, "A", "B")))

    wishes = []
    for number in range(rng.randint(1, 7)):
        held = tuple(some(f"s{number}-{part}") for part in range(rng.choice((1, 1, 2))))
        wishes.append(wish(*held, weight=rng.choice((1, 3, 5))))
    taken = tuple(some(f"own{number}") for number in range(rng.choice((0, 0, 1, 2))))
    terms = TERMS._replace(walk=timedelta(minutes=rng.choice((0, 0, 10, 20))))
    own = rng.randint(0, len(taken))
    lunches = {}
    for day in (D1, D2):
        if rng.random() < 0.5:
            start = rng.choice(("11:00", "11:30", "12:00"))
            lunches[day] = Lunch(at(day, start), at(day, "13:30"), timedelta(minutes=rng.choice((30, 45))))
    return Day(wishes, taken[:own], terms._replace(lunches=lunches), {}, taken[own:])


def best_by_trying(day: Day) -> tuple[int, int]:
    """Return the greatest weight of all plans, and the most sessions of a plan of that weight."""
    wishes, entries, terms, _programme, events = day
    taken, walk = (*entries, *events), terms.walk
    meals = [
        lunch
        for lunch in terms.lunches.values()
        if not any(_is_lunch(own, lunch) for own in entries) and _leaves(lunch, taken, (), walk)
    ]
    best = (0, 0)
    for choice in product(*[(None, *wish.listings) for wish in wishes]):
        weight = sum(wish.weight for wish, one in zip(wishes, choice, strict=True) if one)
        held = sorted(filter(None, choice), key=lambda one: (one.start or "", one.end or ""))
        is_free = all(_fit(one, own, walk) or _fit(own, one, walk) for one in held for own in taken)
        is_possible = is_free and all(_fit(one, other, walk) for one, other in pairwise(held))
        if is_possible and all(_leaves(lunch, taken, held, walk) for lunch in meals):
            best = max(best, (weight, len(held)))
    return best


def _is_lunch(own: Listing, lunch: Lunch) -> bool:
    """Return whether an own entry is the lunch of a day: it is within the period, and long enough."""
    start, end = _moment(own.start), _moment(own.end)
    return lunch.start <= start and end <= lunch.end and end - start >= lunch.length


def _leaves(lunch: Lunch, taken: Sequence[Listing], held: Sequence[Listing], walk: timedelta) -> bool:
    """Return whether a plan leaves time for lunch, by trying every five minutes.

    Args:
        lunch: the period for lunch, and its duration.
        taken: own entries and events, to which there is nothing to walk.
        held: the sessions of the plan, in order of time.
        walk: the time needed to walk between sessions in different rooms, which lunch does not replace.
    """
    start = lunch.start
    while (end := start + lunch.length) <= lunch.end:
        before = [one for one in held if _moment(one.end) <= start]
        after = held[len(before) :]
        far = timedelta()
        if before and after and _is_far(before[-1], after[0]):
            apart = _moment(after[0].start) - _moment(before[-1].end)
            far = walk if apart < timedelta(seconds=LONG_BREAK) else far
        if (not after or end + far <= _moment(after[0].start)) and all(
            _moment(own.end) <= start or end <= _moment(own.start) for own in taken
        ):
            return True
        start += timedelta(minutes=5)
    return False


def _fit(one: Listing, other: Listing, walk: timedelta) -> bool:
    return _moment(one.end) + (walk if _is_far(one, other) else timedelta()) <= _moment(other.start)


def _is_far(one: Listing, other: Listing) -> bool:
    return None not in (one.room, other.room) and one.room != other.room


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text or "")
