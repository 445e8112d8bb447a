"""Finding one order for a conference's rooms from the order in which each day lists its rooms."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise


def in_order(days: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return all rooms in one order that agrees with the order on every day; empty if the days disagree.

    Args:
        days: for each day, the names of its rooms in the source's order.
    """
    before: dict[str, set[str]] = {}
    for rooms in days:
        for room in rooms:
            before.setdefault(room, set())
        for first, then in pairwise(dict.fromkeys(rooms)):
            before[then].add(first)
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError:
        return ()
    # Of the rooms that may come next, take the first in the source.
    place = {room: number for number, room in enumerate(before)}
    ready: list[tuple[int, str]] = []
    found: list[str] = []
    while sorter.is_active():
        for room in sorter.get_ready():
            heappush(ready, (place[room], room))
        room = heappop(ready)[1]
        found.append(room)
        sorter.done(room)
    return tuple(found)
