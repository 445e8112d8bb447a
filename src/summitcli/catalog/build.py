"""From a validated schedule to the tables of a catalog: the slow side, run once for each schedule.

The sessions are gone through once, so that they may come one by one and none has to be kept.
"""

import gc
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import cache
from json.encoder import encode_basestring
from typing import NamedTuple

from pydantic import BaseModel

from summitcli.catalog import schema
from summitcli.catalog.seal import FORMAT
from summitcli.formats.parsed import Parsed
from summitcli.model import Conference, Outline, Session, Slot, Text
from summitcli.search.keys import Keys
from summitcli.text.days import WEEKDAYS
from summitcli.text.folding import fold

MIDNIGHT = time()
DAY = timedelta(days=1)
MINUTES = 24 * 60


class _Listing(NamedTuple):
    """A slot on its way into the table; the first fields are the order of output.

    The order is by the instant: two datetimes of one zone are compared by the wall clock, which may repeat
    an hour.
    """

    day: int
    """The day's number, from 1."""
    timed: bool
    starts: int
    session: int
    part: int
    parts: int
    ends: int
    start: str | None
    end: str | None
    minute: int | None
    room: str | None
    category: int | None


class _Moment(NamedTuple):
    """When a slot begins or ends, in the conference's zone."""

    seconds: int
    text: str | None
    minute: int | None


def build(
    parsed: Parsed,
    connection: sqlite3.Connection,
    identity: str,
    page_size: int | None = None,
    searchable: bool = True,
) -> None:
    """Write a schedule into the empty database behind ``connection`` and commit.

    Args:
        parsed: the schedule; its sessions are gone through once.
        connection: an empty database.
        identity: of the source's exact state; a catalog is current while it is the same.
        page_size: in bytes; else SQLite's own.
        searchable: whether to write what searching needs, too.

    Raises:
        InvalidSchedule: a session is none.
        sqlite3.Error: the database can't be written.
    """
    outline = parsed.outline
    if page_size is not None:
        connection.execute(f"PRAGMA page_size = {page_size}")
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    # The file is written under a temporary name and renamed when whole: a journal would protect nothing.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(schema.TABLES)
    with connection, _without_collector():
        connection.execute("INSERT INTO origin VALUES (?)", (identity,))
        programme = _Programme(outline, parsed.codes)
        keys = Keys(outline) if searchable else None
        sessions = keys.noting(parsed.sessions, connection) if keys else parsed.sessions
        _insert(connection, "session", programme.rows(sessions))
        _write(outline, programme, connection)
        if keys:
            keys.write(connection)
    connection.executescript(schema.INDEXES + schema.VIEWS)
    connection.execute("ANALYZE")
    connection.commit()


@contextmanager
def _without_collector() -> Iterator[None]:
    """What is made here has no cycles, and the collector would look at all of it again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Programme:
    """The sessions of a schedule as they go by, and what the other tables need to know of them."""

    def __init__(self, outline: Outline, codes: Mapping[str, str]) -> None:
        conference = outline.conference
        self._own = conference.language
        self._codes = codes
        self._clock = _Clock(conference)
        self._categories = {category.id: position for position, category in enumerate(outline.categories)}
        self.days = list(_days(conference))
        self._number_of = {day: number for number, day in enumerate(self.days, 1)}
        self.listings: list[_Listing] = []
        self.sessions_in: Counter[int | None] = Counter()
        """How many sessions each category has, by its position."""
        self.held_by: defaultdict[str, list[int]] = defaultdict(list)
        """The positions of each speaker's sessions."""

    def rows(self, sessions: Iterable[Session]) -> Iterator[tuple[object, ...]]:
        """The rows of the table ``session``; when they are through, everything is known."""
        for position, session in enumerate(sessions):
            category = self._categories.get(session.category or "")
            self.sessions_in[category] += 1
            for name in dict.fromkeys(session.speakers):
                self.held_by[name].append(position)
            self._note_slots(position, session, category)
            yield (*_session_row(position, session, self._own, category), self._codes.get(session.id))

    def _note_slots(self, position: int, session: Session, category: int | None) -> None:
        timed = [(slot, *self._clock.times(slot)) for slot in session.slots]
        if len(timed) > 1:
            timed.sort(key=lambda held: (held[0].day, held[1].seconds, held[2].seconds))
        for part, (slot, start, end) in enumerate(timed, 1):
            self.listings.append(
                _Listing(
                    self._number_of[slot.day],
                    slot.start is not None,
                    start.seconds,
                    position,
                    part,
                    len(timed),
                    end.seconds,
                    start.text,
                    end.text,
                    start.minute,
                    slot.room,
                    category,
                )
            )


class _Clock:
    """The conference's zone."""

    def __init__(self, conference: Conference) -> None:
        self._zone = conference.zone
        self._day = cache(self._midnights)

    def times(self, slot: Slot) -> tuple[_Moment, _Moment]:
        """When a slot begins and ends; a day lasts from its midnight to the next."""
        if slot.start is None or slot.end is None:
            return self._day(slot.day)
        start, end = slot.start.astimezone(self._zone), slot.end.astimezone(self._zone)
        days = start.toordinal() - slot.day.toordinal()
        minute = days * MINUTES + start.hour * 60 + start.minute
        return (
            _Moment(int(start.timestamp()), start.isoformat(), minute),
            _Moment(int(end.timestamp()), end.isoformat(), None),
        )

    def _midnights(self, day: date) -> tuple[_Moment, _Moment]:
        midnights = (datetime.combine(one, MIDNIGHT, self._zone) for one in (day, day + DAY))
        start, end = (_Moment(int(midnight.timestamp()), None, None) for midnight in midnights)
        return start, end


def _write(schedule: Outline, programme: _Programme, connection: sqlite3.Connection) -> None:
    """Write every table that is no session's own."""
    listings = sorted(programme.listings)
    programme.listings.clear()
    longest = max((listing.ends - listing.starts for listing in listings), default=0)
    _insert_conference(schedule, connection, longest)
    _insert(connection, "day", _day_rows(programme, listings))
    _insert(connection, "category", _category_rows(schedule, programme, listings))
    in_room = Counter(room for room, _session in {(listing.room, listing.session) for listing in listings})
    rooms = _positions((room for room in in_room if room), schedule.conference.rooms)
    _insert(connection, "room", ((n, name, fold(name), in_room[name]) for name, n in rooms.items()))
    _insert_speakers(programme, connection)
    _insert(connection, "listing", _listing_rows(listings, rooms))


def _day_rows(programme: _Programme, listings: Iterable[_Listing]) -> Iterator[tuple[object, ...]]:
    held_on = Counter(day for day, _session in {(listing.day, listing.session) for listing in listings})
    for number, day in enumerate(programme.days, 1):
        yield number, day.isoformat(), WEEKDAYS[day.weekday()], held_on[number]


def _category_rows(
    schedule: Outline, programme: _Programme, listings: Iterable[_Listing]
) -> Iterator[tuple[object, ...]]:
    own = schedule.conference.language
    listings_in = Counter(listing.category for listing in listings)
    for position, category in enumerate(schedule.categories):
        yield (
            position,
            category.id,
            category.name.own(own),
            _texts(category.name.by_language(own)),
            category.color,
            programme.sessions_in[position],
            listings_in[position],
        )


def _insert_speakers(programme: _Programme, connection: sqlite3.Connection) -> None:
    """Write the speakers, and in which sessions they appear."""
    held_by = programme.held_by
    speakers = _positions(held_by)
    _insert(
        connection, "speaker", ((n, name, fold(name), len(held_by[name])) for name, n in speakers.items())
    )
    appearances = ((n, session) for name, n in speakers.items() for session in held_by[name])
    _insert(connection, "appearance", appearances)


def _listing_rows(listings: Iterable[_Listing], rooms: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    for position, listing in enumerate(listings):
        yield (
            position,
            listing.session,
            listing.category,
            listing.day,
            listing.start,
            listing.end,
            listing.starts,
            listing.ends,
            listing.minute,
            rooms[listing.room] if listing.room else None,
            listing.part,
            listing.parts,
        )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    columns = len(connection.execute(f"PRAGMA table_info({table})").fetchall())
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)  # noqa: S608


def _insert_conference(schedule: Outline, connection: sqlite3.Connection, longest: int) -> None:
    import json

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
        _texts(conference.title.by_language(own)),
        own,
        conference.time_zone,
        conference.start.isoformat(),
        conference.end.isoformat(),
        _iso(schedule.revised),
        _texts(conference.notice.by_language(own) if conference.notice else {}),
        _texts(conference.source.by_language(own) if conference.source else {}),
        longest,
        conference.outside,
        json.dumps(facts, ensure_ascii=False, separators=(",", ":")),
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


def _days(conference: Conference) -> Iterator[date]:
    day = conference.start
    while day <= conference.end:
        yield day
        day += DAY


def _session_row(position: int, session: Session, own: str, category: int | None) -> tuple[object, ...]:
    titles = session.title.by_language(own)
    return (
        position,
        session.id,
        titles[own],
        _texts(titles),
        category,
        f"[{', '.join(map(encode_basestring, session.speakers))}]" if session.speakers else None,
        session.language,
        session.url,
        _description(session, own),
        session.guid,
        session.status,
    )


def _description(session: Session, own: str) -> str | None:
    """Subtitle, abstract and description, whichever there are, as paragraphs."""
    texts = (session.subtitle, session.abstract, session.description)
    paragraphs = dict.fromkeys(text.own(own).strip() for text in texts if text is not None)
    return "\n\n".join(paragraphs) or None


def _positions(names: Iterable[str], first: Iterable[str] = ()) -> dict[str, int]:
    """Each name once with its position: those of ``first`` in that order, then by the alphabet.

    Case makes no difference to the alphabet.
    """
    known = set(names)
    others = sorted(known.difference(first := tuple(first)), key=lambda name: (fold(name), name))
    return {
        name: n for n, name in enumerate([*(name for name in dict.fromkeys(first) if name in known), *others])
    }


def _texts(texts: Mapping[str, str]) -> str:
    """A map of languages as JSON; written by hand, as there is one for each session."""
    pairs = (f"{encode_basestring(language)}: {encode_basestring(text)}" for language, text in texts.items())
    return f"{{{', '.join(pairs)}}}"


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()
