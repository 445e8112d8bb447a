"""Finding out at what time a conference day ends, from the order of its events."""

from collections.abc import Iterable, Sequence

from summitcli.formats.times import read_clock

_NIGHT_ENDS = 9 * 60


def change_of_day(rooms: Iterable[Sequence[str]]) -> str:
    """Return the time, such as ``04:00``, at which a conference day ends; empty if it ends at midnight.

    The events of a room are assumed to be in the order of time. So an event before 9:00 is on the next
    morning if it follows a later one (as 01:00 follows 23:00). If the latest event found in this way begins
    at 03:59, the day ends at ``04:00``: all its events that begin by 03:59 are on the next morning.

    Args:
        rooms: for each room of a day, the start times of its events in the order of the file.
    """
    nights = []
    for clocks in rooms:
        latest = 0
        for begins in map(_minutes, clocks):
            if begins is not None:
                if begins < latest and begins < _NIGHT_ENDS:
                    nights.append(begins)
                latest = max(latest, begins)
    if not nights:
        return ""
    hours, minutes = divmod(max(nights) + 1, 60)
    return f"{hours:02}:{minutes:02}"


def _minutes(clock: str) -> int | None:
    """Return a time of day as the number of minutes after midnight; None if it can't be read."""
    hours, _colon, minutes = read_clock(clock).partition(":")
    return int(hours) * 60 + int(minutes) if minutes else None
