"""Sessions as calendars with a single event each, as CalDAV servers store events.

Vdirs, which are directories with a file for each event, do the same.
"""

from collections.abc import Iterable, Iterator

from summitcli.exports.calendar.ics import PLAIN, PRODUCT, Entry, EventWriter, Options
from summitcli.exports.calendar.vtimezone import timezone_text
from summitcli.lazy_typing import NamedTuple
from summitcli.rows import ConferenceRow, SlotRow

_HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\nCALSCALE:GREGORIAN\r\n"


class EventCalendar(NamedTuple):
    """A calendar with a single event. The calendar has no name."""

    uid: str
    title: str
    text: str
    slots: tuple[SlotRow, ...]
    """The slots (days, times and rooms) that the event is made of."""
    is_tentative: bool
    """True if the user is not sure to attend."""


def event_calendars(
    conference: ConferenceRow, entries: Iterable[Entry], options: Options = PLAIN
) -> Iterator[EventCalendar]:
    """Yield a calendar for each event of the sessions in ``entries``; cancelled events are left out.

    Args:
        conference: the conference, as for :func:`summitcli.exports.calendar.ics.ics`.
        entries: the sessions, each only once.
        options: how to write the events; the name of the calendar is not used.
    """
    writer = EventWriter(conference, options)
    for entry in entries:
        if entry.cancelled:
            continue
        for event in writer.events(entry._replace(withdrawn=())):
            years = event.years
            zone = timezone_text(conference.time_zone, min(years), max(years)) if years else ""
            text = f"{_HEAD}{zone}{event.text}END:VCALENDAR\r\n"
            yield EventCalendar(event.uid, writer.title(entry.session), text, event.slots, entry.tentative)
