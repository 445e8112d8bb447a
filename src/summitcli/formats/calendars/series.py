"""Events that stand for times of another that recurs (RFC 5545 section 3.8.4.4): one, or all from it on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from summitcli.formats.calendars.events import OTHER_RANGE, CalendarEvent
from summitcli.formats.calendars.lengths import Length, Time, exact


class _Change(NamedTuple):
    """An event that changes another from one of its times on."""

    begins: datetime
    """That time, in order with others."""
    event: CalendarEvent


class Series:
    """The events of a calendar that stand for times of others."""

    def __init__(self, events: Iterable[CalendarEvent]) -> None:
        self._replaced: defaultdict[str, list[date]] = defaultdict(list)
        self._changes: defaultdict[str, list[_Change]] = defaultdict(list)
        for event in events:
            if event.stands_for:
                self._replaced[event.uid].append(event.stands_for)
                if event.onwards:
                    self._changes[event.uid].append(_Change(_ordered(event.stands_for), event))
        for changes in self._changes.values():
            changes.sort(key=lambda change: change.begins)

    def replaced(self, event: CalendarEvent) -> Sequence[date]:
        """Return the times of an event for which others stand."""
        return self._replaced.get(event.uid, ())

    def parted(
        self, event: CalendarEvent, times: Sequence[Time]
    ) -> Iterator[tuple[CalendarEvent, Sequence[Time]]]:
        """Yield an event with those of its times that it has itself, and what changes it with the others.

        Times from a cancelled one on are left out.
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
                yield change, _moved(change, of_group, event)


def _moved(change: CalendarEvent, times: Sequence[Time], event: CalendarEvent) -> Sequence[Time]:
    """Return times of an event as another changes them: by as much as that is moved, and as long as that."""
    first, stands_for = change.first, change.stands_for
    moved = _difference(first.start, stands_for, event) if first and stands_for else None
    if first is None or moved is None:
        change.component.note(OTHER_RANGE, "RECURRENCE-ID")
        return times
    length = exact(first) or (Length(timedelta(), first.length) if first.length else None)
    starts = (time.start + moved for time in times)
    return [length.of(start) if length else Time(start) for start in starts]


def _difference(start: date, stands_for: date, event: CalendarEvent) -> timedelta | None:
    """Return by how much a time is moved, by the clocks of the event; None where the two don't compare."""
    if isinstance(start, datetime) != isinstance(stands_for, datetime) or event.first is None:
        return None
    if isinstance(start, datetime) and isinstance(stands_for, datetime):
        zone = event.first.start.tzinfo if isinstance(event.first.start, datetime) else None
        if (start.tzinfo is None) != (stands_for.tzinfo is None):
            return None
        if zone and start.tzinfo and stands_for.tzinfo:
            start, stands_for = start.astimezone(zone), stands_for.astimezone(zone)
        return start.replace(tzinfo=None) - stands_for.replace(tzinfo=None)
    return start - stands_for


def _place(numbered: tuple[int, Time]) -> int:
    return numbered[0]


def _ordered(moment: date) -> datetime:
    """Return a moment that can be compared with any other."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
