"""From a validated schedule to the tables of a catalog: the slow side, run once for each schedule."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from summitcli.catalog import schema
from summitcli.folding import fold
from summitcli.model import Schedule, Session, Slot, Text
from summitcli.search.keys import write_keys

MIDNIGHT = time()
DAY = timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _Listing(NamedTuple):
    """A slot on its way into the table, its times in the conference's zone."""

    session: int
    slot: Slot
    start: datetime
    end: datetime
    part: int
    parts: int

    def order(self) -> tuple[date, bool, int, int]:
        # By the instant: two datetimes of one zone are compared by the wall clock, which may repeat an hour.
        return self.slot.day, self.slot.start is not None, _seconds(self.start), self.session


def build(schedule: Schedule, connection: sqlite3.Connection, identity: str) -> None:
    """Write ``schedule`` into the empty database behind ``connection`` and commit.

    Args:
        schedule: what to write.
        connection: an empty database.
        identity: of the source's exact state; a catalog is current while it is the same.

    Raises:
        sqlite3.Error: the database can't be written.
    """
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
    # The file is written under a temporary name and renamed when whole: a journal would protect nothing.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(schema.TABLES)
    with connection:
        connection.execute("INSERT INTO origin VALUES (?)", (identity,))
        _write(schedule, connection)
        write_keys(schedule, connection)
    connection.executescript(schema.INDEXES + schema.VIEWS)
    connection.execute("ANALYZE")
    connection.commit()


def _write(schedule: Schedule, connection: sqlite3.Connection) -> None:
    own = schedule.conference.language
    listings = sorted(_listings(schedule), key=_Listing.order)
    categories = {category.id: position for position, category in enumerate(schedule.categories)}
    category_of = [categories.get(session.category or "") for session in schedule.sessions]
    rooms = _positions(listing.slot.room for listing in listings if listing.slot.room)
    speakers = _positions(name for session in schedule.sessions for name in session.speakers)
    days = list(_days(schedule))

    _insert_conference(schedule, connection, listings)
    _insert(connection, "day", _day_rows(days, listings))
    sessions_in = Counter(category_of)
    listings_in = Counter(category_of[listing.session] for listing in listings)
    _insert(
        connection,
        "category",
        (
            (
                position,
                category.id,
                category.name.own(own),
                _json(category.name.by_language(own)),
                category.color,
                sessions_in[position],
                listings_in[position],
            )
            for position, category in enumerate(schedule.categories)
        ),
    )
    in_room = Counter(
        room for room, _session in {(listing.slot.room, listing.session) for listing in listings}
    )
    _insert(connection, "room", ((n, name, fold(name), in_room[name]) for name, n in rooms.items()))
    appearances = sorted(
        {(speakers[name], n) for n, session in enumerate(schedule.sessions) for name in session.speakers}
    )
    held_by = Counter(speaker for speaker, _session in appearances)
    _insert(connection, "speaker", ((n, name, fold(name), held_by[n]) for name, n in speakers.items()))
    _insert(
        connection,
        "session",
        (
            _session_row(position, session, own, category_of[position])
            for position, session in enumerate(schedule.sessions)
        ),
    )
    _insert(connection, "appearance", appearances)
    number_of = {day: number for number, day in enumerate(days, 1)}
    _insert(
        connection,
        "listing",
        (
            _listing_row(position, listing, category_of[listing.session], number_of, rooms)
            for position, listing in enumerate(listings)
        ),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608


def _insert_conference(schedule: Schedule, connection: sqlite3.Connection, listings: list[_Listing]) -> None:
    conference = schedule.conference
    own = conference.language
    title = {"id": conference.id, "title": conference.title.own(own), "titles": _plain(conference.title, own)}
    facts = {
        **title,
        **{name: fact for name, fact in _fields(conference, own) if name not in title},
        "version": schedule.version,
        "revised": _iso(schedule.revised),
        "translations": _plain(schedule.translations, own),
    }
    row = (
        conference.id,
        conference.title.own(own),
        _json(conference.title.by_language(own)),
        own,
        conference.time_zone,
        conference.start.isoformat(),
        conference.end.isoformat(),
        _iso(schedule.revised),
        _json(_languages(conference.notice, own)),
        _json(_languages(conference.source, own)),
        max((_seconds(listing.end) - _seconds(listing.start) for listing in listings), default=0),
        _json(facts),
    )
    _insert(connection, "conference", [row])


def _plain(value: object, own: str) -> object:
    """``value`` in the types of JSON, each text as a map of languages."""
    if isinstance(value, Text):
        return value.by_language(own)
    if isinstance(value, BaseModel):
        return dict(_fields(value, own))
    if isinstance(value, tuple):
        return [_plain(entry, own) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def _fields(model: BaseModel, own: str) -> Iterator[tuple[str, object]]:
    return ((name, _plain(getattr(model, name), own)) for name in type(model).model_fields)


def _listings(schedule: Schedule) -> Iterator[_Listing]:
    """Every slot of every session, in the schedule's own order."""
    zone = schedule.conference.zone
    for position, session in enumerate(schedule.sessions):
        slots = sorted(session.slots, key=lambda slot: (slot.day, *map(_seconds, _times(slot, zone))))
        for part, slot in enumerate(slots, 1):
            yield _Listing(position, slot, *_times(slot, zone), part, len(slots))


def _times(slot: Slot, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a slot begins and ends, in ``zone``; a day lasts from its midnight to the next."""
    if slot.start is None or slot.end is None:
        midnight = datetime.combine(slot.day, MIDNIGHT, zone)
        return midnight, datetime.combine(slot.day + DAY, MIDNIGHT, zone)
    return slot.start.astimezone(zone), slot.end.astimezone(zone)


def _days(schedule: Schedule) -> Iterator[date]:
    day = schedule.conference.start
    while day <= schedule.conference.end:
        yield day
        day += DAY


def _day_rows(days: list[date], listings: list[_Listing]) -> Iterator[tuple[object, ...]]:
    sessions_on = Counter(
        day for day, _session in {(listing.slot.day, listing.session) for listing in listings}
    )
    for number, day in enumerate(days, 1):
        yield number, day.isoformat(), WEEKDAYS[day.weekday()], sessions_on[day]


def _session_row(position: int, session: Session, own: str, category: int | None) -> tuple[object, ...]:
    titles = session.title.by_language(own)
    return (
        position,
        session.id,
        titles[own],
        _json(titles),
        category,
        _json(session.speakers) if session.speakers else None,
        session.language,
        session.url,
        _description(session, own),
    )


def _description(session: Session, own: str) -> str | None:
    """Subtitle, abstract and description, whichever there are, as paragraphs."""
    texts = (session.subtitle, session.abstract, session.description)
    paragraphs = dict.fromkeys(text.own(own).strip() for text in texts if text is not None)
    return "\n\n".join(paragraphs) or None


def _listing_row(
    position: int, listing: _Listing, category: int | None, number_of: dict[date, int], rooms: dict[str, int]
) -> tuple[object, ...]:
    slot = listing.slot
    timed = slot.start is not None
    midnight = datetime.combine(slot.day, MIDNIGHT)
    wall_clock = listing.start.replace(tzinfo=None) - midnight
    return (
        position,
        listing.session,
        category,
        number_of[slot.day],
        listing.start.isoformat() if timed else None,
        listing.end.isoformat() if timed else None,
        _seconds(listing.start),
        _seconds(listing.end),
        int(wall_clock.total_seconds()) // 60 if timed else None,
        rooms[slot.room] if slot.room else None,
        listing.part,
        listing.parts,
    )


def _positions(names: Iterable[str]) -> dict[str, int]:
    """Each name once, in alphabetical order regardless of case, with its position."""
    return {name: n for n, name in enumerate(sorted(set(names), key=lambda name: (fold(name), name)))}


def _languages(text: Text | None, own: str) -> dict[str, str]:
    return {} if text is None else text.by_language(own)


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
