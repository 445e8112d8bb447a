"""From which day to which a published schedule lasts, and what is too far from the rest to belong to it."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import prose
from summitcli.formats.assembly.days import Days, Held
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import Findings, Kind
from summitcli.i18n import _
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

STRAY_TIME = Kind(
    "{n} event with a time far from its day; the time is left out",
    "{n} events with times far from their days; the times are left out",
)
OUTSIDE = Kind(
    "{n} event lies outside {also}, the stretch of at most 366 days that is read (--at DAY reads another)",
    "{n} events lie outside {also}, the stretch of at most 366 days that is read (--at DAY reads another)",
)
NO_PERIOD = Kind(
    "the conference's own first and last day can't be right, so they are taken from its events",
    "the conference's own first and last day can't be right, so they are taken from its events",
)

_LONGEST = LONGEST_CONFERENCE.days

Helds = tuple[Held, ...]
"""When an event is held; none stands for one that is left out."""


class Gathered(NamedTuple):
    """When each event is held within the time that one conference can last, and how many are not."""

    helds: Sequence[Helds]
    """By the number of an event."""
    outside: int = 0

    def days(self) -> set[date]:
        """Return the days on which something is held."""
        return _days(self.helds)


def gathered(
    placed: Sequence[Helds], draft: Draft, survey: Survey, days: Days, name: str, around: date | None = None
) -> Gathered:
    """Return the events within the time that one conference can last: the stretch that has most of them.

    Of an event that is far from most others the time is given up, where the source has it under a day that
    is not: such times are zeros that were taken for one.

    Args:
        placed: when each event is held.
        draft: the events, and where it is noted that some are left out.
        survey: of the events.
        days: what the source says of days.
        name: the source's, for messages.
        around: a day that the stretch is to have, if there is such a stretch with events.

    Raises:
        InvalidSchedule: none is in a year in which conferences are held.
    """
    if _is_one(placed):
        return Gathered(placed)
    near = _near(placed, draft, survey, days)
    if _is_one(near):
        return Gathered(near)
    first = _densest([held.day for helds in near for held in helds if _possible(held.day, held.day)], around)
    if first is None:
        n = next(n for n, helds in enumerate(near) if helds)
        raise InvalidSchedule(name, [_out_of_time(draft.events[n], near[n])])
    kept = [tuple(held for held in helds if 0 <= (held.day - first).days < _LONGEST) for helds in near]
    found = _days(kept)
    stretch = " – ".join(map(str, dict.fromkeys((min(found), max(found)))))
    for n, (helds, left) in enumerate(zip(near, kept, strict=True)):
        if len(left) < len(helds):
            event = draft.events[n]
            draft.findings.add(OUTSIDE, event.where, event.line, event.title, also=stretch)
    outside = sum(bool(helds) and not left for helds, left in zip(near, kept, strict=True))
    return Gathered(kept, outside)


def _near(placed: Sequence[Helds], draft: Draft, survey: Survey, days: Days) -> Sequence[Helds]:
    """Return when each event is held, on the day it is under where its time is far from most others."""
    all_days = sorted(held.day for helds in placed for held in helds)
    middle = all_days[len(all_days) // 2]
    near = []
    for n, helds in enumerate(placed):
        instead = days.by_day(survey.times_at(n)) if helds else ()
        if instead and _distance(helds, middle) >= LONGEST_CONFERENCE.days > _distance(instead, middle):
            event = draft.events[n]
            draft.findings.add(STRAY_TIME, event.where, event.line, event.title)
            near.append(instead)
        else:
            near.append(helds)
    return near


def _days(placed: Iterable[Helds]) -> set[date]:
    return {held.day for helds in placed for held in helds}


def _is_one(placed: Sequence[Helds]) -> bool:
    """Return whether all events can be of one conference."""
    days = _days(placed)
    return _possible(min(days), max(days))


def _densest(days: Iterable[date], around: date | None) -> date | None:
    """Return the first day of the stretch that has most of some days; of several such stretches the last.

    Args:
        days: each as often as something is held on it.
        around: a day that the stretch is to have, if that can be.
    """
    known = sorted(day.toordinal() for day in days)
    if not known:
        return None
    beginnings = set(known)
    if around is not None:
        asked = around.toordinal()
        ends = {asked, *(day for day in known if 0 <= day - asked < _LONGEST)}
        near = {day for day in known if 0 <= asked - day < _LONGEST} | {end - _LONGEST + 1 for end in ends}
        beginnings = {day for day in near if _number(known, day)} or beginnings
    return date.fromordinal(max(beginnings, key=lambda day: (_number(known, day), day)))


def _number(known: Sequence[int], first: int) -> int:
    """Return how many of some days, in order, are in the stretch that begins with ``first``."""
    return bisect_left(known, first + _LONGEST) - bisect_left(known, first)


def period(draft: Draft, days: Collection[date], findings: Findings) -> tuple[date, date]:
    """The conference's first and last day: as it states them, widened so that all events are within.

    What it states is left out where that would be too long, runs backwards, or does not touch its events.

    Args:
        draft: what it states.
        days: those on which its events are.
        findings: where it is noted that it can't be right.
    """
    first, last = min(days), max(days)
    if draft.start is None and draft.end is None:
        return first, last
    start, end = draft.start or min(first, draft.end or first), draft.end or max(last, draft.start or last)
    wide = min(start, first), max(end, last)
    if start <= end and start <= last and first <= end and _possible(*wide):
        return wide
    findings.add(NO_PERIOD, value=f"{start}/{end}")
    return first, last


def _possible(first: date, last: date) -> bool:
    return first.year >= FIRST_YEAR and last.year <= LAST_YEAR and last - first < LONGEST_CONFERENCE


def _distance(helds: Sequence[Held], middle: date) -> int:
    """How many days it is from ``middle`` to the farthest of some days; no less where it is no year."""
    return max(
        abs(held.day - middle).days
        if FIRST_YEAR <= held.day.year <= LAST_YEAR
        else max(abs(held.day - middle).days, LONGEST_CONFERENCE.days)
        for held in helds
    )


def _out_of_time(event: Event, helds: Helds) -> tuple[str, str]:
    """Return an event in a year without conferences as a fault."""
    sentence = _('"{title}" is on {day}, but a conference is held from {first} to {last}')
    title = prose.line(event.title)
    return event.where, sentence.format(title=title, day=helds[0].day, first=FIRST_YEAR, last=LAST_YEAR)
