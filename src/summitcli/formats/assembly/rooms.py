"""The order of rooms, where a source has one."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import pairwise


def in_order(days: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the rooms in the order in which all days have them; empty where some contradict each other.

    Args:
        days: the rooms of each day, in the order of the source.
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
    # Of those that may come next, the one that the source has first.
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
