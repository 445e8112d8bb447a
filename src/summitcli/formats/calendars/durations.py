"""Times and durations of events (RFC 5545 section 3.3.6).

A duration in days follows the calendar: a day may have 23 or 25 hours. A duration in hours is elapsed time.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from summitcli.model import LONGEST_CONFERENCE

_DURATION = re.compile(
    r"\+?P(?=[0-9T])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?"
)
_DAY = timedelta(days=1)


class Time(NamedTuple):
    """The start of an event, and its end if it is known; both are dates, or both are datetimes.

    If they are dates, the end is the day after the last day (RFC 5545 section 3.6.1).
    """

    start: date
    end: date | None = None
    length: timedelta | None = None
    """The elapsed time of an event whose start is a local time without a zone; otherwise None.

    The end of such an event can't be calculated, so ``end`` is None if this is set.
    """

    def days(self) -> tuple[date, ...]:
        """Return all days of an event whose start is a date; an empty tuple if the start is a datetime.

        There are at most as many days as in the longest conference that is supported.
        """
        if isinstance(self.start, datetime):
            return ()
        number = (self.end - self.start).days if self.end else 1
        return tuple(self.start + n * _DAY for n in range(max(1, min(number, LONGEST_CONFERENCE.days))))


class Duration(NamedTuple):
    """A duration: a number of calendar days, and elapsed time that is added after them."""

    days: timedelta
    rest: timedelta = timedelta()

    def of(self, start: date) -> Time:
        """Return the start and end of an event that begins at ``start`` and lasts this duration."""
        if not isinstance(start, datetime) or not self.rest:
            return Time(start, start + self.days + self.rest)
        if start.tzinfo is None:
            return Time(start, start + self.days + self.rest) if self.days else Time(start, None, self.rest)
        later = start + self.days
        return Time(start, (later.astimezone(UTC) + self.rest).astimezone(start.tzinfo))


def exact_duration(time: Time) -> Duration | None:
    """Return the duration between the start and end of an event; None if it has no end.

    It is the elapsed time. If the times have no zone, it is the difference between the clock times.
    """
    start, end = time.start, time.end
    if end is None:
        return None
    if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo and end.tzinfo:
        return Duration(timedelta(), end.astimezone(UTC) - start.astimezone(UTC))
    return Duration(end - start)


def read_duration(text: str) -> Duration:
    """Parse a DURATION such as ``P1DT2H30M`` (RFC 5545 section 3.3.6).

    Raises:
        ValueError: ``text`` is not a duration, is negative, or is longer than the longest conference that is
            supported.
    """
    found = _DURATION.fullmatch(text.strip().upper())
    if not found or not any(found.groups()):
        raise ValueError(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = Duration(
        timedelta(weeks=weeks, days=days), timedelta(hours=hours, minutes=minutes, seconds=seconds)
    )
    if length.days + length.rest > LONGEST_CONFERENCE:
        raise ValueError(text)
    return length
