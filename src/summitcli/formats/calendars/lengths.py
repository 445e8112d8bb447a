"""When something is held, and how long it lasts: days by the calendar, hours in real time (RFC 5545, 3.3.6).

A day is as long as it is where clocks change; hours are sixty minutes whatever the clocks do.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from summitcli.model import LONGEST_CONFERENCE

_LENGTH = re.compile(
    r"\+?P(?=[0-9T])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)
_DAY = timedelta(days=1)


class Time(NamedTuple):
    """When an event is held: a day or a time, and its end, of the same kind, where the calendar says it.

    The end of days is the day after them (RFC 5545 section 3.6.1).
    """

    start: date
    end: date | None = None
    length: timedelta | None = None
    """How long it lasts in real time, of a time in no zone; ``end`` is then not known."""

    def days(self) -> tuple[date, ...]:
        """Return the days of an event without clock times."""
        if isinstance(self.start, datetime):
            return ()
        number = (self.end - self.start).days if self.end else 1
        return tuple(self.start + n * _DAY for n in range(max(1, min(number, LONGEST_CONFERENCE.days))))


class Length(NamedTuple):
    """A length in days by the calendar and a rest in real time."""

    days: timedelta
    rest: timedelta = timedelta()

    def of(self, start: date) -> Time:
        """Return the time of what begins at ``start`` and lasts so long."""
        if not isinstance(start, datetime) or not self.rest:
            return Time(start, start + self.days + self.rest)
        if start.tzinfo is None:
            return Time(start, start + self.days + self.rest) if self.days else Time(start, None, self.rest)
        later = start + self.days
        return Time(start, (later.astimezone(UTC) + self.rest).astimezone(start.tzinfo))


def exact(time: Time) -> Length | None:
    """Return how long something lasts that has an end: in real time; by the clock where it is in no zone."""
    start, end = time.start, time.end
    if end is None:
        return None
    if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo and end.tzinfo:
        return Length(timedelta(), end.astimezone(UTC) - start.astimezone(UTC))
    return Length(end - start)


def read_length(text: str) -> Length:
    """Return a length (RFC 5545 section 3.3.6).

    Raises:
        ValueError: it is none, or no event lasts so long.
    """
    found = _LENGTH.fullmatch(text.strip().upper())
    if not found or not any(found.groups()):
        raise ValueError(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = Length(
        timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)
    )
    if length.days + length.rest > LONGEST_CONFERENCE:
        raise ValueError(text)
    return length
