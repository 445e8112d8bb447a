"""Deciding which reminders are due, each only once, whatever the clock does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from summitcli.lazy_typing import Literal, NamedTuple

ReminderKind = Literal["soon", "begun", "missed"]
"""The kind of a reminder: the session begins soon, has begun meanwhile, or is over already."""


class Occurrence(NamedTuple):
    """A session, or an own entry, at one of its times."""

    uid: str
    """An identifier that stays the same if the session moves."""
    title: str
    room: str
    start: datetime
    end: datetime


class Reminder(NamedTuple):
    """A reminder that is due."""

    kind: ReminderKind
    occurrence: Occurrence


class Reminders:
    """The reminders of an agenda, and those given so far.

    Args:
        before: how long before the start of a session reminders are given.
    """

    def __init__(self, before: Sequence[timedelta]) -> None:
        self._before = tuple(before)
        self._given: set[tuple[str, datetime, timedelta]] = set()
        self._known: set[str] = set()

    def due(self, occurrences: Iterable[Occurrence], now: datetime) -> list[Reminder]:
        """Return the reminders that are due and were not given before, in order of the starts.

        If several reminders of one session are due, because the computer was asleep, there is one. A session
        that is put into the agenda after its start has none; one that was moved has.
        """
        found, known = [], frozenset(self._known)
        for occurrence in sorted(occurrences, key=lambda each: (each.start, each.uid)):
            start = occurrence.start
            self._known.add(occurrence.uid)
            keys = {(occurrence.uid, start, before) for before in self._before if start - before <= now}
            if not keys - self._given:
                continue
            self._given |= keys
            if start > now:
                found.append(Reminder("soon", occurrence))
            elif occurrence.uid in known:
                found.append(Reminder("begun" if occurrence.end > now else "missed", occurrence))
        return found

    def next_time(self, occurrences: Iterable[Occurrence], now: datetime) -> datetime | None:
        """Return when the next reminder is due; None if there is none."""
        times = (each.start - before for each in occurrences for before in self._before)
        return min((time for time in times if time > now), default=None)
