"""Times of day as people write them beside a day, converted to instants in a conference's time zone."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from summitcli.i18n import _

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_DURATION = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4})")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", re.DOTALL)
_LAST_HOUR = 47
"""The last hour that may be written, as hours from 24 on mean the night after the day."""
_DAY = timedelta(days=1)


class Unreadable(ValueError):
    """The error that a time can't be read; ``str()`` gives the reason, ``field`` the name of the time."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class ClockTimes:
    """A converter of times of day in a time zone to instants.

    Args:
        zone: the name of the time zone; None if it is unknown, so that times of day are dropped.
    """

    def __init__(self, zone: str | None) -> None:
        self._zone = ZoneInfo(zone) if zone else None

    def instants(self, day: object, start: object, end: object, duration: object) -> dict[str, object]:
        """Return the ``start`` and ``end`` of a slot, as far as given, as instants in ISO 8601.

        A time of day is one of ``day``; an end of day that is before the start is on the next day. Instants,
        and values that are not texts, are returned unchanged. Nothing is returned if a time of day can't be
        placed because its day or time zone is not valid, which is reported elsewhere.

        Args:
            day: the day, as ``2030-05-10``.
            start: ``14:00``, ``24:30`` for half past midnight of the night after the day, or an instant.
            end: a time of day or an instant, as for ``start``.
            duration: ``0:45``, or minutes; only if ``end`` is None.

        Raises:
            Unreadable: a time or the duration is invalid.
        """
        length = None if duration is None else _duration(duration)
        given = {"start": start, "end": end}
        clocks = {name: _clock(name, value) for name, value in given.items()}
        if any(clock is not None for clock in clocks.values()):
            base = _date(day)
            if base is None or self._zone is None:
                return {}
            begins = None
            for name, clock in clocks.items():
                if clock is None:
                    continue
                first = begins.date() if begins and clock < _DAY else base
                moment = self._moment(name, first, clock)
                if begins and moment < begins:
                    moment = self._moment(name, first + _DAY, clock)
                if name == "start":
                    begins = moment
                given[name] = _iso(moment)
        if length is not None:
            given["end"] = _later(given["start"], length, self._zone)
        return {name: value for name, value in given.items() if value is not None}

    def _moment(self, name: str, day: date, clock: timedelta) -> datetime:
        """Return the datetime of a time of day on a day.

        Args:
            name: the name of the field, for the error.
            day: the day.
            clock: the time since midnight.

        Raises:
            Unreadable: the clock is set forward over that time, or it is not between the years 1 and 9999.
        """
        try:
            naive = datetime(day.year, day.month, day.day) + clock  # noqa: DTZ001
            local = naive.replace(tzinfo=self._zone)
            exists = local.astimezone(UTC).astimezone(self._zone).replace(tzinfo=None) == naive
        except OverflowError:
            exists = False
        if not exists:
            sentence = _("{day} has no such time in {zone}, as the clock is set forward")
            raise Unreadable(name, sentence.format(day=day, zone=self._zone))
        return local


def _clock(name: str, value: object) -> timedelta | None:
    """Return a time of day as the time since midnight; None for an instant or a value that is no text.

    Raises:
        Unreadable: a text is neither a time of day nor an instant.
    """
    if not isinstance(value, str) or _INSTANT.fullmatch(value):
        return None
    found = _CLOCK.fullmatch(value)
    if not found or int(found[1]) > _LAST_HOUR:
        sentence = _("must be a time such as {time}, or with a date and UTC offset, such as {example}")
        raise Unreadable(name, sentence.format(time="14:00", example="2022-07-23T09:00:00+08:00"))
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _duration(value: object) -> timedelta:
    """Return a duration written in hours and minutes (``0:45``), or in minutes alone.

    Raises:
        Unreadable: the value is not a valid duration.
    """
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found or (found[1] and (len(found[2]) != 2 or int(found[2]) > 59)):
        sentence = _("must be a duration such as {duration}, in hours and minutes, or a number of minutes")
        raise Unreadable("duration", sentence.format(duration="0:45"))
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2]))


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _later(start: object, length: timedelta, zone: ZoneInfo | None) -> object:
    """Return the instant that is ``length`` after ``start``, in ``zone`` if it is known.

    Return None if ``start`` is not a valid instant.
    """
    try:
        moment = datetime.fromisoformat(str(start))
        if moment.tzinfo is None:
            return None
        return _iso((moment.astimezone(UTC) + length).astimezone(zone or moment.tzinfo))
    except (ValueError, OverflowError):
        return None


def _iso(moment: datetime) -> str:
    """Return a datetime in ISO 8601; in UTC if its offset has seconds, as before about 1920."""
    offset = moment.utcoffset() or timedelta()
    return (moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment).isoformat()
