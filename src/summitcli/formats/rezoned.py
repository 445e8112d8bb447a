"""Converting a schedule to a time zone that the user asked for: its times, and the days of its sessions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from summitcli.formats.assembly.days import NIGHT_ENDS
from summitcli.formats.assembly.zones import localise
from summitcli.formats.parsed import Parsed, Sessions
from summitcli.model import Session, Slot

_DAY = timedelta(days=1)


def in_zone(parsed: Parsed, zone: ZoneInfo) -> Parsed:
    """Return a schedule with its times converted to ``zone``.

    The day of a session becomes the date on which it starts in that zone. But a session that starts in the
    night after its conference day stays on that day.
    """
    conference = parsed.outline.conference
    if conference.zone == zone:
        return parsed
    sessions = _Moved(parsed.sessions, zone)
    first, last = conference.start, conference.end
    for session in sessions:
        first = min(first, *(slot.day for slot in session.slots))
        last = max(last, *(slot.day for slot in session.slots))
    moved = conference.model_copy(update={"time_zone": zone.key, "start": first, "end": last})
    outline = parsed.outline.model_copy(update={"conference": moved})
    return parsed._replace(outline=outline, sessions=sessions)


class _Moved:
    """The sessions of a schedule, with their times converted to another time zone."""

    def __init__(self, sessions: Sessions, zone: ZoneInfo) -> None:
        self._sessions = sessions
        self._zone = zone

    def __iter__(self) -> Iterator[Session]:
        for session in self._sessions:
            slots = tuple(_moved(slot, self._zone) for slot in session.slots)
            yield session.model_copy(update={"slots": slots})

    def __len__(self) -> int:
        return len(self._sessions)

    def ids(self) -> Sequence[str]:
        return self._sessions.ids()


def _moved(slot: Slot, zone: ZoneInfo) -> Slot:
    start = localise(slot.start, zone) if slot.start else None
    end = localise(slot.end, zone) if slot.end else None
    if not start or not end:
        return slot
    return slot.model_copy(update={"day": _day(slot.day, start), "start": start, "end": end})


def _day(day: date, start: datetime) -> date:
    in_its_night = start.date() - day == _DAY and start.time() < NIGHT_ENDS
    return day if in_its_night else start.date()
