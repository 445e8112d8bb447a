"""Rows about the events of a vdir: what a sync does to each, and when and where it takes place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from summitcli.errors import InvalidSchedule
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import Mark, SlotRow
from summitcli.vdir.plan import Action, Step


class EventRow(NamedTuple):
    """An event that a sync writes or removes, or leaves as it is for a reason.

    ``days`` are ISO dates; ``start`` and ``end`` are RFC 3339 instants, or None if the event has no times. If
    the event is no longer in the agenda, they are those in its file, and empty if that can't be read.
    """

    action: Action
    title: str
    file: str
    """The name of the event's file in the vdir; empty if it has none."""
    uid: str
    day: str | None
    """The first of ``days``; None if the day is not known."""
    days: tuple[str, ...]
    start: str | None
    end: str | None
    room: str | None
    pick: Mark | None
    """The user's mark: ``yes`` or ``maybe``; None for own entries, and for events that left the agenda."""

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the fields that are written by default."""
        return "action", "title", "file"


def event_rows(steps: Iterable[Step], zone: tzinfo) -> Iterator[EventRow]:
    """Yield a row for each step of a sync.

    Args:
        steps: the steps.
        zone: the conference's time zone.
    """
    for step in steps:
        slots = step.slots or _written_slots(step.present, zone)
        days = tuple(slot.day for slot in slots)
        row = EventRow(step.action, step.title, step.file, step.uid, None, days, None, None, None, step.pick)
        if slots:
            first = slots[0]
            row = row._replace(day=first.day, start=first.start, end=first.end, room=first.room)
        yield row


def _written_slots(data: bytes, zone: tzinfo) -> tuple[SlotRow, ...]:
    """Return the slots of the event in the content of a file; none if it can't be read."""
    from summitcli.formats.calendars import ical

    try:
        events = ical.read_calendar(data, "", zone).events if data else ()
    except InvalidSchedule:
        return ()
    when = events[0].first if events else None
    if when is None:
        return ()
    room = events[0].component.text("LOCATION") or None
    start, end = when.start, when.end
    if isinstance(start, datetime) and isinstance(end, datetime):
        begins, ends = (_instant(moment, zone) for moment in (start, end))
        return (SlotRow(begins[:10], begins, ends, False, room),)
    return tuple(SlotRow(day.isoformat(), None, None, True, room) for day in when.days())


def _instant(moment: datetime, zone: tzinfo) -> str:
    """Return an RFC 3339 instant in the conference's zone, in which a time without a zone is read."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(zone).isoformat()
