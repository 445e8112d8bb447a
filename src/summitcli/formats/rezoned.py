"""A schedule that its user says is in another time zone than it says itself: its times, and their days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from summitcli.formats.assembly.days import NIGHT_ENDS
from summitcli.formats.assembly.zones import localise
from summitcli.model import Schedule, Slot

_DAY = timedelta(days=1)


def in_zone(schedule: Schedule, zone: ZoneInfo) -> Schedule:
    """Return ``schedule`` as a conference in ``zone``, each session on the day that it is held on there.

    A session in the night after its day stays on that day.
    """
    if schedule.conference.zone == zone:
        return schedule
    sessions = tuple(
        session.model_copy(update={"slots": tuple(_moved(slot, zone) for slot in session.slots)})
        for session in schedule.sessions
    )
    days = [slot.day for session in sessions for slot in session.slots]
    conference = schedule.conference.model_copy(
        update={
            "time_zone": zone.key,
            "start": min([schedule.conference.start, *days]),
            "end": max([schedule.conference.end, *days]),
        }
    )
    return schedule.model_copy(update={"conference": conference, "sessions": sessions})


def _moved(slot: Slot, zone: ZoneInfo) -> Slot:
    start = localise(slot.start, zone) if slot.start else None
    end = localise(slot.end, zone) if slot.end else None
    if not start or not end:
        return slot
    return slot.model_copy(update={"day": _day(slot.day, start), "start": start, "end": end})


def _day(day: date, start: datetime) -> date:
    in_its_night = start.date() - day == _DAY and start.time() < NIGHT_ENDS
    return day if in_its_night else start.date()
