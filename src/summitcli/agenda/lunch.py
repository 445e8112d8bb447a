"""Lunch breaks in a plan: the time that must stay free for them, and their place beside the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from summitcli.agenda.own_entries import own_listing
from summitcli.agenda.plan_search import LONG_BREAK, Pause
from summitcli.agenda.planner import span
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Listing


class Lunch(NamedTuple):
    """The lunch that a plan must have on one day: the period in which it must be, and its duration."""

    start: datetime
    end: datetime
    length: timedelta


class LunchBreak(NamedTuple):
    """A lunch break in a plan."""

    day: str
    """The day as an ISO date."""
    start: str
    """The start, as an RFC 3339 timestamp."""
    end: str
    """The end, as an RFC 3339 timestamp."""
    entry: Listing | None = None
    """The user's own entry that is the lunch; None if the plan has chosen the time."""

    def listing(self) -> Listing:
        """Return the break as a listing (the form of a session in lists), to compare its times."""
        start, end = (datetime.fromisoformat(moment) for moment in (self.start, self.end))
        return own_listing("", "", self.day, start, end)


def own_lunch(day: str, lunch: Lunch, entries: Iterable[Listing]) -> LunchBreak | None:
    """Return the first of the user's own entries that is the lunch of a day; None if there is none.

    It is an entry, whatever its title, that lies within the period for lunch and is long enough for lunch.

    Args:
        day: the day as an ISO date.
        lunch: the period for lunch, and its duration.
        entries: the user's own entries.
    """
    timed = sorted(((when, one.id, one) for one in entries if (when := span(one))), key=lambda own: own[:2])
    for when, _id, entry in timed:
        if lunch.start <= when.start and when.end <= lunch.end and when.end - when.start >= lunch.length:
            return LunchBreak(day, entry.start or "", entry.end or "", entry)
    return None


def pause_for(lunch: Lunch, since: datetime, blocked: Iterable[Listing]) -> Pause | None:
    """Return the pause that sessions must leave for lunch; None if there is no time for lunch anyway.

    Args:
        lunch: the period for lunch, and its duration.
        since: the earliest time at which lunch may begin.
        blocked: the user's own entries and the events of other calendars, which have times.
    """
    length = lunch.length // timedelta(seconds=1)
    parts = _free_parts(since, lunch.end, blocked)
    free = tuple(part for part in parts if part[1] - part[0] >= length)
    return Pause(free, length) if free else None


def lunch_break(day: str, lunch: Lunch, pause: Pause, chosen: Iterable[Listing], walk: int) -> LunchBreak:
    """Return the earliest time for lunch beside the sessions of a plan, which leave time for it.

    Args:
        day: the day as an ISO date.
        lunch: the period for lunch, and its duration.
        pause: the times at which lunch is possible.
        chosen: the sessions of the plan, which don't overlap.
        walk: the time needed to walk to another room, in seconds. Lunch does not shorten it,
            except after a long break.
    """
    rests = (
        max(since, begin)
        for since, until in _between(sorted(chosen, key=_times), walk)
        for begin, end in pause.free
        if min(until, end) - max(since, begin) >= pause.length
    )
    start = datetime.fromtimestamp(min(rests), lunch.start.tzinfo)
    end = datetime.fromtimestamp(start.timestamp() + pause.length, lunch.start.tzinfo)
    return LunchBreak(day, start.isoformat(), end.isoformat())


def _between(chosen: Sequence[Listing], walk: int) -> Iterator[tuple[float, float]]:
    """Yield the times between sessions in order of time, as start and end in seconds since 1970."""
    ever = float("inf")
    if not chosen:
        yield -ever, ever
        return
    yield -ever, _times(chosen[0])[0]
    for one, other in pairwise(chosen):
        end, start = _times(one)[1], _times(other)[0]
        is_far = one.room and other.room and one.room != other.room and start - end < LONG_BREAK
        yield end, start - (walk if is_far else 0)
    yield _times(chosen[-1])[1], ever


def _times(listing: Listing) -> tuple[int, int]:
    when = span(listing)
    assert when is not None  # noqa: S101
    return int(when.start.timestamp()), int(when.end.timestamp())


def _free_parts(start: datetime, end: datetime, blocked: Iterable[Listing]) -> list[tuple[int, int]]:
    """Return the parts of a period in which no listing of ``blocked`` takes place.

    Each part is a pair of its start and its end, in seconds since 1970.
    """
    parts = [(int(start.timestamp()), int(end.timestamp()))]
    for listing in blocked:
        begin, close = _times(listing)
        parts = [
            part
            for since, until in parts
            for part in ((since, min(until, begin)), (max(since, close), until))
            if part[0] < part[1]
        ]
    return parts
