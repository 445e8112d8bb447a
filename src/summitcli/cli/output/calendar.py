"""What a calendar tells of an agenda: the revisions of its picks, and what has gone from the schedule."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.place import names
from summitcli.cli.call import Call
from summitcli.errors import ScheduleError, Unreachable
from summitcli.exports.calendar.ics import Entry
from summitcli.rows import Listing, SessionRow


def revisions(call: Call) -> dict[str, int]:
    """Return the highest revision of each session's picks in any readable agenda: they share events."""
    highest: dict[str, int] = {}
    for pick in _all_picks(call):
        highest[pick.id] = max(pick.revision, highest.get(pick.id, 0))
    return highest


def picked_uids(call: Call) -> dict[str, str]:
    """Return the ids of the sessions picked in any readable agenda by their UIDs in its calendar."""
    return {pick.uid: pick.id for pick in _all_picks(call)}


def picked_entries(mine: Agenda, current: Mapping[str, SessionRow]) -> list[Entry]:
    """Return the entries of an agenda, what has gone from the schedule as it was, or cancelled.

    Args:
        mine: an agenda that agrees with the schedule.
        current: the sessions of the schedule that are picked, by id.
    """
    return [
        Entry(
            _remembered(pick) if pick.gone else current[pick.id],
            None if pick.gone else pick.days,
            pick.revision,
            pick.state == "cancelled",
            pick.withdrawn,
            pick.uid,
        )
        for pick in (*mine.picks, *mine.merged)
    ]


def _all_picks(call: Call) -> Iterator[Pick]:
    with suppress(Unreachable):
        for name in names(call.agenda_key()):
            with suppress(ScheduleError, Unreachable):
                yield from call.agenda(name).picks


def _remembered(pick: Pick) -> SessionRow:
    """Return what a pick knows of a session that the schedule no longer has; its days have no numbers."""
    parts = len(pick.slots)
    return SessionRow.of(
        [
            Listing(
                id=pick.id,
                title=pick.title,
                titles={},
                category=None,
                category_name=None,
                day=slot.day,
                day_number=0,
                start=slot.start,
                end=slot.end,
                all_day=slot.all_day,
                part=part,
                parts=parts,
                room=slot.room,
                speakers=pick.speakers,
                language=None,
                url=pick.url,
                description=None,
            )
            for part, slot in enumerate(pick.slots, 1)
        ]
    )
