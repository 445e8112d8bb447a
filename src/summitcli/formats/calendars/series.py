"""Events that replace occurrences of a recurring event (RFC 5545 section 3.8.4.4).

Such an event replaces one occurrence, or one and all later ones.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from summitcli.formats.calendars.durations import Duration, Time, exact_duration
from summitcli.formats.calendars.events import UNSUPPORTED_RANGE, CalendarEvent


class _Change(NamedTuple):
    """An event that replaces one occurrence of a recurring event and all later ones."""

    begins: datetime
    """The former time of the first occurrence that the event replaces, in UTC for comparisons."""
    event: CalendarEvent


class Series:
    """The events of a calendar that replace occurrences of recurring events with the same UID."""

    def __init__(self, events: Iterable[CalendarEvent]) -> None:
        self._replaced: defaultdict[str, list[date]] = defaultdict(list)
        self._changes: defaultdict[str, list[_Change]] = defaultdict(list)
        for event in events:
            if event.replaces:
                self._replaced[event.uid].append(event.replaces)
                if event.and_following:
                    self._changes[event.uid].append(_Change(_ordered(event.replaces), event))
        for changes in self._changes.values():
            changes.sort(key=lambda change: change.begins)

    def replaced(self, event: CalendarEvent) -> Sequence[date]:
        """Return the times of the occurrences of ``event`` that other events replace."""
        return self._replaced.get(event.uid, ())

    def split(
        self, event: CalendarEvent, times: Sequence[Time]
    ) -> Iterator[tuple[CalendarEvent, Sequence[Time]]]:
        """Yield ``event`` with its own times, then the events that replace later occurrences, with theirs.

        A replacing event gives a new time to one occurrence of ``event``. All later occurrences, up to the
        next replacing event, are moved by the same difference. If the replacing event is cancelled, these
        occurrences are left out.

        Args:
            event: the recurring event.
            times: the times of its occurrences.
        """
        changes = self._changes.get(event.uid)
        if not changes:
            yield event, times
            return
        number = [sum(change.begins <= _ordered(time.start) for change in changes) for time in times]
        for place, group in groupby(sorted(zip(number, times, strict=True), key=_place), key=_place):
            of_group = [time for _number, time in group]
            change = changes[place - 1].event if place else event
            if not place:
                yield event, of_group
            elif not change.cancelled:
                yield change, _changed_times(change, of_group, event)


def _changed_times(change: CalendarEvent, times: Sequence[Time], event: CalendarEvent) -> Sequence[Time]:
    """Return the new times of the occurrences that another event replaces.

    Args:
        change: the replacing event. It gives a new time to one occurrence. The others are moved by the same
            difference, and get the same duration.
        times: the times of the occurrences that it replaces.
        event: the recurring event.
    """
    first, replaces = change.first, change.replaces
    shift = _shift(first.start, replaces, event) if first and replaces else None
    if first is None or shift is None:
        change.component.report(UNSUPPORTED_RANGE, "RECURRENCE-ID")
        return times
    length = exact_duration(first) or (Duration(timedelta(), first.length) if first.length else None)
    starts = (time.start + shift for time in times)
    return [length.of(start) if length else Time(start) for start in starts]


def _shift(start: date, replaces: date, event: CalendarEvent) -> timedelta | None:
    """Return by how much an occurrence of ``event`` is moved, in the local time of the event.

    Return None if the two times can't be compared, such as a date and a datetime.

    Args:
        start: the new time of the occurrence.
        replaces: the former time of the occurrence.
        event: the recurring event.
    """
    if isinstance(start, datetime) != isinstance(replaces, datetime) or event.first is None:
        return None
    if isinstance(start, datetime) and isinstance(replaces, datetime):
        zone = event.first.start.tzinfo if isinstance(event.first.start, datetime) else None
        if (start.tzinfo is None) != (replaces.tzinfo is None):
            return None
        if zone and start.tzinfo and replaces.tzinfo:
            start, replaces = start.astimezone(zone), replaces.astimezone(zone)
        return start.replace(tzinfo=None) - replaces.replace(tzinfo=None)
    return start - replaces


def _place(numbered: tuple[int, Time]) -> int:
    return numbered[0]


def _ordered(moment: date) -> datetime:
    """Return a date or time as a datetime in UTC, so that all of them can be compared."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
