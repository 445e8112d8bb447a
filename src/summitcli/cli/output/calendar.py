"""Data from agendas that calendar exports need: revisions, UIDs, and sessions no longer in the schedule."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import tzinfo
from itertools import chain

from summitcli.agenda.own_entries import entry_listing, entry_uid
from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.place import names
from summitcli.catalog.conditions import Query
from summitcli.catalog.queries import Catalog
from summitcli.cli.call import Call
from summitcli.errors import ScheduleError, Unreachable
from summitcli.exports.calendar.ics import Entry
from summitcli.rows import Listing, SessionRow
from summitcli.text.batches import batches


def revisions(call: Call) -> dict[str, int]:
    """Return the highest revision number that each session has in the user's agendas, by session ID.

    Each export of a session has this number, so that exports of different agendas contain the same event.
    """
    highest: dict[str, int] = {}
    for pick in _all_picks(call):
        highest[pick.id] = max(pick.revision, highest.get(pick.id, 0))
    return highest


def picked_uids(call: Call) -> dict[str, str]:
    """Return the IDs of the sessions in the user's agendas, by the UIDs of their calendar events."""
    return {pick.uid: pick.id for pick in _all_picks(call)}


def picked_entries(mine: Agenda, catalog: Catalog) -> Iterator[Entry]:
    """Yield a calendar entry for each session in the agenda; one marked ``maybe`` is tentative.

    If a session is no longer in the schedule, the entry has the data that are stored in the agenda.

    Args:
        mine: an agenda that has been updated to the schedule.
        catalog: the schedule.

    Raises:
        CatalogDamaged: the catalog can't be read.
    """
    for batch in batches(chain(mine.planned(), mine.merged)):
        ids = tuple(pick.id for pick in batch if not pick.gone)
        current = {row.id: row for row in catalog.sessions(Query(ids=ids))} if ids else {}
        for pick in batch:
            yield Entry(
                _remembered(pick) if pick.gone else current[pick.id],
                None if pick.gone else pick.days,
                pick.revision,
                pick.state == "cancelled",
                pick.withdrawn,
                pick.uid,
                pick.pick == "maybe",
            )


def own_calendar_entries(mine: Agenda, zone: tzinfo) -> Iterator[Entry]:
    """Yield a calendar entry for each of the user's own entries in the agenda, such as lunch.

    Args:
        mine: the agenda.
        zone: the conference's time zone.
    """
    for entry in mine.entries:
        session = SessionRow.of([entry_listing(entry, zone)])
        yield Entry(session, uid=entry_uid(entry, mine.conference))


def _all_picks(call: Call) -> Iterator[Pick]:
    with suppress(Unreachable):
        for name in names(call.agenda_key()):
            with suppress(ScheduleError, Unreachable):
                yield from call.agenda(name).picks


def _remembered(pick: Pick) -> SessionRow:
    """Return a session as it is stored in the agenda. Its ``day_number`` is unknown, so it is 0."""
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
