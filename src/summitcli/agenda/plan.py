"""The best plan of an agenda: which sessions to attend, and when, if some overlap.

A listing is one session at one of its times; a plan is a choice among the listings of an agenda. The best
plan has no conflicts and the greatest total weight that is possible. If several plans have the same weight,
the first of these rules that tells them apart decides: more sessions; more sessions that the user picked
rather than repeats of them; fewer changes of room; the order of the schedule. A session that is in progress
stays in the plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from summitcli.agenda.lunch import Lunch, LunchBreak, lunch_break, own_lunch, pause_for
from summitcli.agenda.plan_search import Option, Pause, Walking, search
from summitcli.agenda.planner import Gap, gaps, key_of, runs_on, span
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing

SHORTEST_FREE = 30
"""The minimum duration of free time that is reported, in minutes."""

MORNING = time(6)
"""The time at which free time may begin on a day, unless other hours are to be planned."""


class Wish(NamedTuple):
    """A session that the user wants to attend, with all its times: its own slots and those of its repeats."""

    weight: int
    listings: tuple[Listing, ...]
    """The slots in which it can be attended, in the schedule's order. Slots without times are never used."""
    picked: frozenset[str]
    """The IDs of the sessions that are in the agenda. Other IDs in ``listings`` are those of repeats."""


class Hours(NamedTuple):
    """The hours of a day that are planned, such as 09:00 to 18:00; sessions outside of them are left out."""

    start: datetime
    end: datetime


class Terms(NamedTuple):
    """The conditions that a plan must meet."""

    hours: Mapping[str, Hours]
    """The period to plan on each day, by ISO date. Sessions outside of these periods are left out."""
    lunches: Mapping[str, Lunch] = {}
    """The lunch on each day, by ISO date; days without lunch are left out."""
    walk: timedelta = timedelta()
    """The time needed to walk from one session to the next in another room."""
    now: datetime | None = None
    """The current time if the conference is in progress, to leave out sessions that are over; else None."""


class Dropped(NamedTuple):
    """A session that is not in the plan, with the time at which it would cost least to add it.

    If the session is held several times, this is the time at which the sessions of the plan that clash with
    it have the least total weight.
    """

    listing: Listing
    against: tuple[Listing, ...]
    """The sessions of the plan, and the user's own entries, that clash with it.

    It is empty if the session is dropped only to leave time for lunch.
    """
    minutes: int
    """The total duration, in minutes, for which the session overlaps the listings in ``against``.

    It is 0 if nothing overlaps, for example if only the time to walk to another room is too short.
    """
    cost: int = 0
    """The weight of the sessions that would have to be left out to attend it."""
    is_repeat: bool = False
    """True if the plan has the same session at another time, so that nothing is lost."""


class Plan(NamedTuple):
    """A plan: the sessions to attend, the sessions that are dropped, and the time that stays free.

    All its listings (a listing is one session at one of its times) are in order of time.
    """

    chosen: tuple[Listing, ...]
    dropped: tuple[Dropped, ...]
    free: tuple[Gap, ...]
    """The free time on days that have sessions of the plan or something of the user's own."""
    untimed: tuple[Listing, ...]
    """The sessions that can't be planned, as they have no times."""
    without_lunch: tuple[str, ...]
    """The days on which the user's own entries leave no time for lunch, as ISO dates."""
    weight: int
    bound: int
    """A weight that no plan can exceed; equal to ``weight`` if this is certainly the best plan."""
    lunches: tuple[LunchBreak, ...] = ()
    """The lunch breaks, on the days that have sessions of the plan or something of the user's own."""

    @property
    def proven(self) -> bool:
        """Return whether this is certainly the best plan: no plan has a greater weight."""
        return self.bound == self.weight


def make_plan(
    wishes: Sequence[Wish],
    entries: Sequence[Listing],
    terms: Terms,
    programme: Mapping[str, tuple[str, str]],
    events: Sequence[Listing] = (),
) -> Plan:
    """Return the best plan that is found.

    Args:
        wishes: the sessions that the user wants to attend.
        entries: the user's own entries. They are never dropped, and one of them may be the lunch of a day.
        terms: the conditions that the plan must meet.
        programme: for each day, when its first session starts and its last one ends (RFC 3339 timestamps).
        events: the events of the user's other calendars. They are never dropped.
    """
    # What is over takes no more time, not even from a session that has begun before.
    blocked = [
        listing
        for listing in (*entries, *events)
        if (when := span(listing)) and (not terms.now or when.end > terms.now)
    ]
    planner = _Planner(wishes, entries, blocked, terms)
    chosen, slack = planner.best()
    held = [*chosen.values(), *blocked]
    days = [day for day in terms.hours if any(one.day == day or runs_on(one, day) for one in held)]
    lunches = planner.lunches(days, chosen.values())
    held += [lunch.listing() for lunch in lunches]
    free = [
        gap
        for day in days
        if day in programme
        for gap in gaps(held, day, SHORTEST_FREE, _within(programme[day], terms, day)).gaps
    ]
    weight = sum(wishes[number].weight for number in chosen)
    return Plan(
        tuple(sorted(chosen.values(), key=_in_time)),
        tuple(planner.dropped(chosen)),
        tuple(free),
        tuple(planner.untimed()),
        tuple(planner.without_lunch),
        weight,
        weight + slack,
        lunches,
    )


def _in_time(listing: Listing) -> tuple[str, float, str]:
    when = span(listing)
    return listing.day, when.start.timestamp() if when else 0, listing.id


def _within(programme: tuple[str, str], terms: Terms, day: str) -> tuple[str, str] | None:
    """Return the start and end of the part of a day that may be free time; None if nothing is left of it.

    The part is inside the programme of the day and the hours in ``terms``, and does not begin before now. If
    the hours have no limit, nights are no free time: it is between :data:`MORNING` and midnight.

    Args:
        programme: when the first session of the day starts and the last one ends (RFC 3339 timestamps).
        terms: the conditions of the plan.
        day: the day, as an ISO date.
    """
    start, end = (datetime.fromisoformat(moment) for moment in programme)
    hours, zone = terms.hours[day], start.tzinfo
    midnight = datetime.combine(date.fromisoformat(day), time(), hours.start.tzinfo)
    next_midnight = midnight + timedelta(days=1)
    morning = hours.start if hours.start >= midnight else datetime.combine(midnight, MORNING, midnight.tzinfo)
    since = max(filter(None, (start, morning, terms.now)))
    until = min(end, hours.end, next_midnight)
    if since >= until:
        return None
    return since.astimezone(zone).isoformat(), until.astimezone(zone).isoformat()


class _Planner:
    """An object that prepares the search for the best plan, and explains its result.

    Args:
        wishes: the sessions that the user wants to attend.
        entries: the user's own entries, including those that are over.
        blocked: the user's own entries and the events of other calendars, which have times.
        terms: the conditions.
    """

    def __init__(
        self, wishes: Sequence[Wish], entries: Sequence[Listing], blocked: Sequence[Listing], terms: Terms
    ) -> None:
        self._wishes = wishes
        self._blocked = blocked
        self._terms = terms
        self._considered = [
            [listing for listing in wish.listings if self._is_considered(listing, wish)] for wish in wishes
        ]
        self._pauses: dict[str, Pause] = {}
        self._own_lunches: dict[str, LunchBreak] = {}
        self.without_lunch: list[str] = []
        for day, lunch in terms.lunches.items():
            if own := own_lunch(day, lunch, entries):
                self._own_lunches[day] = own
                continue
            since = lunch.start if terms.now is None else max(lunch.start, terms.now)
            if lunch.end - since < lunch.length:
                # It is over, or too late for it.
                continue
            if pause := pause_for(lunch, since, blocked):
                self._pauses[day] = pause
            else:
                self.without_lunch.append(day)

    def _is_considered(self, listing: Listing, wish: Wish) -> bool:
        """Return whether a listing of ``wish`` is within the hours to plan, and is not over.

        A listing in progress is considered only if the user picked it, not if it repeats a picked one.
        """
        when, hours, now = span(listing), self._terms.hours.get(listing.day), self._terms.now
        if when is None or hours is None or when.start < hours.start or when.end > hours.end:
            return False
        return now is None or when.start > now or (when.end > now and listing.id in wish.picked)

    def best(self) -> tuple[dict[int, Listing], int]:
        """Return the best plan that was found, and how much greater the weight of another plan could be.

        The plan is a mapping: from the position of a session among the wishes to the listing to attend. The
        second value is an upper bound; it is 0 if certainly no plan is better.
        """
        listings = [
            (number, listing)
            for number, held in enumerate(self._considered)
            for listing in held
            if not self._against(listing, self._blocked)
        ]
        size = len(listings)
        # One number for all criteria: each counts more than all later ones together.
        change = 1 << size
        own = change * (size + 1)
        session = own * (size + 1)
        unit = session * (size + 1)
        running = unit * (sum(wish.weight for wish in self._wishes) + 1)
        options = []
        for place, (number, listing) in enumerate(listings):
            wish, when = self._wishes[number], span(listing)
            assert when is not None  # noqa: S101
            value = wish.weight * unit + session + own * (listing.id in wish.picked) + (change >> place + 1)
            if self._terms.now is not None and when.start <= self._terms.now:
                value += running
            options.append(
                Option(int(when.start.timestamp()), int(when.end.timestamp()), listing.room, number, value)
            )
        walking = Walking(_seconds(self._terms.walk), change)
        chosen: dict[int, Listing] = {}
        slack = 0
        held = [listing.day for _number, listing in listings]
        for positions in _independent(options, held, walking.seconds):
            days = sorted({listings[position][1].day for position in positions})
            pauses = [self._pauses[day] for day in days if day in self._pauses]
            found = search([options[position] for position in positions], pauses, walking, unit)
            chosen.update(listings[positions[place]] for place in found.chosen)
            slack += found.bound // unit - found.value // unit
        return chosen, slack

    def dropped(self, chosen: Mapping[int, Listing]) -> list[Dropped]:
        """Return the picked sessions that are not in the plan, in order of time.

        Args:
            chosen: the plan: the listing to attend for each session, by the session's position among the
                wishes.
        """
        fixed = [*chosen.values(), *self._blocked]
        weights = {key_of(one): self._wishes[number].weight for number, one in chosen.items()}
        found = []

        def loss(way: Dropped) -> tuple[int, int]:
            # Own entries count more than all sessions.
            return sum(key_of(one) not in weights for one in way.against), way.cost

        for number, held in enumerate(self._considered):
            planned = chosen.get(number)
            by_id: defaultdict[str, list[Dropped]] = defaultdict(list)
            for listing in held:
                against = self._against(listing, fixed) if planned is None else (planned,)
                minutes = sum(common_minutes(one, listing) for one in against)
                cost = 0 if planned else sum(weights.get(key_of(one), 0) for one in against)
                by_id[listing.id].append(Dropped(listing, against, minutes, cost, planned is not None))
            for id_, ways in by_id.items():
                if id_ in self._wishes[number].picked and (planned is None or planned.id != id_):
                    found.append(min(ways, key=loss))
        return sorted(found, key=lambda one: _in_time(one.listing))

    def lunches(self, days: Iterable[str], chosen: Iterable[Listing]) -> tuple[LunchBreak, ...]:
        """Return the lunch breaks beside the sessions of a plan, in order of time.

        Args:
            days: the days to consider, as ISO dates.
            chosen: the sessions of the plan.
        """
        walk, found = _seconds(self._terms.walk), self._own_lunches
        sessions = list(chosen)
        for day, pause in self._pauses.items():
            found = {**found, day: lunch_break(day, self._terms.lunches[day], pause, sessions, walk)}
        now = self._terms.now
        return tuple(
            found[day]
            for day in sorted(days)
            if day in found and (now is None or datetime.fromisoformat(found[day].end) > now)
        )

    def untimed(self) -> list[Listing]:
        """Return the picked sessions without any times, as listings (a session on one of its days).

        Only listings on the days to plan are returned, in the order of the days.
        """
        found = [
            listing
            for wish in self._wishes
            if not any(map(span, wish.listings))
            for listing in wish.listings
            if listing.id in wish.picked and listing.day in self._terms.hours
        ]
        return sorted(found, key=_in_time)

    def _against(self, listing: Listing, others: Iterable[Listing]) -> tuple[Listing, ...]:
        """Return the listings in ``others`` that clash with ``listing``."""
        return tuple(other for other in others if clash(other, listing, self._terms.walk))


def clash(one: Listing, other: Listing, walk: timedelta) -> bool:
    """Return whether two listings overlap, or there is no time to walk from one to the other.

    Listings without times don't clash.

    Args:
        one: a listing (one slot of a session).
        other: another listing.
        walk: the time needed to walk to another room.
    """
    a, b = span(one), span(other)
    if a is None or b is None:
        return False
    if not (one.room and other.room and one.room != other.room):
        walk = timedelta()
    return a.start < b.end + walk and b.start < a.end + walk


def common_minutes(one: Listing, other: Listing) -> int:
    """Return the number of whole minutes during which two listings with times overlap."""
    a, b = span(one), span(other)
    assert a is not None and b is not None  # noqa: S101
    return max(0, (min(a.end, b.end) - max(a.start, b.start)) // timedelta(minutes=1))


def _seconds(length: timedelta) -> int:
    return length // timedelta(seconds=1)


def _independent(options: Sequence[Option], days: Sequence[str], walk: int) -> list[list[int]]:
    """Divide options into groups that can be planned separately; return the positions in each group.

    Options on different days are in one group if they belong to the same session, or if one of them lasts
    into the other day.

    Args:
        options: the times at which sessions could be attended.
        days: the day of each option, as an ISO date.
        walk: the time needed to walk to another room, in seconds.
    """
    group = {day: day for day in days}

    def join(one: str, other: str) -> None:
        old, new = group[one], group[other]
        group.update({day: new for day, its in group.items() if its == old})

    first: dict[int, str] = {}
    latest: tuple[int, str] | None = None
    for option, day in sorted(zip(options, days, strict=True), key=lambda pair: pair[0].start):
        join(day, first.setdefault(option.session, day))
        if latest and option.start < latest[0] + walk:
            join(day, latest[1])
        latest = max(latest or (option.end, day), (option.end, day))
    found: defaultdict[str, list[int]] = defaultdict(list)
    for position, day in enumerate(days):
        found[group[day]].append(position)
    return list(found.values())
