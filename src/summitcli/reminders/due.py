"""Deciding which reminders are due. Each is given only once, even if the clock jumps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from summitcli.lazy_typing import Literal, NamedTuple

ReminderKind = Literal["soon", "begun", "missed"]
"""The kind of a reminder: the session begins ``soon``, has ``begun``, or is over (``missed``)."""


class Occurrence(NamedTuple):
    """A session, or an entry of the user's own, at one of its times."""

    uid: str
    """An identifier, which stays the same if the session moves to another time."""
    title: str
    room: str
    start: datetime
    end: datetime
    sign: str = ""
    """The sign of the user's mark: ``★`` or ``☆``; empty for anything but a session."""

    @property
    def marked_title(self) -> str:
        """Return the title after the sign: ``★ Opening``."""
        return f"{self.sign} {self.title}" if self.sign else self.title


class Reminder(NamedTuple):
    """A reminder that is due."""

    kind: ReminderKind
    occurrence: Occurrence


class Reminders:
    """The reminders of an agenda; it remembers which have been given.

    Args:
        before: how long before the start of a session reminders are given.
    """

    def __init__(self, before: Sequence[timedelta]) -> None:
        self._before = tuple(before)
        self._given: set[tuple[str, datetime, timedelta]] = set()
        self._known: set[str] = set()
        self._past: set[tuple[str, datetime]] = set()
        """The occurrences that had begun or were over before the user could be reminded."""

    def due(self, occurrences: Iterable[Occurrence], now: datetime) -> list[Reminder]:
        """Return the reminders that are due and were not given before, in order of the sessions' starts.

        If several reminders of one session are due, because the computer was asleep, they are given as one.
        If a session is put into the agenda after its start, there is no reminder of it. A second reminder is
        given in two cases. Either the session has moved to another time. Or the clock was fast, so that the
        session seemed to have begun, and has been set back to a time before its start.
        """
        found, known = [], frozenset(self._known)
        for occurrence in sorted(occurrences, key=lambda each: (each.start, each.uid)):
            start = occurrence.start
            self._known.add(occurrence.uid)
            if start > now and (occurrence.uid, start) in self._past:
                self._past.remove((occurrence.uid, start))
                self._given -= {(occurrence.uid, start, before) for before in self._before}
            keys = {(occurrence.uid, start, before) for before in self._before if start - before <= now}
            if not keys - self._given:
                continue
            self._given |= keys
            if start > now:
                found.append(Reminder("soon", occurrence))
            elif occurrence.uid in known and occurrence.end > now:
                found.append(Reminder("begun", occurrence))
            else:
                self._past.add((occurrence.uid, start))
                found += [Reminder("missed", occurrence)] if occurrence.uid in known else []
        return found

    def next_time(self, occurrences: Iterable[Occurrence], now: datetime) -> datetime | None:
        """Return the time at which the next reminder is due; None if there is none."""
        times = (each.start - before for each in occurrences for before in self._before)
        return min((time for time in times if time > now), default=None)
