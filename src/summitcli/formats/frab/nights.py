"""When a day goes over into the next that does not say so, as the order of its events tells."""

from collections.abc import Iterable, Sequence

from summitcli.formats.times import read_clock

_NIGHT_ENDS = 9 * 60


def change_of_day(rooms: Iterable[Sequence[str]]) -> str:
    """Return the clock time before which a day's events are of the next morning; empty for midnight.

    Within a room events come in order of time: one in the small hours that comes after a later one is of the
    next morning, and so are others of that day that are no later.

    Args:
        rooms: for each room of a day, the clock times at which its events begin, as they come.
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
    """Return how many minutes after midnight a clock shows a time; None where it is none."""
    hours, _colon, minutes = read_clock(clock).partition(":")
    return int(hours) * 60 + int(minutes) if minutes else None
