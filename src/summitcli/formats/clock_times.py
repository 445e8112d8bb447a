"""Converting a day and a time of day, such as 2030-05-10 and 14:00, to a time with a UTC offset."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from summitcli.i18n import _

_CLOCK = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_DURATION = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4})")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*", re.DOTALL)
_LAST_HOUR = 47
"""The last hour that may be written. Hours from 24 on are in the night after the day."""
_DAY = timedelta(days=1)


class Unreadable(ValueError):
    """The error that a time can't be read.

    ``str()`` returns the reason; ``field`` is the name of the time, such as ``start``.
    """

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        super().__init__(sentence)


class ClockTimes:
    """A converter of times of day in a time zone to times with a UTC offset.

    Args:
        zone: the name of the time zone; None if it is unknown. Then times of day are dropped.
    """

    def __init__(self, zone: str | None) -> None:
        self._zone = ZoneInfo(zone) if zone else None

    def instants(self, day: object, start: object, end: object, duration: object) -> dict[str, object]:
        """Return the given ``start`` and ``end`` of a slot as dates and times in ISO 8601 with a UTC offset.

        A time of day is on ``day``. If the end is then before the start, it is on the next day. A text that
        already has a date and an offset is returned unchanged; so is a value that is no text. If a time
        of day can't be converted because the day or the time zone is invalid, an empty dict is returned: the
        error is reported elsewhere.

        Args:
            day: the day, such as ``2030-05-10``.
            start: a time of day such as ``14:00``, or a date and time with a UTC offset. ``24:30`` is half
                past midnight in the night after the day.
            end: a time of day, or a date and time with a UTC offset.
            duration: ``0:45``, or minutes. It is used only if ``end`` is None.

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
        """Return a day and a time of day as a datetime in the time zone.

        Args:
            name: the name of the field, for the error.
            day: the day.
            clock: the time of day, as the time since midnight.

        Raises:
            Unreadable: there is no such time, as clocks are set forward; or the year is not between 1 and
                9999.
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
    """Return a time of day as the time since midnight.

    Return None for a text that has a date, or a value that is no text.

    Raises:
        Unreadable: a text is neither a time of day nor begins with a date.
    """
    if not isinstance(value, str) or _INSTANT.fullmatch(value):
        return None
    found = _CLOCK.fullmatch(value)
    if not found or int(found[1]) > _LAST_HOUR:
        sentence = _("must be a time such as {time}, or with a date and UTC offset, such as {example}")
        raise Unreadable(name, sentence.format(time="14:00", example="2022-07-23T09:00:00+08:00"))
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def _duration(value: object) -> timedelta:
    """Return a duration such as ``0:45`` (hours and minutes) or ``45`` (minutes).

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
    """Return the time ``length`` after ``start``, in ISO 8601; in ``zone`` if that is known.

    Return None if ``start`` is not a valid time with a UTC offset.
    """
    try:
        moment = datetime.fromisoformat(str(start))
        if moment.tzinfo is None:
            return None
        return _iso((moment.astimezone(UTC) + length).astimezone(zone or moment.tzinfo))
    except (ValueError, OverflowError):
        return None


def _iso(moment: datetime) -> str:
    """Return a datetime in ISO 8601. If its UTC offset has seconds, as before about 1920, it is in UTC."""
    offset = moment.utcoffset() or timedelta()
    return (moment.astimezone(UTC) if offset % timedelta(minutes=1) else moment).isoformat()
