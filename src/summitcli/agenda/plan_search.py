"""The search for the best plan: sessions without conflicts, of the greatest total value.

A session has one or several options, the times at which it is held, of which at most one is chosen. Without
that limit the best options follow from one pass in order of time (:class:`_Pass`). With it, the search puts a
price on sessions that the pass chooses twice (a Lagrangian relaxation), which gives an upper bound, and
branches on the options of one session until the bound is reached.

All numbers are integers and the limits are counts, so the same options give the same plan everywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import count

from summitcli.lazy_typing import NamedTuple

EFFORT = 150_000
"""The number of options that are visited in all passes before the search gives up; about half a second."""

_EVER = 2**62
"""A time later than all others."""

_TRIALS_AT_FIRST = 12
_TRIALS = 4
"""The number of times that prices are adjusted, at first and after each branching."""


class Option(NamedTuple):
    """A time at which a session could be attended, in seconds since 1970."""

    start: int
    end: int
    room: str | None
    session: int
    """The number of the session, of which only one option can be chosen."""
    value: int
    """A number above 0."""


class Pause(NamedTuple):
    """A pause that a plan must leave somewhere in a period, such as lunch."""

    free: tuple[tuple[int, int], ...]
    """The parts of the period that nothing else occupies, each as long as the pause; at least one."""
    length: int
    """The length of the pause in seconds."""

    def latest_end(self, until: int) -> int:
        """Return the latest end of a session after which the pause is possible before ``until``.

        Return -:data:`_EVER` if it is not even possible without a session before it.
        """
        ends = (
            min(end, until) - self.length
            for start, end in self.free
            if min(end, until) - self.length >= start
        )
        return max(ends, default=-_EVER)


class Walking(NamedTuple):
    """The cost of going from one session to the next in another room."""

    seconds: int = 0
    """The time between them that is needed at least."""
    value: int = 0
    """The value that is lost."""


class Found(NamedTuple):
    """The result of a search."""

    chosen: tuple[int, ...]
    """The positions of the chosen options, in order of time."""
    value: int
    bound: int
    """A value that no plan exceeds; equal to ``value`` if the plan is known to be the best."""


class _Node(NamedTuple):
    """A branch of the search, in which some sessions are limited to one of their options.

    It is a linked list: ``session`` has only the option at the position ``option`` left, in addition to the
    limits of ``parent``, if that is not None.
    """

    session: int
    option: int
    parent: _Node | None


class _Chain(NamedTuple):
    """A plan from its beginning up to one of its options (sessions at one of their times).

    It is a linked list of the positions of the options, from the last to the first.
    """

    option: int
    before: _Chain | None


class _Staircase:
    """The plans with the best values, by the time of their end: a later end only with a greater value."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._best: list[tuple[int, _Chain | None]] = []

    def add(self, end: int, value: int, chain: _Chain | None) -> None:
        """Add a plan, unless one that ends no later is at least as good.

        Plans that end no earlier than the added one and are no better are removed.

        Args:
            end: the time at which the plan ends.
            value: its value.
            chain: its options; None for the empty plan.
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
        """Return the best of the plans that end at ``end`` or earlier; None if there is none."""
        place = bisect_right(self._ends, end)
        return self._best[place - 1] if place else None


class _Layer:
    """The plans with the same number of pauses so far, by the room of their last session."""

    def __init__(self) -> None:
        self.in_room: defaultdict[str, _Staircase] = defaultdict(_Staircase)
        self.in_any_room = _Staircase()
        self.without_room = _Staircase()


class _Pass:
    """A pass over options in order of time, which finds the best plan by dynamic programming.

    It may choose several options of one session, so that its plan may not be possible.

    Args:
        options: the options, by position.
        order: the positions of the options to consider, in order of time.
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

        They are in order of time; several options of one session may be among them.

        Args:
            prices: by session, what is subtracted from the value of each of its options.
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
        """Return the value and the chain of the best plan after which a session can begin; None if none.

        Each layer has the plans with one number of pauses. In a plan of an earlier layer than the last, the
        missing pauses must be possible between its end and the session.

        Args:
            layers: the layers up to the number of pauses that the plan must have.
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
    """Return the options of the greatest total value that can all be attended, with all pauses.

    Args:
        options: the options; none overlaps anything that is fixed.
        pauses: the pauses, in order of time.
        walking: the cost of walking.
        unit: the difference in value that matters; whether a plan is the best of those that differ less is
            searched for only briefly.
        effort: the number of options to visit before the search gives up.
    """
    return _Search(options, pauses, walking, unit, effort).found()


class _Search:
    """A search by branch and bound; the arguments are those of :func:`search`."""

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
        """Return the best plan found, and how good any plan could be."""
        numbers = count()
        bound, prices, session = self._bounded(None, {}, _TRIALS_AT_FIRST)
        waiting: list[tuple[int, int, _Node | None, dict[int, int], int]]
        waiting = [(-bound, next(numbers), None, prices, session)]
        while waiting:
            less, _number, node, prices, session = waiting[0]
            if -less <= self._best[0]:
                break
            if self._left <= 0 or (self._left <= self._brief and self._is_close(-less)):
                return Found(self._best[1], self._best[0], -less)
            heappop(waiting)
            for option in self._by_session[session]:
                child = _Node(session, option, node)
                bound, own_prices, next_session = self._bounded(child, prices, _TRIALS)
                bound = min(bound, -less)
                if bound > self._best[0]:
                    heappush(waiting, (-bound, next(numbers), child, own_prices, next_session))
        return Found(self._best[1], self._best[0], self._best[0])

    def _is_close(self, bound: int) -> bool:
        return bound // self._unit == self._best[0] // self._unit

    def _bounded(
        self, node: _Node | None, prices: Mapping[int, int], trials: int
    ) -> tuple[int, dict[int, int], int]:
        """Return an upper bound for a node's plans, the prices that gave it, and the session to branch on.

        The price of a session is subtracted from the value of each of its options, so that a pass is less
        likely to choose several of them. The session to branch on is -1 if there is none.

        Args:
            node: the branch of the search; None for the whole search.
            prices: the prices of the parent branch, by session.
            trials: the maximum number of times to adjust the prices.
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
        """Make a valid plan from the options that a pass chose, and keep it if it is the best so far.

        A plan is valid if it has at most one option of each session. Considered are those that the pass chose
        first for their sessions, and the first options of the other sessions.

        Args:
            chosen: the positions of the options that the pass chose.
            order: the positions of all options that it could choose, in order of time.
        """
        first: dict[int, int] = {}
        for position in (*chosen, *order):
            first.setdefault(self._options[position].session, position)
        single = set(first.values())
        value, plan = self._run([position for position in order if position in single], {})
        if value > self._best[0]:
            self._best = value, plan


def _limits(node: _Node | None) -> dict[int, int]:
    """Return the only option that the branch ``node`` leaves of some sessions, by session.

    An option is a time at which a session could be attended. ``node`` is None for the whole search.
    """
    only: dict[int, int] = {}
    while node is not None:
        only[node.session] = node.option
        node = node.parent
    return only
