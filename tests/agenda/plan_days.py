"""Small random days with sessions and own entries, and their best plans by trying every plan."""

from datetime import datetime, timedelta
from itertools import pairwise, product
from random import Random
from typing import NamedTuple

from summitcli.agenda.own_entries import own_listing
from summitcli.agenda.plan import Hours, Terms, Wish
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
    taken: tuple[Listing, ...]
    terms: Terms


def random_day(seed: int) -> Day:
    """Return up to seven sessions of one or two days, perhaps with own entries and time to walk."""
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
    return Day(wishes, taken, TERMS._replace(walk=timedelta(minutes=rng.choice((0, 0, 10, 20)))))


def best_by_trying(day: Day) -> tuple[int, int]:
    """Return the greatest weight of all plans, and the most sessions of a plan of that weight."""
    wishes, taken, terms = day
    walk = terms.walk
    best = (0, 0)
    for choice in product(*[(None, *wish.listings) for wish in wishes]):
        weight = sum(wish.weight for wish, one in zip(wishes, choice, strict=True) if one)
        held = sorted(filter(None, choice), key=lambda one: (one.start or "", one.end or ""))
        is_free = all(_fit(one, own, walk) or _fit(own, one, walk) for one in held for own in taken)
        if is_free and all(_fit(one, other, walk) for one, other in pairwise(held)):
            best = max(best, (weight, len(held)))
    return best


def _fit(one: Listing, other: Listing, walk: timedelta) -> bool:
    is_far = one.room and other.room and one.room != other.room
    end, start = (datetime.fromisoformat(moment or "") for moment in (one.end, other.start))
    return end + (walk if is_far else timedelta()) <= start
