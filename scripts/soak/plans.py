"""Reliability of plans: they are the best ones, and found in time."""

import json
import time
from random import Random
from typing import Any

from scripts.soak.sandbox import home, scaled
from scripts.soak.table import Row, Tally, check

SESSIONS, STARS, REPEATS = 1_000, 300, 150
"""The number of sessions of a large day, how many are picked, and how many of these are held twice."""
TIME_LIMIT = 1
"""The maximum time that the processor takes for a plan of a large day, in seconds."""


def random_plans(scale: float) -> Row:
    """Compare plans of random days, and results of the search alone, with every possible plan."""
    from tests.agenda import plan_days, plan_reference

    from summitcli.agenda.plan import make_plan
    from summitcli.agenda.plan_search import search

    tally = Tally("plans", "plans of random days, compared with every possible plan")
    for seed in range(scaled(10_000, scale)):
        with tally.attempt(seed):
            if seed % 2:
                day = plan_days.random_day(seed)
                plan = make_plan(*day)
                found = plan.weight, len(plan.chosen), plan.proven
                check(found == (*plan_days.best_by_trying(day), True), found)
            else:
                given = plan_reference.problem(seed)
                best = search(*given)
                expected = plan_reference.best_by_trying(given)
                check((best.value, best.bound) == (expected, expected), best)
                plan_of = [given.options[number] for number in best.chosen]
                check(plan_reference.value_of(given, plan_of) == expected, best)
    return tally.row()


def large_plans(scale: float) -> Row:
    """Plan 300 of 1,000 sessions of one day, of which 150 are held twice, with time for walking and lunch."""
    from tests.inside import ask
    from tests.schedules import write

    tally = Tally("plans", f"plans of {STARS} of {SESSIONS:,} sessions of one day, {REPEATS} held twice")
    picked = "".join(f"s{number}\n" for number in range(STARS)).encode()
    options: list[list[str]] = [[], ["--walk", "10m"], ["--walk", "5m", "--lunch", "12:00-14:00=45m"]]
    for seed in range(scaled(20, scale)):
        with home() as folder:
            check(ask(["use", str(write(folder / "day.json", _large_day(seed)))]).status == 0)
            check(ask(["star", "-"], stdin=picked).status == 0)
            for words in options:
                with tally.attempt((seed, words)):
                    begun = time.process_time()
                    answer = ask(["agenda", "plan", "--json", *words])
                    took = time.process_time() - begun
                    check(json.loads(answer.out)["proven"], answer)
                    check(took <= TIME_LIMIT, f"the processor took {took:.1f} s")
    return tally.row()


def _large_day(seed: int) -> dict[str, Any]:
    from tests.schedules import document, session, timed

    rng, day = Random(seed), "2024-05-01"

    def slot() -> dict[str, Any]:
        start = rng.randrange(9 * 60, 19 * 60, 5)
        end = start + rng.choice((20, 30, 45, 60))
        times = (f"{day}T{minute // 60:02}:{minute % 60:02}:00+02:00" for minute in (start, end))
        return timed(day, *times, room=f"Room {rng.randrange(40)}")

    ids = [f"s{number}" for number in range(SESSIONS - REPEATS)]
    twice = [(id_, f"{id_}-again") for id_ in ids[:REPEATS]]
    return document(
        *(session(id_, slot(), speakers=[f"Speaker {id_}"]) for id_ in ids),
        *(session(again, slot(), title=id_.title(), speakers=[f"Speaker {id_}"]) for id_, again in twice),
    )
