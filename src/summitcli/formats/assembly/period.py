"""The first and last day of a conference. Events that are too far in time from the others are left out."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from summitcli.errors import InvalidSchedule
from summitcli.formats.assembly import prose
from summitcli.formats.assembly.days import Days, Occurrence
from summitcli.formats.assembly.survey import Survey
from summitcli.formats.draft import Draft, Event
from summitcli.formats.findings import Findings, Kind
from summitcli.i18n import _
from summitcli.model import LONGEST_CONFERENCE
from summitcli.text.days import FIRST_YEAR, LAST_YEAR

STRAY_TIME = Kind(
    "{n} event with a time far from its day; the time was left out",
    "{n} events with times far from their days; the times were left out",
)
OUTSIDE = Kind(
    "{n} event outside {also}; at most 366 days are read (choose others with --at DAY)",
    "{n} events outside {also}; at most 366 days are read (choose others with --at DAY)",
)
NO_PERIOD = Kind(
    "the conference's first and last day are invalid; those of its events are used",
    "the conference's first and last day are invalid; those of its events are used",
)

_WINDOW_DAYS = LONGEST_CONFERENCE.days

Occurrences = tuple[Occurrence, ...]
"""All occurrences of one event: days, with times if published. Empty if the event is left out."""


class KeptOccurrences(NamedTuple):
    """The days and times of the events that are kept, and the number of events that are left out.

    An event is left out if it is too far in time from the others.
    """

    occurrences: Sequence[Occurrences]
    """The days and times of each event, in the order of the source; empty for an event that is left out."""
    outside: int = 0

    def days(self) -> set[date]:
        """Return the days on which at least one event takes place."""
        return _days(self.occurrences)


def densest_period(
    placed: Sequence[Occurrences],
    draft: Draft,
    survey: Survey,
    days: Days,
    name: str,
    around: date | None = None,
) -> KeptOccurrences:
    """Return the days and times of the events, limited to the 366 days that the longest conference may last.

    If the events span more than 366 days, some may have a wrong time, usually a zero that was read as a
    timestamp (1 January 1970). If a time is far from most others, but the source lists the event under a day
    that is near the others, the event keeps this day and loses its time. If the span is still too long, the
    366 days in a row with the most occurrences are kept.

    Args:
        placed: the days and times of each event.
        draft: the data of the source. Its findings collect the events that are left out.
        survey: the data collected from all events, such as their times.
        days: the conference's days.
        name: the source's name, for messages.
        around: a day that the period should include; ignored if there are no events near it.

    Raises:
        InvalidSchedule: no event is in a supported year.
    """
    if _fits_one_conference(placed):
        return KeptOccurrences(placed)
    cleaned = _without_stray_times(placed, draft, survey, days)
    if _fits_one_conference(cleaned):
        return KeptOccurrences(cleaned)
    all_days = (occurrence.day for occurrences in cleaned for occurrence in occurrences)
    first = _densest_window((day for day in all_days if _is_possible(day, day)), around)
    if first is None:
        n = next(n for n, occurrences in enumerate(cleaned) if occurrences)
        raise InvalidSchedule(name, [_year_problem(draft.events[n], cleaned[n])])
    kept = [
        tuple(each for each in occurrences if 0 <= (each.day - first).days < _WINDOW_DAYS)
        for occurrences in cleaned
    ]
    kept_days = _days(kept)
    window = " – ".join(map(str, dict.fromkeys((min(kept_days), max(kept_days)))))
    for n, (occurrences, left) in enumerate(zip(cleaned, kept, strict=True)):
        if len(left) < len(occurrences):
            event = draft.events[n]
            draft.findings.add(OUTSIDE, event.where, event.line, event.title, also=window)
    outside = sum(bool(occurrences) and not left for occurrences, left in zip(cleaned, kept, strict=True))
    return KeptOccurrences(kept, outside)


def _without_stray_times(
    placed: Sequence[Occurrences], draft: Draft, survey: Survey, days: Days
) -> Sequence[Occurrences]:
    """Return the days and times of each event, without times that are far from most others.

    An event with such a time gets the day under which the source lists it, without a time. If that day is far
    away too, or if the source lists the event under no day, the event stays as it is.
    """
    all_days = sorted(occurrence.day for occurrences in placed for occurrence in occurrences)
    middle = all_days[len(all_days) // 2]
    cleaned = []
    for n, occurrences in enumerate(placed):
        listed = days.by_day(survey.times_at(n)) if occurrences else ()
        if listed and _distance(occurrences, middle) >= LONGEST_CONFERENCE.days > _distance(listed, middle):
            event = draft.events[n]
            draft.findings.add(STRAY_TIME, event.where, event.line, event.title)
            cleaned.append(listed)
        else:
            cleaned.append(occurrences)
    return cleaned


def _days(placed: Iterable[Occurrences]) -> set[date]:
    return {occurrence.day for occurrences in placed for occurrence in occurrences}


def _fits_one_conference(placed: Sequence[Occurrences]) -> bool:
    """Return whether all occurrences are close enough in time to belong to one conference."""
    days = _days(placed)
    return _is_possible(min(days), max(days))


def _densest_window(days: Iterable[date], around: date | None) -> date | None:
    """Return the first day of the 366 days in a row that have the most occurrences; None without occurrences.

    Of several such periods, the latest is chosen.

    Args:
        days: the day of each occurrence.
        around: a day that the period must include if possible.
    """
    known = sorted(day.toordinal() for day in days)
    if not known:
        return None
    starts = set(known)
    if around is not None:
        asked = around.toordinal()
        ends = {asked, *(day for day in known if 0 <= day - asked < _WINDOW_DAYS)}
        near = {day for day in known if 0 <= asked - day < _WINDOW_DAYS} | {
            end - _WINDOW_DAYS + 1 for end in ends
        }
        starts = {day for day in near if _count_in_window(known, day)} or starts
    return date.fromordinal(max(starts, key=lambda day: (_count_in_window(known, day), day)))


def _count_in_window(known: Sequence[int], first: int) -> int:
    """Return how many days in ``known`` are in the period of 366 days that begins with the day ``first``.

    Args:
        known: the days in ascending order, as ordinal numbers (:meth:`datetime.date.toordinal`).
        first: the first day of the period, as an ordinal number.
    """
    return bisect_left(known, first + _WINDOW_DAYS) - bisect_left(known, first)


def period(draft: Draft, days: Collection[date], findings: Findings) -> tuple[date, date]:
    """Return the conference's first and last day, as the source states them.

    The stated period is extended to include all events. It is ignored if it would be too long, if it ends
    before it begins, or if it includes none of the events. Then, and if the source states none, the first and
    the last day with an event are returned.

    Args:
        draft: the data of the source, with the stated first and last day.
        days: the days of the events.
        findings: collects the problem that the stated days are invalid.
    """
    first, last = min(days), max(days)
    if draft.start is None and draft.end is None:
        return first, last
    start, end = draft.start or min(first, draft.end or first), draft.end or max(last, draft.start or last)
    wide = min(start, first), max(end, last)
    if start <= end and start <= last and first <= end and _is_possible(*wide):
        return wide
    findings.add(NO_PERIOD, value=f"{start}/{end}")
    return first, last


def _is_possible(first: date, last: date) -> bool:
    return first.year >= FIRST_YEAR and last.year <= LAST_YEAR and last - first < LONGEST_CONFERENCE


def _distance(occurrences: Sequence[Occurrence], middle: date) -> int:
    """Return the largest number of days between ``middle`` and an occurrence of one event.

    For an occurrence in an unsupported year the number is at least 366.
    """
    return max(
        abs(occurrence.day - middle).days
        if FIRST_YEAR <= occurrence.day.year <= LAST_YEAR
        else max(abs(occurrence.day - middle).days, LONGEST_CONFERENCE.days)
        for occurrence in occurrences
    )


def _year_problem(event: Event, occurrences: Occurrences) -> tuple[str, str]:
    """Return the error for an event in an unsupported year: its place in the source, and a message."""
    sentence = _('"{title}" is on {day}; only years from {first} to {last} are supported')
    title = prose.line(event.title)
    return event.where, sentence.format(title=title, day=occurrences[0].day, first=FIRST_YEAR, last=LAST_YEAR)
