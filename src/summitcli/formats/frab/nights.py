"""The time at which a conference day ends, inferred from the order of its events."""

from collections.abc import Iterable, Sequence

from summitcli.formats.times import read_clock

_NIGHT_ENDS = 9 * 60


def change_of_day(rooms: Iterable[Sequence[str]]) -> str:
    """Return the time, such as ``04:00``, before which events listed under a day are on the next morning.

    Return an empty text if none are. The events of a room are assumed to be in chronological order: one
    before 9:00 that follows one with a later time is on the next morning, and so are all others of the day
    that begin no later.

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
    """Return the minutes after midnight of a time of day; None if it can't be read."""
    hours, _colon, minutes = read_clock(clock).partition(":")
    return int(hours) * 60 + int(minutes) if minutes else None
