"""The search for the best plan: sessions without conflicts, of the greatest total value.

A session has one or several options: the times at which it is held. A plan has at most one option of each
session. Without this rule, one pass over the options in order of time would give the best plan
(:class:`_Pass`). If a pass chooses two options of one session, the search gives the session a price and
repeats the pass (a Lagrangian relaxation). This also gives an upper bound: no plan has a greater value. Then
the search branches: it tries each option of one session, until a plan's value is equal to the bound.

All numbers are integers, and the search is limited by counts, not by time. So the same options give the same
plan on every computer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count

from summitcli.lazy_typing import NamedTuple

EFFORT = 150_000
"""The number of options that one search may visit, in all its passes together. This takes half a second."""

LONG_BREAK = 6 * 3600
"""If two sessions are at least this far apart, in seconds, a pause between them needs no time to walk."""

_EVER = 2**62
"""A time that is later than all others."""

_TRIALS_AT_FIRST = 12
"""The maximum number of passes over the options before the search branches."""
_TRIALS = 4
"""The maximum number of passes over the options in each branch of the search."""


class Option(NamedTuple):
    """One of the times at which a session could be attended, in seconds since 1970."""

    start: int
    end: int
    room: str | None
    session: int
    """The number of the session. A plan has at most one option with each number."""
    value: int
    """The value of attending the session, above 0."""


class Pause(NamedTuple):
    """A pause that a plan must have, such as lunch: the times at which it is possible, and its duration."""

    free: tuple[tuple[int, int], ...]
    """The free parts of the period for the pause, as start and end. Each is at least as long as the pause."""
    length: int
    """The duration of the pause, in seconds."""

    def latest_end(self, until: int) -> int:
        """Return the latest time at which a session may end, so that the pause fits between it and ``until``.

        If the pause does not fit in before ``until`` at all, return a time that is earlier than all others.
        """
        ends = (
            min(end, until) - self.length
            for start, end in self.free
            if min(end, until) - self.length >= start
        )
        return max(ends, default=-_EVER)


class Walking(NamedTuple):
    """The cost of walking from one session to the next in another room."""

    seconds: int = 0
    """The minimum time between the two sessions, in seconds."""
    value: int = 0
    """The value that a plan loses by each walk to another room."""


class Found(NamedTuple):
    """The best plan that a search found."""

    chosen: tuple[int, ...]
    """The positions of the chosen options in the list of all options, in order of time."""
    value: int
    bound: int
    """A value that no plan can exceed; equal to ``value`` if this is certainly the best plan."""


class _Node(NamedTuple):
    """A decision of the search: attend the session ``session`` at one certain time, or not at all.

    ``option`` is the position of this time in the list of options (sessions at one of their times).
    ``parent`` is the decision made before this one, which also holds; None for the first decision.
    """

    session: int
    option: int
    parent: _Node | None


class _Chain(NamedTuple):
    """The options (sessions at one of their times) in a plan, as a linked list of positions, latest first."""

    option: int
    before: _Chain | None


class _Staircase:
    """Plans in order of their end, without those that end no earlier than another that is as good."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._best: list[tuple[int, _Chain | None]] = []

    def add(self, end: int, value: int, chain: _Chain | None) -> None:
        """Add a plan, unless one that ends at the same time or earlier is as good or better.

        If it is added, remove the plans that end when it ends or later and are not better.

        Args:
            end: the time at which the plan ends.
            value: the value of the plan.
            chain: the options (sessions at one of their times) in the plan; None for the empty plan.
        """
        place = bisect_right(self._ends, end)
        if place and self._best[place - 1][0] >= value:
            return
        place = bisect_left(self._ends, end, 0, place)
        last = place
        while last < len(self._ends) and self._best[last][0] <= value:
            last += 1
        self._ends[place:last] = [end]
        self._best[place:last] = [(value, chain)]

    def until(self, end: int) -> tuple[int, _Chain | None] | None:
        """Return the value and the options of the best plan that ends by ``end``; None if no plan does."""
        place = bisect_right(self._ends, end)
        return self._best[place - 1] if place else None


class _Layer:
    """All plans with the same number of pauses (such as lunch), grouped by the room of their last session."""

    def __init__(self) -> None:
        self.in_room: defaultdict[str, _Staircase] = defaultdict(_Staircase)
        self.in_any_room = _Staircase()
        self.without_room = _Staircase()


class _Pass:
    """A pass over options in order of time, which finds the best plan by dynamic programming.

    It ignores that at most one option of each session can be attended, so its plan may be impossible.

    Args:
        options: all options; a position is an index of this list.
        order: the positions of the options to use, in order of time.
        pauses: the pauses, in order of time.
        walking: the cost of walking.
    """

    def __init__(
        self, options: Sequence[Option], order: Iterable[int], pauses: Sequence[Pause], walking: Walking
    ) -> None:
        self._options = options
        self._order = order
        self._pauses = pauses
        self._walking = walking

    def best(self, prices: Mapping[int, int]) -> tuple[int, tuple[int, ...]]:
        """Return the greatest total value of options that don't overlap, and the positions of these options.

        The positions are in order of time. Several options of one session may be among them.

        Args:
            prices: the price of each session, by its number. The price is subtracted from the value of each
                option of the session.
        """
        layers = [_Layer() for _number in range(len(self._pauses) + 1)]
        layers[0].without_room.add(-_EVER + 1, 0, None)
        for position in self._order:
            option = self._options[position]
            # It may be below 0: even so, a session without a room can save walking.
            value = option.value - prices.get(option.session, 0)
            for number, layer in enumerate(layers):
                before = self._best_before(layers[: number + 1], option.start, option.room)
                if before is None:
                    continue
                whole, chain = before[0] + value, _Chain(position, before[1])
                if option.room is None:
                    layer.without_room.add(option.end, whole, chain)
                else:
                    layer.in_room[option.room].add(option.end, whole, chain)
                    layer.in_any_room.add(option.end, whole, chain)
        value, last = self._best_before(layers, _EVER, None) or (0, None)
        chosen = []
        while last is not None:
            chosen.append(last.option)
            last = last.before
        return value, tuple(reversed(chosen))

    def _best_before(
        self, layers: Sequence[_Layer], start: int, room: str | None
    ) -> tuple[int, _Chain | None] | None:
        """Return the best plan after which a session can be attended, as its value and options; None if none.

        A certain number of pauses must be made before the session. The plans in the first layer have made
        none of them, the plans in the second layer have made one … So the fewer pauses a plan has made, the
        earlier it must end: the missing ones must fit between the plan and the session.
        A pause does not shorten the walk to another room, except after a long break.

        Args:
            layers: the layers, up to the one with all pauses that must be made before the session.
            start: the start of the session.
            room: the room of the session, to which it may be necessary to walk; None if it is unknown.
        """
        far = start if room is None else start - self._walking.seconds
        cost = 0 if room is None else self._walking.value
        best: tuple[int, _Chain | None] | None = None
        for number, layer in enumerate(layers):
            pauses = self._pauses[number : len(layers) - 1]
            near_end, far_end = (
                min((pause.latest_end(at) for pause in pauses), default=at) for at in (start, far)
            )
            known = layer.in_room.get(room) if room is not None else None
            for found, less in (
                (layer.without_room.until(near_end), 0),
                (known.until(near_end) if known else None, 0),
                (layer.in_any_room.until(far_end), cost),
                (layer.in_any_room.until(min(near_end, start - LONG_BREAK)) if pauses else None, cost),
            ):
                if found is not None and (best is None or found[0] - less > best[0]):
                    best = found[0] - less, found[1]
        return best


def search(
    options: Sequence[Option],
    pauses: Sequence[Pause] = (),
    walking: Walking = Walking(),  # noqa: B008
    unit: int = 1,
    effort: int = EFFORT,
) -> Found:
    """Return the plan with the greatest total value that leaves time for all pauses.

    Args:
        options: the options. None of them overlaps the user's own entries.
        pauses: the pauses, in order of time.
        walking: the cost of walking.
        unit: the smallest difference in value that matters. If no plan can be better by this much, the search
            ends after a quarter of the effort.
        effort: the number of options to visit before the search gives up.
    """
    return _Search(options, pauses, walking, unit, effort).found()


class _Search:
    """A search by branch and bound. The arguments are those of :func:`search`."""

    def __init__(
        self,
        options: Sequence[Option],
        pauses: Sequence[Pause],
        walking: Walking,
        unit: int,
        effort: int,
    ) -> None:
        self._options = options
        self._order = sorted(range(len(options)), key=lambda number: (*options[number][:2], number))
        self._pauses = pauses
        self._walking = walking
        self._unit = unit
        self._left = effort
        self._brief = effort * 3 // 4
        self._by_session: defaultdict[int, list[int]] = defaultdict(list)
        for position in self._order:
            self._by_session[options[position].session].append(position)
        self._best: tuple[int, tuple[int, ...]] = (0, ())

    def found(self) -> Found:
        """Return the best plan that the search finds."""
        numbers = count()
        bound, prices, session = self._bounded(None, {}, _TRIALS_AT_FIRST)
        waiting: list[tuple[int, int, _Node | None, dict[int, int], int]]
        waiting = [(-bound, next(numbers), None, prices, session)]
        while waiting:
            less, _number, node, prices, session = waiting[0]
            if -less <= self._best[0]:
                break
            if self._left <= 0 or (self._left <= self._brief and self._is_close(-less)):
                self._complete()
                return Found(self._best[1], self._best[0], max(self._best[0], -less))
            heappop(waiting)
            for option in self._by_session[session]:
                child = _Node(session, option, node)
                bound, own_prices, next_session = self._bounded(child, prices, _TRIALS)
                bound = min(bound, -less)
                if bound > self._best[0]:
                    heappush(waiting, (-bound, next(numbers), child, own_prices, next_session))
        return Found(self._best[1], self._best[0], self._best[0])

    def _complete(self) -> None:
        """Add to the best plan each session that overlaps no session of the plan, at one of its times."""
        for position in sorted(self._order, key=lambda one: -self._options[one].value):
            option, chosen = self._options[position], self._best[1]
            others = [self._options[one] for one in chosen]
            if not any(
                option.session == other.session or (option.start < other.end and other.start < option.end)
                for other in others
            ):
                with_it = {*chosen, position}
                value, plan = self._run([one for one in self._order if one in with_it], {})
                # All others must stay.
                if len(plan) == len(with_it) and value > self._best[0]:
                    self._best = value, plan

    def _is_close(self, bound: int) -> bool:
        return bound // self._unit == self._best[0] // self._unit

    def _bounded(
        self, node: _Node | None, prices: Mapping[int, int], trials: int
    ) -> tuple[int, dict[int, int], int]:
        """Return a value that no plan of a branch exceeds, the prices used, and a session to branch on.

        A pass finds the best plan in which a session may occur more than once, at several of its times. No
        valid plan has a greater value. To find a smaller bound, the pass is repeated with prices: if a
        session occurred more than once, its price is increased. The price is subtracted from the value of
        the session at each of its times.

        The session to branch on is -1 if a valid plan has the value of the bound.

        Args:
            node: the branch of the search; None for the whole search.
            prices: the prices with which to begin, by session.
            trials: the maximum number of passes.
        """
        only = _limits(node)
        order = [
            position
            for position in self._order
            if only.get(self._options[position].session, position) == position
        ]
        sizes = Counter(self._options[position].session for position in order)
        shared = {session for session, size in sizes.items() if size > 1}
        trial = {session: price for session, price in prices.items() if session in shared}
        best: tuple[int, dict[int, int], int] | None = None
        for number in range(1, trials + 1):
            value, chosen = self._run(order, trial)
            bound = value + sum(trial.values())
            used = Counter(self._options[position].session for position in chosen)
            wrong = [one for one in shared if used[one] > 1 or (trial.get(one) and not used[one])]
            if best is None or bound < best[0]:
                most = max(wrong, key=lambda one: (used[one], self._worth(one), -one), default=-1)
                best = bound, dict(trial), most
            self._improve(chosen, order)
            if not wrong or best[0] <= self._best[0]:
                break
            for session in wrong:
                step = self._worth(session) >> number
                trial[session] = max(0, trial.get(session, 0) + (step if used[session] else -step))
        assert best is not None  # noqa: S101
        return best

    def _worth(self, session: int) -> int:
        return max(self._options[position].value for position in self._by_session[session])

    def _run(self, order: Sequence[int], prices: Mapping[int, int]) -> tuple[int, tuple[int, ...]]:
        self._left -= len(order)
        return _Pass(self._options, order, self._pauses, self._walking).best(prices)

    def _improve(self, chosen: Sequence[int], order: Sequence[int]) -> None:
        """Make a valid plan (without a session twice) after a pass, and keep it if it is the best so far.

        Only one time of each session is considered: the first one that the pass chose. If the pass did not
        choose the session, it is the first time at which the session is held.

        Args:
            chosen: the positions of the options (sessions at one of their times) that the pass chose.
            order: the positions of all options that the pass could choose, in order of time.
        """
        first: dict[int, int] = {}
        for position in (*chosen, *order):
            first.setdefault(self._options[position].session, position)
        single = set(first.values())
        value, plan = self._run([position for position in order if position in single], {})
        if value > self._best[0]:
            self._best = value, plan


def _limits(node: _Node | None) -> dict[int, int]:
    """Return the sessions with only one allowed time in a branch of the search, as ``{session: option}``.

    The option is that time. ``node`` is the branch; None for the whole search, which has no such sessions.
    """
    only: dict[int, int] = {}
    while node is not None:
        only[node.session] = node.option
        node = node.parent
    return only
