"""From rows and picks to a calendar."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from summitcli.agenda.picks import Agenda, Pick
from summitcli.agenda.place import names
from summitcli.catalog.queries import Query
from summitcli.cli.call import Call
from summitcli.errors import ScheduleError, Unreachable
from summitcli.exports.ics import PLAIN, Entry, Options, ics
from summitcli.rows import Listing, SessionRow


def calendar(call: Call, events: Iterable[Entry], options: Options = PLAIN) -> str:
    """The calendar of ``events``, in the language to show names in."""
    categories = {row.id: call.name(row.names) for row in call.catalog.categories()}
    named = (
        event._replace(
            session=event.session._replace(category_name=categories.get(event.session.category or ""))
        )
        for event in events
    )
    return ics(call.conference, named, options._replace(language=call.names_language))


def entries(call: Call, rows: Sequence[Any]) -> list[Entry]:
    """The entries of listings, each session once on the days listed, or of sessions, whole.

    A session that is picked has the revision of its pick, so that a calendar that knows it from an agenda
    takes this one for no older.
    """
    revisions = _revisions(call)
    days: dict[str, list[str]] = {}
    for row in rows:
        days.setdefault(row.id, []).extend([row.day] if isinstance(row, Listing) else row.days)
    sessions = call.catalog.sessions(Query(ids=tuple(days)))
    return [
        Entry(
            row, None if set(days[row.id]) >= set(row.days) else tuple(days[row.id]), revisions.get(row.id, 0)
        )
        for row in sessions
    ]


def _revisions(call: Call) -> dict[str, int]:
    """By session, the highest revision of its picks in any agenda that can be read: they share an event."""
    revisions: dict[str, int] = {}
    with suppress(Unreachable):
        for name in names(call.conference.id):
            with suppress(ScheduleError, Unreachable):
                for pick in call.agenda(name).picks:
                    revisions[pick.id] = max(pick.revision, revisions.get(pick.id, 0))
    return revisions


def picked_entries(call: Call, mine: Agenda) -> list[Entry]:
    """The entries of an agenda that agrees with the schedule, what has gone from it as cancelled."""
    current = {row.id: row for row in call.catalog.sessions(Query(ids=mine.ids()))}
    return [
        Entry(
            _remembered(pick) if pick.gone else current[pick.id],
            None if pick.gone else pick.days,
            pick.revision,
            pick.gone,
            pick.withdrawn,
        )
        for pick in mine.picks
    ]


def _remembered(pick: Pick) -> SessionRow:
    """What a pick knows of a session that the schedule no longer has."""
    return SessionRow(
        id=pick.id,
        title=pick.title,
        titles={},
        category=None,
        category_name=None,
        days=tuple(dict.fromkeys(slot.day for slot in pick.slots)),
        slots=pick.slots,
        speakers=(),
        language=None,
        url=None,
        description=None,
    )
